"""Journeys on which a city's own closure becomes known only after somebody was found late: fairness to what is found already.

Handed in on Monday 16 November 2026 at ten, the approval's three working days end on Thursday the 19th at six; with the 18th closed, on
Friday the 20th at six.
"""

import msgspec
import pytest

from calendars import Closure, Edition
from calendars.editions.edition import edition_of
from domain.acts.connection import SignoffGiven
from domain.acts.enforcement.audit import ClockRedated, FindingLapsed, FindingNotified, FindingWithdrawalProposed
from domain.acts.enforcement.process import FindingDecided, Outcome
from domain.acts.service import EnquiryReceived, FeedbackGiven
from domain.finding import Finding
from domain.findings.affected_by_edition import is_touched, touched_since
from domain.findings.redating import date_again, kept_of
from domain.ledger import AUDITOR
from domain.offices import Offices
from tests.domain.stories import Story, approval, package, said, shanghai

WATER, BUREAU = "jm-water", "jm-cgw"
STORM = "2026-11-18"


def closing(*days: str, opened: str | None = None, city: str = "420800") -> Edition:
    """The package's days, on some of which a city's offices are closed (and one opened for them)."""
    on = {shanghai(f"{day} 12:00").date(): "停止办公" for day in days}
    off = {shanghai(f"{opened} 12:00").date(): "补班"} if opened else {}
    return edition_of(msgspec.structs.replace(package().content, closures=(Closure(city, "样例停止办公通知", on, off),)))


def known(story: Story, edition: Edition, at: str) -> list[tuple[str | None, str | None]]:
    """The edition is imported, and the auditor dates the case again; the old and new due moments of the approval."""
    kept = kept_of(story.judged().clocks)
    story.offices = Offices({**story.offices.editions, edition.id: edition}, edition.id)
    dated = date_again(story.book, story.entries, kept, story.offices, shanghai(at))
    for note in dated.notes:
        story.write(note, shanghai(at), shanghai(at), AUDITOR)
    assert story.judged() == dated.judged
    return [(said(note.was_due), said(note.due_at)) for note in dated.notes if note.rule == "joint-approval"]


def signed(story: Story, at: str, written: str | None = None) -> None:
    act = SignoffGiven(utility=WATER, department=BUREAU, outcome="approved", opinion="同意", signatory="李")
    story.at(at, written=written or at).does(act, by=BUREAU)


def the_approval(story: Story, now: str) -> Finding:
    (one,) = [one for one in story.swept(now) if one.rule == "joint-approval"]
    return one


def found_late(ended: str | None = "2026-11-20 10:00") -> Story:
    story = approval("2026-11-16 10:00")
    assert said(the_approval(story, "2026-11-19 18:01").due_at) == "2026-11-19 18:00"
    if ended is not None:
        signed(story, ended)
    return story


def notified(story: Story, at: str) -> None:
    about = the_approval(story, at).finding_id
    story.write(FindingNotified(finding_id=about, served_at=shanghai(at)), shanghai(at), shanghai(at), AUDITOR)


def decided(story: Story, outcome: Outcome, at: str) -> None:
    act = FindingDecided(finding_id=the_approval(story, at).finding_id, by="jm-spj", outcome=outcome, reason="核对台账")
    story.at(at).does(act, by="jm-spj")


def test_a_finding_that_the_closure_shows_to_be_in_time_lapses_before_it_is_notified() -> None:
    story = found_late()
    assert known(story, closing(STORM), "2026-11-20 12:00") == [("2026-11-19 18:00", "2026-11-20 18:00")]
    finding = the_approval(story, "2026-11-20 12:01")
    assert (finding.state, said(finding.due_at), story.state("joint-approval")) == ("lapsed", "2026-11-20 18:00", "met")
    assert len(story.written(FindingLapsed)) == 1


def test_once_notified_its_withdrawal_is_proposed_and_a_person_decides() -> None:
    story = found_late()
    notified(story, "2026-11-20 11:00")
    known(story, closing(STORM), "2026-11-20 12:00")
    finding = the_approval(story, "2026-11-20 12:01")
    assert (finding.state, finding.withdrawal_proposed) == ("notified", True)
    assert (len(story.written(FindingWithdrawalProposed)), story.written(FindingLapsed)) == (1, [])
    assert known(story, closing(STORM, "2026-11-17"), "2026-11-23 12:00") == []


@pytest.mark.parametrize(("outcome", "proposed"), [("upheld", 1), ("excused", 0), ("withdrawn", 0)])
def test_of_what_was_decided_only_what_was_upheld_is_proposed_to_be_withdrawn(outcome: Outcome, proposed: int) -> None:
    story = found_late()
    notified(story, "2026-11-20 11:00")
    decided(story, outcome, "2026-11-30 10:00")
    assert known(story, closing(STORM), "2026-12-01 12:00") == [("2026-11-19 18:00", "2026-11-20 18:00")] * proposed
    assert the_approval(story, "2026-12-01 12:01").state == outcome
    assert len(story.written(FindingWithdrawalProposed)) == proposed


