"""What is near its limit or past it, as it is shown."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Annotated
from uuid import UUID

from casework.findings.fields import LimitFields, limit_fields
from casework.findings.measuring import Books, classes_of, overrun_at
from casework.findings.recipients import RecipientShown, told
from casework.findings.titles import LIGHTS, MEASURES
from casework.shown import Shown
from domain.deadlines.explain import Overrun
from domain.deadlines.readings import class_of, is_by_class
from domain.deadlines.remaining import remaining_of
from domain.judging.situation import Situation
from domain.offices import Offices
from domain.schemes.rulebook import Rulebook
from domain.warnings.recipients import Shade
from exports.spreadsheets.columns import Column, Columns
from storage.cases.ledger import read_ledgers
from storage.findings.findings import FindingRow
from storage.findings.warnings import WarnedClock
from storage.postgres.transaction import Tx
from words import name_of, say, sentence


class TimeShown(Shown, frozen=True):
    """Time left, or past due."""

    own: int
    measure: str
    """`days` or `seconds` of the rule's own time."""
    natural_seconds: int


class WarningShown(LimitFields, frozen=True):
    """A limit that is near (预警), missed (黄) or missed for long or again (红)."""

    light: Annotated[Shade, Column("预警等级", LIGHTS)]
    warned_at: Annotated[datetime | None, Column("预警时间")]
    """When the rule's share of the time had gone, for what is not missed yet."""
    provisional: Annotated[bool, Column("暂定")]
    remaining: Annotated[TimeShown | None, Column("剩余", of=lambda shown: shown.remaining and shown.remaining.own)]
    overrun: Annotated[
        TimeShown | None,
        Column("逾期", of=lambda shown: shown.overrun and shown.overrun.own),
        Column("单位", MEASURES, lambda shown: (shown.remaining or shown.overrun).measure, "measure"),
    ]
    told: Annotated[tuple[RecipientShown, ...], Column("应通知", of=lambda shown: told_in_words(shown.told))]


COLUMNS = Columns(WarningShown)
"""A field of it stands in the list, in every sheet and in the command; what is written beside it says how."""


def told_in_words(those: Iterable[RecipientShown]) -> tuple[str, ...]:
    """Name who is told, in the language that is spoken."""
    named = (sentence("{party} ({post})", party=one.party_name, post=name_of("post", one.post)) for one in those)
    return tuple(map(say, named))


def rules_of(books: Books, stage: str | None) -> tuple[str, ...] | None:
    """Name the rules of a stage; every rule where none is asked for."""
    if stage is None:
        return None
    return tuple(sorted({slug for book in books.values() for slug, one in book.stages.items() if one == stage}))


async def shown_of(
    tx: Tx, books: Books, offices: Offices, rows: Sequence[WarnedClock | FindingRow], now: datetime
) -> tuple[WarningShown, ...]:
    """Show rows of either kind."""
    found = [row for row in rows if isinstance(row, FindingRow)]
    classes = await classes_of(tx, books, found)
    warned = await _classes_of_warned(tx, books, [row for row in rows if isinstance(row, WarnedClock)])
    return tuple(
        _of_finding(books[row.scheme], offices, row, now, classes.get(row.finding.finding_id))
        if isinstance(row, FindingRow)
        else _of_warned(books[row.scheme], offices, row, now, warned.get((row.case_id, row.clock.start_seq)))
        for row in rows
    )


async def _classes_of_warned(tx: Tx, books: Books, rows: Sequence[WarnedClock]) -> Mapping[tuple[UUID, int], str | None]:
    asked = [row for row in rows if is_by_class(books[row.scheme], row.clock.rule)]
    ledgers = await read_ledgers(tx, sorted({row.case_id for row in asked})) if asked else {}
    return {
        (row.case_id, row.clock.start_seq): class_of(Situation(books[row.scheme], ledgers[row.case_id]), row.clock.start_seq)
        for row in asked
    }


def _of_warned(book: Rulebook, offices: Offices, row: WarnedClock, now: datetime, class_: str | None) -> WarningShown:
    clock = row.clock
    return WarningShown(
        **limit_fields(book, row, clock),
        light="warning",
        case_id=row.case_id,
        finding_id=None,
        stage=book.rules[clock.rule].stage,
        started_at=clock.started,
        warned_at=clock.warn,
        due_at=clock.due or now,
        provisional=clock.provisional,
        remaining=_time(remaining_of(book, clock, offices, now, class_)),
        overrun=None,
        told=told(book, clock.party, "warning"),
    )


def _of_finding(book: Rulebook, offices: Offices, row: FindingRow, now: datetime, class_: str | None) -> WarningShown:
    finding = row.finding
    return WarningShown(
        **limit_fields(book, row, finding),
        light=finding.light,
        case_id=finding.case_id,
        finding_id=finding.finding_id,
        stage=row.stage,
        started_at=finding.started_at,
        warned_at=None,
        due_at=finding.due_at,
        provisional=finding.provisional,
        remaining=None,
        overrun=_time(overrun_at(book, offices, finding, now, class_)),
        told=told(book, finding.party, finding.light),
    )


def _time(said: Overrun) -> TimeShown:
    return TimeShown(said.own, said.measure, said.natural_seconds)
