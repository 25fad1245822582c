"""A case opened by hand: the same statements in one transaction with asyncpg in a bare Litestar handler, without any decision."""

import hashlib
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import msgspec
from litestar import Litestar, Request, Response, post

from bench.peers.reading import pooled
from bench.peers.tokens import claims_of

SAME = "SELECT case_id FROM cases WHERE kind = 'connection' AND city = $1 AND subject = $2 AND state = 'open'"
OPEN = """
WITH numbered AS (
    INSERT INTO counter AS c (scheme, year, last) VALUES ('jingmen-2023', $4, 1)
    ON CONFLICT (scheme, year) DO UPDATE SET last = c.last + 1 RETURNING last
), written AS (
    INSERT INTO entry (
        case_id, seq, occurred_at, recorded_at, party, role, account, edition, act, body, hash, format, person, post, on_behalf_of)
    VALUES ($1, 1, $5, $5, $6, $9, $10, 'by-hand', 'application.accepted', $11, $8, 1, '', '', '')
), running AS (
    INSERT INTO clock
        (case_id, rule, start_seq, keys, party, started, due, state, edition, next_check_at, late_entry, provisional, counted, stops)
    VALUES ($1, 'any-window', 1, '[]', $6, $5, $12, 'running', 'by-hand', $12, false, false, false, '[]')
)
INSERT INTO cases (case_id, kind, scheme, city, subject, number, year, state, opened_at, opened_by, parties, seq, head)
SELECT $1, 'connection', 'jingmen-2023', $2, $3, last, $4, 'open', $5, $6, $7, 1, $8 FROM numbered RETURNING number
"""
"""The same one statement that ours is."""
HALF_AN_HOUR = timedelta(minutes=30)


@post("/v1/cases", status_code=201)
async def open_case(request: Request[Any, Any, Any]) -> Response[bytes]:
    """Check the token, write the rows, write the reply."""
    claims = claims_of(request.headers["authorization"], "cases:write")
    asked = msgspec.json.decode(await request.body())
    form, now, case_id = asked["body"]["form"], datetime.now(UTC).replace(microsecond=0), uuid4()
    text = msgspec.json.encode(asked["body"]).decode()
    head = hashlib.sha256(f"{case_id}\n{now}\n{text}".encode()).digest()
    parties = sorted({claims["party"], *(supply["utility"] for supply in form["supplies"])})
    async with request.app.state.pool.acquire() as tx, tx.transaction():
        if await tx.fetchval(SAME, asked["city"], form["projectCode"]):
            return Response(b"", status_code=409)
        number = await tx.fetchval(
            OPEN, case_id, asked["city"], form["projectCode"], now.year, now, claims["party"], parties, head,
            claims["role"], claims["sub"], text, now + HALF_AN_HOUR,
        )  # fmt: skip
    body = msgspec.json.encode(_shown(case_id, asked, number, now, parties, claims["party"]))
    return Response(body, status_code=201, media_type="application/json", headers={"location": f"/v1/cases/{case_id}", "etag": '"1"'})


def _shown(case_id: UUID, asked: Any, number: int, now: datetime, parties: list[str], party: str) -> dict[str, Any]:  # noqa: ANN401 -- decoded JSON; the parts of one reply
    return {
        "caseId": case_id,
        "kind": "connection",
        "scheme": "jingmen-2023",
        "city": asked["city"],
        "district": None,
        "number": f"{now.year} ({number}) 号",
        "subject": asked["body"]["form"]["projectCode"],
        "state": "open",
        "openedAt": now,
        "parties": parties,
        "version": 1,
        "deadlines": [{"rule": "any-window", "keys": [], "party": party, "dueAt": now + HALF_AN_HOUR, "state": "running"}],
        "doubts": [],
    }


app = Litestar([open_case], lifespan=[pooled], openapi_config=None, logging_config=None)
