"""A finding's due process: notified, objected to in time, decided by the right one on its merits, and what came of it."""

from uuid import UUID

import msgspec
import pytest

from domain.acts.connection import CaseWithdrawn, SignoffGiven
from domain.acts.enforcement.process import FindingObjected, Outcome
from domain.acts.stop import ClockStopped
from domain.findings.process import decider_on
from domain.refusals import AlreadyDone, Malformed, NotAllowed, NotCovered, NotFound, OutOfOrder
from domain.schemes.rulebook import compile_scheme
from tests.domain.desk import Desk, joint, signed
from tests.domain.findings.process import OFFICE, PARKS, REFORM, Hearing
from tests.domain.stories import accepted, book, said, shanghai

WATER = "jm-water"


def unpushed() -> Hearing:
    """The office's own: an application that it accepted on Monday at nine and had pushed to nobody by half past."""
    desk = Desk()
    desk.opens(accepted(WATER), by=OFFICE)
    return Hearing(desk, "any-window", "2026-11-16 09:32")


def plan(hearing: Hearing, **changes: object) -> Hearing:
    """The same under a plan in which something else stands."""
    story = hearing.desk.story
    story.book = compile_scheme(msgspec.structs.replace(story.book.scheme, **changes))
    return hearing


def validity(hearing: Hearing, **said_of_it: object) -> Hearing:
    whole = {"assumption": "每年确认一次"} | said_of_it
    return plan(hearing, validity=msgspec.convert(whole, type(hearing.desk.story.book.scheme.validity)))


def test_a_finding_goes_from_open_to_disposed_step_by_step() -> None:
    hearing = Hearing()
    seen = [hearing.finding.state]
    hearing.notified()
    seen.append(hearing.finding.state)
    hearing.objects()
    seen.append(hearing.finding.state)
    hearing.decides("upheld")
    seen.append(hearing.finding.state)
    hearing.disposes()
    seen.append(hearing.finding.state)
    assert seen == ["open", "notified", "objected", "upheld", "disposed"]
    found = hearing.finding
    moments = (said(found.notified_at), said(found.objected_at), said(found.decided_at))
    assert moments == ("2026-11-20 11:00", "2026-11-24 10:00", "2026-11-30 10:00")


def test_an_objection_goes_to_whoever_the_scheme_lets_decide_about_that_party() -> None:
    about_parks, about_office = Hearing().notified(), unpushed().notified(at="2026-11-16 16:00", by=REFORM)
    about_parks.objects()
    about_office.objects(at="2026-11-17 10:00", by=OFFICE)
    for hearing, decider in ((about_parks, OFFICE), (about_office, REFORM)):
        (objection,) = hearing.desk.story.written(FindingObjected)
        assert objection.addressed_to == decider


def test_nobody_but_the_party_found_against_objects() -> None:
    hearing = Hearing().notified()
    for by, party in ((WATER, WATER), (WATER, PARKS), (OFFICE, PARKS)):
        with pytest.raises(NotAllowed):
            hearing.objects(by=by, party=party)


def test_an_objection_that_names_another_decider_is_refused() -> None:
    with pytest.raises(Malformed, match="jm-spj decides about jm-cgw, not jm-fgw"):
        Hearing().notified().objects(addressed_to=REFORM)


def test_nobody_objects_before_the_notification() -> None:
    with pytest.raises(OutOfOrder, match="what it has been notified of"):
        Hearing().objects()
    with pytest.raises(OutOfOrder, match="nobody objected to it before"):
        Hearing().notified(at="2026-11-23 10:00").objects(at="2026-11-20 16:00", written="2026-11-23 11:00")


def test_an_objection_is_in_time_to_the_second_on_the_fifth_working_day_after_service() -> None:
    Hearing().notified().objects(at="2026-11-27 18:00")
    with pytest.raises(OutOfOrder) as refused:
        Hearing().notified().objects(at="2026-11-27 18:00:01")
    assert refused.value.extra["ended"] == "2026-11-27T18:00:00+08:00"


def test_an_objection_in_time_may_be_written_down_two_office_hours_later() -> None:
    Hearing().notified().objects(at="2026-11-27 17:30", written="2026-11-30 10:30")
    with pytest.raises(OutOfOrder, match="ended at 2026-11-27T18:00"):
        Hearing().notified().objects(at="2026-11-27 17:30", written="2026-11-30 10:31")


def test_a_finding_is_objected_to_once_and_not_after_its_decision() -> None:
    hearing = Hearing().notified()
    hearing.objects()
    with pytest.raises(AlreadyDone, match="objected to already"):
        hearing.objects(at="2026-11-25 10:00")
    other = Hearing().notified()
    other.decides("withdrawn", at="2026-11-24 09:00")
    with pytest.raises(AlreadyDone, match="decided already: withdrawn"):
        other.objects()


