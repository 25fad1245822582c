"""Recording an act: steering acts in order, facts always, and nothing that contradicts the case."""

from uuid import UUID

import msgspec
import pytest

from domain.acts.connection import (
    ApplicationAccepted,
    ApplicationPushed,
    ApplicationRefused,
    ApprovalPushed,
    CaseWithdrawn,
    DemandRegistered,
    PlanIssued,
    WorksStarted,
)
from domain.acts.enforcement.audit import FindingNotified, SuspicionRaised, WarningRaised
from domain.acts.enforcement.supervision import PeriodOpened, StatementChecked, StatementSubmitted
from domain.acts.fact import RemarkMade, VisitRequired
from domain.acts.service import (
    CaseClosed,
)
from domain.refusals import AlreadyDone, Malformed, NotAllowed, NotFound, OutOfOrder
from tests.domain.desk import Desk, applied, joint, signed
from tests.domain.stories import accepted, form, opened, shanghai

WATER, GAS, BUREAU, OFFICE = "jm-water", "jm-gas", "jm-cgw", "jm-spj"
KEYS = (WATER, BUREAU)


def test_an_act_joins_the_ledger_with_the_next_number_and_its_parties() -> None:
    desk = applied()
    recorded = desk.records(VisitRequired(required_by=GAS), by="hb-portal")
    assert [entry.seq for entry in desk.story.entries] == [1, 2, 3]
    assert recorded.case.parties == ("hb-portal", GAS, OFFICE, WATER)
    assert recorded.case.head == desk.story.entries[-1].hash


def test_a_steering_act_out_of_order_is_refused_with_what_may_come_next() -> None:
    desk = applied()
    with pytest.raises(OutOfOrder, match=r"comes after survey\.held") as refused:
        desk.records(opened(KEYS), by=OFFICE)
    assert "survey.scheduled" in refused.value.extra["next"]
    assert refused.value.extra["missing"] == ["survey.held"]


def test_what_came_for_another_utility_or_later_does_not_open_the_way() -> None:
    desk = joint()
    other = msgspec.structs.replace(signed(), utility=GAS)
    with pytest.raises(OutOfOrder):
        desk.records(other, by=BUREAU, at="2026-11-17 10:00")
    with pytest.raises(OutOfOrder, match="by then"):
        desk.records(signed(), by=BUREAU, at="2026-11-16 09:59", written="2026-11-16 10:05")


def test_a_fact_out_of_order_is_taken_and_raises_a_suspicion_that_names_it() -> None:
    desk = applied()
    recorded = desk.records(WorksStarted(utility=WATER), by=WATER)
    fact, suspicion = recorded.entries
    assert isinstance(suspicion.act, SuspicionRaised)
    assert (suspicion.act.about, suspicion.act.seqs, suspicion.actor.role) == ("out-of-order", (fact.seq,), "auditor")
    assert suspicion.act.clause == "works.started without signoff.given or approval.not_needed"


def test_a_suspicion_names_the_clause_where_the_plan_gives_one() -> None:
    desk = Desk()
    plan = desk.story.book.scheme
    row = msgspec.structs.replace(plan.acts["works.started"], cite=plan.scope.cite)
    acts = {**plan.acts, "works.started": row}
    desk.story.book = type(desk.story.book)(msgspec.structs.replace(plan, acts=acts))
    desk.opens(accepted(WATER), by=OFFICE)
    suspicion = desk.records(WorksStarted(utility=WATER), by=WATER).entries[1].act
    assert isinstance(suspicion, SuspicionRaised)
    assert suspicion.clause == "二"


def test_nobody_records_what_the_auditor_writes() -> None:
    act = WarningRaised(rule="joint-approval", keys=KEYS, party=BUREAU, started_seq=1, due_at=shanghai("2026-11-19 18:00"))
    with pytest.raises(NotAllowed, match="is not recorded by people"):
        applied().records(act, by=OFFICE, role="admin")


def test_a_utility_may_not_speak_for_another_and_the_office_may() -> None:
    desk = joint()
    with pytest.raises(NotAllowed, match="for itself alone"):
        desk.records(PlanIssued(utility=WATER), by=GAS)
    with pytest.raises(NotAllowed, match="names None"):
        desk.records(ApprovalPushed(departments=(BUREAU,)), by=WATER)
    desk.records(ApprovalPushed(utility=WATER, departments=(BUREAU,)), by=OFFICE, at="2026-11-16 10:05")


def test_a_district_checks_its_own_statements_alone() -> None:
    desk = Desk()
    desk.opens(PeriodOpened(utility=WATER, district="jm-dongbao", year=2026, half=1), by="jm-czj")
    desk.records(StatementSubmitted(utility=WATER, amount=0), by=WATER)
    checked = StatementChecked(district="jm-dongbao", accepted=True)
    with pytest.raises(NotAllowed, match="for itself alone"):
        desk.records(checked, by="jm-duodao")
    desk.records(checked, by="jm-dongbao")
    assert desk.story.state("settlement-check") == "met"


def test_a_future_moment_is_refused() -> None:
    with pytest.raises(Malformed, match="ahead of our clock"):
        applied().records(VisitRequired(required_by=WATER), by="hb-portal", at="2026-11-16 10:00:01", written="2026-11-16 10:00")


def test_a_case_with_a_running_clock_cannot_be_closed() -> None:
    desk = joint()
    with pytest.raises(OutOfOrder, match="still running: joint-approval"):
        desk.records(CaseClosed(outcome="结案"), by=OFFICE, at="2026-11-17 10:00")


