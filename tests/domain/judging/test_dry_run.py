"""What a plan would find if the auditor had never been there: what people did is judged, and nothing that was said of it since."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from domain.dry_run import all_under, called_in, missed
from domain.schemes.enforcement import Ladder
from domain.schemes.rulebook import Rulebook, compile_scheme
from tests.domain.stories import approval, book, offices, package, shanghai
from tests.domain.supervision.laddering import WATER, insufficient_twice

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


def with_ladder(violations: int | None) -> Rulebook:
    """Jingmen's plan with another number of orders before an interview, or without a ladder."""
    scheme = book("jingmen-2023").scheme
    ladder = scheme.ladder
    assert ladder is not None
    other: Ladder | None = None if violations is None else replace(ladder, violations=violations)
    return compile_scheme(replace(scheme, ladder=other))


@pytest.mark.parametrize(("violations", "come_to"), [(2, ["second"]), (3, []), (None, [])])
@pytest.mark.parametrize("called", [False, True])
def test_an_interview_is_come_to_after_so_many_orders_whether_anybody_was_called_or_not(
    violations: int | None, come_to: list[str], *, called: bool
) -> None:
    """Two orders, in March and June; the last judged insufficient on 18 June at ten."""
    ladder = insufficient_twice()
    if called:
        ladder.calls("second", "2026-06-22 10:00", "2026-06-25 09:00")
    orders = {ladder.id(case): ladder.entries(case) for case in ("first", "second", "commitment")}
    found = called_in(with_ladder(violations), orders, offices(), shanghai("2026-06-30 12:00"))
    assert list(found) == [(ladder.id(case), WATER) for case in come_to]