def test_an_excuse_is_one_of_the_plans_list() -> None:
    hearing = plan(Hearing().notified(), excuses=())
    with pytest.raises(Malformed, match="no excuse"):
        hearing.objects(excuse="safety")
    with pytest.raises(Malformed, match="no excuse"):
        hearing.decides("excused", excuse="safety")
    Hearing().notified().objects(excuse="safety")


def test_only_the_schemes_decider_decides_and_in_its_own_name() -> None:
    hearing = Hearing().notified()
    hearing.objects()
    with pytest.raises(NotAllowed, match="jm-spj decides about jm-cgw"):
        hearing.decides("upheld", by=REFORM)
    with pytest.raises(NotAllowed):
        hearing.decides("upheld", named=REFORM)
    with pytest.raises(NotAllowed):
        hearing.decides("upheld", role="coordinator")
    with pytest.raises(NotAllowed):
        hearing.decides("upheld", by=PARKS, role="department")


def test_nobody_decides_in_their_own_cause() -> None:
    hearing = unpushed().notified(at="2026-11-16 16:00")
    hearing.objects(at="2026-11-17 10:00", by=OFFICE)
    with pytest.raises(NotAllowed, match="nobody decides in their own cause"):
        hearing.decides("withdrawn")
    hearing.decides("withdrawn", by=REFORM)
    assert hearing.finding.state == "withdrawn"


def test_nobody_decides_twice() -> None:
    hearing = Hearing().notified()
    hearing.decides("excused", excuse="force-majeure")
    outcomes: tuple[Outcome, ...] = ("upheld", "withdrawn")
    for outcome in outcomes:
        with pytest.raises(AlreadyDone, match="decided already: excused"):
            hearing.decides(outcome)


def test_what_was_upheld_in_error_is_withdrawn_by_another_account_of_the_decider() -> None:
    hearing = Hearing().notified()
    hearing.decides("upheld", account="li")
    with pytest.raises(AlreadyDone, match="decided already: upheld"):
        hearing.decides("withdrawn", account="li")
    with pytest.raises(AlreadyDone):
        hearing.decides("excused", excuse="safety", account="wang")
    with pytest.raises(AlreadyDone):
        hearing.decides("upheld", account="wang")
    hearing.disposes()
    with pytest.raises(OutOfOrder, match="was disposed at 2026-11-30T10:00"):
        hearing.decides("withdrawn", at="2026-11-30 09:00", account="wang")
    hearing.decides("withdrawn", at="2026-12-03 10:00", account="wang")
    assert hearing.finding.state == "withdrawn"
    with pytest.raises(AlreadyDone):
        hearing.decides("withdrawn", at="2026-12-04 10:00", account="zhao")


def test_the_auditor_proposes_to_withdraw_what_was_upheld_once_nothing_is_missed_any_more() -> None:
    hearing = Hearing().notified()
    hearing.decides("upheld", account="li")
    stop = {"basis": "鉴定", "needed_until": shanghai("2026-12-18 18:00"), "told_at": shanghai("2026-11-17 10:00")}
    act = ClockStopped(rule="joint-approval", keys=(WATER, PARKS), reason="art-45", **stop)  # type: ignore[arg-type]  # as written
    hearing.desk.story.at("2026-11-17 10:00").does(act, by=PARKS)
    hearing.sweep("2026-12-01 10:00")
    assert (hearing.finding.state, hearing.finding.withdrawal_proposed) == ("upheld", True)
    hearing.decides("withdrawn", at="2026-12-02 10:00", account="wang")
    assert hearing.finding.state == "withdrawn"


def test_the_account_that_notified_does_not_decide() -> None:
    hearing = Hearing().notified(account="zhang")
    hearing.objects()
    with pytest.raises(NotAllowed, match="account that notified"):
        hearing.decides("upheld", account="zhang")
    hearing.decides("upheld", account="li")


def test_without_an_objection_a_finding_is_upheld_only_once_the_days_to_object_have_run() -> None:
    hearing = Hearing().notified()
    with pytest.raises(OutOfOrder, match="may object until 2026-11-27T18:00"):
        hearing.decides("upheld", at="2026-11-27 18:00")
    hearing.decides("upheld", at="2026-11-27 18:00:01")
    assert hearing.finding.state == "upheld"


