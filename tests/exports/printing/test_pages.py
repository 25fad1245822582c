"""Every form looks as docs/forms shows it, and what people write breaks none: no markup, no length, no character."""

import re
from collections.abc import Iterator
from datetime import date

import pytest
from msgspec.structs import replace

from domain.acts.forms import Form, GasWanted
from domain.printing.records import Intake, PrintedForm, Sheet
from exports.printing.fonts import Font, NoFont
from exports.printing.forms import print_form
from exports.printing.opinions import opinion_cell
from exports.printing.typesetting import MOST_BYTES, TooMuch, Typesetter, typesetter
from tests.exports.printing.examples import BOILER, DAYE, EXAMPLES, JINGMEN, opinion, signing
from tests.exports.printing.shown import FOLDER, Page, blank, layouts, pages, pdfs

MADE = dict(pdfs())
A4 = (595, 842)
NASTY = (
    "#let x = 1",
    "*粗*",
    "$x^2$",
    "[甲](乙)",
    "\\u{41}",
    "@ref",
    "<label>",
    '"引号"',
    "'",
    "`code`",
    "= 标题",
    "- 项",
    "// 注",
    "/* */",
)


def text(pdf: bytes) -> str:
    return "".join(word for page in pages(pdf) for word, *_ in page.words).replace("\u200b", "")


def printed(form: Form, plan: str = "daye-2023", kind: PrintedForm = "demand") -> bytes:
    return print_form(layouts()[plan][kind], Intake(form=form, number=7, year=2026), None)


def named(name: str) -> Form:
    return replace(DAYE, applicant=replace(DAYE.applicant, name=name))


def near(was: tuple[object, ...], now: tuple[object, ...]) -> bool:
    """The same words, and every place within a point."""
    pairs = zip(was, now, strict=True)
    return all(abs(a - b) <= 1 if isinstance(a, int) and isinstance(b, int) else a == b for a, b in pairs)


def differing(was: Page, now: Page) -> Iterator[object]:
    for one, other in ((was.words, now.words), (was.drawn, now.drawn)):
        assert len(one) == len(other)
        yield from ((a, b) for a, b in zip(one, other, strict=True) if not near(a, b))


# ── As docs/forms shows them ──


@pytest.mark.parametrize("name", sorted(MADE))
def test_a_form_stands_in_docs_as_it_is_made(name: str) -> None:
    """After a change on purpose: ./just forms, and look at every page."""
    kept, made = pages((FOLDER / name).read_bytes()), pages(MADE[name])
    assert len(kept) == len(made) == 1
    assert list(differing(kept[0], made[0])) == []


def test_docs_hold_no_form_that_is_not_made() -> None:
    assert {path.name for path in FOLDER.glob("*.pdf")} == MADE.keys()


@pytest.mark.parametrize("name", sorted(MADE))
def test_everything_lies_on_the_page_and_within_its_margins(name: str) -> None:
    for page in pages(MADE[name]):
        for x0, top, x1, bottom in page.drawn:
            assert 40 <= x0 <= x1 <= A4[0] - 40
            assert 40 <= top <= bottom <= A4[1] - 40


def test_the_same_form_is_the_same_bytes_and_bears_no_date_of_its_making() -> None:
    layout, record = layouts()["jingmen-2023"]["sheet"], EXAMPLES["jingmen-2023", "sheet"]
    once, fields = print_form(layout, record, None), blank("daye-2023", "demand", fillable=True)
    typesetter.cache_clear()  # a compiler of its own
    assert print_form(layout, record, None) == once
    assert blank("daye-2023", "demand", fillable=True) == fields
    assert b"CreationDate" not in once + fields


# ── What the annexes print ──


def test_daye_s_application_bears_its_number_and_its_boxes_in_their_order() -> None:
    shown = text(MADE["daye-application-example.pdf"])
    head = ("附件3", "申请表", "联合报装编号：2026（12）号", "罗家桥镇（街道）新冶大道路88号", "2026年11月23日9时", "☑用水报装")
    services = (
        "☑新开户☐扩容☐临时用水",
        "30.5吨/日",
        "☑是☐否",
        "1250千伏安（千瓦）",
        "蒸汽锅炉2DN652.83120",
        "食堂灶具6DN252218",
        "500MB",
        "12门",
    )
    order = [*head, *services]
    assert [one for one in order if one not in shown] == []
    assert [shown.index(one) for one in order] == sorted(shown.index(one) for one in order)


def test_an_address_in_one_piece_stands_where_its_parts_would() -> None:
    one = replace(DAYE, town=None, road=None, house_number=None, address="大冶市还地桥镇样例路")
    shown = text(printed(one, kind="application"))
    assert "申请地址大冶市还地桥镇样例路" in shown
    assert "镇（街道）" not in shown


def test_a_service_without_a_check_box_is_told_beside_them() -> None:
    assert "（另有网络报装意向）" in text(printed(DAYE))
    assert "另有网络" not in text(printed(replace(DAYE, supplies=DAYE.supplies[:2])))


def test_a_blank_says_nothing_but_the_annex() -> None:
    shown = text(MADE["jingmen-sheet-blank.pdf"])
    assert not re.search(r"None|null|[0-9]", shown.replace("附件3", ""))
    assert shown.count("签批时间：年月日") == 3
    assert "☑" not in text(MADE["jingmen-demand-blank.pdf"])


