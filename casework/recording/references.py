"""Reads what an act rests on in other cases, as its kind's row says, held until it is written; it checks nothing."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from calendars import local_day
from casework.recording.settlement_references import read_settlement_references
from casework.recording.supervision_references import read_supervision_references
from domain.acts import Acted, row_of
from domain.acts.enforcement.supervision import StandardPublished
from domain.acts.kinds import Need
from domain.case import Case
from domain.cases.other_cases import NOTHING, Dug, OtherCases, cases_named, grounds_of
from domain.commitments.commitment import is_suspended
from domain.schemes.rulebook import Rulebook
from domain.works.places import places_of
from storage.cases.cases import commitment_in_force
from storage.cases.ledger import read_ledger, read_ledgers
from storage.commitments.commitments import standards_of
from storage.findings.findings import hold_findings
from storage.postgres.transaction import Tx
from storage.works.stretches import lock_places, nearby_works


class Asked(NamedTuple):
    """An act that is to be recorded in a case; none yet where it opens one."""

    tx: Tx
    book: Rulebook
    city: str
    case: Case | None
    act: Any
    """Of a kind whose row has the need."""
    at: datetime


class References(NamedTuple):
    """What was read of other cases."""

    other_cases: OtherCases = NOTHING
    commitments: Sequence[Case] = ()
    nearby: Sequence[Dug] = ()
    standards: Sequence[StandardPublished] = ()


NONE = References()


async def read_references(tx: Tx, book: Rulebook, act: Acted, case: Case | None, at: datetime) -> References:
    """Read all that the act's row says it needs; most kinds need nothing of elsewhere."""
    needs = row_of(act).needs
    if not needs:
        return NONE
    asked = Asked(tx, book, book.scheme.city.code, case, act, at)
    found = NONE
    for need in _ORDER:
        if need in needs:
            found = await _READ[need](asked, found)
    return found


async def _commitments(asked: Asked, found: References) -> References:
    year = local_day(asked.at).year
    cases = [await commitment_in_force(asked.tx, asked.city, asked.act.utility, one, year) for one in asked.act.departments]
    in_force = [case for case in cases if case is not None and not is_suspended(await read_ledger(asked.tx, case.case_id))]
    return found._replace(commitments=in_force)


async def _works(asked: Asked, found: References) -> References:
    """Read what other cases dig at the places of a survey; two surveys of one place wait for each other."""
    together = asked.book.scheme.route.together
    if together is None or asked.case is None:
        return found
    places = sorted(places_of(asked.act))
    await lock_places(asked.tx, asked.city, places)
    utilities = sorted({utility for stretch in asked.act.works for utility in stretch.utilities})
    within = together.within_days
    near = await nearby_works(asked.tx, asked.city, asked.case.case_id, utilities, places, asked.at, within_days=within)
    return found._replace(nearby=near)


async def _standards(asked: Asked, found: References) -> References:
    return found._replace(standards=await standards_of(asked.tx, asked.city, asked.act.department))


async def _settlements(asked: Asked, found: References) -> References:
    return found._replace(other_cases=await read_settlement_references(asked.tx, asked.city, asked.case, asked.act))


async def _ladder(asked: Asked, found: References) -> References:
    return found._replace(other_cases=await read_supervision_references(asked.tx, asked.city, asked.case, asked.act))


async def _grounds(asked: Asked, found: References) -> References:
    """Hold the findings that it names, and read the ledgers of the cases that it names."""
    if found.other_cases is not NOTHING:
        return found
    findings, cases = [one.finding_id for one in grounds_of(asked.act)], list(cases_named(asked.act))
    held = await hold_findings(asked.tx, findings) if findings else []
    ledgers = await read_ledgers(asked.tx, cases) if cases else {}
    return found._replace(other_cases=OtherCases({one.finding.finding_id: one.finding for one in held}, ledgers))


_READ: Mapping[Need, Callable[[Asked, References], Awaitable[References]]] = {
    "commitments": _commitments,
    "works": _works,
    "standards": _standards,
    "settlements": _settlements,
    "ladder": _ladder,
    "grounds": _grounds,
}
_ORDER: Sequence[Need] = tuple(_READ)
"""What is locked first is read first."""
