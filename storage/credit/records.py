"""Keeps how each entry of a credit file stands, lists them, and reads what was shown and ended in the feed's order; it decides nothing."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any
from uuid import UUID

from msgspec import Meta, Struct

from calendars import local_day
from domain.acts import ROWS, TAGS
from domain.acts.enforcement.credit import CreditExpired, CreditPublished, CreditRepaired, CreditRole, CreditWithdrawn, Grade
from domain.acts.field import CityCode
from domain.case import Case
from domain.credit.state import Credit, CreditState, credit_of
from domain.ledger import Entry
from storage.cases.cases import COLUMNS, case_of
from storage.cases.closed_reports import Closed, leave_out_resting
from storage.cases.ledger import ENTRY, entry_of
from storage.postgres.choices import WORKED_OUT, Choice, narrow_by
from storage.postgres.cursor import BEGINNING, Cursor, Place
from storage.postgres.listing import Listing
from storage.postgres.transaction import Tx
from storage.postgres.unnest import names
from words import sentence

CHANGING = tuple(kind for kind, row in ROWS.items() if "credit_record" in row.feeds)
"""What an entry's state follows from."""

KEPT = (
    "case_id", "city", "subject_kind", "role", "credit_code",
    "state", "grade", "penalty", "proposed_at", "how", "shown_from", "shown_until",
)  # fmt: skip
TYPES = ("uuid", "text", "text", "text", "text", "text", "text", "bool", "timestamptz", "text", "date", "date")
_SELECT = f"SELECT {names(COLUMNS, 'c.')} FROM credit_record r JOIN cases c USING (case_id)"
_TODAY = "CASE WHEN r.state = 'shown' AND r.shown_until < DATE '{today}' THEN 'expired' ELSE r.state END ="
_CONCERNED = """(r.state NOT IN ('repaired', 'expired', 'withdrawn') AND NOT (r.state = 'shown' AND r.shown_until < DATE '{today}')
  OR EXISTS (SELECT FROM entry e WHERE e.case_id = r.case_id AND {party} IN (e.party, e.body::json ->> 'party')))"""
"""One that has ended is its subject's alone and theirs who wrote in it: whoever came in for joint measures uses it no more."""
_SHOWN_OR_ENDED = [TAGS[kind] for kind in (CreditPublished, CreditRepaired, CreditExpired, CreditWithdrawn)]
_CHANGES = f"""
SELECT {names(ENTRY, "e.")}, e.era, e.xid, e.position FROM credit_record r JOIN entry e USING (case_id)
WHERE r.city = $1 AND r.penalty = $2 AND r.how IS NOT NULL AND e.act = ANY($3::text[]) AND (e.era, e.xid, e.position) > ($4, $5, $6)
  AND (e.era, e.xid) < ((SELECT max(number) FROM era), pg_snapshot_xmin(pg_current_snapshot()))
ORDER BY e.era, e.xid, e.position LIMIT $7
"""
_OVER = """
SELECT case_id FROM credit_record WHERE state = 'shown' AND shown_until < $1 AND NOT case_id = ANY($2::uuid[]) ORDER BY case_id LIMIT $3
"""


class CreditChoice(Struct, frozen=True, rename="camel", forbid_unknown_fields=True):
    """Which entries; None is all."""

    city: Annotated[CityCode | None, Choice("r.city =", sentence("the city's code or name: 420800, 荆门市"), "city")] = None
    state: Annotated[
        Annotated[CreditState, Meta(description="As it stands today.")] | None,
        Choice(WORKED_OUT, sentence("as it stands today"), "credit-state"),
    ] = None
    grade: Annotated[Grade | None, Choice("r.grade =", sentence("the grade of the loss of trust"), "grade")] = None
    role: Annotated[CreditRole | None, Choice("r.role =", sentence("as what it was entered"), "credit-role")] = None
    credit_code: Annotated[
        Annotated[str, Meta(min_length=1, max_length=18)] | None,
        Choice("r.credit_code =", sentence("the enterprise's credit code"), option="code"),
    ] = None


class CreditFilter(CreditChoice, frozen=True, kw_only=True):
    """Which of them a list shows, as far as it is the reader's to see."""

    today: date
    party: str | None = None
    """Only those that this party takes part in, and of those that have ended only those that it has to do with."""
    closed: Closed | None = None
    """Which reports the reader may not know of, nor of what rests on them."""


class Change(Struct, frozen=True):
    """An entry of the ledger by which something came to be shown, or ended."""

    entry: Entry
    cursor: Cursor


def credit_rows(case: Case, entries: Sequence[Entry]) -> list[tuple[Any, ...]]:
    """Give how a credit entry stood on the day of its last step, as a row in the order of KEPT; nobody's name is kept."""
    steps = [entry.recorded_at for entry in entries if isinstance(entry.act, CHANGING)]
    return [_row(case, credit_of(entries, local_day(steps[-1])))] if steps else []


def _row(case: Case, credit: Credit) -> tuple[Any, ...]:
    subject, shown = credit.proposed.subject, credit.published
    grade = None if credit.item is None else credit.item.grade
    about = (case.case_id, case.city, subject.kind, subject.role, subject.credit_code)
    window = (None, None, None) if shown is None else (shown.how, shown.on, shown.until)
    return (*about, credit.state, grade, credit.penalty, credit.proposed_at, *window)


async def list_credit(tx: Tx, chosen: CreditFilter, after: Place | None, limit: int) -> list[Case]:
    """List the cases of entries, the last proposed first, from behind a place; as they stand today, whatever was written down yet."""
    listing = Listing(_SELECT, "r.proposed_at", "r.case_id")
    narrow_by(listing, chosen)
    listing.only(_TODAY.format(today=chosen.today.isoformat()), chosen.state)
    if chosen.party is not None:
        listing.only("c.parties @>", [chosen.party])
        listing.where(_CONCERNED.format(today=chosen.today.isoformat(), party=f"{listing.bound(chosen.party)}::text"))
    leave_out_resting(listing, chosen.closed, "r.case_id")
    return [case_of(row) for row in await listing.page(tx, after, limit)]


async def credit_changes(tx: Tx, city: str, after: Cursor | None, limit: int, *, penalty: bool) -> tuple[list[Change], Cursor]:
    """Read in the feed's order by what entries came to be shown or ended, behind every transaction at work; and where to go on from."""
    start = after or BEGINNING
    rows = await tx.fetch(_CHANGES, city, penalty, _SHOWN_OR_ENDED, start.era, start.xid, start.position, limit)
    changes = [Change(entry_of(tuple(row)[: len(ENTRY)]), Cursor(row["era"], row["xid"], row["position"])) for row in rows]
    return changes, changes[-1].cursor if changes else start


async def windows_over(tx: Tx, today: date, without: Sequence[UUID], limit: int) -> list[UUID]:
    """Find entries whose window has ended and of which that is not written down."""
    return [row["case_id"] for row in await tx.fetch(_OVER, today, list(without), limit)]
