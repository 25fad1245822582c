"""A case opened with FastAPI, pydantic and SQLAlchemy, as their manuals show it: the same rows, without any decision."""

import hashlib
import os
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any
from uuid import UUID, uuid4

from fastapi import Depends, FastAPI, Header, HTTPException, Response
from pydantic import BaseModel, Field
from sqlalchemy import ARRAY, DateTime, String, select
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from bench.peers.tokens import claims_of

SCHEME = "jingmen-2023"
HALF_AN_HOUR = timedelta(minutes=30)
Moment = Annotated[datetime, mapped_column(DateTime(timezone=True))]


class Table(DeclarativeBase):
    """What every table shares."""


class Counter(Table):
    """The last number of a scheme's year."""

    __tablename__ = "counter"
    scheme: Mapped[str] = mapped_column(primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True)
    last: Mapped[int]


class CaseRow(Table):
    """One row per case."""

    __tablename__ = "cases"
    case_id: Mapped[UUID] = mapped_column(primary_key=True)
    kind: Mapped[str]
    scheme: Mapped[str]
    city: Mapped[str]
    district: Mapped[str | None]
    subject: Mapped[str | None]
    number: Mapped[int | None]
    year: Mapped[int]
    state: Mapped[str]
    opened_at: Mapped[Moment]
    opened_by: Mapped[str]
    parties: Mapped[list[str]] = mapped_column(ARRAY(String))
    seq: Mapped[int]
    head: Mapped[bytes]


class EntryRow(Table):
    """The ledger."""

    __tablename__ = "entry"
    case_id: Mapped[UUID] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True)
    occurred_at: Mapped[Moment]
    recorded_at: Mapped[Moment]
    party: Mapped[str]
    role: Mapped[str]
    account: Mapped[str]
    edition: Mapped[str]
    act: Mapped[str]
    body: Mapped[str]
    hash: Mapped[bytes]


class ClockRow(Table):
    """The clocks."""

    __tablename__ = "clock"
    case_id: Mapped[UUID] = mapped_column(primary_key=True)
    rule: Mapped[str] = mapped_column(primary_key=True)
    start_seq: Mapped[int] = mapped_column(primary_key=True)
    keys: Mapped[str] = mapped_column(primary_key=True)
    party: Mapped[str] = mapped_column(primary_key=True)
    started: Mapped[Moment]
    due: Mapped[Moment | None]
    state: Mapped[str]
    edition: Mapped[str]
    look_at: Mapped[Moment | None]
    late_entry: Mapped[bool]
    provisional: Mapped[bool]
    counted: Mapped[bool]
    stops: Mapped[str]


class Applicant(BaseModel):
    """Who applies."""

    name: str = Field(min_length=1, max_length=200)
    creditCode: str | None = Field(default=None, max_length=18)  # noqa: N815 -- as it is sent


class Supply(BaseModel):
    """What is asked for, of whom."""

    service: str
    utility: str


class Form(BaseModel):
    """The application."""

    applicant: Applicant
    supplies: list[Supply] = Field(min_length=1, max_length=20)
    projectCode: str = Field(min_length=1, max_length=64)  # noqa: N815 -- as it is sent
    address: str = Field(min_length=1, max_length=300)
    zone: str | None = None


class Accepted(BaseModel):
    """The act that opens the case."""

    act: str
    form: Form
    place: str | None = None
    window: str | None = None
    officer: str | None = None


class Opening(BaseModel):
    """What is sent."""

    kind: str
    city: str
    body: Accepted


class Deadline(BaseModel):
    """A clock in short."""

    rule: str
    keys: list[str]
    party: str
    dueAt: datetime | None  # noqa: N815 -- as it is sent
    state: str


class Shown(BaseModel):
    """What is answered."""

    caseId: UUID  # noqa: N815 -- as it is sent
    kind: str
    scheme: str
    city: str
    district: str | None
    number: str | None
    subject: str | None
    state: str
    openedAt: datetime  # noqa: N815 -- as it is sent
    parties: list[str]
    version: int
    deadlines: list[Deadline]


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
        look_at=case.opened_at + HALF_AN_HOUR,
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
