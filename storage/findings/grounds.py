"""Keeps which record rests on which finding, and gives the records that a finding's end has to reach; decides nothing."""

from collections.abc import Sequence
from uuid import UUID

from domain.case import Case
from domain.findings.cascade import rests_on
from domain.ledger import Entry
from storage.postgres.transaction import Tx
from storage.postgres.unnest import arrays, source

_SAVE = f"""
INSERT INTO ground (finding_id, case_id, finding_case) SELECT * FROM {source(("uuid", "uuid", "uuid"))} ON CONFLICT DO NOTHING
"""
_RESTING = "SELECT DISTINCT case_id FROM ground WHERE finding_id = ANY($1::uuid[]) ORDER BY case_id"


async def keep_grounds(tx: Tx, case: Case, entry: Entry) -> None:
    """Keep what a record rests on by an entry; most entries rest on nothing."""
    rows = [(one.finding_id, case.case_id, one.case_id) for one in rests_on(entry)]
    if rows:
        await tx.execute(_SAVE, *arrays(rows))


async def resting_on(tx: Tx, finding_ids: Sequence[UUID]) -> list[UUID]:
    """Give the records that rest on any of these findings, in the order of their ids."""
    return [row["case_id"] for row in await tx.fetch(_RESTING, list(finding_ids))]
