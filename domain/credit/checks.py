"""The steps of an entry of a credit file, each once and in its turn, and the measures under it; the program takes none of them."""

from calendar import monthrange
from datetime import date
from typing import Any

from calendars import local_day
from domain.accountability.fairness import (
    check_decider,
    check_heard_in_time,
    check_in_own_name,
    check_not_own,
    check_other_eyes,
    check_statement_time,
)
from domain.acts import Acted, tag_of
from domain.acts.enforcement.credit import (
    CreditCompleted,
    CreditDecided,
    CreditHeard,
    CreditNotified,
    CreditProposed,
    CreditPublished,
    CreditRepaired,
    CreditWithdrawn,
    MeasureEnded,
    MeasureEntered,
)
from domain.cases.context import ActContext
from domain.cases.handlers import checks
from domain.credit.basis import check_basis, terms_of
from domain.credit.state import IN_USE, Credit, CreditState, credit_of
from domain.refusals import AlreadyDone, Malformed, NotAllowed, OutOfOrder
from domain.schemes.enforcement import Window
from words import all_of, any_of, sentence

PREPARED = (CreditProposed, CreditCompleted, CreditNotified)


def _begin(asked: ActContext, act: Any, *states: CreditState) -> Credit:  # noqa: ANN401 -- the table says which act
    """Work out how the entry stands, and refuse a step that was taken, is out of its turn, or is taken for another or for oneself."""
    credit = credit_of(asked.entries, local_day(asked.at))
    check_in_own_name(asked.actor, act, act.by)
    check_not_own(act, act.by, credit.proposed.party)
    if any(isinstance(entry.act, type(act)) for entry in asked.entries):
        message = sentence("{tag!r} is in this ledger already; it is recorded once", tag=tag_of(act))
        raise AlreadyDone(message)
    if credit.state not in states:
        message = sentence(
            "the entry is {state!r}; {tag!r} is for one that is {states}", state=credit.state, tag=tag_of(act), states=any_of(states)
        )
        raise OutOfOrder(message, act=tag_of(act), state=credit.state)
    return credit


@checks(CreditCompleted)
def check_completed(asked: ActContext, act: CreditCompleted) -> None:
    """Complete a note."""
    _begin(asked, act, "note")
    check_basis(act.item, act.rests_on, local_day(asked.at), penalty=act.penalty)


@checks(CreditNotified)
def check_notified(asked: ActContext, act: CreditNotified) -> None:
    """Notify what has its item and its document, with the plan's time for statement and defence."""
    credit = _begin(asked, act, "note", "proposed")
    if credit.complete_at is None:
        lacks = [name for name in ("item", "restsOn") if getattr(credit, "item" if name == "item" else "rests_on") is None]
        message = sentence("an entry without {lacks} stays an internal note: record credit.completed first", lacks=all_of(lacks))
        raise OutOfOrder(message, missing=["credit.completed"], lacks=lacks)
    if act.served_at < credit.complete_at:
        message = sentence("it was served before it had been proposed with its item and document; serve it again")
        raise Malformed(message, field="servedAt")
    check_statement_time(asked, terms_of(asked.book).statement, credit.proposed.party, act.served_at, act.statement_until)


@checks(CreditHeard)
def check_heard(asked: ActContext, act: CreditHeard) -> None:
    """Hear the subject, or end the hearing once its time has run out."""
    credit = _begin(asked, act, "notified")
    assert credit.notified is not None  # noqa: S101 -- it is notified
    check_heard_in_time(asked, credit.notified.statement_until, act.statement)


@checks(CreditDecided)
def check_decided(asked: ActContext, act: CreditDecided) -> None:
    """Decide, once, by whom the plan names, and not by who prepared it."""
    credit = _begin(asked, act, "heard")
    check_decider(asked.book, act, act.by, credit.proposed.party)
    check_other_eyes(asked, act, PREPARED)


@checks(CreditPublished)
def check_published(asked: ActContext, act: CreditPublished) -> None:
    """Publish or share as the item allows, within its grade's window; a person is never published."""
    credit = _begin(asked, act, "entered")
    assert credit.item is not None  # noqa: S101 -- it is entered
    if act.how == "published" and credit.proposed.subject.kind == "person":
        message = sentence("a person is never published; where the item allows it, the entry is shared")
        raise NotAllowed(message, act=tag_of(act))
    if not getattr(credit.item, act.how):
        message = sentence("the item {number} does not allow an entry to be {how}", number=credit.item.number, how=act.how)
        raise NotAllowed(message, act=tag_of(act))
    _check_day(asked, credit, act.on)
    window = next(one for one in terms_of(asked.book).windows if one.grade == credit.item.grade)
    _check_window(window, act.on, act.until)


