"""A new edition of the calendar moves what still runs, and never what is closed."""

from calendars import Closure, Edition
from calendars.editions.edition import Content, edition_of
from domain.acts.connection import CaseWithdrawn, SignoffGiven
from domain.acts.enforcement.audit import ClockRedated
from domain.findings.redating import date_again, kept_of
from domain.ledger import AUDITOR
from domain.offices import Offices
from tests.domain.stories import Story, approval, package, said, shanghai

WATER, BUREAU = "jm-water", "jm-cgw"


def closing(day: str, *, opened: str | None = None) -> Edition:
    """The package's days, and one on which Jingmen's offices are closed (and one opened for it)."""
    content = package().content
    local = Closure(
        city="420800",
        document="荆门市人民政府办公室关于调整办公时间的通知",
        closed={shanghai(day).date(): "停止办公"},
        opened={shanghai(opened).date(): "补班"} if opened else {},
    )
    return edition_of(Content(notices=content.notices, statutory=content.statutory, estimated=content.estimated, closures=(local,)))


def imported(story: Story, edition: Edition) -> None:
    story.offices = Offices({**story.offices.editions, edition.id: edition}, edition.id)


def signed(story: Story, at: str) -> None:
    act = SignoffGiven(utility=WATER, department=BUREAU, outcome="approved", opinion="同意", signatory="李")
    story.at(at).does(act, by=BUREAU)


CLOSED = "2026-11-18 12:00"


def test_a_running_clock_is_counted_under_the_newest_edition() -> None:
    story = approval()
    imported(story, closing(CLOSED))
    clock = story.clock("joint-approval")
    assert (said(clock.due), clock.edition) == ("2026-11-20 18:00", story.offices.newest)


def test_a_clock_that_was_ended_keeps_the_edition_of_the_entry_that_ended_it() -> None:
    story = approval()
    signed(story, "2026-11-17 10:00")
    imported(story, closing(CLOSED))
    clock = story.clock("joint-approval")
    assert (said(clock.due), clock.edition) == ("2026-11-19 18:00", package().id)


def test_a_void_clock_keeps_the_edition_of_the_entry_that_made_it_void() -> None:
    story = approval()
    story.at("2026-11-17 10:00").does(CaseWithdrawn(proof="申请"), by="jm-spj")
    before = story.judged()
    imported(story, closing(CLOSED))
    assert story.judged() == before


def test_a_clock_with_a_finding_keeps_the_edition_under_which_it_was_found() -> None:
    story = approval()
    story.swept("2026-11-20 10:00")
    before = story.judged()
    imported(story, closing(CLOSED))
    assert story.judged() == before
    signed(story, "2026-11-20 12:00")
    clock = story.clock("joint-approval")
    assert (clock.state, said(clock.due), clock.edition) == ("late", "2026-11-19 18:00", package().id)


def test_an_act_under_the_new_edition_is_judged_by_it() -> None:
    story = approval()
    imported(story, closing(CLOSED))
    signed(story, "2026-11-20 17:00")
    clock = story.clock("joint-approval")
    assert (clock.state, said(clock.due)) == ("met", "2026-11-20 18:00")


def redated(story: Story, to: str) -> None:
    start = story.clock("joint-approval").start_seq
    act = ClockRedated(
        rule="joint-approval",
        keys=(WATER, BUREAU),
        started_seq=start,
        was_due=shanghai("2026-11-19 18:00"),
        due_at=shanghai(to),
        was_edition=package().id,
        because="新的放假通知",
    )
    story.write(act, shanghai("2026-11-17 09:00"), shanghai("2026-11-17 09:00"), AUDITOR)


def test_a_new_date_that_the_party_was_told_holds_against_an_earlier_count() -> None:
    story = approval()
    imported(story, closing("2026-11-30 12:00", opened="2026-11-21 12:00"))
    redated(story, "2026-11-20 18:00")
    clock = story.clock("joint-approval")
    assert (said(clock.due), said(clock.next_check_at)) == ("2026-11-20 18:00", said(clock.warn))
    signed(story, "2026-11-20 18:00")
    assert story.state("joint-approval") == "met"


def test_a_count_that_is_later_than_the_date_told_stands() -> None:
    story = approval()
    imported(story, closing(CLOSED))
    redated(story, "2026-11-19 18:00")
    assert story.due("joint-approval") == "2026-11-20 18:00"


def test_a_limit_that_ends_after_the_last_published_day_is_provisional() -> None:
    story = approval("2026-11-16 10:00")
    assert not story.clock("joint-approval").provisional
    story = approval("2026-12-30 10:00")
    assert story.clock("joint-approval").provisional


def test_the_finding_of_a_provisional_clock_says_so() -> None:
    story = approval("2026-12-30 10:00")
    found = [one for one in story.swept("2027-01-20 10:00") if one.rule == "joint-approval"]
    assert [one.provisional for one in found] == [True]


def new_dates(story: Story, edition: Edition, now: str) -> list[tuple[str | None, str | None]]:
    kept = story.judged().clocks
    imported(story, edition)
    dated = date_again(story.book, story.entries, kept_of(kept), story.offices, shanghai(now))
    return [(said(act.was_due), said(act.due_at)) for act in dated.notes if act.rule == "joint-approval"]


def test_a_clock_that_moves_later_gets_its_new_date_with_the_old_one_beside_it() -> None:
    story = approval()
    assert new_dates(story, closing(CLOSED), "2026-11-17 09:00") == [("2026-11-19 18:00", "2026-11-20 18:00")]


def test_a_clock_moves_earlier_only_to_the_close_of_the_working_day_after_the_party_was_told() -> None:
    saturday = closing("2026-12-31 12:00", opened="2026-11-21 12:00")
    for now, due in (("2026-11-20 09:00", "2026-11-21 18:00"), ("2026-11-21 09:00", "2026-11-23 18:00")):
        assert new_dates(approval("2026-11-18 10:00"), saturday, now) == [("2026-11-23 18:00", due)]


def test_a_clock_that_is_ended_or_does_not_move_gets_no_new_date() -> None:
    ended = approval()
    signed(ended, "2026-11-17 10:00")
    assert new_dates(ended, closing(CLOSED), "2026-11-18 09:00") == []
    assert new_dates(approval(), closing("2026-11-30 12:00"), "2026-11-17 09:00") == []
    story = approval()
    imported(story, closing(CLOSED))
    assert date_again(story.book, story.entries, {}, story.offices, shanghai("2026-11-17 09:00")).notes == []