def test_a_closed_case_takes_facts_and_findings_and_steers_no_more() -> None:
    desk = applied()
    desk.records(VisitRequired(required_by=WATER), by="hb-portal")
    found = desk.story.swept("2026-11-16 10:10")
    assert desk.case is not None
    desk.case = msgspec.structs.replace(desk.case, seq=len(desk.story.entries))
    closed = desk.records(CaseClosed(outcome="结案"), by=OFFICE, at="2026-11-17 10:00")
    assert closed.case.state == "closed"
    with pytest.raises(OutOfOrder, match="the case is closed"):
        desk.records(CaseWithdrawn(proof="申请"), by=OFFICE, at="2026-11-17 10:10")
    assert desk.records(RemarkMade(text="补充"), by=OFFICE, at="2026-11-17 10:20").case.state == "closed"
    hasty = FindingNotified(finding_id=found[0].finding_id, served_at=shanghai("2026-11-16 09:10"))
    with pytest.raises(OutOfOrder, match="may be notified from"):
        desk.records(hasty, by=OFFICE, at="2026-11-17 10:30")
    served = FindingNotified(finding_id=found[0].finding_id, served_at=shanghai("2026-11-17 11:00"))
    desk.records(served, by=OFFICE, at="2026-11-17 11:00")
    assert desk.story.judged().findings[0].state == "notified"
    with pytest.raises(AlreadyDone, match="already been notified"):
        desk.records(served, by=OFFICE, at="2026-11-17 12:00")


def test_withdrawal_and_refusal_end_a_case() -> None:
    assert applied().records(CaseWithdrawn(proof="申请"), by=OFFICE).case.state == "withdrawn"
    refusal = ApplicationRefused(form=form(WATER), clause="二", reason="不在范围", refused_by=OFFICE)
    desk = Desk()
    desk.opens(DemandRegistered(occasion="other", form=form(WATER)), by=OFFICE)
    assert desk.records(refusal, by=OFFICE).case.state == "refused"


def test_an_unknown_finding_is_not_notified_nor_one_that_no_longer_stands() -> None:
    desk = joint()
    served = FindingNotified(finding_id=UUID(int=1), served_at=shanghai("2026-11-16 10:00"))
    with pytest.raises(NotFound, match="has no finding"):
        desk.records(served, by=OFFICE)
    found = desk.story.swept("2026-11-19 18:05")
    assert desk.case is not None
    desk.case = msgspec.structs.replace(desk.case, seq=len(desk.story.entries))
    desk.records(signed(), by=BUREAU, at="2026-11-19 17:30", written="2026-11-19 18:10")
    served = FindingNotified(finding_id=found[0].finding_id, served_at=shanghai("2026-11-19 18:11"))
    with pytest.raises(OutOfOrder, match="no longer stands"):
        desk.records(served, by=OFFICE, at="2026-11-19 18:11")
    desk.story.swept("2026-11-19 18:20")
    desk.case = msgspec.structs.replace(desk.case, seq=len(desk.story.entries))
    with pytest.raises(OutOfOrder, match="no longer stands"):
        desk.records(served, by=OFFICE, at="2026-11-19 18:21")


def test_a_demand_becomes_an_application_under_its_project_code() -> None:
    desk = Desk()
    desk.opens(DemandRegistered(occasion="other", form=form(WATER)), by=OFFICE)
    assert desk.case is not None
    assert desk.case.subject is None
    act = ApplicationAccepted(form=form(WATER, project_code="2101-420800-04-01-123456"))
    assert desk.records(act, by=OFFICE).case.subject == "2101-420800-04-01-123456"


def test_an_application_out_of_scope_in_an_open_case_is_kept_as_refused_with_the_clause() -> None:
    desk = Desk()
    desk.opens(DemandRegistered(occasion="other", form=form(WATER)), by="jm-zsj")
    made = desk.records(ApplicationAccepted(form=form(WATER, kind="developer")), by=OFFICE)
    assert made.case.state == "refused"
    (refused,) = desk.story.written(ApplicationRefused)
    assert (refused.refused_by, refused.reason) == (OFFICE, "本方案适用于企业，不适用于房地产开发企业")
    assert refused.clause.startswith("二：")
    assert not made.numbered


def test_through_a_portal_it_is_the_coordination_offices_refusal() -> None:
    desk = Desk()
    desk.opens(DemandRegistered(occasion="other", form=form(WATER)), by="jm-zsj")
    desk.records(ApplicationAccepted(form=form(WATER, kind="developer")), by="hb-portal")
    (refused,) = desk.story.written(ApplicationRefused)
    assert (refused.refused_by, desk.story.entries[-1].actor.party) == (OFFICE, "hb-portal")


def test_a_form_in_an_open_case_is_checked_as_the_first_was() -> None:
    desk = Desk()
    desk.opens(DemandRegistered(occasion="other", form=form(WATER)), by=OFFICE)
    recorded = desk.records(DemandRegistered(occasion="growth", form=form(WATER, project_code="12")), by=OFFICE)
    assert recorded.doubts[0].startswith("'12' has not the shape")
    with pytest.raises(Malformed, match="has no box"):
        desk.records(DemandRegistered(occasion="growth", form=form(WATER, town="子陵铺镇")), by=OFFICE)


def test_a_window_ends_by_no_withdrawal_what_it_owes_itself() -> None:
    desk = Desk()
    desk.opens(accepted(WATER), by=OFFICE)
    with pytest.raises(NotAllowed, match="itself still owes any-window"):
        desk.records(CaseWithdrawn(proof="申请"), by=OFFICE, at="2026-11-16 10:05")
    desk.records(ApplicationPushed(utilities=(WATER,)), by=OFFICE, at="2026-11-16 10:10")
    assert desk.records(CaseWithdrawn(proof="申请"), by=OFFICE, at="2026-11-16 10:15").case.state == "withdrawn"