# ── Opinions ──


def lines(sheet: Sheet, department: str) -> list[str]:
    return [line[0]["t"] for line in opinion_cell(sheet, department)["lines"]]


def test_one_utility_s_opinion_needs_no_name_and_several_have_a_line_each() -> None:
    sheet = EXAMPLES["daye-2023", "sheet"]
    assert isinstance(sheet, Sheet)
    assert lines(sheet, "dy-cgj") == ["同意：占绿面积以现场核定为准，完工后按原标准恢复。（周样）"]
    assert lines(sheet, "dy-jtj") == ["华润燃气公司：同意（周样）", "清润水务集团：同意，与燃气同沟敷设。（周样）"]


def test_days_stand_beside_opinions_that_differ_in_them_and_below_once_all_are_in() -> None:
    cell = EXAMPLES["jingmen-2023", "sheet"]
    assert isinstance(cell, Sheet)
    rejected, approved = lines(cell, "jm-cgw")
    assert rejected.startswith("中石油昆仑燃气有限公司：不同意：管线")
    assert rejected.endswith("（周样 2026年11月24日）")
    assert approved.endswith("（周样 2026年11月25日）")
    assert [piece.get("v") for piece in opinion_cell(cell, "jm-cgw")["foot"]][1::2] == ["2026", "11", "25"]
    awaited = EXAMPLES["daye-2023", "sheet"]
    assert isinstance(awaited, Sheet)
    assert lines(awaited, "dy-gaj") == ["清润水务集团：同意，夜间施工。（周样 2026年11月24日）"]
    assert [piece.get("v") for piece in opinion_cell(awaited, "dy-gaj")["foot"]][1::2] == ["", "", ""]


def test_an_approval_that_is_not_needed_says_so() -> None:
    sheet = EXAMPLES["jingmen-2023", "sheet"]
    assert isinstance(sheet, Sheet)
    assert lines(sheet, "jm-zgj") == ["无需审批：不涉及规划调整（周样）"]


def test_a_department_without_a_box_gets_a_row_below() -> None:
    sheet = EXAMPLES["jingmen-2023", "sheet"]
    assert isinstance(sheet, Sheet)
    other = signing("jm-gyzx", "市公用事业服务中心意见", opinion("jm-water", "荆门水务", "同意", 25))
    shown = text(print_form(layouts()["jingmen-2023"]["sheet"], replace(sheet, signings=(*sheet.signings, other)), None))
    assert shown.count("签批时间") == 4
    assert "市公用事业服务中心意见" in shown


# ── What people write ──


@pytest.mark.parametrize("written", NASTY)
def test_what_people_write_is_never_markup(written: str) -> None:
    assert written.replace(" ", "") in text(printed(named(written)))


def test_rare_characters_are_printed_and_those_of_no_font_are_marked_and_named_below() -> None:
    assert "喆堃㙍镕䶮" in text(printed(named("喆堃㙍镕䶮")))
    shown = text(printed(named("😀𠮷a\u0301\u202e\x07\t𠮷")))
    assert "〓〓a〓" in shown
    assert "〓为字库缺字，依次为：U+1F600、U+20BB7" in shown


def test_long_words_and_long_texts_stay_within_their_boxes_and_go_on_overleaf() -> None:
    made = printed(replace(named("A" * 200), other="长" * 2000 + "\n" + "B" * 2000))
    drawn = pages(made)
    assert len(drawn) > 1
    assert text(made).count("长") == 2000
    assert text(made).count("B") == 2000
    assert all(x < A4[0] - 40 for page in drawn for _, x, _ in page.words)


def test_a_table_of_four_hundred_rows_goes_on_overleaf_with_every_row() -> None:
    many = GasWanted(appliances=(BOILER,) * 400)
    made = printed(replace(JINGMEN, gas=many), "jingmen-2023")
    assert text(made).count("蒸汽锅炉") == 400
    assert len(pages(made)) == 14


def test_numbers_are_written_as_people_write_them() -> None:
    power = replace(JINGMEN.power, main_kva=1e9, main_kw=0.1) if JINGMEN.power else None
    shown = text(printed(replace(JINGMEN, power=power), "jingmen-2023"))
    assert "1000000000千伏安（0.1千瓦）" in shown.replace("\n", "")


def test_more_than_fits_on_paper_is_refused() -> None:
    with pytest.raises(TooMuch, match=f"at most {MOST_BYTES}"):
        printed(replace(DAYE, other="长" * (MOST_BYTES + 1)))


def test_a_day_is_printed_where_a_box_is_one() -> None:
    notice = print_form(layouts()["jingmen-2023"]["interview"], EXAMPLES["jingmen-2023", "interview"], None)
    assert "2026年11月26日15时00分" in text(notice)
    assert date(2026, 11, 26).isoformat() not in text(notice)


def test_a_folder_without_a_chinese_font_is_told_in_one_line() -> None:
    with pytest.raises(NoFont, match=r"no Chinese font in 'forms', so nothing can be printed\. Run \./just setup, or name a folder"):
        Typesetter(FOLDER)
    with pytest.raises(NoFont, match="no Chinese font in 'nowhere'"):
        Typesetter(FOLDER / "nowhere")


def test_a_font_says_what_it_has_not() -> None:
    font = Font(FOLDER, "Song", frozenset(map(ord, "大冶")))
    assert font.missing("大冶市市") == "市"
