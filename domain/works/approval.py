"""What the acts of an approval must be true to: one opinion on one submission, nothing after it is not needed, what was deferred."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from calendars import local_day
from domain.acts import Acted, tag_of
from domain.acts.connection import (
    ApprovalNotNeeded,
    ApprovalOpened,
    CommitmentNotified,
    MaterialsRefused,
    MaterialsSubmitted,
    MaterialsSupplemented,
    SignoffGiven,
    WorksStarted,
)
from domain.cases.context import ActContext
from domain.cases.handlers import checks, doubts
from domain.judging.situation import Order, Situation
from domain.ledger import Entry
from domain.refusals import AlreadyDone, Malformed, NotCovered, OutOfOrder
from domain.schemes.program import DeadlineProgram
from words import listed, sentence


class Permit(NamedTuple):
    """What has happened about one utility's permit at one department, each in the order in which it happened."""

    applied: list[Entry]
    """Materials submitted, or a notice under the commitment."""
    refused: list[Entry]
    """Materials refused with the one-time notice; without it a refusal is none."""
    signed: list[Entry]
    spared: list[Entry]
    """No permit is needed."""
    opened: list[Entry]

    def open_application(self) -> Entry | None:
        """Give the application that no opinion has answered yet."""
        last = self.applied[-1] if self.applied else None
        return None if last is None or any(Order(one) > Order(last) for one in self.signed) else last

    def is_spared(self) -> bool:
        """Say whether the department's last word is that no permit is needed."""
        return bool(self.spared) and not any(Order(one) > Order(self.spared[-1]) for one in self.opened)


def permit(case: Situation, utility: str, department: str) -> Permit:
    """Gather what has happened about one permit."""
    pair = utility, department
    return Permit(
        applied=sorted([*_of(case, MaterialsSubmitted, pair), *_notices(case, pair)], key=Order),
        refused=[entry for entry, act in case.each(MaterialsRefused) if _pair(act) == pair and act.noticed_at is not None],
        signed=_of(case, SignoffGiven, pair),
        spared=_of(case, ApprovalNotNeeded, pair),
        opened=[entry for entry, act in case.each(ApprovalOpened) if pair in {_pair(one) for one in act.approvals}],
    )


def _of(case: Situation, kind: type[Acted], pair: tuple[str, str]) -> list[Entry]:
    return [entry for entry, act in case.each(kind) if _pair(act) == pair]


def _notices(case: Situation, pair: tuple[str, str]) -> Iterator[Entry]:
    utility, department = pair
    return (entry for entry, act in case.each(CommitmentNotified) if act.utility == utility and department in act.departments)


def _pair(act: Any) -> tuple[str, str]:  # noqa: ANN401 -- whatever names a utility and a department
    return act.utility, act.department


@checks(SignoffGiven)
def check_signoff(asked: ActContext, act: SignoffGiven) -> None:
    """Take one opinion on one submission; none where no permit is needed, or where the materials were lawfully refused."""
    has = _permit(asked, act)
    if has.is_spared():
        message = sentence(
            "{department} has recorded that {utility} needs no permit; it may be opened again by approval.opened",
            department=act.department,
            utility=act.utility,
        )
        raise OutOfOrder(message, missing=["approval.opened"])
    if has.signed and has.open_application() is None:
        message = sentence(
            "{department} has already given its opinion on {utility}; a new one follows new materials",
            department=act.department,
            utility=act.utility,
        )
        raise AlreadyDone(message)
    last = has.open_application()
    refused = last is not None and any(Order(one) > Order(last) for one in has.refused)
    if refused and not _is_owed(asked, act):
        message = sentence(
            "{department} has refused the materials of {utility} with its notice; an opinion follows new materials",
            department=act.department,
            utility=act.utility,
        )
        raise OutOfOrder(message, missing=["materials.submitted"])


def _is_owed(asked: ActContext, act: Any) -> bool:  # noqa: ANN401 -- the table says which act
    """Say whether an opinion is still owed: a refusal that came too late has not ended its limit."""
    for clock in asked.clocks:
        program = asked.book.programs.get(clock.rule)
        ends = isinstance(program, DeadlineProgram) and program.stop.tag == tag_of(act)
        if ends and clock.keys == _pair(act) and clock.state in {"running", "stopped"}:
            return True
    return False


