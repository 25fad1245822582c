"""Whom the two plans name: leaders, members, utilities and halls are each a party of the scheme; judges no act."""

from domain.schemes.scheme import Scheme
from tests.schemes.plans import DAYE, JINGMEN


def named(scheme: Scheme, *roles: str) -> dict[str, str]:
    """Each party that an obligation names, with what it supplies; those that have one of the roles."""
    carrying = [party for party in scheme.parties if party.carries_out and set(roles) & set(party.roles)]
    return {party.name: " ".join(party.supplies) for party in carrying}


def coordinators(scheme: Scheme) -> list[str]:
    return [party.name for party in scheme.parties if "coordinator" in party.roles]


def test_dayes_group_is_led_by_the_city_management_bureau_with_the_members_that_its_plan_names() -> None:
    # 五: 由市城管执法局牵头，政数局、自规局、住建局、交通局、公安局、营商办……配合
    assert coordinators(DAYE) == ["大冶市城市管理执法局"]
    assert "办公室主任由行政审批股负责人兼任" in DAYE.parties[0].duties
    bodies = named(DAYE, "coordinator", "window", "registrar", "department", "inspector")
    assert list(bodies) == [
        "大冶市城市管理执法局",
        "大冶市政数局",
        "大冶市自然资源和规划局",
        "大冶市住房和城乡建设局",
        "大冶市交通运输局",
        "大冶市公安局（交警）",
        "大冶市营商办",
    ]


def test_dayes_utilities_are_three_companies_and_the_network_operators() -> None:
    # 五: 清润水务集团、国家电网大冶公司、华润燃气公司及各网络服务单位配合
    utilities = named(DAYE, "utility")
    companies = {name: service for name, service in utilities.items() if service != "network"}
    assert companies == {"清润水务集团": "water", "国家电网大冶公司": "power", "华润燃气公司": "gas"}
    assert list(utilities.values()).count("network") == 4
    assumed = {party.assumes for party in DAYE.parties if "network" in party.supplies}
    assert assumed == {"network-parties"}, "the plan names none of the operators"


def test_jingmens_bodies_are_those_that_its_plan_gives_duties() -> None:
    # 七、八(一)
    assert coordinators(JINGMEN) == ["荆门市行政审批局"]
    bodies = [party.name for party in JINGMEN.parties if "J-50" in party.carries_out and not party.supplies]
    assert bodies == [
        "荆门市行政审批局",
        "荆门市住房和城乡建设局",
        "荆门市发展和改革委员会",
        "荆门市财政局",
        "荆门市自然资源和规划局",
        "荆门市招商局",
        "荆门市市场监督管理局",
        "荆门市城市管理委员会",
        "荆门市公用事业服务中心",
        "企业包联服务干部",
        "东宝区人民政府",
        "掇刀区人民政府·荆门高新区管委会",
        "漳河新区管委会",
    ]


def test_jingmens_utilities_are_the_nine_companies_of_its_plan_and_each_has_a_window() -> None:
    # 七, and 三3 for the windows
    assert named(JINGMEN, "utility") == {
        "荆门市城市水务集团有限公司": "water",
        "中石油昆仑燃气有限公司": "gas",
        "荆门市中荆热能有限公司": "heat",
        "荆门中燃热力有限公司": "heat",
        "荆门市供电公司": "power",
        "中国移动荆门分公司": "network",
        "中国联通荆门分公司": "network",
        "中国电信荆门分公司": "network",
        "荆门广电网络传媒有限公司": "network",
    }
    assert all("window" in party.roles for party in JINGMEN.parties if party.supplies)


def test_jingmens_halls_are_open_seven_hours_at_the_places_that_its_plan_names() -> None:
    # 六(三), 六(四): 上午 8:30-12:00； 下午 14:30-18:00
    halls = {party.name: party for party in JINGMEN.parties if party.kind == "hall"}
    assert {hall.sessions for hall in halls.values()} == {(("08:30", "12:00"), ("14:30", "18:00"))}
    places = {name: hall.cite.quote for name, hall in halls.items() if hall.cite is not None}
    assert "炼厂路" in places["掇刀区共享营业厅"]
    assert "白云大道 62 号" in places["东宝区共享营业厅"]
