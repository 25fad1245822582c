"""Examines one case: its chain, and whether what is kept of it follows from its ledger; builds anew what does not."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import structlog
from msgspec import Struct

from auditor.audit.chain import read_chain
from auditor.audit.compare import differences, is_stale, unequal
from casework.program import Context
from domain.judging.judge import judge
from domain.ledger import SHA256
from storage.audit.case_pages import Page
from storage.cases.cases import lock_case
from storage.cases.ledger import read_ledger
from storage.postgres.transaction import Tx
from storage.projections import PROJECTIONS, Judged, read_kept, rebuild
from words import sentence

log = structlog.get_logger(__name__)


class Examined(Struct, frozen=True, gc=False):
    """What one case's examination found."""

    broken: str | None = None
    """What is wrong with its chain."""
    differences: Sequence[str] = ()
    """What is kept otherwise than the ledger says."""
    stale: bool = False
    """A running clock waits to be dated again by the newest calendar."""
    judged: bool = False
    """It could be judged, so that what differs can be built again."""
    next_check_at: datetime | None = None
    """The earliest moment at which the auditor has something to do about the case."""


def examine(context: Context, page: Page) -> Examined:
    """Judge a case again from its ledger and compare; a case that cannot be judged is a difference, told by its id."""
    chain = read_chain(page, SHA256)
    if chain.broken is not None:
        return Examined(broken=chain.broken)
    book = context.books.get(page.case.scheme)
    if book is None:
        return Examined(differences=(sentence("its scheme {scheme!r} is not loaded", scheme=page.case.scheme),))
    if is_stale(page, context.offices.newest):
        return Examined(stale=True)
    try:
        judged = judge(book, chain.entries, context.offices)
    except Exception as fault:
        log.exception("a case could not be judged", case_id=str(page.case.case_id))
        return Examined(differences=(sentence("it cannot be judged: {fault}", fault=_words_of(fault)),))
    next_check_at = min((clock.next_check_at for clock in judged.clocks if clock.next_check_at is not None), default=None)
    found = differences(Judged(book, page.case, chain.entries, judged), page.kept)
    return Examined(differences=found, judged=True, next_check_at=next_check_at)


def _words_of(fault: Exception) -> str:
    first = fault.args[0] if fault.args else ""
    return first if isinstance(first, str) else str(fault)


async def mend(tx: Tx, context: Context, case_id: UUID) -> None:
    """Build anew from a case's ledger, under lock, whatever table holds its rows otherwise."""
    case = await lock_case(tx, case_id)
    if case is not None:
        book, entries = context.books[case.scheme], await read_ledger(tx, case_id)
        judged = Judged(book, case, entries, judge(book, entries, context.offices))
        for each in PROJECTIONS:
            if unequal(each, judged, await read_kept(tx, each, case_id, case_id)):
                await rebuild(tx, each, judged)