def test_what_is_late_by_the_new_day_too_keeps_the_calendar_under_which_it_was_found() -> None:
    story = found_late(ended="2026-11-23 10:00")
    assert known(story, closing(STORM), "2026-11-23 12:00") == []
    clock, finding = story.clock("joint-approval"), the_approval(story, "2026-11-23 12:01")
    assert (clock.state, said(clock.due), clock.edition) == ("late", "2026-11-19 18:00", package().id)
    assert (finding.state, said(finding.due_at)) == ("open", "2026-11-19 18:00")


def test_what_was_told_too_late_stays_a_late_entry_under_the_new_day() -> None:
    """Signed on Friday at nine, they say on Tuesday: neither before the new day's end nor within two office hours."""
    story = found_late(ended=None)
    signed(story, "2026-11-20 09:00", written="2026-11-24 09:00")
    assert known(story, closing(STORM), "2026-11-24 12:00") == []
    assert the_approval(story, "2026-11-24 12:01").state == "open"


def test_what_still_runs_lapses_and_is_found_again_once_the_new_day_is_over() -> None:
    story = found_late(ended=None)
    assert known(story, closing(STORM), "2026-11-20 09:00") == [("2026-11-19 18:00", "2026-11-20 18:00")]
    assert the_approval(story, "2026-11-20 09:01").state == "lapsed"
    assert known(story, closing(STORM, "2026-11-20"), "2026-11-20 10:00") == [("2026-11-20 18:00", "2026-11-23 18:00")]
    again = the_approval(story, "2026-11-23 18:01")
    assert (again.state, said(again.due_at)) == ("open", "2026-11-23 18:00")


def test_what_still_runs_past_the_new_day_is_late_by_less() -> None:
    story = found_late(ended=None)
    assert known(story, closing(STORM), "2026-11-23 09:00") == [("2026-11-19 18:00", "2026-11-20 18:00")]
    finding = the_approval(story, "2026-11-23 09:01")
    assert (finding.state, said(finding.due_at), finding.withdrawal_proposed) == ("open", "2026-11-20 18:00", False)


def test_what_was_upheld_and_still_runs_past_the_new_day_stays_as_it_was_decided() -> None:
    story = found_late(ended=None)
    notified(story, "2026-11-20 11:00")
    decided(story, "upheld", "2026-11-30 10:00")
    assert known(story, closing(STORM), "2026-12-01 09:00") == []


def test_a_day_that_is_worked_after_all_makes_no_finding_earlier() -> None:
    """Handed in on Wednesday the 18th: due on Monday the 23rd, or on Saturday the 21st where that is worked."""
    story = approval("2026-11-18 10:00")
    assert said(the_approval(story, "2026-11-23 18:01").due_at) == "2026-11-23 18:00"
    assert known(story, closing("2026-12-31", opened="2026-11-21"), "2026-11-24 09:00") == []


def test_the_limit_of_a_complex_enquiry_is_counted_by_its_class() -> None:
    """Received on Monday the 16th at ten as complex, three working days: Thursday the 19th; answered on Friday."""
    story = Story("jingmen-2023")
    act = EnquiryReceived(channel="窗口", receiver=WATER, class_="complex", reason="类别", subject="进度")
    story.at("2026-11-16 10:00").does(act, by=WATER)
    assert [(one.rule, said(one.due_at)) for one in story.swept("2026-11-19 18:01")] == [("complex-feedback", "2026-11-19 18:00")]
    answered = shanghai("2026-11-20 10:00")
    story.at("2026-11-20 10:00").does(FeedbackGiven(to_customer_at=answered, to_receiver_at=answered, text="已答复"), by=WATER)
    known(story, closing(STORM), "2026-11-20 12:00")
    assert [said(note.due_at) for note in story.written(ClockRedated)] == ["2026-11-20 18:00"]
    assert [one.state for one in story.swept("2026-11-20 12:01")] == ["lapsed"]


def test_an_edition_touches_what_lies_within_a_fortnight_of_the_days_that_it_changes() -> None:
    newest, other = closing(STORM), closing("2026-03-02", city="420281")
    offices = Offices({one.id: one for one in (package(), other, newest)}, newest.id)
    book = approval().book
    for since, until, touched in (
        ("2026-11-16 10:00", "2026-11-19 18:00", True),
        ("2026-10-12 10:00", "2026-11-02 18:00", False),
        ("2026-10-12 10:00", "2026-11-03 18:00", True),
        ("2026-12-04 10:00", "2026-12-07 18:00", False),
        ("2026-12-03 10:00", "2026-12-07 18:00", True),
    ):
        assert is_touched(book, package().id, shanghai(since), shanghai(until), offices) is touched, (since, until)
    assert not is_touched(book, newest.id, shanghai("2026-11-16 10:00"), shanghai("2026-11-19 18:00"), offices)
    assert is_touched(book, "of another release", shanghai("2026-01-16 10:00"), shanghai("2026-01-19 18:00"), offices)
    assert said(touched_since([book], offices)) == "2026-11-03 00:00"
    assert touched_since([book], Offices({newest.id: newest}, newest.id)).year == 9999
