"""Finds the findings whose light is to turn red and keeps those that have; why they turn is decided elsewhere."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from msgspec import Struct

from domain.case import Case
from domain.ledger import Entry
from domain.warnings.lights import Because, Due, Series
from storage.cases import cases
from storage.cases.ledger import append
from storage.postgres.transaction import Tx
from storage.postgres.unnest import arrays, source

STANDING = "state NOT IN ('lapsed', 'excused', 'withdrawn')"
"""What no longer stands counts for nothing; the indexes are made by these very words."""


def year_of(moment: str) -> str:
    """Give the SQL for the beginning of a moment's year in Shanghai."""
    return f"date_trunc('year', {moment} AT TIME ZONE 'Asia/Shanghai') AT TIME ZONE 'Asia/Shanghai'"


_OVERRUN = "(f.ended_at IS NULL OR f.ended_at > f.red_at) AND f.red_at < $1"
_FROM = f"FROM finding f WHERE f.light = 'yellow' AND f.{STANDING}"
_TURNING = f"""
SELECT f.finding_id, f.case_id, f.party, 'overrun' AS because {_FROM} AND {_OVERRUN} {{only}}
UNION ALL
SELECT f.finding_id, f.case_id, f.party, 'repeated' FROM unnest($2::text[], $3::int[]) AS s (scheme, repeated)
CROSS JOIN LATERAL (SELECT f.* {_FROM} AND f.scheme = s.scheme AND NOT ({_OVERRUN}) {{only}} OFFSET 0) f
WHERE EXISTS (
    SELECT FROM finding e
    WHERE e.party = f.party AND e.rule = f.rule AND e.city = f.city AND e.{STANDING}
      AND e.due_at >= {year_of("f.due_at")} AND (e.due_at, e.finding_id) < (f.due_at, f.finding_id)
    OFFSET s.repeated - 2)
LIMIT $4
"""
_ANY = _TURNING.format(only="")
_OF = _TURNING.format(only="AND f.finding_id = ANY($5::uuid[])")
_FIRST = f"""
SELECT s.number, e.due_at, e.finding_id
FROM {source(("int", "text", "text", "text", "timestamptz", "timestamptz"))} AS s (number, city, party, rule, since, until)
CROSS JOIN LATERAL (
    SELECT e.due_at, e.finding_id FROM finding e
    WHERE e.party = s.party AND e.rule = s.rule AND e.city = s.city AND e.{STANDING}
      AND e.due_at >= s.since AND e.due_at < s.until AND e.finding_id <> ALL($7::uuid[])
    ORDER BY e.due_at, e.finding_id LIMIT $8) e
"""
_CASES = f"{cases.HELD} WHERE case_id = ANY($1::uuid[]) ORDER BY case_id FOR NO KEY UPDATE"
_HEADS = f"""
UPDATE cases SET seq = g.seq, head = g.head FROM {source(("uuid", "int", "bytea"))} AS g (case_id, seq, head)
WHERE cases.case_id = g.case_id
"""


class Turning(Struct, frozen=True):
    """A finding that is yellow and ought to be red."""

    finding_id: UUID
    case_id: UUID
    party: str
    because: Because


async def turning(tx: Tx, now: datetime, repeated: Mapping[str, int], limit: int, only: Sequence[UUID] | None = None) -> list[Turning]:
    """Say which findings are to turn red, so many at the most; `repeated` is the number of each scheme that has one."""
    numbers = list(repeated), list(repeated.values())
    rows = await (tx.fetch(_ANY, now, *numbers, limit) if only is None else tx.fetch(_OF, now, *numbers, limit, only))
    return [Turning(*row) for row in rows]


async def lock_cases(tx: Tx, case_ids: Iterable[UUID]) -> list[Case]:
    """Lock cases in the order of their ids."""
    return [cases.case_of(row) for row in await tx.fetch(_CASES, sorted(case_ids))]


async def first_of(tx: Tx, series: Sequence[Series], without: Sequence[UUID], limit: int) -> Mapping[Series, list[Due]]:
    """Read by when the first findings of each series were missed, so many of each; `without` are left out."""
    found: dict[Series, list[Due]] = {one: [] for one in series}
    if series and limit:
        rows = [(number, one.city, one.party, one.rule, one.since, one.until) for number, one in enumerate(series)]
        for number, due_at, finding_id in await tx.fetch(_FIRST, *arrays(rows), without, limit):
            found[series[number]].append((due_at, finding_id))
    return found


async def record_turned(tx: Tx, changed: Sequence[Case], entries: Sequence[Entry], turned: Sequence[UUID]) -> None:
    """Write the entries, the cases' new heads and the lights: a turn feeds no other table, so all go in one set."""
    await append(tx, entries)
    await tx.execute(_HEADS, *arrays((case.case_id, case.seq, case.head) for case in changed))
    await tx.execute("UPDATE finding SET light = 'red' WHERE finding_id = ANY($1::uuid[])", turned)
