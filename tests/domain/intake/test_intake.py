"""An intake form is held against the city's own: no box, no field; what is missing is told by its box, never by what stands in it."""

import msgspec
import pytest
from msgspec import inspect
from msgspec.structs import replace

from domain.acts.connection import ApplicationAccepted, ApplicationRefused, DemandDeferred, DemandRegistered, PlanningPermitted
from domain.acts.forms import Form, GasAppliance, GasWanted, HeatWanted, NetworkWanted, Supply, WaterWanted
from domain.acts.service import EnquiryReceived
from domain.intake.acceptance import take_in
from domain.intake.boxes import BLOCKS, BOXES, filled, shown, written
from domain.intake.numbering import gives_number, number_text, numbered_by
from domain.ledger import Actor
from domain.refusals import Malformed
from domain.schemes.rulebook import compile_scheme
from domain.schemes.scheme import Scheme
from tests.domain import forms
from tests.domain.desk import Desk
from tests.domain.stories import accepted, book, connection, form

WHERE = {"place": "市民中心", "window": "3", "officer": "李四"}
DAYE, JINGMEN = book("daye-2023").scheme, book("jingmen-2023").scheme
DY_WINDOW, JM_WINDOW = "dy-zsj", "jm-spj"


def boxes_below(path: str, kind: inspect.Type) -> list[str]:
    """Every leaf of a form, as the structs themselves have it."""
    if isinstance(kind, inspect.UnionType):
        kind = next(one for one in kind.types if not isinstance(one, inspect.NoneType))
    kind = kind.item_type if isinstance(kind, inspect.VarTupleType) else kind
    if not isinstance(kind, inspect.StructType) or path == "supplies":
        return [path]
    return [box for field in kind.fields for box in boxes_below(f"{path}.{field.name}".lstrip("."), field.type)]


def test_every_field_of_a_form_is_a_box_with_a_name_on_paper() -> None:
    assert sorted(BOXES) == sorted(boxes_below("", inspect.type_info(Form)))
    assert set(BLOCKS) == {box.partition(".")[0] for box in BOXES if "." in box} - {"applicant"}


def test_a_box_is_called_as_callers_write_it_and_as_the_paper_prints_it() -> None:
    assert shown("applicant.id_number") == "applicant.idNumber (身份证号)"
    assert shown("heat") == "heat (供热报装资料)"
    assert written("gas.appliances.full_cubic_metres_per_hour") == "gas.appliances.fullCubicMetresPerHour"


def test_a_block_without_an_answer_counts_by_its_own_name() -> None:
    empty = replace(form("jm-water"), heat=HeatWanted(), water=WaterWanted(dual_supply=False))
    assert {"heat", "water.dual_supply"} <= filled(empty)
    assert not {"gas", "power", "network"} & filled(empty)


def test_two_rows_of_a_table_fill_its_columns_and_nothing_beside() -> None:
    rows = GasWanted(appliances=(GasAppliance(name="锅炉", count=1), GasAppliance(name="炉灶", count=2)))
    gas = {box for box in filled(replace(form("jm-water"), gas=rows)) if box.startswith("gas")}
    assert gas == {"gas.appliances.name", "gas.appliances.count"}


@pytest.mark.parametrize(
    ("city", "act"),
    [
        ("jingmen-2023", ApplicationAccepted(form=forms.jingmen(), **WHERE)),
        ("jingmen-2023", DemandRegistered(occasion="licence", form=forms.jingmen(), **WHERE)),
        ("daye-2023", ApplicationAccepted(form=forms.daye())),
        ("daye-2023", DemandRegistered(occasion="land-contract", form=forms.daye_demand())),
    ],
)
def test_each_citys_whole_form_is_taken_without_a_doubt(city: str, act: ApplicationAccepted | DemandRegistered) -> None:
    assert Desk(city).opens(act, by=JM_WINDOW if city == "jingmen-2023" else DY_WINDOW).doubts == ()


