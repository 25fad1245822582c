"""Recording an act: steering acts in order, facts always, and nothing that contradicts the case."""

from datetime import date
from uuid import UUID

import msgspec
import pytest

from domain.acts.audit import FindingNotified, SuspicionRaised, WarningRaised
from domain.acts.connection import (
    ApplicationAccepted,
    ApplicationPushed,
    ApplicationRefused,
    ApprovalPushed,
    CaseWithdrawn,
    CommitmentNotified,
    DemandRegistered,
    MaterialsSubmitted,
    OutreachMade,
    PlanIssued,
    ReviewFinished,
    SignoffGiven,
    WorksStarted,
)
from domain.acts.fact import RemarkMade, VisitRequired
from domain.acts.parts import Deferred
from domain.acts.service import (
    CaseClosed,
    ComplaintAccepted,
    ComplaintReceived,
    EnquiryReceived,
    EnquiryReclassified,
    FeedbackGiven,
    MatterDone,
)
from domain.acts.stop import ClockResumed, ClockStopped
from domain.acts.supervision import PeriodOpened, StatementChecked, StatementSubmitted
from domain.refusals import AlreadyDone, Malformed, NotAllowed, NotCovered, NotFound, OutOfOrder
from tests.domain.desk import Desk, commitment
from tests.domain.stories import accepted, form, opened, shanghai, surveyed

WATER, GAS, BUREAU, OFFICE = "jm-water", "jm-gas", "jm-cgw", "jm-spj"
KEYS = (WATER, BUREAU)


def applied(*utilities: str) -> Desk:
    desk = Desk()
    desk.opens(accepted(*(utilities or (WATER,))), by=OFFICE)
    desk.records(ApplicationPushed(utilities=utilities or (WATER,)), by=OFFICE, at="2026-11-16 09:05")
    return desk


def joint() -> Desk:
    """A joint approval with the materials submitted on Monday at ten, due on Thursday at six."""
    desk = applied()
    desk.records(surveyed(OFFICE, WATER), by=OFFICE, at="2026-11-16 09:10")
    desk.records(PlanIssued(utility=WATER), by=WATER, at="2026-11-16 09:11")
    desk.records(opened(KEYS), by=OFFICE, at="2026-11-16 09:20")
    desk.records(ApprovalPushed(utility=WATER, departments=(BUREAU,)), by=WATER, at="2026-11-16 09:21")
    desk.records(MaterialsSubmitted(utility=WATER, department=BUREAU), by=WATER, at="2026-11-16 10:00")
    return desk


def signed() -> SignoffGiven:
    return SignoffGiven(utility=WATER, department=BUREAU, outcome="approved", opinion="同意", signatory="李")


def stop(reason: str = "art-45", *, told: bool = True) -> ClockStopped:
    moment = shanghai("2026-11-18 18:00")
    return ClockStopped(
        rule="joint-approval",
        keys=KEYS,
        reason=reason,  # type: ignore[arg-type]  # either word
        basis="鉴定",
        told_at=shanghai("2026-11-17 09:00") if told else None,
        needed_until=moment if told else None,
    )


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
    desk.records(StatementSubmitted(utility=WATER, amount=1), by=WATER)
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


def test_an_application_out_of_scope_in_an_open_case_is_answered_with_the_clause() -> None:
    desk = Desk()
    desk.opens(DemandRegistered(occasion="other", form=form(WATER)), by=OFFICE)
    with pytest.raises(NotCovered, match=r"record application\.refused") as refused:
        desk.records(ApplicationAccepted(form=form(WATER, kind="developer")), by=OFFICE)
    assert refused.value.extra["clause"].startswith("二：")


def test_a_form_in_an_open_case_is_checked_as_the_first_was() -> None:
    desk = Desk()
    desk.opens(DemandRegistered(occasion="other", form=form(WATER)), by=OFFICE)
    recorded = desk.records(DemandRegistered(occasion="growth", form=form(WATER, project_code="12")), by=OFFICE)
    assert len(recorded.doubts) == 1


# ---- stops


def test_a_clock_is_stopped_by_its_own_department_for_a_reason_of_the_rule() -> None:
    desk = joint()
    desk.records(stop(), by=BUREAU, at="2026-11-17 09:00")
    assert desk.story.due("joint-approval") == "2026-11-23 18:00"


