"""A million findings of two cities, made set by set in SQL for lists alone: spread over parties, rules, states and three years."""

from collections.abc import Iterator
from datetime import datetime
from itertools import product
from typing import Any

import msgspec

from bench.place import connected
from cli.servers import Addresses
from domain.schemes.rule import Rule
from domain.schemes.rulebook import Rulebook

STATES = {"open": 60, "notified": 200, "upheld": 400, "disposed": 280, "excused": 40, "withdrawn": 12, "lapsed": 5, "objected": 3}
"""How many of a thousand."""
YEARS = 3
_KIND = "CREATE TEMP TABLE kind (n int PRIMARY KEY, city text, district text, scheme text, stage text, rule text, keys text, party text)"
_FILL = """
INSERT INTO finding (
    finding_id, case_id, city, district, scheme, stage, light, rule, keys, party, start_seq, started_at, due_at, state,
    opened_seq, opened_at, red_at, ended_at, late_entry, provisional, withdrawal_proposed, notified_at)
SELECT
    gen_random_uuid(), gen_random_uuid(), city, district, scheme, stage, CASE WHEN random() < 0.7 THEN 'red' ELSE 'yellow' END,
    rule, keys, party, 4, due - interval '3 days', due, state, 9, due + interval '1 minute', due + interval '1 day',
    CASE WHEN random() < 0.9 THEN due + random() * interval '9 days' END, false, false, false,
    CASE WHEN state <> 'open' THEN due + interval '2 hours' END
FROM (
    SELECT 1 + floor(random() * $1)::int AS n, ($4::text[])[1 + floor(random() * 1000)::int] AS state,
        date_trunc('second', $3::timestamptz - random() * $5 * interval '1 year') AS due
    FROM generate_series(1, $2::int)
) made JOIN kind USING (n)
"""
_INDEXES = """
SELECT indexname, indexdef FROM pg_indexes WHERE tablename = 'finding' AND indexname NOT IN (SELECT conname FROM pg_constraint)
"""


async def fill(addresses: Addresses, books: list[Rulebook], count: int, before: datetime) -> None:
    """Make so many findings, due before that moment; the indexes are made again once the rows are there."""
    kinds = list(enumerate((kind for book in books for kind in kinds_of(book)), 1))
    states = [state for state, share in STATES.items() for _ in range(share)]
    async with connected(addresses.admin_url) as connection:
        indexes = await connection.fetch(_INDEXES)
        await _each(connection, [f"DROP INDEX {row['indexname']}" for row in indexes])
        await connection.execute(_KIND)
        await connection.copy_records_to_table("kind", records=[(number, *kind) for number, kind in kinds])
        await connection.execute("SELECT setseed(0.7)")
        await connection.execute(_FILL, len(kinds), count, before, states, YEARS)
        await _each(connection, [row["indexdef"] for row in indexes])


async def _each(connection: Any, statements: list[str]) -> None:  # noqa: ANN401 -- asyncpg comes without types
    for statement in statements:
        await connection.execute(statement)


def kinds_of(book: Rulebook) -> Iterator[tuple[str | None, ...]]:
    """Give every rule with a limit of its own for every party that it can be about, in every district."""
    scheme = book.scheme
    rules = [rule for rule in scheme.rule if rule.deadline is not None and isinstance(rule.deadline.limit, str)]
    districts: list[str | None] = [each.code for each in scheme.districts]
    for rule, party, district in product(rules, scheme.parties, districts or [None]):
        if {"utility", "department", "window"} & set(party.roles):
            yield scheme.city.code, district, scheme.id, rule.stage, rule.id, _keys(rule, party.code), party.code


def _keys(rule: Rule, party: str) -> str:
    per = rule.deadline.per if rule.deadline else ()
    return msgspec.json.encode([party] * len(per)).decode()
