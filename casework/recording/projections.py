"""What follows from a ledger, kept as an act is recorded: each table that its kind feeds, and what is judged anew; it decides nothing."""

from collections.abc import Sequence

from domain.ledger import Entry
from storage.postgres.transaction import Tx
from storage.projections import CLOCK, FINDING, PROJECTIONS, Judged, fed_by

JUDGED = (CLOCK, FINDING)
"""What is judged anew with every act; the case's own row is saved by whoever writes it, with its number and its head."""


async def project(tx: Tx, judged: Judged, made: Sequence[Entry], *, opened: bool = False) -> None:
    """Keep what follows from a case, of which `made` is new; what these entries do not feed stands as it is.

    Of a case that was opened by them the clocks are written with it, and it has no findings yet.
    """
    fed = fed_by(frozenset(type(entry.act) for entry in made))
    for each in PROJECTIONS:
        if each.table in fed or (each in JUDGED and not opened):
            await each.keep(tx, judged)
