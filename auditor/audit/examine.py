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
from storage.postgres.faults import SubjectTaken
from storage.postgres.transaction import Tx
from storage.projections import PROJECTIONS, Judged, Projection, followed, read_kept, rebuild
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


def examine(context: Context, page: Page, *, closely: bool = True) -> Examined:
    """Judge a case again from its ledger and compare; a case that cannot be judged is a difference, told by its id.

    Looked at closely, its own row is compared too.
    """
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
    all_of_it = Judged(book, page.case, chain.entries, judged, context.offices)
    found = differences(followed(all_of_it) if closely else all_of_it, page.case, page.kept)
    return Examined(differences=found, judged=True, next_check_at=next_check_at)


def _words_of(fault: Exception) -> str:
    first = fault.args[0] if fault.args else ""
    return first if isinstance(first, str) else str(fault)


async def mend(tx: Tx, context: Context, case_id: UUID) -> None:
    """Build anew from a case's ledger, under lock, whatever table holds its rows otherwise."""
    case = await lock_case(tx, case_id)
    if case is not None:
        book, entries = context.books[case.scheme], await read_ledger(tx, case_id)
        judged = followed(Judged(book, case, entries, judge(book, entries, context.offices), context.offices))
        for each in PROJECTIONS:
            kept = () if each.own else await read_kept(tx, each, case_id, case_id)
            if unequal(each, judged, case, kept):
                await _rebuild(tx, each, judged)


async def _rebuild(tx: Tx, each: Projection, judged: Judged) -> None:
    """Another case may have been opened about the same meanwhile: then a person has to say which of the two goes on."""
    try:
        async with tx.transaction():
            await rebuild(tx, each, judged)
    except SubjectTaken as fault:
        log.error("a case could not be put right", case_id=str(judged.case.case_id), what=str(fault))  # noqa: TRY400 -- its words say all
