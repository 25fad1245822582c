"""Appointments (约定时间) and who speaks for the customer: what one must say, and when the customer's word is told by who gains by it."""

from typing import Any

from calendars import SHANGHAI, local_day
from domain.acts import tag_of
from domain.acts.connection import AppointmentAgreed, AppointmentChanged
from domain.acts.enforcement.audit import SuspicionRaised
from domain.cases.context import ActContext
from domain.cases.handlers import checks, notes
from domain.clock import Clock
from domain.judging.situation import Situation
from domain.refusals import AlreadyDone, Malformed
from domain.schemes.rule import Void
from domain.schemes.rulebook import Rulebook
from words import sentence


@checks(AppointmentAgreed)
def check_agreed(asked: ActContext, act: AppointmentAgreed) -> None:
    """Agree on an appointment once; another is a change, by someone."""
    for _, earlier in Situation(asked.book, asked.entries).each(AppointmentAgreed):
        if earlier.utility == act.utility and earlier.confirmed:
            message = sentence(
                "an appointment of {utility} has been confirmed already; record appointment.changed, and who wanted it", utility=act.utility
            )
            raise AlreadyDone(message)
    check_appointment(asked, act)


@checks(AppointmentChanged)
def check_changed(asked: ActContext, act: AppointmentChanged) -> None:
    """Change an appointment to what could have been agreed on at first."""
    check_appointment(asked, act)


def check_appointment(asked: ActContext, act: AppointmentAgreed | AppointmentChanged) -> None:
    """An appointment says by when to connect, where the plan makes that the promise; nothing is promised for what is over."""
    _check_order(asked, act)
    for program in asked.book.deadlines.get(asked.case.kind, ()):
        fields = program.given.fields if program.given else ()
        for start, given in zip(program.starts, fields, strict=False):
            if start.kind is type(act) and all(read(act) is None for _, read in given):
                message = sentence("an appointment names the end of its slot (slotEndsAt) or its day (slotOn)")
                raise Malformed(message, field="slotEndsAt")


def _check_order(asked: ActContext, act: Any) -> None:  # noqa: ANN401 -- either act of an appointment
    at, day = act.appointed_for, local_day(act.appointed_for)
    if at < asked.at:
        message = sentence(
            "appointedFor is {at:%Y-%m-%dT%H:%M:%S}+08:00, before the appointment was made, {made_at:%Y-%m-%dT%H:%M:%S}+08:00",
            at=at.astimezone(SHANGHAI),
            made_at=asked.at.astimezone(SHANGHAI),
        )
        raise Malformed(message, field="appointedFor")
    if act.slot_ends_at is not None and act.slot_ends_at < at:
        message = sentence(
            "slotEndsAt is {ends_at:%Y-%m-%dT%H:%M:%S}+08:00, before the appointment itself, {at:%Y-%m-%dT%H:%M:%S}+08:00",
            ends_at=act.slot_ends_at.astimezone(SHANGHAI),
            at=at.astimezone(SHANGHAI),
        )
        raise Malformed(message, field="slotEndsAt")
    if act.slot_on is not None and act.slot_on < day:
        message = sentence("slotOn is {slot_on}, before the day of the appointment, {day}", slot_on=act.slot_on, day=day)
        raise Malformed(message, field="slotOn")


@notes(AppointmentAgreed, AppointmentChanged)
def notification_times_by_debtor(asked: ActContext, act: AppointmentAgreed | AppointmentChanged) -> tuple[SuspicionRaised, ...]:
    """Ask about a customer's choice that the company itself wrote down and that releases it of a limit: a person looks for its proof."""
    if act.chosen_by != "customer" or not act.confirmed:
        return ()
    owed = (clock for clock in asked.clocks if clock.party == asked.actor.party and act.utility in clock.keys)
    released = [clock for clock in owed if _releases(asked.book, clock, act)]
    if not released:
        return ()
    cite = asked.book.rules[released[0].rule].cites[0]
    seqs = tuple(sorted({asked.case.seq + 1, *(clock.start_seq for clock in released)}))
    return (SuspicionRaised(about="choice-told-by-debtor", seqs=seqs, clause=cite.clause),)


def _releases(book: Rulebook, clock: Clock, act: AppointmentAgreed | AppointmentChanged) -> bool:
    deadline = book.rules[clock.rule].deadline
    return clock.state == "running" and deadline is not None and any(_voids(void, clock, act) for void in deadline.void_by)


def _voids(void: Void, clock: Clock, act: AppointmentAgreed | AppointmentChanged) -> bool:
    later = clock.due is not None and act.appointed_for > clock.due
    return void.act == tag_of(act) and (void.past_due is None or later)
