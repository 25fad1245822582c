"""Keeps the clocks that the judge found, so that they can be searched; it never judges."""

from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

import msgspec

from domain.clock import Clock, Span
from storage.postgres.transaction import Tx
from storage.postgres.unnest import arrays, names, source

KEY = ("rule", "start_seq", "keys", "party")
COLUMNS = (
    *KEY, "started", "due", "state", "edition", "warn", "also_due", "statutory_due", "ended_seq", "ended_at", "next_check_at",
    "late_entry", "provisional", "counted", "stops",
)  # fmt: skip
TYPES = (
    "text", "int", "text", "text", "timestamptz", "timestamptz", "text", "text", "timestamptz", "timestamptz",
    "timestamptz", "int", "timestamptz", "timestamptz", "bool", "bool", "bool", "text",
)  # fmt: skip
_CHANGING = COLUMNS[len(KEY) :]
_NO_STOPS = "[]"

_SAVE = f"""
WITH given AS MATERIALIZED (SELECT * FROM {source(TYPES, 2)} AS t ({names(COLUMNS)})),
gone AS (
    DELETE FROM clock WHERE case_id = $1 AND NOT EXISTS (
        SELECT FROM given g WHERE (g.rule, g.start_seq, g.keys, g.party)
            = (clock.rule, clock.start_seq, clock.keys, clock.party))
)
INSERT INTO clock AS c (case_id, {names(COLUMNS)}) SELECT $1, * FROM given
ON CONFLICT (case_id, {names(KEY)}) DO UPDATE SET ({names(_CHANGING)}) = ROW ({names(_CHANGING, "excluded.")})
WHERE ({names(_CHANGING, "c.")}) IS DISTINCT FROM ({names(_CHANGING, "excluded.")})
"""
_SELECT = f"SELECT {names(COLUMNS)} FROM clock"

_stops = msgspec.json.Decoder(tuple[Span, ...])
_keys = msgspec.json.Decoder(tuple[str, ...])


async def save_clocks(tx: Tx, case_id: UUID, clocks: Sequence[Clock]) -> None:
    """Make the case's clocks these: write what differs, remove what is gone. The case is locked, or new."""
    if clocks:
        await tx.execute(_SAVE, case_id, *arrays(clock_row(clock) for clock in clocks))
    else:
        await tx.execute("DELETE FROM clock WHERE case_id = $1", case_id)


async def read_clocks(tx: Tx, case_id: UUID) -> list[Clock]:
    """Read a case's clocks, in the order they started."""
    rows = await tx.fetch(f"{_SELECT} WHERE case_id = $1 ORDER BY start_seq, rule, keys, party", case_id)
    return [clock_of(row) for row in rows]


async def read_clocks_of(tx: Tx, case_ids: Sequence[UUID]) -> dict[UUID, list[Clock]]:
    """Read several cases' clocks; each id asked for has its list."""
    found: dict[UUID, list[Clock]] = {case_id: [] for case_id in case_ids}
    select = f"SELECT case_id, {names(COLUMNS)} FROM clock WHERE case_id = ANY($1::uuid[]) ORDER BY case_id, start_seq, rule, keys, party"
    for case_id, *row in await tx.fetch(select, case_ids):
        found[case_id].append(clock_of(row))
    return found


def clock_row(clock: Clock) -> tuple[Any, ...]:
    """Give the clock as its row in the order of COLUMNS: equal to what is read, so that rows can be compared as they are."""
    return (
        clock.rule, clock.start_seq, keys_text(clock.keys), clock.party, clock.started, clock.due, clock.state,
        clock.edition, clock.warn, clock.also_due, clock.statutory_due, clock.ended_seq, clock.ended_at, clock.next_check_at,
        clock.late_entry, clock.provisional, clock.counted, stops_text(clock.stops),
    )  # fmt: skip


def clock_of(row: Any) -> Clock:  # noqa: ANN401 -- asyncpg comes without types
    """Read a clock from its row."""
    (
        rule, start_seq, keys, party, started, due, state, edition, warn, also_due, statutory_due, ended_seq, ended_at,
        next_check_at, late_entry, provisional, counted, stops,
    ) = row  # fmt: skip
    return Clock(
        rule=rule, start_seq=start_seq, keys=keys_of(keys), party=party, started=started, due=due, state=state,
        edition=edition, warn=warn, also_due=also_due, statutory_due=statutory_due, ended_seq=ended_seq,
        ended_at=ended_at, next_check_at=next_check_at, late_entry=late_entry, provisional=provisional, counted=counted,
        stops=stops_of(stops),
    )  # fmt: skip


@lru_cache(4096)
def keys_text(keys: tuple[str, ...]) -> str:
    """Write keys as a JSON array: one text that is equal when they are."""
    return msgspec.json.encode(keys).decode()


@lru_cache(4096)
def keys_of(text: str) -> tuple[str, ...]:
    return _keys.decode(text)


def stops_text(stops: tuple[tuple[datetime, datetime | None], ...]) -> str:
    return msgspec.json.encode(stops).decode() if stops else _NO_STOPS


def stops_of(text: str) -> tuple[Span, ...]:
    return () if text == _NO_STOPS else _stops.decode(text)
