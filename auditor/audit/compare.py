"""Compares what is kept of a case, clocks, findings and places of works, with what its ledger says; tells each difference in words."""

from collections.abc import Iterable, Sequence
from operator import itemgetter
from typing import Any

from casework.program import Context
from domain.judging.judge import Judgement
from domain.ledger import Entry
from domain.works.places import dug_by
from storage.audit.case_pages import Page
from storage.cases import clocks
from storage.cases.clocks import clock_row
from storage.findings import findings
from storage.findings.findings import finding_row, listed
from storage.works.stretches import stretch_row
from words import sentence

CLOCK_KEY = slice(0, 4)
PLACE_KEY = slice(1, 4)
_by_key, _by_place, _by_id = itemgetter(CLOCK_KEY), itemgetter(PLACE_KEY), itemgetter(0)
_CLOCK = {name: 1 + at for at, name in enumerate(clocks.COLUMNS)}
_FOUND = {name: 1 + at for at, name in enumerate(findings.COLUMNS)}
"""Where a column stands in a page's row, behind the case's id."""
_MARK = ("rule", "start_seq", "keys")


def differences(context: Context, page: Page, judged: Judgement, entries: Sequence[Entry]) -> list[str]:
    """Say what is kept otherwise than it is judged."""
    kept = [row[1:] for row in page.clocks]
    right = sorted(map(clock_row, judged.clocks), key=_by_key)
    found = _unequal(sentence("clock"), set(kept), set(right), CLOCK_KEY) if kept != right else []
    if page.findings or judged.findings:
        found += _findings(context, page, judged)
    return found + _stretches(page, entries)


def _stretches(page: Page, entries: Sequence[Entry]) -> list[str]:
    kept = sorted(map(tuple, page.stretches), key=_by_place)
    right = sorted((stretch_row(page.case.city, one) for one in dug_by(entries)), key=_by_place)
    return _unequal(sentence("works"), set(kept), set(right), PLACE_KEY) if kept != right else []


def _findings(context: Context, page: Page, judged: Judgement) -> list[str]:
    stages = context.books[page.case.scheme].stages
    # As lists: a set would hash every moment, at the cost of all the rest.
    kept = sorted((tuple(row[1:]) for row in page.findings), key=_by_id)
    right = sorted((finding_row(listed(page.case, found, stages)) for found in judged.findings), key=_by_id)
    return _unequal(sentence("finding"), set(kept), set(right), slice(0, 1)) if kept != right else []


def _unequal(what: str, kept: set[tuple[Any, ...]], right: set[tuple[Any, ...]], key: slice) -> list[str]:
    by_key = {row[key]: row for row in right}
    said: list[str] = [
        sentence("{what} {which} is kept, but does not follow from the ledger", what=what, which=_which(row[key]))
        for row in kept
        if row[key] not in by_key
    ]
    kept_keys = {row[key] for row in kept}
    said += [
        sentence("{what} {which} follows from the ledger, but is not kept", what=what, which=_which(row[key]))
        for row in right
        if row[key] not in kept_keys
    ]
    return said + [
        _otherwise(what, _which(row[key]), row, by_key[row[key]]) for row in kept if row[key] in by_key and row != by_key[row[key]]
    ]


def _which(key: Iterable[Any]) -> str:
    return " ".join(str(part) for part in key)


def _otherwise(what: str, which: str, kept: tuple[Any, ...], right: tuple[Any, ...]) -> str:
    is_, should = next((one, other) for one, other in zip(kept, right, strict=True) if one != other)
    return sentence(
        "{what} {which} is kept otherwise than the ledger says: {is_} instead of {should}", what=what, which=which, is_=is_, should=should
    )


def is_stale(page: Page, edition: str) -> bool:
    """Say whether a clock is still kept under an older calendar edition, and waits to be dated again.

    One that was found missed keeps its edition, unless its days were not published then.
    """
    older = [row for row in page.clocks if row[_CLOCK["edition"]] != edition]
    found = {tuple(row[_FOUND[name]] for name in _MARK) for row in page.findings} if older else set()
    return any(_waits(row, found) for row in older)


def _waits(row: Any, found: set[tuple[Any, ...]]) -> bool:  # noqa: ANN401 -- a row
    state = row[_CLOCK["state"]]
    if row[_CLOCK["provisional"]] and row[_CLOCK["next_check_at"]] is None and state in {"running", "late"}:
        return True
    return state in {"running", "stopped"} and tuple(row[_CLOCK[name]] for name in _MARK) not in found
