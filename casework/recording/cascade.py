"""Carries the end of a finding into every record that rests on it, in the transaction that ends it; what is written the domain says."""

from collections.abc import Callable, Sequence
from datetime import datetime

from casework.recording.projections import project
from domain.cases.appending import write
from domain.findings.cascade import ended_by, fallen
from domain.judging.judge import judge
from domain.ledger import AUDITOR, SHA256, Entry
from domain.offices import Offices
from domain.schemes.rulebook import Rulebook
from storage.cases.cases import lock_case, save_case
from storage.cases.clocks import save_clocks
from storage.cases.ledger import append, read_ledger
from storage.findings.grounds import resting_on
from storage.postgres.transaction import Tx

BookOf = Callable[[str], Rulebook]
"""Gives a scheme by its id, ready to judge by."""


async def cascade(tx: Tx, book_of: BookOf, offices: Offices, entries: Sequence[Entry], now: datetime) -> None:
    """Write into each record what the findings that these entries end do to it.

    The entries, and their findings as they now stand, are written already: whoever makes a record of one of them waits
    for its row and then finds it ended, or was first and is found here. Records are locked in the order of their ids.
    """
    ended = ended_by(entries)
    for case_id in await resting_on(tx, [one.finding_id for one in ended]) if ended else ():
        case = await lock_case(tx, case_id)
        record = await read_ledger(tx, case_id)
        said = [(act, now, AUDITOR) for act in fallen(record, ended)]
        if case is not None and said:
            moved, made = write(case, said, now, offices.newest, SHA256)
            await append(tx, made)
            await save_clocks(tx, case_id, judge(book_of(case.scheme), (*record, *made), offices).clocks)
            await project(tx, await save_case(tx, moved), made)
