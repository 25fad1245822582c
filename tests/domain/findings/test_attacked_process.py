"""Attacks on a finding's process and on records: steps written back in time, cases closed by whom they are about; nobody gets by."""

import pytest

from domain.acts.enforcement.accountability import AccountabilityHeard
from domain.acts.enforcement.audit import FindingNotified, WarningRaised
from domain.acts.enforcement.credit import CreditHeard, CreditSubject
from domain.acts.enforcement.ladder import InterviewArranged, InterviewHeld
from domain.acts.enforcement.process import FindingObjected
from domain.acts.enforcement.supervision import CommitmentSigned
from domain.acts.service import CaseClosed
from domain.findings.process import objection_until
from domain.judging.warning import waits
from domain.refusals import AlreadyDone, Malformed, NotAllowed, OutOfOrder
from domain.supervision.next_step import why_no_interview
from tests.domain.accountability.records import CODE, File, answerable, falsified, finding, heard, notice, told
from tests.domain.credit.credit_file import proposed
from tests.domain.desk import Desk
from tests.domain.findings.process import OFFICE, Hearing
from tests.domain.stories import book, offices, said, shanghai
from tests.domain.supervision.laddering import PARKS, WATER, called, insufficient_twice


def served(hearing: Hearing, at: str, written: str) -> None:
    """Notify on paper, and write it down later."""
    act = FindingNotified(finding_id=hearing.finding.finding_id, served_at=shanghai(at))
    hearing.desk.records(act, OFFICE, at, written, account="clerk")


def objects(hearing: Hearing, at: str) -> None:
    act = FindingObjected(finding_id=hearing.finding.finding_id, party=PARKS, text="当日已签批")
    hearing.desk.records(act, PARKS, at)


def test_a_service_that_is_written_down_later_takes_no_day_to_object_away() -> None:
    # Said to be served on Friday 20 November, written on Monday the 30th: five working days from then end on Monday 7 December.
    hearing = Hearing()
    served(hearing, "2026-11-20 11:00", "2026-11-30 10:00")
    with pytest.raises(OutOfOrder, match="may object until 2026-12-07T18:00:00"):
        hearing.decides("upheld", at="2026-11-30 10:05")
    objects(hearing, "2026-12-07 18:00")
    assert hearing.finding.state == "objected"


@pytest.mark.parametrize(
    ("served", "last"),
    [
        # Before the National Day week: 29 and 30 September, 8 and 9 October, and Saturday the 10th, which is made up.
        ("2026-09-28 11:00", "2026-10-10 18:00"),
        # Before the Spring Festival: Friday the 13th, Saturday the 14th (made up), then 24, 25 and 26 February.
        ("2026-02-12 11:00", "2026-02-26 18:00"),
        # Served on a made-up Saturday: 2 to 6 March.
        ("2026-02-28 11:00", "2026-03-06 18:00"),
        # Served in the holiday: the 8th and 9th, Saturday the 10th, the 12th and 13th.
        ("2026-10-03 11:00", "2026-10-13 18:00"),
    ],
)
def test_the_days_to_object_leave_holidays_out_and_count_days_made_up(served: str, last: str) -> None:
    assert said(objection_until(book("jingmen-2023"), PARKS, shanghai(served), offices())) == last


def test_an_objection_stands_whatever_is_written_after_it_and_the_decision_is_by_other_eyes() -> None:
    hearing = Hearing().notified()
    objects(hearing, "2026-11-24 10:00")
    with pytest.raises(NotAllowed, match="notified a finding"):
        hearing.decides("upheld", account="clerk")
    with pytest.raises(NotAllowed, match="recorded by supervisor"):
        hearing.decides("withdrawn", by=PARKS, role="department", named=OFFICE)
    hearing.decides("withdrawn", account="decider")
    with pytest.raises(AlreadyDone):
        hearing.decides("upheld", at="2026-12-01 10:00", account="another")


def test_a_notice_of_a_record_that_is_written_down_later_takes_no_day_for_a_statement_away() -> None:
    # Written on Monday 15 June: five working days from then, the Dragon Boat holiday of the 19th left out, end on Tuesday the 23rd.
    file = proposed()
    with pytest.raises(Malformed, match="2026-06-23T18:00:00"):
        file.records(notice(), by="jm-spj", at="2026-06-03 11:00", written="2026-06-15 09:00", role="coordinator", account="notifier")
    unit = File()
    unit.proposes(answerable(), by="jm-fgw", other_cases=finding())
    with pytest.raises(Malformed, match="2026-06-23T18:00:00"):
        unit.records(told(), by="jm-fgw", at="2026-06-03 11:00", written="2026-06-15 09:00")