def test_a_plan_without_days_to_object_limits_no_objection_and_upholds_nothing_unheard() -> None:
    hearing = plan(Hearing().notified(), objection=None)
    with pytest.raises(OutOfOrder, match="names no days to object"):
        hearing.decides("upheld", at="2026-12-20 10:00")
    hearing.objects(at="2026-12-21 10:00")
    hearing.decides("upheld", at="2026-12-21 11:00")
    assert hearing.finding.state == "upheld"


def test_what_has_not_been_notified_is_neither_upheld_nor_excused_but_wrong_data_are_withdrawn() -> None:
    hearing = Hearing()
    with pytest.raises(OutOfOrder, match="has not been notified"):
        hearing.decides("upheld")
    with pytest.raises(OutOfOrder, match="has not been notified"):
        hearing.decides("excused", excuse="safety")
    hearing.decides("withdrawn")
    assert hearing.finding.state == "withdrawn"
    with pytest.raises(OutOfOrder, match="no longer stands"):
        hearing.notified(at="2026-12-01 10:00")


def test_an_excuse_goes_with_excused_and_with_it_alone() -> None:
    hearing = Hearing().notified()
    with pytest.raises(Malformed, match="an excuse goes with"):
        hearing.decides("excused")
    with pytest.raises(Malformed, match="an excuse goes with"):
        hearing.decides("withdrawn", excuse="safety")


def test_a_decision_follows_what_it_decides_on() -> None:
    hearing = Hearing().notified()
    hearing.objects()
    with pytest.raises(OutOfOrder, match="was objected at 2026-11-24T10:00"):
        hearing.decides("upheld", at="2026-11-24 09:59")


def test_a_contested_finding_is_upheld_only_with_a_reason_on_the_reading() -> None:
    desk = joint()
    desk.records(signed(), by=PARKS, at="2026-11-19 20:00")  # late at six, in time if the day ends at midnight
    hearing = Hearing(desk, until="2026-11-19 20:01").notified()
    hearing.objects()
    with pytest.raises(Malformed, match="another reading would have cleared"):
        hearing.decides("upheld")
    hearing.decides("upheld", on_reading="审批局18:00下班，网上办理也以办公时间为准")
    assert hearing.finding.state == "upheld"


def test_a_provisional_finding_is_not_upheld_until_its_year_is_published() -> None:
    desk = Desk()
    desk.opens(accepted(WATER), by=OFFICE, at="2026-12-31 09:00")
    hearing = Hearing(desk, "any-window", "2026-12-31 09:32").notified(at="2026-12-31 16:00", by=REFORM)
    hearing.objects(at="2026-12-31 17:00", by=OFFICE)
    assert hearing.finding.provisional
    with pytest.raises(OutOfOrder, match="not published yet"):
        hearing.decides("upheld", at="2026-12-31 17:30", by=REFORM)
    hearing.decides("withdrawn", at="2026-12-31 17:30", by=REFORM)


def test_what_is_no_longer_missed_is_not_upheld() -> None:
    hearing = Hearing().notified()
    stop = {"basis": "鉴定", "needed_until": shanghai("2026-12-18 18:00"), "told_at": shanghai("2026-11-17 10:00")}
    act = ClockStopped(rule="joint-approval", keys=(WATER, PARKS), reason="art-45", **stop)  # type: ignore[arg-type]  # as written
    hearing.desk.story.at("2026-11-17 10:00").does(act, by=PARKS)
    hearing.sweep("2026-11-23 10:00")
    assert hearing.finding.state == "notified"
    with pytest.raises(OutOfOrder, match="nothing is missed; withdraw"):
        hearing.decides("upheld")
    hearing.decides("withdrawn")


def test_past_the_plans_last_day_nothing_is_upheld() -> None:
    for ends, holds in (("2026-11-29", False), ("2026-11-30", True)):
        hearing = validity(Hearing().notified(), until=ends)
        if holds:
            hearing.decides("upheld")
        else:
            with pytest.raises(NotCovered, match="holds until 2026-11-29"):
                hearing.decides("upheld")
            hearing.decides("withdrawn")


def test_past_the_last_confirmation_nothing_is_upheld() -> None:
    confirmed = {"by": "协调小组办公室", "on": "2025-11-01", "until": "2026-10-31"}
    later = {"by": "协调小组办公室", "on": "2026-11-01", "until": "2027-10-31"}
    with pytest.raises(NotCovered):
        validity(Hearing().notified(), confirmed_by=[confirmed]).decides("upheld")
    validity(Hearing().notified(), confirmed_by=[later, confirmed]).decides("upheld")
    with pytest.raises(NotCovered, match="holds until 2024-05-11"):  # in force from 12 May 2023, and 2024 is a leap year
        validity(Hearing().notified(), yearly=True).decides("upheld")