def test_another_department_may_not_stop_it() -> None:
    with pytest.raises(NotAllowed, match="that clock is jm-cgw's"):
        joint().records(stop(), by="jm-zgj", at="2026-11-17 09:00")


@pytest.mark.parametrize("rule", ["materials-submission", "one-survey", "no-such-rule"])
def test_a_rule_that_knows_no_stop_takes_none(rule: str) -> None:
    with pytest.raises(NotCovered, match="may be stopped for nothing"):
        joint().records(msgspec.structs.replace(stop(), rule=rule), by=BUREAU, at="2026-11-17 09:00")


def test_a_clock_that_does_not_run_is_not_stopped() -> None:
    desk = joint()
    desk.records(signed(), by=BUREAU, at="2026-11-16 11:00")
    with pytest.raises(OutOfOrder, match="is running"):
        desk.records(stop(), by=BUREAU, at="2026-11-17 09:00")


def test_a_stop_by_law_says_how_long_and_that_the_applicant_was_told() -> None:
    with pytest.raises(Malformed, match="needs neededUntil and toldAt"):
        joint().records(stop(told=False), by=BUREAU, at="2026-11-17 09:00")


def test_a_clock_stops_for_a_deferred_document_only_once_the_review_is_finished() -> None:
    desk = joint()
    with pytest.raises(OutOfOrder, match=r"review\.finished"):
        desk.records(stop("deferred-document", told=False), by=BUREAU, at="2026-11-17 09:00")
    desk.records(ReviewFinished(utility=WATER, department=BUREAU), by=BUREAU, at="2026-11-17 09:00")
    desk.records(stop("deferred-document", told=False), by=BUREAU, at="2026-11-17 09:05")
    assert desk.story.state("joint-approval") == "stopped"


def test_a_review_that_is_finished_later_does_not_allow_an_earlier_stop() -> None:
    desk = joint()
    desk.records(ReviewFinished(utility=WATER, department=BUREAU), by=BUREAU, at="2026-11-17 09:00")
    with pytest.raises(OutOfOrder, match=r"review\.finished"):
        desk.records(stop("deferred-document", told=False), by=BUREAU, at="2026-11-17 08:40", written="2026-11-17 09:05")


def test_only_a_stopped_clock_is_resumed() -> None:
    desk = joint()
    desk.records(stop(), by=BUREAU, at="2026-11-17 09:00")
    desk.records(ClockResumed(rule="joint-approval", keys=KEYS), by=BUREAU, at="2026-11-17 10:00")
    with pytest.raises(OutOfOrder, match="is not stopped"):
        desk.records(ClockResumed(rule="joint-approval", keys=KEYS), by=BUREAU, at="2026-11-17 10:10")


# ---- enquiries


def enquiry(handler: str | None = "王") -> Desk:
    desk = Desk()
    act = EnquiryReceived(channel="窗口", receiver=WATER, handler=handler, class_="general", reason="类别", subject="进度")
    desk.opens(act, by=WATER)
    return desk


COMPLEX = EnquiryReclassified(class_="complex", reason="涉及改造", by="赵")


def test_someone_else_of_the_receiving_party_may_change_the_class_within_the_24_hours() -> None:
    desk = enquiry()
    desk.records(COMPLEX, by=WATER, at="2026-11-17 09:00", account="other")
    assert desk.story.due("complex-feedback") == "2026-11-19 18:00"
    with pytest.raises(OutOfOrder, match="from general to complex alone"):
        desk.records(COMPLEX, by=WATER, at="2026-11-17 09:00", account="other")


def test_the_class_is_not_changed_once_the_24_hours_are_over_by_either_moment() -> None:
    for at, written in (("2026-11-17 09:00:01", None), ("2026-11-17 08:59", "2026-11-17 09:00:01")):
        with pytest.raises(OutOfOrder, match="before the 24 hours end"):
            enquiry().records(COMPLEX, by=WATER, at=at, written=written, account="other")


def test_the_handler_does_not_change_the_class_nor_does_another_party() -> None:
    for act, by, account in (
        (COMPLEX, GAS, "other"),
        (msgspec.structs.replace(COMPLEX, by="王"), WATER, "other"),
        (COMPLEX, WATER, "person"),
    ):
        with pytest.raises(NotAllowed, match="other than the handler"):
            enquiry().records(act, by=by, at="2026-11-16 10:00", account=account)