# 大冶附件3 has neither 满负荷 nor 供热 nor 光纤到户; 荆门附件2 neither 双路供水 nor 吨/日 nor 固定电话.
@pytest.mark.parametrize(
    ("city", "filled_in", "box", "title"),
    [
        ("daye-2023", forms.jingmen().gas, "gas.appliances.fullCubicMetresPerHour", "申请表》（附件3） of 大冶市"),
        ("daye-2023", HeatWanted(celsius=120), "heat.celsius", "申请表》（附件3） of 大冶市"),
        ("daye-2023", HeatWanted(), "heat", "申请表》（附件3） of 大冶市"),
        ("daye-2023", NetworkWanted(tv_users=3), "network.tvUsers", "申请表》（附件3） of 大冶市"),
        ("jingmen-2023", WaterWanted(dual_supply=True), "water.dualSupply", "采集单》（附件2） of 荆门市"),
        ("jingmen-2023", WaterWanted(tonnes_per_day=3), "water.tonnesPerDay", "采集单》（附件2） of 荆门市"),
        ("jingmen-2023", NetworkWanted(telephone_lines=2), "network.telephoneLines", "采集单》（附件2） of 荆门市"),
    ],
)
def test_a_field_that_the_citys_form_has_no_box_for_is_refused(city: str, filled_in: msgspec.Struct, box: str, title: str) -> None:
    block = box.partition(".")[0]
    whole = replace(forms.daye() if city == "daye-2023" else forms.jingmen(), **{block: filled_in})
    with pytest.raises(Malformed, match="has no box in") as refused:
        Desk(city).opens(ApplicationAccepted(form=whole), by=DY_WINDOW if city == "daye-2023" else JM_WINDOW)
    assert refused.value.extra["field"] == box
    assert title in refused.value.message


def test_an_empty_block_of_a_form_that_has_it_is_taken() -> None:
    empty = replace(forms.jingmen(), heat=HeatWanted())
    assert Desk().opens(ApplicationAccepted(form=empty, **WHERE), by=JM_WINDOW).doubts == ()


def test_a_refusal_bears_the_same_form() -> None:
    said = ApplicationRefused(form=replace(form("jm-water"), town="某镇"), clause="二", reason="居民", refused_by=JM_WINDOW)
    with pytest.raises(Malformed, match="has no box"):
        Desk().opens(said, by=JM_WINDOW)


def test_nobody_can_begin_without_a_place() -> None:
    nowhere = replace(forms.daye(), address=None, town=None, road=None)
    with pytest.raises(Malformed, match=r"needs town \(镇\(街道\)\) or road \(路\) or address \(地址\)"):
        Desk("daye-2023").opens(ApplicationAccepted(form=nowhere), by=DY_WINDOW)
    nowhere = replace(forms.jingmen(), address=None, zone=None)
    with pytest.raises(Malformed, match=r"needs address \(地址\) or zone"):
        Desk().opens(DemandRegistered(occasion="licence", form=nowhere), by=JM_WINDOW)


def test_what_is_out_of_scope_is_refused_with_its_clause_though_the_form_is_incomplete() -> None:
    nowhere = replace(forms.jingmen(), address=None, zone=None)
    made = Desk().opens(ApplicationAccepted(form=nowhere, **WHERE), by=JM_WINDOW)
    assert made.case.state == "refused"
    assert not made.numbered


def test_an_empty_box_is_told_by_its_name_and_a_selective_one_is_not() -> None:
    bare = replace(forms.jingmen(), project_name=None, water=None, power=None, gas=None, heat=None, network=None)
    bare = replace(bare, applicant=replace(bare.applicant, phone=None))
    (doubt,) = Desk().opens(ApplicationAccepted(form=bare, **WHERE), by=JM_WINDOW).doubts
    assert doubt.endswith("（附件2） is not complete; still empty: projectName (项目名称), applicant.phone (联系电话)")


def test_the_network_is_taken_beside_dayes_demand_and_told() -> None:
    # 大冶附件2: 网络 stands in the title and in no box.
    beside = replace(forms.daye_demand(), supplies=(Supply(service="network", utility="dy-mobile"),))
    (doubt,) = Desk("daye-2023").opens(DemandRegistered(occasion="land-contract", form=beside), by="dy-zgj").doubts
    assert doubt.startswith("'network' stands in the title of 《企业获得水、电、气、网络报装信息采集单》")


