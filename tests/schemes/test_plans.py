"""Both plans say what the documents say: every obligation has its rule, every limit is the plan's own."""

import pytest

from domain.schemes.rulebook import compile_scheme
from domain.schemes.scheme import Scheme
from tests.obligations import carriers
from tests.schemes.plans import DAYE, JINGMEN, PLANS, deadline, limits, standard

DAYE_IDS = [
    "D-01", "D-02", "D-03", "D-04", "D-05", "D-06", "D-07", "D-08", "D-09", "D-10", "D-11",
    "D-20", "D-21", "D-22", "D-23", "D-24", "D-25", "D-26",
    "D-30", "D-31", "D-32", "D-33", "D-34", "D-35",
    "D-40", "D-41", "D-44", "D-50", "D-51", "D-52",
]  # fmt: skip

JINGMEN_IDS = [
    "J-01", "J-02", "J-03", "J-04", "J-05", "J-06", "J-07", "J-08", "J-09", "J-10",
    "J-11", "J-12", "J-13", "J-14", "J-15", "J-16", "J-17", "J-18", "J-19",
    "J-20", "J-21", "J-22", "J-23", "J-24", "J-25", "J-26", "J-27", "J-28", "J-29",
    "J-30", "J-31", "J-32", "J-33", "J-34",
    "J-40", "J-44", "J-50", "J-51", "J-62", "J-65", "J-71",
]  # fmt: skip

BOTH = pytest.mark.parametrize("scheme", PLANS.values(), ids=PLANS)


def carried_out(scheme: Scheme) -> list[str]:
    """Every id that something in the scheme carries out, once."""
    return sorted({each for each, _ in carriers(scheme)})


def test_every_obligation_of_daye_is_carried_out_and_none_of_jingmen() -> None:
    assert carried_out(DAYE) == DAYE_IDS


def test_every_obligation_of_jingmen_is_carried_out_and_none_of_daye() -> None:
    assert carried_out(JINGMEN) == JINGMEN_IDS


def test_the_limits_of_daye_are_those_of_its_plan() -> None:
    assert limits(DAYE) == {
        "demand-push": "at-once",  # 即时传递给各公用事业单位
        "outreach": "1wd",  # 在1个工作日内主动上门对接
        "application-push": "at-once",  # 实时推送至各公用事业单位
        "approval-push": "at-once",  # 同步推送至各行政审批单位
        "plan": "1wd",  # 各公用事业单位要在1个工作日内完成方案编制
        "appointment-connection": "1wd",  # 约定的时间1个工作日内完成接入
        "commitment-decision": "at-once",  # 即时作出行政许可决定
        "materials-submission": "1wd",  # 公用事业单位需在1个工作日内向行政审批部门提交相关资料
        "joint-approval": "1wd",  # 1个工作日办结
        "deferred-document": "due_on",  # 容缺受理: the day recorded
        "objection-decision": "10wd",  # an assumption
    }


def test_the_limits_of_jingmen_are_those_of_its_plan() -> None:
    by_class = "general 24h complex 3wd"
    assert limits(JINGMEN) == {
        "half-day-connection": "0.5wd",  # 0.5个工作日内完成接入
        "commitment-decision": "at-once",  # 即时作出行政许可决定
        "materials-submission": "2wd",  # 公用事业单位需在2个工作日内向行政审批部门提交相关资料
        "joint-approval": "3wd",  # 3个工作日办结
        "general-feedback": "24h",  # 一般事项 24 小时内反馈
        "complex-feedback": "3wd",  # 复杂事项 3 个工作日内反馈
        "registered-matter": by_class,  # 在规定期限内办结: an assumption, as the feedback
        "one-time-notice": "at-once",  # 当场开具
        "report-handling": by_class,  # 严查快处: an assumption
        "rectification": "due_on",  # 责令限期整改: the day in the order
        "appointment": "slot_ends_at/slot_on",  # 按用户约定时间
        "settlement-statement": "due_on",  # 年中和年底
        "settlement-check": "due_on",
        "growth-demand-push": "at-once",  # 即时传递给各公用事业企业
        "plan-at-survey": "0wd",  # 同步完成方案设计
        "approval-push": "2wd",  # 限时推送: an assumption, as the submission
        "on-the-spot": "at-once",  # 当场办结
        "works-period": "works_until",  # 在规定时限内
        "result-return": "at-once",  # 同步回传
        "deferred-document": "due_on",  # 容缺受理: the day recorded
        "any-window": "at-once",  # 任一窗口申报: an assumption
        "objection-decision": "10wd",  # an assumption
    }


