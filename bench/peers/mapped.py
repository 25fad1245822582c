"""A case opened with FastAPI, pydantic and SQLAlchemy, as their manuals show it: the same rows, without any decision."""

import hashlib
import os
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any
from uuid import uuid4

from fastapi import Depends, FastAPI, Header, HTTPException, Response
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine

from bench.peers.rows import CaseRow, ClockRow, Counter, EntryRow
from bench.peers.tokens import claims_of
from bench.peers.wire import Deadline, Opening, Shown

SCHEME = "jingmen-2023"
HALF_AN_HOUR = timedelta(minutes=30)

app = FastAPI(openapi_url=None)
_engine = create_async_engine(os.environ.get("PEER_DATABASE_URL", "postgresql+asyncpg://"), pool_size=10, max_overflow=0)
_sessions = async_sessionmaker(_engine, expire_on_commit=False)


async def session() -> AsyncIterator[AsyncSession]:
    """Give each request a session of its own."""
    async with _sessions() as opened:
        yield opened


def caller(authorization: Annotated[str, Header()]) -> dict[str, Any]:
    """Check the token."""
    try:
        return claims_of(authorization, "cases:write")
    except PermissionError as fault:
        raise HTTPException(401, str(fault)) from fault


@app.post("/v1/cases", status_code=201)
async def open_case(
    asked: Opening, response: Response, claims: Annotated[dict[str, Any], Depends(caller)], db: Annotated[AsyncSession, Depends(session)]
) -> Shown:
    """Add the rows, commit, answer."""
    subject = asked.body.form.projectCode
    same = select(CaseRow.case_id).where(
        CaseRow.kind == "connection", CaseRow.city == asked.city, CaseRow.subject == subject, CaseRow.state == "open"
    )
    if await db.scalar(same):
        raise HTTPException(409, "there is an open case about this project")
    case = _case(asked, claims, datetime.now(UTC).replace(microsecond=0))
    case.number = await _number(db, case.year)
    clock = _clock(case)
    db.add_all([case, _entry(case, asked, claims), clock])
    await db.commit()
    response.headers["Location"] = f"/v1/cases/{case.case_id}"
    response.headers["ETag"] = '"1"'
    return _shown(case, clock)


async def _number(db: AsyncSession, year: int) -> int:
    counter = await db.scalar(select(Counter).where(Counter.scheme == SCHEME, Counter.year == year).with_for_update())
    if counter is None:
        counter = Counter(scheme=SCHEME, year=year, last=0)
        db.add(counter)
    counter.last += 1
    last: int = counter.last
    return last


def _case(asked: Opening, claims: dict[str, Any], now: datetime) -> CaseRow:
    case_id = uuid4()
    return CaseRow(
        case_id=case_id,
        kind="connection",
        scheme=SCHEME,
        city=asked.city,
        district=None,
        subject=asked.body.form.projectCode,
        year=now.year,
        state="open",
        opened_at=now,
        opened_by=claims["party"],
        parties=sorted({claims["party"], *(supply.utility for supply in asked.body.form.supplies)}),
        seq=1,
        head=hashlib.sha256(f"{case_id}\n{now}\n{asked.body.model_dump_json()}".encode()).digest(),
    )


def _entry(case: CaseRow, asked: Opening, claims: dict[str, Any]) -> EntryRow:
    return EntryRow(
        case_id=case.case_id,
        seq=1,
        occurred_at=case.opened_at,
        recorded_at=case.opened_at,
        party=claims["party"],
        role=claims["role"],
        account=claims["sub"],
        edition="by-hand",
        act=asked.body.act,
        body=asked.body.model_dump_json(exclude_none=True),
        hash=case.head,
    )


def _clock(case: CaseRow) -> ClockRow:
    return ClockRow(
        case_id=case.case_id,
        rule="any-window",
        start_seq=1,
        keys="[]",
        party=case.opened_by,
        started=case.opened_at,
        due=case.opened_at + HALF_AN_HOUR,
        state="running",
        edition="by-hand",
        next_check_at=case.opened_at + HALF_AN_HOUR,
        late_entry=False,
        provisional=False,
        counted=False,
        stops="[]",
    )


def _shown(case: CaseRow, clock: ClockRow) -> Shown:
    deadline = Deadline(rule=clock.rule, keys=[], party=clock.party, dueAt=clock.due, state=clock.state)
    return Shown(
        caseId=case.case_id,
        kind=case.kind,
        scheme=case.scheme,
        city=case.city,
        district=case.district,
        number=f"{case.year} ({case.number}) 号",
        subject=case.subject,
        state=case.state,
        openedAt=case.opened_at,
        parties=case.parties,
        version=case.seq,
        deadlines=[deadline],
    )
