"""The one way by which entries come into a case: appended, judged, kept with all that follows, carried on to what rests on them."""

from collections.abc import Sequence

from msgspec.structs import replace

from casework.program import Context, knowing
from casework.recording.projections import project
from domain.acts import Acted
from domain.case import Case
from domain.cases.appending import write
from domain.clock import Clock
from domain.findings.cascade import ended_by, fallen
from domain.judging.judge import judge
from domain.ledger import AUDITOR, SHA256, Entry
from domain.recording.state import owing
from domain.schemes.rulebook import Rulebook
from storage.cases.cases import lock_case, save_case
from storage.cases.ledger import append, read_ledger
from storage.cases.opening import open_with
from storage.findings.grounds import resting_on
from storage.people.sealing import Wrapped
from storage.postgres.transaction import Tx
from storage.projections import Judged


async def append_acts(tx: Tx, context: Context, case: Case, acts: Sequence[Acted]) -> Case:
    """Enter what the auditor says now into a locked case, with all that follows; gives the case after it."""
    if not acts:
        return case
    context = context.holding(case)
    entries = await read_ledger(tx, case.case_id)
    moved, made = write(case, [(act, context.now, AUDITOR) for act in acts], context.now, context.offices.newest, SHA256)
    return (await keep_entries(tx, context, moved, entries, made)).case


async def keep_entries(
    tx: Tx, context: Context, case: Case, entries: Sequence[Entry], made: Sequence[Entry], *, numbered: bool = False
) -> Judged:
    """Keep entries that are chained onto a locked case: the whole is judged again; `case` is as they leave it, `entries` were before."""
    await append(tx, made)
    judged = await _judged(tx, context, case, (*entries, *made))
    await project(tx, judged, made)
    judged = judged._replace(case=await save_case(tx, judged.case, numbered=numbered))
    await cascade(tx, context, made)
    return judged


async def keep_opened(
    tx: Tx, context: Context, case: Case, entries: Sequence[Entry], *, numbered: bool = False, key: Wrapped | None = None
) -> Judged:
    """Keep a new case with its first entries; gives it with its number, where it gets one. `key` is that of its particulars."""
    judged = await _judged(tx, context, case, entries)
    number = await open_with(tx, judged.case, entries, judged.judgement.clocks, numbered=numbered, key=key)
    judged = judged._replace(case=replace(judged.case, number=number))
    await project(tx, judged, entries, opened=True)
    return judged


async def cascade(tx: Tx, context: Context, entries: Sequence[Entry]) -> None:
    """Write into each record that rests on them what the findings that these entries end do to it; the domain says what.

    The entries, and their findings as they now stand, are written already: whoever makes a record of one of them waits
    for its row and then finds it ended, or was first and is found here. Records are locked in the order of their ids.
    """
    ended = ended_by(entries)
    for case_id in await resting_on(tx, [one.finding_id for one in ended]) if ended else ():
        case = await lock_case(tx, case_id)
        if case is not None:
            await append_acts(tx, context, case, fallen(await read_ledger(tx, case_id), ended))


async def _judged(tx: Tx, context: Context, case: Case, entries: Sequence[Entry]) -> Judged:
    """Judge a whole ledger; whoever owes a deadline by it takes part in the case."""
    context = await knowing(tx, context, entries)
    book = context.book(case.scheme)
    judgement = judge(book, entries, context.offices)
    return Judged(book, with_debtors(book, case, judgement.clocks), entries, judgement, context.offices)


def with_debtors(book: Rulebook, case: Case, clocks: Sequence[Clock]) -> Case:
    """Let whoever owes a deadline take part in the case."""
    debtors = owing(clocks, book.about_findings)
    return case if debtors.issubset(case.parties) else replace(case, parties=tuple(sorted(debtors.union(case.parties))))
