"""The tables as SQLAlchemy's users map them; only what opening a case writes."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from sqlalchemy import ARRAY, DateTime, String
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

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
    next_check_at: Mapped[Moment | None]
    late_entry: Mapped[bool]
    provisional: Mapped[bool]
    counted: Mapped[bool]
    stops: Mapped[str]