def test_a_block_of_a_service_that_is_not_asked_for_is_doubted() -> None:
    doubtful = replace(forms.jingmen(), supplies=(Supply(service="water", utility="jm-water"),), power=None, gas=None, network=None)
    (doubt,) = Desk().opens(ApplicationAccepted(form=doubtful, **WHERE), by=JM_WINDOW).doubts
    assert doubt == "heat (供热报装资料) is filled, and 'heat' is not among the services asked for"


def test_a_zone_where_the_plan_names_none_is_doubted() -> None:
    (doubt,) = Desk("daye-2023").opens(ApplicationAccepted(form=replace(forms.daye(), zone="ziling")), by=DY_WINDOW).doubts
    assert "names no zones" in doubt


def test_the_same_supply_twice_is_refused_and_two_carriers_are_not() -> None:
    twice = replace(form("jm-water"), supplies=(Supply(service="water", utility="jm-water"),) * 2)
    with pytest.raises(Malformed, match="stands in the form twice"):
        Desk().opens(ApplicationAccepted(form=twice), by=JM_WINDOW)
    both = tuple(Supply(service="network", utility=one) for one in ("jm-mobile", "jm-unicom"))
    assert Desk().opens(ApplicationAccepted(form=replace(form("jm-water"), supplies=both)), by=JM_WINDOW).case.state == "open"


def strict() -> Scheme:
    return replace(JINGMEN, scope=replace(JINGMEN.scope, check_digits="refuse"))


def test_numbers_of_persons_are_doubted_by_their_box_and_never_said() -> None:
    odd = replace(forms.jingmen(), applicant=replace(forms.jingmen().applicant, id_number="110105194912310021", phone="12345"))
    doubts = Desk().opens(ApplicationAccepted(form=odd, **WHERE), by=JM_WINDOW).doubts
    assert ["GB 11643" in doubts[0], "telephone" in doubts[1], len(doubts)] == [True, True, 2]
    assert not any("1101" in doubt or "12345" in doubt for doubt in doubts)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"credit_code": forms.CREDIT_CODE[:-1] + "M"}, "creditCode"),
        ({"id_number": "110105194912310021"}, "idNumber"),
    ],
)
def test_a_failed_check_digit_is_refused_where_the_scheme_refuses(changes: dict[str, str], field: str) -> None:
    wrong = replace(forms.jingmen(), applicant=replace(forms.jingmen().applicant, **changes))
    rule = JINGMEN.acts["application.accepted"]
    with pytest.raises(Malformed) as refused:
        take_in(compile_scheme(strict()), rule, ApplicationAccepted(form=wrong), Actor(JM_WINDOW, "window", "a"), None)
    assert refused.value.extra["field"] == field


def test_a_passport_is_never_refused() -> None:
    abroad = replace(forms.jingmen(), applicant=replace(forms.jingmen().applicant, id_number="E12345678"))
    act = ApplicationAccepted(form=abroad, **WHERE)
    taken = take_in(compile_scheme(strict()), JINGMEN.acts["application.accepted"], act, Actor(JM_WINDOW, "window", "a"), None)
    assert taken.act == act
    assert [doubt for doubt in taken.doubts if "E1234" in doubt] == []
    assert len(taken.doubts) == 1


def test_a_plan_without_forms_asks_for_no_box() -> None:
    ours = compile_scheme(replace(DAYE, forms={}))
    act = ApplicationAccepted(form=replace(forms.jingmen(), supplies=forms.daye().supplies[:1], zone=None))
    taken = take_in(ours, DAYE.acts["application.accepted"], act, Actor(DY_WINDOW, "window", "a"), None)
    assert [doubt.partition(" ")[0] for doubt in taken.doubts] == ["power", "gas", "heat", "network"]


# 荆门 六(一): 按照定点、定窗、定人原则……专项受理.
@pytest.mark.parametrize("missing", ["place", "window", "officer"])
def test_a_shared_hall_accepts_with_place_window_and_officer_alone(missing: str) -> None:
    said = {name: value for name, value in WHERE.items() if name != missing}
    with pytest.raises(Malformed, match=f"定点、定窗、定人.*fill {missing}"):
        Desk().opens(ApplicationAccepted(form=form("jm-water"), **said), by="jm-hall-dongbao")
    received = EnquiryReceived(channel="窗口", receiver="jm-hall-dongbao", class_="general", reason="类", subject="进度", **said)  # type: ignore[arg-type]  # by name
    with pytest.raises(Malformed, match=f"fill {missing}"):
        Desk().opens(received, by="jm-hall-dongbao")
    assert Desk().opens(ApplicationAccepted(form=form("jm-water"), **WHERE), by="jm-hall-dongbao").case.state == "open"


