"""How forms look on paper is read beside the scheme files; what fits no form is refused, and a form without a layout gets a plain one."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from domain.printing.records import PrintedForm
from domain.schemes.scheme import IntakeForm, Scheme
from schemes import SchemeFault, Schemes, load_schemes
from schemes.printing.checks import cells_of, wrong_layout
from schemes.printing.layout import Cell, Gap, Printed, Row, parts
from schemes.printing.plain_layout import plain_intake, plain_sheet
from schemes.printing.reader import load_layouts, parse_layouts
from schemes.reader import SHIPPED
from tests.schemes.plans import DAYE, JINGMEN

SHOWN = (SHIPPED / "printed" / "jingmen-2023.toml").read_text("utf-8")


def labels(layout: Printed) -> list[str]:
    return [cell.text.replace("\n", "") for _, cell in cells_of(layout) if cell.text and not cell.box and "{" not in cell.text]


def wrongs(scheme: Scheme, form: PrintedForm, layout: Printed) -> list[str]:
    return [f"{one.path}: {one.what}. {one.mend}" for one in wrong_layout(scheme, form, layout)]


def sheet_of_one(*cells: Cell, columns: int = 2) -> Printed:
    return Printed(title=("单",), columns=columns, rows=(Row(cells=cells),))


# ── The two plans' own ──


def test_dayes_annex_4_is_laid_out_with_its_own_labels_in_their_order() -> None:
    layout = load_layouts(load_schemes())["daye-2023"]["sheet"]
    assert layout.title == ("企业水、电、气、网络联合报装事项", "综合审批意见单")
    assert labels(layout) == [
        "项目代码",
        "申请单位",
        "法定代表人（负责人）",
        "单位地址",
        "联系人",
        "联系电话",
        "施工时间",
        "所属镇街区",
        "报装接入地点（详细路段地址）",
        "属地意见",
        "城管部门审批意见",
        "交通运输部门审批意见",
        "公安（交警）部门审批意见",
    ]


def test_jingmens_annex_2_is_one_paper_for_demand_and_application() -> None:
    layouts = load_layouts(load_schemes())["jingmen-2023"]
    assert layouts["demand"] is layouts["application"]
    assert labels(layouts["demand"])[:8] == ["项目名称", "申请单位", "信用代码", "项目代码", "项目地址", "身份证号", "法定代表人", "联系人"]


def test_words_and_boxes_are_taken_apart_in_their_order() -> None:
    assert parts("{town:7}镇（街道）{held_for:minute}止{road}") == [
        Gap("town", width=7),
        "镇（街道）",
        Gap("held_for", fine="minute"),
        "止",
        Gap("road"),
    ]
    assert parts("{Not a box} 5 {") == ["{Not a box} 5 {"]


# ── A city without layouts ──


def test_a_plain_form_has_every_box_of_its_form_and_passes_its_own_checks() -> None:
    for scheme in (DAYE, JINGMEN):
        for form in ("demand", "application"):
            assert wrongs(scheme, form, plain_intake(scheme, form)) == []
        assert wrongs(scheme, "sheet", plain_sheet(scheme)) == []


def test_a_plain_form_heads_each_service_and_tables_what_is_a_list() -> None:
    layout = plain_intake(JINGMEN, "demand")
    assert [cell.text for _, cell in cells_of(layout) if cell.bold] == [
        "用水报装资料",
        "用电报装资料",
        "用气报装资料",
        "供热报装资料",
        "网络报装资料",
    ]
    assert [row.each for row in layout.rows if row.each] == ["gas.appliances"]
    business = next(cell for _, cell in cells_of(layout) if cell.box == "power.business")
    assert business.choices == {"new": "新装", "expansion": "扩容", "temporary": "临时"}


def test_a_plain_form_without_a_running_number_has_no_line_for_it() -> None:
    layout = plain_intake(replace(JINGMEN, numbering=None), "demand")
    assert layout.number is None


def test_a_new_city_needs_no_layout_at_all(tmp_path: Path) -> None:
    city = replace(
        DAYE, id="third-2026", forms={"demand": IntakeForm(title="采集单", annex="附件1", acts=("demand.registered",), boxes=("other",))}
    )
    layouts = load_layouts(Schemes((city,)), [tmp_path], shipped=False)
    assert list(layouts["third-2026"]) == ["demand", "sheet", "commitment", "notice"]
    assert layouts["third-2026"]["demand"].title == ("采集单",)
    assert layouts["third-2026"]["notice"].title == ("提示告知单",)


# ── What is refused ──


def test_a_box_that_the_form_does_not_have_is_refused_with_those_that_it_has() -> None:
    said = wrongs(DAYE, "sheet", sheet_of_one(Cell(text="税号"), Cell(box="tax_number")))
    assert "sheet.rows[0].cells[1]: the form has no box 'tax_number'. Write one of address, applicant," in said[0]


def test_a_box_that_is_left_out_is_refused() -> None:
    said = wrongs(DAYE, "demand", sheet_of_one(Cell(text="申请单位"), Cell(box="applicant.name")))
    missing = "applicant.contact, applicant.credit_code, applicant.phone, other, planned_use_on, supplies, town"
    assert said == [f"demand.rows: no cell has {missing}. Give every box of the form a cell"]


def test_a_row_that_is_too_short_is_refused_counting_cells_that_reach_down() -> None:
    rows = (Row(cells=(Cell(text="甲", down=3), Cell(text="乙"))), Row(cells=(Cell(text="丙"),)), Row(cells=(Cell(text="丁", span=2),)))
    layout = Printed(title=("通知",), columns=2, rows=rows)
    assert wrongs(JINGMEN, "interview", layout) == [
        "interview.rows[2]: the row is 3 columns wide, the table 2. Correct the spans, or the columns"
    ]


def test_check_boxes_stand_for_values_that_the_box_can_have() -> None:
    row = sheet_of_one(
        Cell(box="supplies", choices={"steam": "蒸汽", "water": "用水"}),
        Cell(text="x", choices={"a": "b"}),
        Cell(box="other", choices={"yes": "是"}),
        Cell(box="nothing", choices={"yes": "是"}),
        columns=4,
    )
    said = [one for one in wrongs(DAYE, "demand", row) if "no cell has" not in one and "no box" not in one]
    assert said == [
        "demand.rows[0].cells[0].choices: 'steam' is no value of supplies. Write one of water, power, gas, network",
        "demand.rows[0].cells[1]: check boxes need a box that they are for. Add box",
        "demand.rows[0].cells[2].choices: 'yes' is no value of other. Take the check boxes out: the box takes any text",
    ]


def test_a_repeated_row_holds_boxes_of_its_own_list_alone() -> None:
    row = Row(each="gas.appliances", cells=(Cell(box="gas.appliances.name"), Cell(box="other")))
    said = wrongs(JINGMEN, "demand", Printed(title=("单",), columns=2, rows=(row,)))
    assert "demand.rows[0]: other is no box of gas.appliances. Name the element's boxes in full" in said


def test_each_department_that_signs_has_one_cell() -> None:
    twice = sheet_of_one(Cell(opinion="dy-cgj"), Cell(opinion="dy-cgj"))
    found = "it has opinions of dy-cgj, dy-cgj, the scheme of dy-shudi, dy-cgj, dy-jtj, dy-gaj"
    assert wrongs(DAYE, "sheet", twice) == [f"sheet.rows: {found}. Give each of the scheme's signoffs one cell"]
    assert "it has opinions of nobody" in wrongs(DAYE, "sheet", sheet_of_one(Cell(text="a"), Cell(text="b")))[0]
    nobody = replace(DAYE, signoffs=())
    assert "the scheme of nobody" in wrongs(nobody, "sheet", twice)[0]


def test_an_unknown_key_is_refused_with_its_place() -> None:
    with pytest.raises(SchemeFault, match=r"x\.toml, sheet: object contains unknown field `colour`"):
        parse_layouts(b'[sheet]\ntitle = ["a"]\ncolour = 1\n', "x.toml")
    with pytest.raises(SchemeFault, match=r"x\.toml, \$: .*unknown field `sheets`"):
        parse_layouts(b"[sheets]\n", "x.toml")


def test_a_layout_of_a_folder_is_used_and_told_where_it_is_wrong(tmp_path: Path) -> None:
    folder = tmp_path / "printed"
    folder.mkdir()
    file = folder / "third-2026.toml"
    third = Schemes((replace(JINGMEN, id="third-2026"),))
    file.write_text(SHOWN, "utf-8")
    assert load_layouts(third, [tmp_path], shipped=False)["third-2026"]["notice"].title == ("提示告知单",)
    file.write_text(SHOWN.replace('box = "address"', 'box = "addres"', 1), "utf-8")
    with pytest.raises(SchemeFault, match=r"third-2026\.toml, demand\.rows\[2\]\.cells\[1\]: the form has no box 'addres'"):
        load_layouts(third, [tmp_path], shipped=False)


def test_a_layout_of_a_form_that_the_city_does_not_have_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "printed"
    folder.mkdir()
    (folder / "third-2026.toml").write_text('[interview]\ntitle = ["约谈"]\n', "utf-8")
    with pytest.raises(SchemeFault, match="interview: third-2026 has no such form"):
        load_layouts(Schemes((replace(DAYE, id="third-2026"),)), [tmp_path], shipped=False)


def test_a_layout_of_no_scheme_and_two_of_one_are_refused(tmp_path: Path) -> None:
    folder = tmp_path / "printed"
    folder.mkdir()
    file = folder / "nowhere.toml"
    file.write_text("", "utf-8")
    with pytest.raises(SchemeFault, match="there is no scheme 'nowhere'"):
        load_layouts(load_schemes(), [tmp_path])
    file.rename(folder / "daye-2023.toml")
    with pytest.raises(SchemeFault, match="is of the same scheme"):
        load_layouts(load_schemes(), [tmp_path])
