"""`POST /v1/cases` beside the same statements by hand, and beside a FastAPI and SQLAlchemy handler that stores the same rows."""

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import count, islice

import msgspec

from bench.asking import ask, post
from bench.cities.acts import accepted
from bench.cities.place import place, rows, settle
from bench.harness import Bound, Result, Results, compared
from bench.measures.capacity import Capacity, capacities, cost
from bench.serving import CITY, OURS, served, token
from cli.servers import Addresses
from domain.acts import encode_act

BY_HAND, MAPPED = "bench.peers.opening", "bench.peers.mapped"
PROJECT = b"2026-420802-44-03-%06d"
WHAT = "a case opened: checked, numbered, hashed, judged and stored"
_numbers = count(1)


def measure(scale: float) -> Results:
    """Open one case after the other, each about a project of its own."""
    with place() as addresses:
        bearer = token("window", datetime.now(UTC))
        made = [asyncio.run(_rows_of(app, addresses, bearer)) for app in (OURS, BY_HAND, MAPPED)]
        assert made[0] == made[1] == made[2], f"they store different numbers of rows: {made}"
        asyncio.run(settle(addresses))
        ours, by_hand, mapped = capacities(addresses, [OURS, BY_HAND, MAPPED], lambda: _forever(bearer), status=b"201", scale=scale)
    return {
        "open-case": _figure(ours, by_hand, "the same statements by hand in a bare Litestar handler", 0.5),
        "open-case-orm": _figure(ours, mapped, "FastAPI with SQLAlchemy", 2),
    }


def _figure(ours: Capacity, peer: Capacity, peer_is: str, ratio: float) -> Result:
    return compared(
        WHAT, "requests/s", ours.rate, Bound(ratio=ratio), peer=peer.rate, peer_is=peer_is, more_is_better=True, notes=[cost(ours, peer)]
    )


def _forever(bearer: str) -> Iterator[bytes]:
    act = msgspec.json.decode(encode_act(accepted("water", "gas").act))
    act["form"]["projectCode"] = "PROJECT"
    body = msgspec.json.encode({"kind": "connection", "city": CITY, "body": act})
    while True:
        yield post("/v1/cases", bearer, body.replace(b"PROJECT", PROJECT % next(_numbers)))


async def _rows_of(app: str, addresses: Addresses, bearer: str) -> dict[str, int]:
    """Open one case and count the rows that this made."""
    before = await rows(addresses)
    with served(app, addresses) as server:
        await ask(server.port, islice(_forever(bearer), 1), status=b"201")
    after = await rows(addresses)
    return {table: after[table] - before[table] for table in after}
