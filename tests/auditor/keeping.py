"""Keeps told stories in a real database as whole cases, and reads back what became of them; expects nothing itself."""

from uuid import UUID, uuid4

import asyncpg
from msgspec.structs import replace

from casework.program import Context
from casework.recording.appending import keep_entries
from domain.acts.connection import SignoffGiven
from domain.acts.field import Acted
from domain.case import Case
from domain.cases.appending import write
from domain.judging.judge import judge, kind_of
from domain.ledger import SHA256, Entry
from domain.recording.state import as_it_follows, header_of
from storage.cases.cases import lock_case, next_number
from storage.cases.ledger import read_ledger
from storage.findings.findings import FindingRow, read_findings
from storage.loading.bulk import Written, write_cases
from storage.postgres.transaction import Database
from tests.domain.stories import At, Story, book

BOOKS = {name: book(name) for name in ("jingmen-2023", "daye-2023")}


async def kept(db: Database, context: Context, story: Story) -> UUID:
    """Keep a story as a case of its own, chained and judged as the API would leave it."""
    first = story.entries[0]
    case = Case(
        case_id=uuid4(), kind=kind_of(story.entries), scheme=story.book.id, city=story.book.scheme.city.code, district=None,
        subject=None, number=None, year=2026, state="open", opened_at=first.occurred_at, opened_by=first.actor.party,
        parties=(first.actor.party,), seq=0, head=b"",
    )  # fmt: skip
    entries: list[Entry] = []
    for told in story.entries:
        case, made = write(case, [(told.act, told.occurred_at, told.actor)], told.recorded_at, context.offices.newest, SHA256)
        entries.extend(made)
    judged = judge(story.book, entries, context.offices)
    header = header_of(story.book, case, entries, judged.clocks, context.offices)
    case = as_it_follows(case, header)
    async with db.transaction() as tx:
        if header.numbered:
            case = replace(case, number=await next_number(tx, case.scheme, case.year))
        await write_cases(tx, [Written(case, entries, judged.clocks)])
    return case.case_id


async def act(db: Database, context: Context, case_id: UUID, at: At, what: Acted, by: str = "jm-cgw") -> None:
    """Enter one more act, as the API does: the whole case is judged again in its transaction."""
    entry = at.does(what, by=by)
    async with db.transaction() as tx:
        case = await lock_case(tx, case_id)
        assert case is not None
        entries = await read_ledger(tx, case_id)
        case, made = write(case, [(entry.act, entry.occurred_at, entry.actor)], entry.recorded_at, context.offices.newest, SHA256)
        await keep_entries(tx, context.at(entry.recorded_at), case, entries, made)


async def findings(db: Database, case_id: UUID, rule: str | None = None) -> list[FindingRow]:
    """Read what was found of a case, of one rule where it is named."""
    async with db.connection() as tx:
        return [row for row in await read_findings(tx, case_id) if rule in {None, row.finding.rule}]


async def acts(db: Database, case_id: UUID) -> list[str]:
    """Read which acts its ledger holds, in order."""
    async with db.connection() as tx:
        rows = await tx.fetch("SELECT act FROM entry WHERE case_id = $1 ORDER BY seq", case_id)
    return [row["act"] for row in rows]


async def tamper(admin_url: str, statement: str, *values: object) -> None:
    """Do what only a superuser can: switch the refusals off, change something, switch them on again."""
    connection = await asyncpg.connect(admin_url)
    try:
        async with connection.transaction():
            await connection.execute("ALTER TABLE entry DISABLE TRIGGER entry_stays")
            await connection.execute(statement, *values)
            await connection.execute("ALTER TABLE entry ENABLE ALWAYS TRIGGER entry_stays")
    finally:
        await connection.close()


def signed() -> SignoffGiven:
    """The opinion that stops the approval's clock."""
    return SignoffGiven(utility="jm-water", department="jm-cgw", outcome="approved", opinion="同意", signatory="样例签批人")
