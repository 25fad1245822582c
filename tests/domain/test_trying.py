"""What a plan would find if the auditor had never been there: what people did is judged, and nothing that was said of it since."""

from datetime import timedelta

from domain.findings.trying import all_under, missed
from tests.domain.stories import approval, package, shanghai

DUE = shanghai("2026-11-19 18:00")
"""Three working days after Monday 16 November."""


def test_what_is_missed_is_missed_once_the_margin_is_past() -> None:
    story = approval()
    margin = timedelta(seconds=60)
    seconds = timedelta(seconds=1)
    for moment, found in ((DUE + margin, []), (DUE + margin + seconds, [("jm-cgw", ("jm-water", "jm-cgw"))])):
        all_missed = missed(story.book, story.entries, story.offices, moment)
        assert [(one.party, one.keys) for one in all_missed if one.rule == "joint-approval"] == found


def test_every_edition_may_be_taken_for_one() -> None:
    edition = package()
    offices = all_under({"old": edition, "older": edition}, edition)
    assert (offices.newest, set(offices.editions)) == (edition.id, {"old", "older", edition.id})