def test_feedback_says_to_whom_it_was_given() -> None:
    with pytest.raises(Malformed, match="to the customer"):
        enquiry().records(FeedbackGiven(text="已转"), by=WATER)
    desk = enquiry()
    desk.records(FeedbackGiven(to_customer_at=shanghai("2026-11-16 10:00")), by=WATER)
    assert desk.story.state("general-feedback") == "running"


def test_a_day_that_no_calendar_holds_is_refused_wherever_it_stands() -> None:
    desk = joint()
    late = Deferred(document="图", due_on=date(2060, 1, 1))
    with pytest.raises(Malformed, match="due_on is 2060-01-01"):
        desk.records(MaterialsSubmitted(utility=WATER, department=BUREAU, deferred=(late,)), by=WATER)


def test_a_matter_is_done_in_its_turn() -> None:
    enquiry().records(MatterDone(outcome="已办结"), by=WATER)


def test_the_party_complained_of_never_takes_the_complaint_up() -> None:
    desk = Desk()
    act = ComplaintReceived(form="report", channel="热线", about=BUREAU, business_environment=True, class_="general", subject="推诿")
    desk.opens(act, by=OFFICE)
    with pytest.raises(NotAllowed, match="is the party complained of"):
        desk.records(ComplaintAccepted(body=BUREAU), by=BUREAU)
    desk.records(ComplaintAccepted(body=OFFICE), by=OFFICE)
    clock = desk.story.clock("report-handling")
    assert (clock.party, desk.story.due("report-handling")) == (OFFICE, "2026-11-17 10:00")
    assert desk.story.situation().holder(shanghai("2026-11-17 10:00")) == OFFICE


# ---- approvals


def test_an_opinion_is_given_once_for_each_submission() -> None:
    desk = joint()
    desk.records(signed(), by=BUREAU, at="2026-11-17 10:00")
    with pytest.raises(AlreadyDone, match="a new one follows new materials"):
        desk.records(signed(), by=BUREAU, at="2026-11-17 11:00")
    desk.records(MaterialsSubmitted(utility=WATER, department=BUREAU), by=WATER, at="2026-11-18 10:00")
    desk.records(signed(), by=BUREAU, at="2026-11-18 11:00")


NOTICE = CommitmentNotified(utility=WATER, departments=(BUREAU,), commitment="c")


def short(metres: int = 299) -> Desk:
    desk = applied()
    works = surveyed(OFFICE, WATER, metres=metres, does=["pavement-excavation"])
    desk.records(works, by=OFFICE, at="2026-11-16 09:10")
    return desk


def test_works_within_the_limit_are_notified_under_a_commitment_of_the_year() -> None:
    desk = short()
    desk.records(NOTICE, by=WATER, commitments=[commitment(WATER, BUREAU, 2026)])
    assert desk.story.due("commitment-decision") == "2026-11-16 10:30"
    desk.records(signed(), by=BUREAU, at="2026-11-16 10:10")
    assert desk.story.state("commitment-decision") == "met"


@pytest.mark.parametrize(
    "held",
    [[], [commitment(WATER, "jm-zgj", 2026)], [commitment(GAS, BUREAU, 2026)], [commitment(WATER, BUREAU, 2025)]],
    ids=["none", "another department", "another utility", "last year"],
)
def test_without_a_commitment_of_the_year_utility_and_department_nothing_is_notified(held: list[object]) -> None:
    with pytest.raises(NotCovered, match="no commitment of jm-water to jm-cgw"):
        short().records(NOTICE, by=WATER, commitments=held)  # type: ignore[arg-type]  # commitments all


def test_works_of_exactly_the_threshold_are_not_notified() -> None:
    with pytest.raises(NotCovered, match="恰好300米"):
        short(300).records(NOTICE, by=WATER, commitments=[commitment(WATER, BUREAU, 2026)])


def test_without_works_there_is_nothing_to_notify() -> None:
    desk = applied()
    desk.records(surveyed(OFFICE, WATER, needed=False), by=OFFICE, at="2026-11-16 09:10")
    with pytest.raises(NotCovered, match="没有外线工程"):
        desk.records(NOTICE, by=WATER, commitments=[commitment(WATER, BUREAU, 2026)])


def test_outreach_is_recorded_by_one_of_those_who_made_it() -> None:
    desk = applied(WATER, GAS)
    desk.records(OutreachMade(utilities=(WATER, GAS)), by=GAS)
    with pytest.raises(NotAllowed, match="for itself alone"):
        desk.records(OutreachMade(utilities=(WATER,)), by=GAS)
