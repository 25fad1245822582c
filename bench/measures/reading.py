"""`GET /v1/cases/{caseId}` beside the same reply written by hand in a bare Litestar handler."""

import asyncio
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from random import Random
from urllib.request import Request, urlopen
from uuid import UUID

from bench.asking import get
from bench.cities.loading import add_edition, load
from bench.cities.place import opened, place, settle
from bench.cities.playing import Stage
from bench.harness import Bound, Results, compared
from bench.measures.auditing import OPENED, kept
from bench.measures.capacity import capacities, cost
from bench.serving import OURS, served, token
from cli.servers import Addresses

CASES = 20_000
ASKED = 2_000
PEER = "bench.peers.reading"
NOTE = "the peer checks the token's signature at every request, ours at the first and then only its time"


def measure(scale: float) -> Results:
    """Ask for cases at random, nine deadlines each."""
    with place() as addresses:
        ids = asyncio.run(_load(addresses, max(round(CASES * scale), 200)))
        bearer = token("coordinator", datetime.now(UTC))
        _must_agree(addresses, ids[0], bearer)
        asked = [get(f"/v1/cases/{case_id}", bearer) for case_id in ids[:ASKED]]
        ours, peer = capacities(addresses, [OURS, PEER], lambda: _forever(asked), status=b"200", scale=scale)
    figure = compared(
        "a case read with its deadlines",
        "requests/s",
        ours.rate,
        Bound(ratio=0.6),
        peer=peer.rate,
        peer_is="asyncpg by hand in a bare Litestar handler",
        more_is_better=True,
        notes=[cost(ours, peer), NOTE],
    )
    return {"read-case": figure}


async def _load(addresses: Addresses, count: int) -> list[UUID]:
    stage = Stage()
    async with opened(addresses.database_url) as db:
        await add_edition(db, stage, OPENED)
        ids = await load(db, stage.play(OPENED, kept()), count, Random(5))
    await settle(addresses)
    return ids


def _forever(asked: list[bytes]) -> Iterator[bytes]:
    rng = Random(6)
    while True:
        yield rng.choice(asked)


def _must_agree(addresses: Addresses, case_id: UUID, bearer: str) -> None:
    ours, peer = (_answer(app, addresses, case_id, bearer) for app in (OURS, PEER))
    assert ours == peer, f"the replies differ:\n{ours}\n{peer}"


def _answer(app: str, addresses: Addresses, case_id: UUID, bearer: str) -> object:
    with served(app, addresses) as server:
        asked = Request(f"http://127.0.0.1:{server.port}/v1/cases/{case_id}", headers={"authorization": f"Bearer {bearer}"})
        with urlopen(asked) as answer:  # noqa: S310 -- our own server
            return json.loads(answer.read())