@checks(ApprovalNotNeeded)
def check_not_needed(asked: ActContext, act: ApprovalNotNeeded) -> None:
    """Refuse to spare a permit that has been decided, or a second time."""
    has = _permit(asked, act)
    if has.is_spared():
        message = sentence(
            "{department} has recorded already that {utility} needs no permit", department=act.department, utility=act.utility
        )
        raise AlreadyDone(message)
    if has.signed and has.open_application() is None:
        message = sentence(
            "{department} has given its opinion on {utility} already; it cannot say now that none was needed",
            department=act.department,
            utility=act.utility,
        )
        raise AlreadyDone(message)


@checks(MaterialsRefused)
def check_materials_refused(asked: ActContext, act: MaterialsRefused) -> None:
    """Refuse materials once, and before the opinion on them."""
    has = _permit(asked, act)
    last = has.open_application()
    if has.applied and last is None:
        message = sentence(
            "{department} has given its opinion on these materials of {utility}; they cannot be refused any more",
            department=act.department,
            utility=act.utility,
        )
        raise AlreadyDone(message)
    if last is not None and any(Order(one) > Order(last) for one in has.refused):
        message = sentence(
            "{department} has refused these materials of {utility} already; the next step is materials.submitted",
            department=act.department,
            utility=act.utility,
        )
        raise AlreadyDone(message)


@checks(MaterialsSupplemented)
def check_supplement(asked: ActContext, act: MaterialsSupplemented) -> None:
    """Take as supplements what was deferred, by the very names: under another name the deferred document's limit would run on."""
    case = Situation(asked.book, asked.entries)
    deferred = {one.document for _, given in case.each(MaterialsSubmitted) if _pair(given) == _pair(act) for one in given.deferred}
    strange = sorted(set(act.documents) - deferred)
    if strange:
        there = listed(sorted(deferred)) or sentence("nothing")
        message = sentence(
            "{strange} was not deferred; {utility} deferred at {department}: {there}",
            strange=listed(strange),
            utility=act.utility,
            department=act.department,
            there=there,
        )
        raise Malformed(message, field="documents")


@checks(CommitmentNotified)
def check_notice(asked: ActContext, act: CommitmentNotified) -> None:
    """Let works go under a commitment where their route allows it and each department has one in force for the year."""
    route = Situation(asked.book, asked.entries).route(act.utility)
    if route.route != "commitment":
        clause = route.cite.clause if route.cite else ""
        message = sentence("these works do not go the commitment route: {because} ({clause})", because=route.because, clause=clause)
        raise NotCovered(message, clause=clause)
    year = local_day(asked.at).year
    covered = {one for one in act.departments if f"{act.utility}|{one}|{year}" in {c.subject for c in asked.commitments}}
    missing = sorted(set(act.departments) - covered)
    if missing:
        message = sentence(
            "no commitment of {utility} to {missing} is in force for this year", utility=act.utility, missing=listed(missing)
        )
        raise NotCovered(message, departments=missing)


@doubts(ApprovalOpened)
def doubts_of_opening(asked: ActContext, act: ApprovalOpened) -> Iterable[str]:
    """Say for whom an approval is opened though the survey found nothing to build for it."""
    case = Situation(asked.book, asked.entries)
    idle = sorted({one.utility for one in act.approvals if case.route(one.utility).route == "none"})
    return tuple(
        sentence("the survey found no off-site works of {utility}: {because}", utility=one, because=case.route(one).because) for one in idle
    )


def unapproved(case: Situation, act: WorksStarted, at: datetime) -> tuple[int, ...]:
    """Give the applications for these works, by their numbers, that nobody had approved or spared when they started."""
    known = {_pair(one) for _, opened in case.each(ApprovalOpened) for one in opened.approvals}
    known |= {(one.utility, department) for _, one in case.each(CommitmentNotified) for department in one.departments}
    waiting = (permit(case, *pair) for pair in known if pair[0] == act.utility)
    return tuple(sorted({entry.seq for has in waiting for entry in _waiting(has, at)}))


def _waiting(has: Permit, at: datetime) -> Sequence[Entry]:
    decided = [one.act for one in sorted([*has.signed, *has.spared], key=Order) if one.occurred_at <= at][-1:]
    if any(isinstance(one, ApprovalNotNeeded) or (isinstance(one, SignoffGiven) and one.outcome == "approved") for one in decided):
        return ()
    return [one for one in sorted([*has.opened, *has.applied], key=Order) if one.occurred_at <= at][-1:]


def _permit(asked: ActContext, act: Any) -> Permit:  # noqa: ANN401 -- whatever names a utility and a department
    return permit(Situation(asked.book, asked.entries), act.utility, act.department)