@checks(CreditRepaired)
def check_repaired(asked: ActContext, act: CreditRepaired) -> None:
    """Repair what is in use; from its day on it is neither shared nor used."""
    credit = _begin(asked, act, "entered", "shown")
    check_decider(asked.book, act, act.by, credit.proposed.party)
    _check_day(asked, credit, act.on)


@checks(CreditWithdrawn)
def check_withdrawn(asked: ActContext, act: CreditWithdrawn) -> None:
    """Withdraw it, by whom the plan lets decide, and by another account than decided it."""
    credit = _begin(asked, act, "note", "proposed", "notified", "heard", "entered", "shown", "repaired", "expired")
    check_decider(asked.book, act, act.by, credit.proposed.party)
    check_other_eyes(asked, act, (*PREPARED, CreditDecided))


@checks(MeasureEntered)
def check_measure(asked: ActContext, act: MeasureEntered) -> None:
    """Enter a measure under an entry that is in use, each by the department with power and never in its own cause."""
    credit = _in_use(asked, act)
    check_not_own(act, act.department, credit.proposed.party)
    decided = local_day(credit.decided_at or asked.at)
    if act.on < decided or (act.until is not None and act.until < act.on):
        message = sentence(
            "the measure runs from {on} to {until}; it begins on {decided}, the day of the entry, or later",
            on=act.on,
            until=act.until or sentence("no stated day"),
            decided=decided,
        )
        raise Malformed(message, field="on" if act.on < decided else "until")
    _refuse_second(credit, act)


def _refuse_second(credit: Credit, act: MeasureEntered) -> None:
    """The same item of the same list stands once at a time."""
    for one in credit.measures:
        same = (one.act.department, one.act.measures_list, one.act.number) == (act.department, act.measures_list, act.number)
        if same and one.holds(max(act.on, one.act.on)):
            message = sentence(
                "{department} has entered item {number} of {measures_list} already, as entry {seq}; it still holds",
                department=act.department,
                number=act.number,
                measures_list=act.measures_list,
                seq=one.seq,
            )
            raise AlreadyDone(message, enteredSeq=one.seq)


@checks(MeasureEnded)
def check_measure_ended(asked: ActContext, act: MeasureEnded) -> None:
    """End a measure, by the department that entered it."""
    credit = credit_of(asked.entries, local_day(asked.at))
    measure = next((one for one in credit.measures if one.seq == act.entered_seq), None)
    if measure is None or measure.act.department != act.department:
        message = sentence(
            "entry {entered_seq} is no measure of {department}; whoever entered one ends it",
            entered_seq=act.entered_seq,
            department=act.department,
        )
        raise NotAllowed(message, act=tag_of(act))
    if measure.ended_on is not None:
        message = sentence("the measure of entry {entered_seq} ended on {ended_on}", entered_seq=act.entered_seq, ended_on=measure.ended_on)
        raise AlreadyDone(message)
    if act.on < measure.act.on:
        message = sentence("the measure began on {began_on}; it cannot end on {on}", began_on=measure.act.on, on=act.on)
        raise Malformed(message, field="on")


def _in_use(asked: ActContext, act: Acted) -> Credit:
    credit = credit_of(asked.entries, local_day(asked.at))
    if credit.state not in IN_USE:
        message = sentence("the entry is {state!r}; measures are entered under one that is in use", state=credit.state)
        raise OutOfOrder(message, act=tag_of(act), state=credit.state)
    return credit


def _check_day(asked: ActContext, credit: Credit, on: date) -> None:
    decided, today = local_day(credit.decided_at or asked.at), local_day(asked.at)
    if not decided <= on <= today:
        message = sentence(
            "'on' is {on}; the entry was decided on {decided}, and what happens later is recorded when it happens (today is {today})",
            on=on,
            decided=decided,
            today=today,
        )
        raise Malformed(message, field="on")


def _check_window(window: Window, on: date, until: date) -> None:
    least, most = months_after(on, window.least_months), months_after(on, window.most_months)
    if not least <= until <= most:
        message = sentence(
            "an entry graded {grade!r} is shown until a day from {least} to {most}; {until} is none of them",
            grade=window.grade,
            least=least,
            most=most,
            until=until,
        )
        raise Malformed(message, field="until")


def months_after(on: date, months: int) -> date:
    """Give the last day of a term of months: the same day of the last month, or where it has none its last (Civil Code art. 202)."""
    year, month = divmod(on.month - 1 + months, 12)
    year, month = on.year + year, month + 1
    return date(year, month, min(on.day, monthrange(year, month)[1]))
