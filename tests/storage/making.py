"""Cases, entries, clocks and findings to store: plausible, and nothing more."""

# ruff: noqa: ANN401 -- a builder takes any field of what it builds

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from msgspec.structs import replace

from domain.acts.fact import RemarkMade
from domain.case import Case
from domain.clock import Clock
from domain.finding import Finding, finding_id
from domain.ledger import GENESIS, Actor, Entry, body_of, chain_hash
from storage.cases.ledger import append
from storage.loading.bulk import Written, write_cases
from storage.postgres.transaction import Tx

AT = datetime(2026, 9, 1, 1, 0, tzinfo=UTC)
STAGES = {"joint-approval": "approval"}


def a_case(**changes: Any) -> Case:
    """One open case of Jingmen with a single entry."""
    known: dict[str, Any] = {
        "case_id": uuid4(), "kind": "connection", "scheme": "jingmen-2023", "city": "420800", "district": "dongbao",
        "subject": None, "number": None, "year": 2026, "state": "open", "opened_at": AT, "opened_by": "hall",
        "parties": ("hall", "water"), "seq": 1, "head": b"h" * 32,
    }  # fmt: skip
    return Case(**(known | changes))


def entries_of(case: Case, count: int, start: int = 1, previous: bytes = GENESIS) -> list[Entry]:
    """So many entries, hashed one upon the other."""
    made: list[Entry] = []
    act = RemarkMade(text="已电话联系用户")
    for seq in range(start, start + count):
        at = AT + timedelta(minutes=seq)
        bare = Entry(case.case_id, seq, at, at, Actor("hall", "window", "client-1"), "edition", act, body_of(act))
        previous = chain_hash(previous, bare)
        made.append(replace(bare, hash=previous))
    return made


def a_clock(**changes: Any) -> Clock:
    known: dict[str, Any] = {
        "rule": "joint-approval", "keys": ("water", "城管委"), "party": "城管委", "start_seq": 1, "started": AT,
        "due": AT + timedelta(days=3), "state": "running", "edition": "edition", "next_check_at": AT + timedelta(days=2),
    }  # fmt: skip
    return Clock(**(known | changes))


def a_finding(case_id: UUID, **changes: Any) -> Finding:
    known: dict[str, Any] = {
        "case_id": case_id, "rule": "joint-approval", "keys": ("water", "城管委"), "party": "城管委", "start_seq": 1,
        "started_at": AT, "due_at": AT + timedelta(days=3), "state": "open", "opened_seq": 2,
        "opened_at": AT + timedelta(days=4), "red_at": AT + timedelta(days=6),
    }  # fmt: skip
    given = known | changes
    name = finding_id(case_id, given["rule"], given["start_seq"], given["keys"], given["party"])
    return Finding(**({"finding_id": name} | given))


async def insert_case(tx: Tx, case: Case) -> None:
    """The case alone, in the database."""
    await write_cases(tx, [Written(case)])


async def stored(tx: Tx, count: int = 1, **changes: Any) -> Case:
    """A case with so many entries, in the database."""
    case = a_case(**changes)
    entries = entries_of(case, count)
    kept = replace(case, seq=count, head=entries[-1].hash)
    await insert_case(tx, kept)
    await append(tx, entries)
    return kept
