"""Keeps findings with what they are listed by, and lists them by keyset; nothing is counted and nothing decided."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from msgspec import Struct

from domain.case import Case
from domain.finding import Finding, Light
from storage.cases.clocks import keys_of, keys_text
from storage.cases.closed_reports import leave_out
from storage.findings.choices import FindingFilter
from storage.postgres.choices import narrow_by
from storage.postgres.cursor import Place
from storage.postgres.listing import Listing, Order
from storage.postgres.transaction import Tx
from storage.postgres.unnest import arrays, names, source

COLUMNS = (
    "finding_id", "case_id", "city", "district", "scheme", "stage", "light", "rule", "keys", "party", "start_seq",
    "started_at", "due_at", "state", "opened_seq", "opened_at", "red_at", "also_due_at", "statutory_due_at", "ended_at",
    "late_entry", "provisional", "withdrawal_proposed", "notified_at", "objected_at", "decided_at",
)  # fmt: skip
TYPES = (
    "uuid", "uuid", "text", "text", "text", "text", "text", "text", "text", "text", "int",
    "timestamptz", "timestamptz", "text", "int", "timestamptz", "timestamptz", "timestamptz", "timestamptz", "timestamptz",
    "bool", "bool", "bool", "timestamptz", "timestamptz", "timestamptz",
)  # fmt: skip
_CHANGING = tuple(column for column in COLUMNS if column != "finding_id")
INSERT = f"INSERT INTO finding AS f ({names(COLUMNS)}) SELECT * FROM {source(TYPES)} ON CONFLICT (finding_id)"
_SAVE = f"""{INSERT} DO UPDATE SET ({names(_CHANGING)}) = ROW ({names(_CHANGING, "excluded.")})
WHERE ({names(_CHANGING, "f.")}) IS DISTINCT FROM ({names(_CHANGING, "excluded.")})"""
OPEN = f"""{INSERT} DO UPDATE SET ({names(_CHANGING)}) = ROW ({names(_CHANGING, "excluded.")})
WHERE f.state = 'lapsed' RETURNING f.finding_id"""
SELECT = f"SELECT {names(COLUMNS)} FROM finding"


class FindingRow(Struct, frozen=True):
    """A finding with what it is listed by."""

    finding: Finding
    city: str
    district: str | None
    scheme: str
    stage: str

    @property
    def light(self) -> Light:
        """Say the light as the ledger has it."""
        return self.finding.light


def listed(case: Case, finding: Finding, stages: Mapping[str, str]) -> FindingRow:
    """Put beside a finding what it is listed by; `stages` is each rule's stage."""
    return FindingRow(finding, case.city, case.district, case.scheme, stages[finding.rule])


async def save_findings(tx: Tx, case: Case, findings: Sequence[Finding], *, stages: Mapping[str, str]) -> None:
    """Write what differs; a finding is never removed. The case is locked, or new."""
    await save_rows(tx, [listed(case, finding, stages) for finding in findings])


async def save_rows(tx: Tx, rows: Sequence[FindingRow]) -> None:
    """Write what differs of findings of any number of cases."""
    if rows:
        await tx.execute(_SAVE, *arrays(finding_row(row) for row in rows))


async def list_findings(tx: Tx, chosen: FindingFilter, order: Order, after: Place | None, limit: int) -> list[FindingRow]:
    """List by due moment from behind a place; two findings of one moment go by their id."""
    listing = Listing(SELECT, "due_at", "finding_id", order)
    narrow(listing, chosen)
    return [row_of(row) for row in await listing.page(tx, after, limit)]


def narrow(listing: Listing, chosen: FindingFilter) -> None:
    """Leave out of a statement over `finding` what is not chosen."""
    if chosen.notified:
        listing.where("finding.notified_at IS NOT NULL")
    narrow_by(listing, chosen)
    listing.among("finding.party", chosen.parties)
    leave_out(listing, chosen.closed, "finding.case_id")


async def read_finding(tx: Tx, finding_id: UUID) -> FindingRow | None:
    row = await tx.fetchrow(f"{SELECT} WHERE finding_id = $1", finding_id)
    return None if row is None else row_of(row)


async def hold_findings(tx: Tx, finding_ids: Sequence[UUID]) -> list[FindingRow]:
    """Read findings that something is about to rest on: until it is written, nobody else changes them."""
    rows = await tx.fetch(f"{SELECT} WHERE finding_id = ANY($1::uuid[]) ORDER BY finding_id FOR SHARE", sorted(set(finding_ids)))
    return [row_of(row) for row in rows]


async def read_findings(tx: Tx, case_id: UUID) -> list[FindingRow]:
    """Read a case's findings, in the order they were opened."""
    rows = await tx.fetch(f"{SELECT} WHERE case_id = $1 ORDER BY opened_seq, finding_id", case_id)
    return [row_of(row) for row in rows]


def finding_row(row: FindingRow) -> tuple[Any, ...]:
    """Give the finding as its row, in the order of COLUMNS."""
    found = row.finding
    return (
        found.finding_id, found.case_id, row.city, row.district, row.scheme, row.stage, row.light, found.rule,
        keys_text(found.keys), found.party, found.start_seq, found.started_at, found.due_at, found.state,
        found.opened_seq, found.opened_at, found.red_at, found.also_due_at, found.statutory_due_at, found.ended_at,
        found.late_entry, found.provisional, found.withdrawal_proposed, found.notified_at, found.objected_at, found.decided_at,
    )  # fmt: skip


def row_of(row: Any) -> FindingRow:  # noqa: ANN401 -- asyncpg comes without types
    """Read a finding from its row."""
    (
        finding_id, case_id, city, district, scheme, stage, light, rule, keys, party, start_seq, started_at, due_at,
        state, opened_seq, opened_at, red_at, also_due_at, statutory_due_at, ended_at, late_entry, provisional,
        withdrawal_proposed, notified_at, objected_at, decided_at,
    ) = row  # fmt: skip
    found = Finding(
        finding_id=finding_id, case_id=case_id, rule=rule, keys=keys_of(keys), party=party, start_seq=start_seq,
        started_at=started_at, due_at=due_at, state=state, opened_seq=opened_seq, opened_at=opened_at, red_at=red_at,
        also_due_at=also_due_at, statutory_due_at=statutory_due_at, ended_at=ended_at, late_entry=late_entry,
        provisional=provisional, withdrawal_proposed=withdrawal_proposed, notified_at=notified_at, objected_at=objected_at,
        decided_at=decided_at, light=light,
    )  # fmt: skip
    return FindingRow(found, city, district, scheme, stage)
