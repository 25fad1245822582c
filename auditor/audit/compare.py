"""Compares what is kept of a case, table by table, with what follows from its ledger; tells each difference in words."""

from collections.abc import Iterable, Sequence
from operator import itemgetter
from typing import Any

from domain.case import Case
from storage.audit.case_pages import Page
from storage.cases import clocks
from storage.findings import findings
from storage.projections import CASE, PROJECTIONS, Judged, Projection, Row, fed_by
from words import sentence

_CLOCK = {name: 1 + at for at, name in enumerate(clocks.COLUMNS)}
_FOUND = {name: 1 + at for at, name in enumerate(findings.COLUMNS)}
"""Where a column stands in a page's row, behind the case's id."""
_BY_KEY = {each.table: itemgetter(each.key) for each in PROJECTIONS}
_TABLES = [each.table for each in PROJECTIONS]
_JUDGED = [each.told is None and each.own is None for each in PROJECTIONS]
"""Of each table in turn, whether every case is judged for it; read once, as this is asked of every case."""
_MARK = ("rule", "start_seq", "keys")


def differences(judged: Judged, case: Case, kept: Sequence[Sequence[Row]]) -> list[str]:
    """Say what is kept otherwise than it follows, table by table; `kept` are the rows of each, with the case's id before them.

    `case` is as it is kept; its own row is looked at where it has been worked out how the case stands by its ledger.
    """
    fed = fed_by(frozenset([type(entry.act) for entry in judged.entries]))
    found = [] if _stands(judged, case) else unequal(CASE, judged, case, ())
    for each, table, is_judged, rows in zip(PROJECTIONS, _TABLES, _JUDGED, kept, strict=True):
        if rows or is_judged or table in fed:
            found += unequal(each, judged, case, rows)
    return found


def _stands(judged: Judged, case: Case) -> bool:
    """Say whether a case is kept as it follows, so that its row needs no closer look: of most cases it is."""
    return judged.case is case and (judged.header is None or judged.header.numbered == (case.number is not None))


def unequal(each: Projection, judged: Judged, case: Case, kept: Sequence[Row]) -> list[str]:
    """Say which rows of one table are kept otherwise than they follow; `case` is as it is kept."""
    # As lists: a set would hash every moment, at the cost of all the rest.
    right, is_ = sorted(each.rows(judged), key=_BY_KEY[each.table]), [row[1:] for row in kept] if each.own is None else [each.own(case)]
    return [] if is_ == right else _unequal(each.what, set(is_), set(right), each.key)


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