def test_another_window_is_told_what_it_left_open_and_a_portal_has_none() -> None:
    act = ApplicationAccepted(form=forms.jingmen(), place="市民中心")
    assert Desk().opens(act, by=JM_WINDOW).doubts == ("not said of 'application.accepted': window, officer (定点、定窗、定人)",)
    assert Desk().opens(act, by="hb-portal").doubts == ()


def test_daye_asks_no_window_for_its_name() -> None:
    assert all(not rule.expects and not rule.halls_need for rule in DAYE.acts.values())


# 大冶附件3 bears 联合报装编号 and 附件2 does not; 荆门附件2, its one form, bears 编号.
def test_daye_numbers_applications_and_jingmen_whatever_comes_first() -> None:
    demand = DemandRegistered(occasion="other", form=form("jm-water"))
    assert [gives_number(DAYE, act) for act in (demand, accepted("dy-water"))] == [False, True]
    assert [gives_number(JINGMEN, act) for act in (demand, accepted("jm-water"))] == [True, True]
    assert not gives_number(JINGMEN, DemandDeferred(reason="未定"))
    assert not gives_number(replace(JINGMEN, numbering=None), demand)


def test_a_number_is_printed_as_the_citys_form_prints_it() -> None:
    assert number_text(DAYE, 2026, 7) == "2026 (7) 号"
    assert number_text(JINGMEN, 2026, 7) == "2026 年 (7) 号"
    assert number_text(replace(DAYE, numbering=None), 2026, 7) == "2026 (7)"


def test_a_case_is_numbered_by_the_first_act_that_gives_one() -> None:
    story = connection("daye-2023", "dy-water")
    assert numbered_by(DAYE, story.entries) == story.entries[0]
    assert numbered_by(DAYE, story.entries[1:]) is None


def test_a_demand_of_daye_gets_its_number_in_the_year_in_which_its_application_is_accepted() -> None:
    desk = Desk("daye-2023")
    opened = desk.opens(DemandRegistered(occasion="land-contract", form=forms.daye_demand()), by="dy-zgj", at="2026-12-31 17:00")
    assert (opened.numbered, opened.case.year) == (False, 2026)
    desk.case = replace(opened.case, number=None)
    made = desk.records(ApplicationAccepted(form=forms.daye()), by=DY_WINDOW, at="2027-01-04 09:00")
    assert (made.numbered, made.case.year, made.case.subject) == (True, 2027, "2101-420281-04-01-123456")


def test_a_demand_of_jingmen_keeps_its_first_number_when_its_application_is_accepted() -> None:
    desk = Desk()
    opened = desk.opens(
        DemandRegistered(occasion="licence", form=replace(form("jm-water"), zone="zhuchengqu")), by="jm-sjj", at="2026-12-31 17:00"
    )
    assert opened.numbered
    made = desk.records(accepted("jm-water"), by=JM_WINDOW, at="2027-01-04 09:00")
    assert (made.numbered, made.case.year, made.case.number) == (False, 2026, 7)
    assert made.case.district == "jm-dongbao"  # the application says which


def test_an_application_that_did_not_wait_for_its_planning_permit_is_told() -> None:
    # 大冶 四(一)1: 可在建设工程规划许可证核发后……提交报装接入申请
    for permitted in (False, True):
        desk = Desk("daye-2023")
        desk.opens(DemandRegistered(occasion="land-contract", form=forms.daye_demand()), by="dy-zgj")
        desk.records(DemandDeferred(reason="用量暂时无法确定"), by="dy-zgj", at="2026-11-16 09:10")
        if permitted:
            desk.records(PlanningPermitted(permit="建字第1号"), by="dy-zgj", at="2026-11-17 10:00")
        doubts = desk.records(ApplicationAccepted(form=forms.daye()), by=DY_WINDOW, at="2026-11-18 10:00").doubts
        assert any("planning.permitted is not recorded" in doubt for doubt in doubts) is not permitted
