"""A year's scorecard of a city with a million clocks, as the office asks for it: counted, never kept ready."""

import asyncio
import statistics
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import product

import httpx
import msgspec

from bench.cities.place import connected, opened, place, settle
from bench.cities.playing import Stage
from bench.harness import Bound, Results, compared
from bench.serving import CITY, OURS, served, token
from cli.servers import Addresses
from domain.assessment.period import parse_period
from domain.schemes.rulebook import Rulebook
from storage.assessment.scores import Scored, read_shares
from storage.assessment.service_figures import read_asked

CLOCKS = 1_000_000
A_CASE = 5
"""Clocks, and entries, of a case."""
ASKED = 5
YEAR = datetime(2026, 1, 1, tzinfo=UTC)
_KIND = "CREATE TEMP TABLE kind (n int PRIMARY KEY, rule text, stage text, keys text, party text)"
_CASES = """
INSERT INTO cases (case_id, kind, scheme, city, district, year, state, opened_at, opened_by, parties, seq, head)
SELECT gen_random_uuid(), 'connection', $1, $2, ($3::text[])[1 + n % cardinality($3::text[])], 2026, 'open', $4, 'jm-spj', '{jm-spj}', 5,
    decode(repeat('00', 32), 'hex') FROM generate_series(1, $5::int) n
"""
_ENTRIES = """
INSERT INTO entry (
    case_id, seq, occurred_at, recorded_at, party, role, account, edition, act, body, hash, format, person, post, on_behalf_of)
SELECT case_id, seq, at, at, 'jm-water', 'utility', 'bench', 'bench',
    CASE WHEN asked THEN 'visit.required' ELSE 'remark.made' END,
    CASE WHEN asked THEN '{"act":"visit.required","requiredBy":"jm-water"}' ELSE '{"act":"remark.made","text":"备注"}' END,
    decode(repeat('00', 32), 'hex'), 1, '', '', ''
FROM (
    SELECT case_id, n AS seq, n = 5 AND random() < 0.1 AS asked,
    date_trunc('second', $1::timestamptz + random() * interval '360 days') AS at
    FROM cases, generate_series(1, 5) n
) told
"""
_CLOCKS = """
INSERT INTO clock (
    case_id, rule, start_seq, keys, party, started, due, state, edition, ended_seq, ended_at, late_entry, provisional, counted, stops)
SELECT case_id, rule, seq, keys, party, started, due, state, 'bench', CASE WHEN state <> 'running' THEN 5 END,
    date_trunc('second', CASE state
        WHEN 'met' THEN started + random() * (due - started) WHEN 'late' THEN due + random() * interval '9 days' END),
    false, false, false, '[]'
FROM (
    SELECT case_id, seq, 1 + floor(random() * $1)::int AS n, started, started + interval '1 hour' * (1 + floor(random() * 70)) AS due,
        ($3::text[])[1 + floor(random() * 100)::int] AS state
    FROM (
        SELECT case_id, n AS seq, date_trunc('second', $2::timestamptz + random() * interval '350 days') AS started
        FROM cases, generate_series(1, 5) n
    ) begun
) made JOIN kind USING (n)
"""
_FINDINGS = """
INSERT INTO finding (
    finding_id, case_id, city, district, scheme, stage, light, rule, keys, party, start_seq, started_at, due_at, state,
    opened_seq, opened_at, red_at, ended_at, late_entry, provisional, withdrawal_proposed, notified_at)
SELECT gen_random_uuid(), case_id, city, district, scheme, stage, CASE WHEN random() < 0.7 THEN 'red' ELSE 'yellow' END,
    clock.rule, clock.keys, clock.party, start_seq, started, due, ($1::text[])[1 + floor(random() * 4)::int],
    5, due, due, ended_at, false, false, false, due
FROM clock JOIN cases USING (case_id) JOIN (SELECT DISTINCT rule, stage FROM kind) k ON k.rule = clock.rule
WHERE clock.state IN ('late', 'running')
"""
STATES = ["met"] * 90 + ["late"] * 7 + ["running"] * 3
FOUND = ["upheld", "disposed", "notified", "excused"]


def measure(scale: float) -> Results:
    """Ask for the year again and again, as it is counted anew each time."""
    now, stage = datetime.now(UTC).replace(microsecond=0), Stage()
    with place() as addresses:
        asyncio.run(_fill(addresses, stage.book, round(CLOCKS * scale)))
        with served(OURS, addresses) as server:
            office = {"authorization": f"Bearer {token('coordinator', now)}"}
            with httpx.Client(base_url=f"http://127.0.0.1:{server.port}", headers=office, timeout=120) as client:
                whole = [_ask(client, "2026") for _ in range(ASKED)]
                month = [_ask(client, "2026-07") for _ in range(ASKED)]
        notes = [f"a month of it: {statistics.median(month):.2f} s", *asyncio.run(_parts(addresses, stage))]
    what = "a year's scorecard of 1,000,000 clocks, 100,000 of them missed, over HTTP"
    return {"scorecard": compared(what, "s", statistics.median(whole), Bound(most=10), notes=notes)}


def _ask(client: httpx.Client, period: str) -> float:
    began = time.perf_counter()
    answer = client.get("/v1/scorecards", params={"period": period})
    took = time.perf_counter() - began
    assert answer.status_code == 200, answer.text  # noqa: PLR2004 -- the good answer
    assert sum(stage["obligations"] for row in answer.json()["parties"] for stage in row["stages"])
    return took


async def _parts(addresses: Addresses, stage: Stage) -> list[str]:
    """Say what of it the delay shares cost, and what the service's figures."""
    scored = Scored(city=CITY, period=parse_period("2026"))
    async with opened(addresses.database_url) as db, db.reading() as tx:
        began = time.perf_counter()
        shares = await read_shares(tx, scored, {stage.book.id: stage.book}, stage.offices, datetime.now(UTC))
        delay_shares = time.perf_counter() - began
        await read_asked(tx, scored)
        asked = time.perf_counter() - began - delay_shares
    return [f"of these the delay shares, {len(shares):,} of them: {delay_shares:.2f} s", f"and what users were asked: {asked:.2f} s"]


async def _fill(addresses: Addresses, book: Rulebook, clocks: int) -> None:
    kinds = list(enumerate(_kinds(book), 1))
    districts = [each.code for each in book.scheme.districts]
    async with connected(addresses.admin_url) as tx:
        await tx.execute("SET session_replication_role = replica")  # their moments are made up
        await tx.execute(_KIND)
        await tx.copy_records_to_table("kind", records=[(number, *kind) for number, kind in kinds])
        await tx.execute("SELECT setseed(0.3)")
        await tx.execute(_CASES, book.id, CITY, districts, YEAR, clocks // A_CASE)
        await tx.execute(_ENTRIES, YEAR)
        await tx.execute(_CLOCKS, len(kinds), YEAR, STATES)
        await tx.execute(_FINDINGS, FOUND)
    await settle(addresses)


def _kinds(book: Rulebook) -> Iterator[tuple[str, str, str, str]]:
    """Give every rule with a limit of its own for every party that is assessed."""
    rules = [rule for rule in book.scheme.rule if rule.deadline is not None]
    parties = [party.code for party in book.scheme.parties if {"utility", "department"} & set(party.roles)]
    for rule, party in product(rules, parties):
        yield rule.id, rule.stage, msgspec.json.encode([party]).decode(), party