def test_the_commitment_route_ends_at_200_metres_in_daye_and_at_300_in_jingmen() -> None:
    assert [(one.route.commitment.under_metres, one.route.joint.over_metres) for one in (DAYE, JINGMEN)] == [
        (200, 200),  # 施工长度小于200米, 超200米
        (300, 300),  # 施工长度小于300米, 超300米
    ]


@BOTH
def test_exactly_the_threshold_is_in_neither_text_and_goes_the_joint_route(scheme: Scheme) -> None:
    assert scheme.route.at_threshold.route == "joint"
    assert "没有写到" in scheme.route.at_threshold.because


@BOTH
def test_an_objection_is_decided_within_the_days_that_the_scheme_sets_for_it(scheme: Scheme) -> None:
    assert scheme.decision is not None
    assert deadline(scheme, "objection-decision").limit == scheme.decision.limit


@BOTH
def test_every_kind_of_case_that_can_hold_a_finding_lets_it_be_objected_to_and_decided(scheme: Scheme) -> None:
    holding = {case for rule in scheme.rule for case in rule.cases}
    for act in ("finding.notified", "finding.objected", "finding.decided", "finding.disposed"):
        assert holding <= set(scheme.acts[act].case), act
    assert set(deadline(scheme, "objection-decision").case) == holding


def test_daye_has_four_services_and_jingmen_five() -> None:
    assert DAYE.utilities == ("water", "power", "gas", "network")
    assert JINGMEN.utilities == ("water", "gas", "heat", "power", "network")


def test_jingmen_takes_no_property_developer_and_daye_does() -> None:
    assert JINGMEN.scope.applicants == ("enterprise",)  # 不含房地产开发企业
    assert DAYE.scope.applicants == ("enterprise", "developer")


def test_jingmen_covers_the_main_city_and_five_groups() -> None:
    assert [zone.name for zone in JINGMEN.scope.zones] == ["主城区", "子陵", "牌楼", "团林", "麻城", "漳河"]


def test_two_companies_supply_heat_and_four_carriers_the_network() -> None:
    suppliers = {service: [p.name for p in JINGMEN.parties if service in p.supplies] for service in ("heat", "network")}
    assert suppliers == {
        "heat": ["荆门市中荆热能有限公司", "荆门中燃热力有限公司"],
        "network": ["中国移动荆门分公司", "中国联通荆门分公司", "中国电信荆门分公司", "荆门广电网络传媒有限公司"],
    }


def test_the_sheets_bear_the_opinions_that_the_forms_print() -> None:
    assert [(one.title, one.dated) for one in DAYE.signoffs] == [
        ("属地意见", False),
        ("城管部门审批意见", True),
        ("交通运输部门审批意见", True),
        ("公安（交警）部门审批意见", True),
    ]
    assert [one.title for one in JINGMEN.signoffs] == ["市自然资源和规划局意见", "市城管委意见", "市行政审批局意见"]


@BOTH
def test_nobody_decides_in_its_own_cause(scheme: Scheme) -> None:
    first, second = scheme.deciders
    assert (first.against, second.against) == ((), (first.by,))
    assert second.by != first.by


@BOTH
def test_the_office_is_open_seven_hours_in_two_sessions(scheme: Scheme) -> None:
    assert scheme.office.sessions == (("08:30", "12:00"), ("14:30", "18:00"))


def test_the_hours_of_the_halls_are_the_plans_own_and_daye_assumes_its_hours() -> None:
    halls = [party for party in JINGMEN.parties if party.kind == "hall"]
    assert [hall.name for hall in halls] == ["掇刀区共享营业厅", "东宝区共享营业厅"]
    assert JINGMEN.office.cite is not None
    assert JINGMEN.office.cite.clause == "六(四)"
    assert (DAYE.office.cite, DAYE.office.assumes) == (None, "office-hours")


def test_daye_is_not_given_a_day_that_its_text_does_not_bear() -> None:
    assert DAYE.document.issued_on is None
    assert str(JINGMEN.document.issued_on) == "2023-05-12"


@BOTH
def test_every_rule_quotes_its_plan_and_names_the_law_where_the_words_are_the_laws(scheme: Scheme) -> None:
    for rule in scheme.rule:
        assert rule.cites[0].document is None, rule.id
        assert all(len(cite.quote) > 4 and cite.clause for cite in rule.cites), rule.id


@BOTH
def test_an_approval_keeps_the_laws_twenty_working_days_beside_the_promise(scheme: Scheme) -> None:
    approvals = {rule.id: rule for rule in scheme.rule if rule.statutory}
    assert {slug: rule.statutory for slug, rule in approvals.items()} == {
        "commitment-decision": "20wd",
        "joint-approval": "20wd",
    }
    cites = [rule.statutory_cite for rule in approvals.values()]
    assert {cite.clause for cite in cites if cite} == {"第四十二条第一款"}