def test_what_came_of_a_finding_is_told_once_and_by_another_once_it_is_upheld() -> None:
    hearing = Hearing().notified()
    with pytest.raises(OutOfOrder, match="once it is upheld"):
        hearing.disposes()
    hearing.decides("upheld")
    hearing.disposes()
    with pytest.raises(AlreadyDone):
        hearing.disposes()
    own = unpushed().notified(at="2026-11-16 16:00")
    own.decides("upheld", by=REFORM)
    with pytest.raises(NotAllowed, match="told by another"):
        own.disposes()


def test_an_act_written_too_late_clears_the_party_only_on_evidence_that_it_did_not_make() -> None:
    hearing = Hearing()
    approved = SignoffGiven(utility=WATER, department=PARKS, outcome="approved", opinion="同意", signatory="李")
    hearing.desk.records(approved, by=PARKS, at="2026-11-19 17:00", written="2026-11-23 10:00")
    hearing.notified(at="2026-11-23 11:00")
    assert hearing.finding.late_entry
    with pytest.raises(Malformed, match="evidence that the party did not make itself"):
        hearing.decides("withdrawn")
    own = hearing.attaches(PARKS, "2026-11-24 10:00")
    with pytest.raises(Malformed, match="evidence that the party did not make itself"):
        hearing.decides("withdrawn", documents=[own])


def test_evidence_of_another_clears_the_party_of_an_act_written_too_late() -> None:
    hearing = Hearing()
    approved = SignoffGiven(utility=WATER, department=PARKS, outcome="approved", opinion="同意", signatory="李")
    hearing.desk.records(approved, by=PARKS, at="2026-11-19 17:00", written="2026-11-23 10:00")
    hearing.notified(at="2026-11-23 11:00")
    hearing.decides("withdrawn", documents=[hearing.attaches(WATER, "2026-11-24 10:00")])
    assert hearing.finding.state == "withdrawn"


def test_a_finding_that_lapsed_is_not_decided_any_more() -> None:
    hearing = Hearing()
    hearing.desk.records(signed(), by=PARKS, at="2026-11-19 17:59", written="2026-11-19 18:05")
    hearing.sweep("2026-11-19 18:06")
    assert hearing.finding.state == "lapsed"
    with pytest.raises(OutOfOrder, match="has lapsed"):
        hearing.decides("withdrawn")
    with pytest.raises(OutOfOrder, match="no longer stands"):
        hearing.notified()


def test_a_decision_on_no_finding_of_the_case_is_refused() -> None:
    desk = joint()
    act = FindingObjected(finding_id=UUID(int=1), party=PARKS, text="无")
    with pytest.raises(NotFound, match="no finding"):
        desk.records(act, by=PARKS)


def test_the_decider_owes_the_decision_within_ten_working_days_and_answers_to_another() -> None:
    hearing = Hearing().notified()
    hearing.objects()
    clock = hearing.desk.story.clock("objection-decision", str(hearing.finding.finding_id))
    assert (clock.party, said(clock.due)) == (OFFICE, "2026-12-08 18:00")  # Tuesday 24 November and ten working days
    hearing.sweep("2026-12-08 18:02")
    late = Hearing.__new__(Hearing)
    late.desk, late.rule = hearing.desk, "objection-decision"
    assert (late.finding.party, decider_on(hearing.desk.story.book, late.finding.party).by) == (OFFICE, REFORM)


def test_the_decision_is_owed_though_the_applicant_withdraws_and_does_not_keep_it_from_that() -> None:
    hearing = Hearing().notified()
    hearing.objects()
    desk = hearing.desk
    desk.records(CaseWithdrawn(proof="撤回申请"), by=OFFICE, at="2026-11-25 10:00", role="window")
    assert desk.story.state("objection-decision", str(hearing.finding.finding_id)) == "running"
    hearing.decides("withdrawn")
    assert desk.story.state("objection-decision", str(hearing.finding.finding_id)) == "met"


def test_who_deals_with_a_finding_does_not_come_to_take_part_in_its_case() -> None:
    hearing = unpushed().notified(at="2026-11-16 16:00", by=REFORM)
    assert hearing.desk.case is not None
    assert REFORM not in hearing.desk.case.parties


def test_a_plan_that_names_nobody_to_decide_says_so() -> None:
    scheme = book("jingmen-2023").scheme
    alone = compile_scheme(msgspec.structs.replace(scheme, deciders=scheme.deciders[:1]))
    assert decider_on(alone, PARKS).by == OFFICE
    with pytest.raises(NotFound, match="names nobody who decides about 荆门市行政审批局"):
        decider_on(alone, OFFICE)
