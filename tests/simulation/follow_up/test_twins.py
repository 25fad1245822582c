"""Two breaches that are told in the very same words are two, and each has a fate of its own."""

from random import Random
from uuid import UUID

from simulation.case_script import Answer
from simulation.follow_up.outcomes import fates
from tests.simulation.cities import CITIES

ABOUT = UUID(int=7)


def test_breaches_in_the_same_words_are_told_apart_by_their_turn() -> None:
    one = Answer(ABOUT, "joint-approval", {"utility": "jm-gas"}, "jm-zgj", "2025-03-03T10:00:00Z")
    other = Answer(ABOUT, "joint-approval", {"utility": "jm-gas"}, "jm-cgw", "2025-03-03T10:00:00Z")
    rng = Random(1)  # noqa: S311 -- repeatable numbers, not secrets
    dealt = fates(CITIES["jingmen-2023"], [one, other, one], {ABOUT}, rng)
    assert [(fate.answer.party, fate.twin) for fate in dealt] == [("jm-cgw", 0), ("jm-zgj", 0), ("jm-zgj", 1)]
