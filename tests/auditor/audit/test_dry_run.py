"""A dry run says what another plan or calendar would have meant, case by case, and leaves everything as it is."""

import json
from datetime import datetime
from pathlib import Path
from uuid import UUID

import asyncpg
import pytest
from msgspec.structs import replace

from auditor.audit.dry_run import INTERVIEW, Trial, Tried, differing, dry_run
from auditor.findings.sweep import sweep
from calendars import import_notice
from casework.program import Context
from domain.dry_run import all_under
from domain.schemes.rulebook import Rulebook, compile_scheme
from schemes import reader
from storage.loading.bulk import Written, write_cases
from storage.postgres.transaction import Database
from tests.auditor.keeping import BOOKS, kept, signed
from tests.database import Urls
from tests.domain.stories import approval, shanghai
from tests.domain.supervision.laddering import insufficient_twice

NOW = shanghai("2026-11-23 12:00")
PLAN = Path(reader.__file__).parent / "jingmen-2023.toml"


def with_limit(limit: str, tmp_path: Path) -> Rulebook:
    """Jingmen's plan with another limit for the joint approval."""
    head, mark, rest = PLAN.read_text("utf-8").partition('id = "joint-approval"')
    file = tmp_path / f"{limit}.toml"
    file.write_text(head + mark + rest.replace('limit = "3wd"', f'limit = "{limit}"', 1), "utf-8")
    return compile_scheme(reader.read_scheme(file))


def trial(context: Context, **other: object) -> Trial:
    same = {"books": BOOKS, "offices": context.offices, "other_books": BOOKS, "other_offices": context.offices, "now": NOW}
    return Trial(**same | other)  # type: ignore[arg-type]  # as its fields say


async def told(db: Database, context: Context, sign: str) -> UUID:
    """An approval whose 3 working days end on Thursday 19 November at 18:00, signed at that moment."""
    story = approval()
    story.at(sign).does(signed(), by="jm-cgw")
    return await kept(db, context, story)


def of_the_approval(tried: Tried) -> tuple[int, int, int, int, list[UUID]] | None:
    lines = {rule: line for rule, party, line in differing(tried) if party == "jm-cgw"}
    line = lines.get("joint-approval")
    return None if line is None else (line.now, line.then, line.gained, line.lost, line.cases)


@pytest.fixture
async def cases(db: Database, context: Context) -> tuple[UUID, UUID]:
    """One signed on Thursday in time, one on Friday, late."""
    return await told(db, context, "2026-11-19 11:00"), await told(db, context, "2026-11-20 10:00")


async def test_a_shorter_limit_finds_what_was_in_time(db: Database, context: Context, cases: tuple[UUID, UUID], tmp_path: Path) -> None:
    other = {"jingmen-2023": with_limit("2wd", tmp_path)}
    tried = await dry_run(db, trial(context, other_books=other))
    assert (tried.cases, tried.differing, tried.unread) == (2, 1, 0)
    assert of_the_approval(tried) == (1, 2, 1, 0, [cases[0]])


async def test_a_longer_limit_finds_less(db: Database, context: Context, cases: tuple[UUID, UUID], tmp_path: Path) -> None:
    tried = await dry_run(db, trial(context, other_books={"jingmen-2023": with_limit("4wd", tmp_path)}))
    assert of_the_approval(tried) == (1, 0, 0, 1, [cases[1]])


async def test_a_day_off_more_gives_a_day_more(db: Database, context: Context, cases: tuple[UUID, UUID]) -> None:
    newest = context.offices.editions[context.offices.newest]
    closure = {"city": "420800", "document": "样例〔2026〕9号", "closed": [{"date": "2026-11-18", "name": "防汛"}]}
    other = import_notice(newest, json.dumps(closure, ensure_ascii=False).encode(), "closure.json")
    under = {"offices": all_under(context.offices.editions, newest), "other_offices": all_under(context.offices.editions, other)}
    assert of_the_approval(await dry_run(db, trial(context, **under))) == (1, 0, 0, 1, [cases[1]])


@pytest.mark.usefixtures("cases")
async def test_the_same_plan_makes_no_difference_though_the_auditor_has_been_there(db: Database, context: Context) -> None:
    await kept(db, context, approval())
    assert (await sweep(db, context.at(NOW))).findings > 0
    tried = await dry_run(db, trial(context))
    assert (tried.cases, tried.differing) == (3, 0)
    assert tried.lines["joint-approval", "jm-cgw"].now == 2


@pytest.mark.parametrize(
    ("days", "tried"),
    [
        ({"opened_from": shanghai("2026-11-17 00:00")}, 0),
        ({"opened_before": shanghai("2026-11-16 00:00")}, 0),
        ({"opened_from": shanghai("2026-11-16 00:00"), "opened_before": shanghai("2026-11-17 00:00")}, 2),
    ],
)
async def test_only_cases_opened_on_those_days_are_tried(
    db: Database, context: Context, cases: tuple[UUID, UUID], days: dict[str, datetime], tried: int
) -> None:
    assert len(cases) == 2
    assert (await dry_run(db, trial(context, **days))).cases == tried


async def test_another_ladder_comes_to_another_number_of_interviews(db: Database, context: Context) -> None:
    """Two orders under one commitment, the last judged insufficient: an interview with two, none with three."""
    ladder = insufficient_twice()
    written = [Written(case, ladder.entries(name)) for name, case in ladder.desk.cases.items()]
    async with db.transaction() as tx:
        await write_cases(tx, written)
    scheme = BOOKS["jingmen-2023"].scheme
    assert scheme.ladder is not None
    three = compile_scheme(replace(scheme, ladder=replace(scheme.ladder, violations=3)))
    tried = await dry_run(db, trial(context, other_books={"jingmen-2023": three}))
    line = tried.lines[INTERVIEW, "jm-water"]
    assert (line.now, line.then, line.gained, line.lost, line.cases) == (1, 0, 0, 1, [ladder.id("second")])
    assert [rule for rule, _, _ in differing(tried)] == [INTERVIEW]


async def test_nothing_is_changed(db: Database, context: Context, cases: tuple[UUID, UUID], urls: Urls, tmp_path: Path) -> None:
    before = await contents(urls.admin)
    await dry_run(db, trial(context, other_books={"jingmen-2023": with_limit("2wd", tmp_path)}))
    assert len(cases) == 2
    assert await contents(urls.admin) == before


async def contents(url: str) -> dict[str, str]:
    """Digest every table whole."""
    connection = await asyncpg.connect(url)
    try:
        tables = await connection.fetch("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
        digest = "SELECT count(*) || coalesce(md5(string_agg(t::text, '|' ORDER BY t::text)), '') FROM {} t"
        return {row["tablename"]: await connection.fetchval(digest.format(f'"{row["tablename"]}"')) for row in tables}
    finally:
        await connection.close()


async def test_a_case_that_cannot_be_read_is_counted(db: Database, context: Context, cases: tuple[UUID, UUID]) -> None:
    async with db.transaction() as tx:
        await tx.execute("UPDATE cases SET seq = seq + 1 WHERE case_id = $1", cases[0])
    tried = await dry_run(db, trial(context))
    assert (tried.cases, tried.unread) == (2, 1)
