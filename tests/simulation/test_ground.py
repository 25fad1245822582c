"""Adding up by hand what several cases dig at one place: who counts, until when, and where another case may begin."""

from datetime import date, timedelta
from random import Random

from simulation.ground import Dug, Ground, Plot
from simulation.slow_calendar import midnight

PLOT = Plot("样例大道9号", None, None, ())
DAY = 86_400


def noon(on: date) -> int:
    return midnight(on) + DAY // 2


FIRST = date(2026, 3, 3)


def ground(within_days: int | None = 180, *, gone: int | None = None) -> Ground:
    """One case has dug 180 metres for the water company, surveyed on 3 March 2026."""
    made = Ground(within_days)
    made.remember(Dug(PLOT, noon(FIRST), {"jm-water": 180}, gone))
    return made


def test_works_of_one_company_at_one_place_count_for_180_days_and_not_for_181() -> None:
    assert ground().beside(PLOT.place, "jm-water", noon(FIRST + timedelta(days=180))) == 180
    assert ground().beside(PLOT.place, "jm-water", noon(FIRST + timedelta(days=181))) == 0


def test_another_company_or_place_counts_nothing() -> None:
    assert ground().beside(PLOT.place, "jm-gas", noon(FIRST)) == 0
    assert ground().beside("样例一路1号", "jm-water", noon(FIRST)) == 0


def test_what_was_withdrawn_counts_nothing() -> None:
    assert ground(gone=noon(FIRST) + 60).beside(PLOT.place, "jm-water", noon(FIRST + timedelta(days=9))) == 0


def test_a_plan_that_counts_nothing_together_adds_nothing_up() -> None:
    assert ground(None).beside(PLOT.place, "jm-water", noon(FIRST)) == 0


def test_another_case_begins_at_a_place_only_once_what_was_surveyed_or_withdrawn_there_is_over() -> None:
    rng = Random(1)  # noqa: S311 -- repeatable, not secret
    assert ground().neighbour(rng, noon(FIRST)) is None
    assert ground().neighbour(rng, noon(FIRST) + 1) == PLOT
    later = noon(FIRST + timedelta(days=20))
    assert ground(gone=later).neighbour(rng, later) is None
    assert ground(gone=later).neighbour(rng, later + 1) == PLOT
