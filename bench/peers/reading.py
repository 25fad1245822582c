"""A case with its deadlines by hand: two queries with asyncpg in a bare Litestar handler that gives the same reply."""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import asyncpg
import msgspec
from litestar import Litestar, Request, Response, get

from bench.peers.tokens import claims_of

CASE = """
SELECT case_id, kind, scheme, city, district, number, year, subject, state, opened_at, parties, seq FROM cases WHERE case_id = $1
"""
CLOCKS = """
SELECT rule, keys, party, due, state FROM clock WHERE case_id = $1 AND NOT counted ORDER BY start_seq, rule, keys, party
"""


async def keep(_: Any) -> None:  # noqa: ANN401 -- asyncpg comes without types
    """No reset when a connection goes back: it would cost a round trip, and ours does without it too."""


@asynccontextmanager
async def pooled(app: Litestar) -> AsyncIterator[None]:
    """Open as many connections as ours."""
    async with asyncpg.create_pool(os.environ["LIANBAN_DATABASE_URL"], min_size=1, max_size=10, reset=keep) as pool:
        app.state.pool = pool
        yield


@get("/v1/cases/{caseId:uuid}")
async def read_case(request: Request[Any, Any, Any]) -> Response[bytes]:
    """Check the token, read the two tables, write the reply."""
    claims = claims_of(request.headers["authorization"], "cases:read")
    case_id: UUID = request.path_params["caseId"]
    async with request.app.state.pool.acquire() as connection:
        case = await connection.fetchrow(CASE, case_id)
        if case is None or case["city"] != claims["city"]:
            return Response(b"", status_code=404)
        clocks = await connection.fetch(CLOCKS, case_id)
    body = msgspec.json.encode(_shown(case, clocks, datetime.now(UTC)))
    headers = {"etag": f'"{case["seq"]}"', "cache-control": "no-store", "x-content-type-options": "nosniff"}
    return Response(body, media_type="application/json", headers=headers)


def _shown(case: Any, clocks: Any, now: datetime) -> dict[str, Any]:  # noqa: ANN401 -- asyncpg comes without types
    return {
        "caseId": case["case_id"],
        "kind": case["kind"],
        "scheme": case["scheme"],
        "city": case["city"],
        "district": case["district"],
        "number": None if case["number"] is None else f"{case['year']} ({case['number']}) 号",
        "subject": case["subject"],
        "state": case["state"],
        "openedAt": case["opened_at"],
        "parties": case["parties"],
        "version": case["seq"],
        "deadlines": [_deadline(clock, now) for clock in clocks],
        "doubts": [],
    }


def _deadline(clock: Any, now: datetime) -> dict[str, Any]:  # noqa: ANN401 -- asyncpg comes without types
    late = clock["state"] == "running" and clock["due"] is not None and clock["due"] < now
    return {
        "rule": clock["rule"],
        "keys": msgspec.Raw(clock["keys"].encode()),
        "party": clock["party"],
        "dueAt": clock["due"],
        "state": "breached" if late else clock["state"],
    }


app = Litestar([read_case], lifespan=[pooled], openapi_config=None, logging_config=None)
