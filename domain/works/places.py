"""Places of works written one way, and what a survey digs at each for whom; it knows no case but its own."""

import unicodedata
from collections.abc import Iterable

from domain.acts.connection import SurveyHeld
from domain.cases.other_cases import Dug
from domain.ledger import Entry

LONGEST = 300
"""Signs of a place that tell it from others; some characters unfold into many, and an index takes no endless text."""


def one_place(text: str) -> str:
    """Write a place the one way that it is looked for: full width, spaces, punctuation and case make no second place of it."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    if folded.isalnum():  # most are, and nothing is left out of them
        return folded[:LONGEST]
    return ("".join(one for one in folded if unicodedata.category(one)[0] not in "ZPCS") or folded)[:LONGEST]


def places_of(act: SurveyHeld) -> frozenset[str]:
    """Say where a survey finds works."""
    return frozenset(one_place(stretch.place) for stretch in act.works)


def dug_by(entries: Iterable[Entry]) -> tuple[Dug, ...]:
    """Say what the survey that was last held digs, place by place and utility by utility; a case without one digs nothing."""
    surveys = [entry for entry in entries if isinstance(entry.act, SurveyHeld)]
    if not surveys:
        return ()
    last = max(surveys, key=lambda entry: (entry.occurred_at, entry.seq))
    metres: dict[tuple[str, str], int] = {}
    for stretch in getattr(last.act, "works", ()):
        place = one_place(stretch.place)
        for utility in dict.fromkeys(stretch.utilities):
            metres[place, utility] = metres.get((place, utility), 0) + stretch.metres
    return tuple(Dug(last.case_id, last.seq, place, utility, dug, last.occurred_at) for (place, utility), dug in sorted(metres.items()))
