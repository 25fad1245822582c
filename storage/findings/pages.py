"""Reads findings by the many: page after page for an export, added up by party, and what rests on each; decides nothing."""

from collections.abc import AsyncIterator, Sequence
from datetime import datetime
from uuid import UUID

from msgspec import Struct

from storage.findings.choices import FindingFilter
from storage.findings.findings import FindingRow, list_findings, narrow
from storage.postgres.cursor import Place
from storage.postgres.listing import Listing, Order
from storage.postgres.transaction import Tx

PAGE = 1_000
_RECORDS = """
SELECT g.finding_id, g.case_id, e.act FROM ground g JOIN entry e ON e.case_id = g.case_id AND e.seq = 1
WHERE g.finding_id = ANY($1::uuid[]) ORDER BY e.recorded_at, g.case_id
"""
_OVER = "extract(epoch FROM coalesce(ended_at, $1) - due_at)"
_GROUPED = f"""
SELECT party, scheme, rule, state, light, count(*), coalesce(sum({_OVER}), 0)::bigint, coalesce(max({_OVER}), 0)::bigint,
    min(due_at), max(due_at)
FROM finding"""
_RESTING = """
SELECT finding.party, e.act, count(DISTINCT e.case_id), count(DISTINCT finding.finding_id)
FROM finding JOIN ground g USING (finding_id) JOIN entry e ON e.case_id = g.case_id AND e.seq = 1"""


class Record(Struct, frozen=True):
    """A record that rests on a finding, and the act that opened it: an order, an interview, credit, accountability."""

    case_id: UUID
    act: str


class Tally(Struct, frozen=True):
    """Findings of one party under one rule in one state and light."""

    party: str
    scheme: str
    rule: str
    state: str
    light: str
    findings: int
    natural_seconds: int
    """How far past due, all together."""
    longest_seconds: int
    first_due: datetime
    last_due: datetime


class Resting(Struct, frozen=True):
    """How many records of a kind rest on a party's findings, and on how many of them."""

    party: str
    act: str
    records: int
    findings: int


async def pages(tx: Tx, chosen: FindingFilter, order: Order) -> AsyncIterator[list[FindingRow]]:
    """Give all that is chosen, a page at a time; to be of one moment, `tx` comes from `Database.reading()`."""
    page = await page_after(tx, chosen, order, None)
    while page:
        yield page
        page = await page_after(tx, chosen, order, page)


async def page_after(tx: Tx, chosen: FindingFilter, order: Order, before: Sequence[FindingRow] | None) -> list[FindingRow]:
    """Read the first page, or the one behind another; none where that was the last."""
    if before is not None and len(before) < PAGE:
        return []
    after = None if before is None else Place(before[-1].finding.due_at, before[-1].finding.finding_id)
    return await list_findings(tx, chosen, order, after, PAGE)


async def records_on(tx: Tx, finding_ids: Sequence[UUID]) -> dict[UUID, tuple[Record, ...]]:
    """Say what rests on each of these findings, the oldest first; those that nothing rests on are left out."""
    found: dict[UUID, tuple[Record, ...]] = {}
    for finding_id, case_id, act in await tx.fetch(_RECORDS, list(finding_ids)):
        found[finding_id] = (*found.get(finding_id, ()), Record(case_id, act))
    return found


async def tallies(tx: Tx, chosen: FindingFilter, now: datetime) -> list[Tally]:
    """Count the findings by party, rule, state and light; one that has not ended lasts until now."""
    listing = Listing(_GROUPED, "due_at", "finding_id")
    listing.bound(now)
    narrow(listing, chosen)
    return [Tally(*row) for row in await listing.all(tx, "GROUP BY party, scheme, rule, state, light ORDER BY party, scheme, rule")]


async def resting(tx: Tx, chosen: FindingFilter) -> list[Resting]:
    """Count what rests on the findings, by party."""
    listing = Listing(_RESTING, "due_at", "finding_id")
    narrow(listing, chosen)
    return [Resting(*row) for row in await listing.all(tx, "GROUP BY finding.party, e.act ORDER BY finding.party, e.act")]
