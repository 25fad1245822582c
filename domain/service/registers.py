"""The two registers of a case (六(二)1): each step's moments and limits, and the problems with it; made of the acts, kept nowhere."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, Literal

from msgspec import Struct

from domain.acts import row_of, tag_of
from domain.acts.connection import MaterialsRefused
from domain.acts.enforcement.audit import FindingOpened, SuspicionRaised
from domain.acts.fact import PersonalDataErased, PersonalDataRead, RemarkMade
from domain.acts.service import MaterialsFoundIncomplete, ReceiptConfirmed
from domain.clock import Clock, is_breached, shown_state
from domain.judging.audit_marks import AuditMarks
from domain.judging.situation import Situation
from domain.ledger import Entry
from domain.offices import Offices
from domain.service.agreement import Disagreement, disagreements
from domain.service.sides import Keeper, Side, keepers, windows

ProblemKind = Literal["late", "overdue", "late-entry", "finding", "irregular", "incomplete", "not-arrived", "remark"]
KINDS_KEPT = ("connection", "enquiry", "complaint")
"""The kinds of case of which the two registers are kept."""
_NO_STEP = (PersonalDataRead, PersonalDataErased)


class TimeLimit(Struct, frozen=True):
    """A limit that a step sets running, or ends."""

    rule: str
    title: str
    party: str
    part: Literal["started", "ended"]
    due: datetime | None
    state: str


class Problem(Struct, frozen=True):
    """问题情况记录: what was noticed about a step, and by whom it is to be answered where the ledger says so."""

    kind: ProblemKind
    words: str
    party: str | None = None


class Step(Struct, frozen=True):
    """One step, as one of the two registers has it."""

    seq: int
    act: str
    title: str
    party: str
    role: str
    happened_at: datetime
    written_at: datetime
    limits: tuple[TimeLimit, ...]
    problems: tuple[Problem, ...]


class Register(Struct, frozen=True):
    """受理台账 or 转办台账: all steps that a party wrote, or that were sent to it."""

    side: Side
    party: str
    steps: tuple[Step, ...]


class Registers(Struct, frozen=True):
    """The registers of both sides, the window's first, and what does not agree between them."""

    registers: tuple[Register, ...]
    disagreements: tuple[Disagreement, ...]


class _Reading(Struct, frozen=True):
    case: Situation
    clocks: Sequence[Clock]
    flags: AuditMarks
    offices: Offices
    now: datetime


def registers_of(case: Situation, clocks: Sequence[Clock], offices: Offices, now: datetime) -> Registers:
    """Read a case as both sides keep it; findings show as far as the case's entries hold them."""
    reading = _Reading(case, clocks, AuditMarks(case), offices, now)
    took, kept = windows(case), dict[Keeper, list[Step]]()
    for entry in case.entries:
        of = () if isinstance(entry.act, _NO_STEP) else keepers(case, took, entry)
        if of:
            step = _step(reading, entry)
            for keeper in of:
                kept.setdefault(keeper, []).append(step)
    made = [Register(side, party, tuple(steps)) for (side, party), steps in kept.items()]
    ordered = sorted(made, key=lambda one: one.side != "window")
    return Registers(tuple(ordered), disagreements(case, offices, now))


def _step(reading: _Reading, entry: Entry) -> Step:
    return Step(
        seq=entry.seq,
        act=tag_of(entry.act),
        title=row_of(entry.act).title,
        party=entry.actor.party,
        role=entry.actor.role,
        happened_at=entry.occurred_at,
        written_at=entry.recorded_at,
        limits=tuple(_limits(reading, entry)),
        problems=tuple(_problems(reading, entry)),
    )


def _limits(reading: _Reading, entry: Entry) -> Iterator[TimeLimit]:
    rules = reading.case.book.rules
    for clock in reading.clocks:
        parts: tuple[tuple[Literal["started", "ended"], int | None], ...] = ("started", clock.start_seq), ("ended", clock.ended_seq)
        for part, seq in parts:
            if seq == entry.seq and not clock.counted:
                state = shown_state(clock, reading.now)
                yield TimeLimit(clock.rule, rules[clock.rule].title, clock.party, part, clock.due, state)


def _problems(reading: _Reading, entry: Entry) -> Iterator[Problem]:
    yield from _late(reading, entry)
    if _written_late(reading, entry):
        yield Problem("late-entry", "补录", entry.actor.party)
    yield from _found(reading, entry)
    yield from _noted(entry.act)


def _late(reading: _Reading, entry: Entry) -> Iterator[Problem]:
    for clock in reading.clocks:
        title = reading.case.book.rules[clock.rule].title
        if clock.counted:
            continue
        if clock.ended_seq == entry.seq and clock.state == "late":
            yield Problem("late", f"逾期：{title}", clock.party)
        elif clock.start_seq == entry.seq and clock.ended_at is None and is_breached(clock, reading.now):
            yield Problem("overdue", f"超期未办：{title}", clock.party)


def _written_late(reading: _Reading, entry: Entry) -> bool:
    book = reading.case.book
    latest = reading.offices.of(book, entry.actor.party, entry.edition).due(entry.occurred_at, book.late_entry)
    return latest is not None and entry.recorded_at > latest


def _found(reading: _Reading, entry: Entry) -> Iterator[Problem]:
    """Findings that this step began or was counted for, and what the auditor thought odd about it."""
    rules = reading.case.book.rules
    for _, opened in reading.case.each(FindingOpened):
        if opened.started_seq == entry.seq and opened.finding_id not in reading.flags.lapsed:
            yield Problem("finding", f"违规记录：{rules[opened.rule].title}", opened.party)
    for _, odd in reading.case.each(SuspicionRaised):
        if entry.seq in odd.seqs:
            yield Problem("irregular", f"疑点：{odd.about}" + (f"（{odd.clause}）" if odd.clause else ""))


def _noted(act: Any) -> Iterator[Problem]:  # noqa: ANN401 -- any act of the case
    if isinstance(act, MaterialsFoundIncomplete):
        yield Problem("incomplete", "欠缺：" + "、".join(act.missing))
    elif isinstance(act, MaterialsRefused):
        yield Problem("incomplete", f"退回：{act.reason}", act.utility)
    elif isinstance(act, ReceiptConfirmed) and act.received_at is None:
        yield Problem("not-arrived", act.remark or "没有收到", act.party)
    elif isinstance(act, RemarkMade):
        yield Problem("remark", act.text)