@BOTH
def test_only_a_departments_approval_clock_may_stop(scheme: Scheme) -> None:
    stopping = [rule.id for rule in scheme.rule if rule.deadline is not None and rule.deadline.may_stop]
    assert stopping == ["joint-approval"]


@BOTH
def test_unusable_materials_are_refused_with_notice_within_the_laws_five_days(scheme: Scheme) -> None:
    refusal = next(void for void in deadline(scheme, "joint-approval").void_by if void.act == "materials.refused")
    assert (refusal.needs, refusal.within) == (("noticed_at",), "5wd")
    assert refusal.cite is not None
    assert refusal.cite.clause == "第三十二条第一款第四项"


@BOTH
def test_a_rule_has_the_other_reading_that_its_words_allow(scheme: Scheme) -> None:
    readings = {rule.id: rule.also_read_as for rule in scheme.rule if rule.also_read_as is not None}
    hours = {"at-once", "0.5wd", "24h"}
    whole_days = {slug for slug, limit in limits(scheme).items() if limit not in hours}
    assert {slug for slug, reading in readings.items() if reading.closes} == whole_days
    special = {slug: (r.limit, r.half, r.until) for slug, r in readings.items() if not r.closes}
    expected: dict[str, tuple[str | None, str | None, str | None]] = {"commitment-decision": (None, None, "close")}
    if scheme is JINGMEN:
        expected |= {"general-feedback": ("24wh", None, None), "half-day-connection": (None, "session", None)}
    assert special == expected


def test_visits_materials_fees_and_forms_are_counted_from_none_on() -> None:
    none = ("no-visits", "no-materials", "no-fees", "no-extra-forms", "no-review-before-decision", "no-filing-by-applicant")
    assert {standard(JINGMEN, slug).at_most for slug in none} == {0}
    assert {standard(JINGMEN, slug).at_most for slug in ("one-survey", "one-notice", "no-document-twice")} == {1}


def test_no_two_standards_count_the_same_act_but_a_document_asked_for_again() -> None:
    for scheme in (DAYE, JINGMEN):
        counted = [rule.standard.counts for rule in scheme.rule if rule.standard is not None and rule.standard.counts]
        twice = {act for act in counted if counted.count(act) > 1}
        assert twice == ({"material.requested"} if scheme is JINGMEN else set())
    assert standard(JINGMEN, "no-document-twice").per == ("requested_by", "document")


def test_a_demand_of_growth_need_not_reach_the_bureau() -> None:
    after = standard(JINGMEN, "demand-reaches-all").after
    assert [one.when for one in after] == [{"occasion": "licence"}, {"occasion": "land-contract"}]


@BOTH
def test_facts_are_always_taken_and_decisions_keep_their_order(scheme: Scheme) -> None:
    kinds = {act: row.kind for act, row in scheme.acts.items()}
    facts = "works.started service.connected fee.charged visit.required survey.held outreach.made plan.issued"
    assert {kinds[act] for act in facts.split()} == {"fact"}
    steering = "application.accepted approval.opened signoff.given materials.refused appointment.agreed case.closed"
    assert {kinds[act] for act in steering.split()} == {"steering"}
    assert scheme.acts["signoff.given"].after == ("materials.submitted", "commitment.notified")


@BOTH
def test_every_assumption_says_why_and_is_named_where_it_decides(scheme: Scheme) -> None:
    named = {name for rule in scheme.rule for name in rule.assumes}
    assert {"at-once", "submission-start", "approval-start", "deferred-limit"} <= named
    assert all(one.text and one.because for one in scheme.assumptions.values())


@BOTH
def test_every_limit_in_office_time_rests_on_the_assumed_hours_and_24_hours_do_not(scheme: Scheme) -> None:
    resting = {rule.id for rule in scheme.rule if "office-hours" in rule.assumes}
    assert resting == {slug for slug, limit in limits(scheme).items() if limit != "24h"}


@BOTH
def test_every_limit_at_once_rests_on_the_assumed_half_hour(scheme: Scheme) -> None:
    resting = {rule.id for rule in scheme.rule if "at-once" in rule.assumes}
    assert resting == {slug for slug, limit in limits(scheme).items() if limit == "at-once"}
    assert scheme.at_once.limit == "30om"


@BOTH
def test_a_judge_can_follow_every_rule(scheme: Scheme) -> None:
    assert set(compile_scheme(scheme).programs) == {rule.id for rule in scheme.rule}
