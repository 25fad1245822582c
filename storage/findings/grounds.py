"""Keeps which record rests on which finding, and gives the records that a finding's end has to reach; decides nothing."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from domain.findings.cascade import rests_on
from domain.ledger import Entry
from storage.postgres.transaction import Tx

COLUMNS = ("finding_id", "case_id", "finding_case")
TYPES = ("uuid", "uuid", "uuid")
_RESTING = "SELECT DISTINCT case_id FROM ground WHERE finding_id = ANY($1::uuid[]) ORDER BY case_id"


def ground_rows(entries: Sequence[Entry]) -> list[tuple[Any, ...]]:
    """Give what a record rests on as rows, in the order of COLUMNS: of a finding that is named twice the first."""
    grounds = [(one.finding_id, entry.case_id, one.case_id) for entry in entries for one in rests_on(entry)]
    return [*{row[0]: row for row in reversed(grounds)}.values()]


async def resting_on(tx: Tx, finding_ids: Sequence[UUID]) -> list[UUID]:
    """Give the records that rest on any of these findings, in the order of their ids."""
    return [row["case_id"] for row in await tx.fetch(_RESTING, list(finding_ids))]