def test_a_utility_is_entered_as_what_it_is_by_whatever_name_it_is_called() -> None:
    # Left out of 'party', its missed deadlines would pass for a broken commitment, without any order.
    for name, code in (("荆门市城市水务集团有限公司", "jm-water"), (" 荆门中石油昆仑公司", "jm-gas")):
        subject = CreditSubject(kind="enterprise", role="construction", name=name, credit_code=CODE)
        with pytest.raises(Malformed, match=f"{code}.*'party'"):
            proposed(falsified(subject, conduct="commitment-not-honoured"))


def test_a_hearing_is_not_ended_before_its_time_by_an_earlier_date_nor_a_statement_lost() -> None:
    file = proposed()
    file.records(notice(), by="jm-spj", at="2026-06-03 11:00", role="coordinator", account="notifier")
    with pytest.raises(OutOfOrder, match="until 2026-06-10T18:00:00"):
        file.records(CreditHeard(by="jm-spj"), by="jm-spj", at="2026-06-03 11:30", written="2026-06-10 17:59:59", role="coordinator")
    unit = File()
    unit.proposes(answerable(), by="jm-fgw", other_cases=finding())
    unit.records(told(), by="jm-fgw", at="2026-06-03 11:00")
    with pytest.raises(OutOfOrder, match="until 2026-06-10T18:00:00"):
        unit.records(AccountabilityHeard(by="jm-fgw"), by="jm-fgw", at="2026-06-10 17:59:59")
    unit.records(heard(statement=None), by="jm-fgw", at="2026-06-10 18:00")


def test_an_interview_is_not_called_on_a_day_before_the_report_that_was_accepted() -> None:
    ladder = insufficient_twice()
    ladder.orders("third", "2026-09-07 10:00", "2026-09-15", ladder.finds("2026-09-04", item=3))
    ladder.reports("third", "2026-09-16 10:00")
    ladder.judges("third", "2026-09-17 10:00", accepted=True)
    with pytest.raises(OutOfOrder, match="in place"):
        ladder.does("third", "2026-09-16 09:00", PARKS, called("2026-09-25 10:00"), written="2026-09-18 10:00")
    terms = book("jingmen-2023").scheme.ladder
    assert terms is not None
    why = why_no_interview(terms, ladder.entries("third"), ladder.beside("third"), ladder.clocks("third"), shanghai("2026-09-18 10:00"))
    assert why == "the rectification was judged to be in place (整改到位)"


def test_nobody_is_warned_of_a_limit_that_is_missed_already() -> None:
    def warned(now: str) -> bool:
        act = WarningRaised(rule="joint-approval", keys=(), party="jm-cgw", started_seq=1, due_at=shanghai("2026-11-19 18:00"))
        return not waits(book("jingmen-2023"), act, offices().newest, offices(), shanghai(now))

    assert warned("2026-11-19 18:00") is True  # on the second it is in time
    assert warned("2026-11-19 17:59:59") is True
    assert warned("2026-11-19 18:00:01") is False
    assert warned("2026-11-19 18:00:59") is False


def test_whoever_is_called_in_does_not_close_the_case() -> None:
    desk = Desk()
    arranged = InterviewArranged(party="jm-water", by="jm-fgw", ground="投诉集中", held_for=shanghai("2026-11-20 10:00"), place="三楼")
    desk.opens(arranged, by="jm-fgw")
    with pytest.raises(NotAllowed, match="jm-water"):
        desk.records(CaseClosed(outcome="已整改"), by="jm-water", role="utility", at="2026-11-17 10:00")
    desk.records(InterviewHeld(party="jm-water", by="jm-fgw", attended=(), outcome="无人参加"), by="jm-fgw", at="2026-11-20 11:00")


def test_a_utility_does_not_close_its_own_commitment_under_supervision() -> None:
    desk = Desk()
    signed = CommitmentSigned(utility=WATER, department=PARKS, year=2026, standard="2026版", document="承诺书")
    desk.opens(signed, by=WATER, role="utility")
    with pytest.raises(NotAllowed, match="jm-water"):
        desk.records(CaseClosed(outcome="不再承诺"), by=WATER, role="utility", at="2026-11-17 10:00")
    desk.records(CaseClosed(outcome="年度结束"), by=PARKS, role="department", at="2026-11-18 10:00")
