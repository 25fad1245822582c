"""Journeys over a New Year whose notice has not come out yet: what is found then is dated again when it does."""

import json
from datetime import date

from calendars import Edition, import_notice
from domain.acts.connection import MaterialsSubmitted, SignoffGiven
from domain.acts.parts import Deferred
from domain.findings.redating import date_again, kept_of
from domain.ledger import AUDITOR
from domain.offices import Offices
from tests.domain.stories import Story, approval, connection, package, said, shanghai

WATER, BUREAU = "jm-water", "jm-cgw"


def published(*rest: str, worked: tuple[str, ...] = ()) -> Edition:
    """A made-up notice for 2027: New Year's Day, these days of rest beside it, and these worked weekend days."""
    days = {"2027-01-01": True, **dict.fromkeys(rest, True), **dict.fromkeys(worked, False)}
    named = [{"name": "元旦", "date": day, "isOffDay": rests} for day, rests in days.items()]
    notice = {"year": 2027, "papers": ["https://example.org/2027"], "number": "样例〔2026〕1号", "days": named}
    return import_notice(package(), json.dumps(notice, ensure_ascii=False).encode(), "2027.json")


def signed(story: Story, at: str) -> None:
    act = SignoffGiven(utility=WATER, department=BUREAU, outcome="approved", opinion="同意", signatory="李")
    story.at(at).does(act, by=BUREAU)


def found_at_new_year(by: str = "2027-01-05 18:01") -> Story:
    """Handed in on 30 December 2026: the third working day is 5 January, if only the first is a holiday; found on its evening."""
    story = approval("2026-12-30 10:00")
    (one,) = [one for one in story.swept(by) if one.rule == "joint-approval"]
    assert (said(one.due_at), one.provisional, one.state) == ("2027-01-05 18:00", True, "open")
    return story


def dated_again(story: Story, edition: Edition, now: str) -> list[tuple[str | None, str | None]]:
    kept = story.judged().clocks
    story.offices = Offices({**story.offices.editions, edition.id: edition}, edition.id)
    dated = date_again(story.book, story.entries, kept_of(kept), story.offices, shanghai(now))
    for act in dated.notes:
        story.write(act, shanghai(now), shanghai(now), AUDITOR)
    assert story.judged() == dated.judged
    return [(said(act.was_due), said(act.due_at)) for act in dated.notes if act.rule == "joint-approval"]


def joint_approval(story: Story, now: str) -> tuple[str | None, bool, str]:
    (one,) = [one for one in story.swept(now) if one.rule == "joint-approval"]
    return said(one.due_at), one.provisional, one.state


def test_a_provisional_finding_is_dated_again_and_may_then_be_upheld() -> None:
    story = found_at_new_year()
    assert dated_again(story, published(), "2027-01-06 10:00") == [("2027-01-05 18:00", "2027-01-05 18:00")]
    assert joint_approval(story, "2027-01-06 10:00") == ("2027-01-05 18:00", False, "open")
    assert dated_again(story, published("2027-01-02"), "2027-01-06 11:00") == []


def test_a_provisional_finding_lapses_where_the_notice_gives_a_day_more_and_is_found_again_on_it() -> None:
    story = found_at_new_year()
    assert dated_again(story, published("2027-01-04"), "2027-01-06 10:00") == [("2027-01-05 18:00", "2027-01-06 18:00")]
    assert joint_approval(story, "2027-01-06 10:00") == ("2027-01-06 18:00", False, "lapsed")
    assert joint_approval(story, "2027-01-06 18:01") == ("2027-01-06 18:00", False, "open")


def test_a_decision_that_the_notice_shows_to_be_in_time_ends_its_provisional_finding() -> None:
    story = approval("2026-12-30 10:00")
    signed(story, "2027-01-06 17:00")
    assert joint_approval(story, "2027-01-06 17:01") == ("2027-01-05 18:00", True, "open")
    dated_again(story, published("2027-01-04"), "2027-01-07 10:00")
    assert story.state("joint-approval") == "met"
    assert joint_approval(story, "2027-01-07 10:00") == ("2027-01-06 18:00", False, "lapsed")


def test_a_notice_that_gives_a_day_less_makes_no_finding_earlier() -> None:
    """Handed in on the 30th: with the weekend worked the third day would be the 3rd; it was told to be the 5th."""
    story = found_at_new_year()
    worked = published(worked=("2027-01-02", "2027-01-03"))
    assert dated_again(story, worked, "2027-01-06 10:00") == [("2027-01-05 18:00", "2027-01-05 18:00")]
    assert joint_approval(story, "2027-01-06 10:00") == ("2027-01-05 18:00", False, "open")


def test_a_day_that_an_act_named_is_only_no_longer_provisional() -> None:
    """Water promised a document for 4 January; no count of days moves a named day."""
    story = connection("jingmen-2023", WATER)
    deferred = Deferred(document="红线图", due_on=date(2027, 1, 4))
    story.at("2026-12-30 10:00").does(MaterialsSubmitted(utility=WATER, department=BUREAU, deferred=(deferred,)), by=WATER)
    story.swept("2027-01-05 10:00")
    dated_again(story, published("2027-01-04"), "2027-01-05 11:00")
    (one,) = [one for one in story.swept("2027-01-05 12:00") if one.rule == "deferred-document"]
    assert (said(one.due_at), one.provisional, one.state) == ("2027-01-04 18:00", False, "open")
