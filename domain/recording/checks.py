"""Binds every kind's check before anything is recorded; those that belong to no concept alone stand here: stops, classes, endings."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from domain.accountability import checks as accountability
from domain.accountability import proposing as accountability_proposing
from domain.acts import ROWS, Acted
from domain.acts.connection import (
    ApplicationAccepted,
    CaseWithdrawn,
    DemandRegistered,
    ReviewFinished,
)
from domain.acts.kinds import Place
from domain.acts.service import (
    CaseClosed,
    EnquiryReceived,
    EnquiryReclassified,
    FeedbackGiven,
)
from domain.acts.stop import ClockResumed, ClockStopped
from domain.assessment import sealing
from domain.cases import impartiality, participants
from domain.cases.context import ActContext
from domain.cases.handlers import FIRST, FOLLOWING, checks
from domain.cases.impartiality import check_complained_of, check_supervised
from domain.cases.other_cases import Opening
from domain.clock import Clock
from domain.commitments import checks as commitments
from domain.credit import checks as credit
from domain.credit import proposing
from domain.credit.closing import check_record_over
from domain.findings import deciding, objecting, serving, unlawful_stops
from domain.judging.clocks.stopping import awaited, is_missing
from domain.judging.situation import Situation
from domain.refusals import Malformed, NotAllowed, NotCovered, OutOfOrder
from domain.schemes.program import DeadlineProgram
from domain.service import receipts
from domain.settlement import opening as settlement_opening
from domain.settlement import sealing as settlement_sealing
from domain.settlement import statement, year_end
from domain.settlement.statement import check_ended
from domain.supervision import checks as supervision
from domain.supervision import inspection_plan_checks
from domain.suspicions import answering
from domain.works import appointments, approval, survey
from words import any_of, listed, sentence


@checks(ClockStopped)
def _stop(asked: ActContext, act: ClockStopped) -> None:
    program = asked.book.programs.get(act.rule)
    allowed = program.may_stop if isinstance(program, DeadlineProgram) else frozenset()
    if act.reason not in allowed:
        may = any_of(sorted(allowed)) or sentence("nothing")
        message = sentence("the clock of {rule!r} may be stopped for {may}, not for {reason}", rule=act.rule, may=may, reason=act.reason)
        raise NotCovered(message, rule=act.rule)
    _running(asked, act)
    if act.reason == "art-45" and (act.needed_until is None or act.told_at is None):
        message = sentence(
            "a stop under art. 45 of the Administrative Licensing Law needs neededUntil and toldAt: "
            "the applicant is told the time needed in writing"
        )
        raise Malformed(message, field="neededUntil")
    if act.reason == "deferred-document":
        _review_finished(asked, act, program)
        _awaits_something(asked, act, program)


def _review_finished(asked: ActContext, act: Any, program: Any) -> None:  # noqa: ANN401 -- the table says which act
    named = dict(zip(program.per, act.keys, strict=True))
    for entry, finished in Situation(asked.book, asked.entries).each(ReviewFinished):
        about = finished.utility == named.get("utility") and finished.department == named.get("department")
        if about and entry.occurred_at <= asked.at:
            return
    message = sentence("a clock stops for a deferred document only once review.finished says that nothing else is awaited")
    raise OutOfOrder(message, missing=["review.finished"])


def _awaits_something(asked: ActContext, act: Any, program: Any) -> None:  # noqa: ANN401 -- the table says which act
    """Refuse to wait for a document that nobody deferred, or that has come."""
    named = dict(zip(program.per, act.keys, strict=True))
    case, pair = Situation(asked.book, asked.entries), (named.get("utility", ""), named.get("department", ""))
    waiting = awaited(case, None, act.basis, pair)
    if not any(is_missing(case, document, submitted) for document, submitted in waiting.items()):
        there = listed(waiting) or sentence("nothing was deferred")
        message = sentence(
            "no deferred document is awaited from {utility} ({there}); a clock stops only for one that is still missing",
            utility=pair[0],
            there=there,
        )
        raise OutOfOrder(message, missing=["materials.submitted"])


def _running(asked: ActContext, act: Any) -> Clock:  # noqa: ANN401 -- a stop or a resumption
    for clock in asked.clocks:
        if clock.rule == act.rule and clock.keys == act.keys and clock.state in {"running", "stopped"}:
            if asked.actor.role == "department" and clock.party != asked.actor.party:
                message = sentence("that clock is {party}'s; only it may stop or resume it", party=clock.party)
                raise NotAllowed(message, rule=act.rule)
            return clock
    message = sentence("no clock of {rule!r} for {keys} is running", rule=act.rule, keys=listed(act.keys) or sentence("this case"))
    raise OutOfOrder(message, rule=act.rule)


@checks(ClockResumed)
def _resume(asked: ActContext, act: ClockResumed) -> None:
    clock = _running(asked, act)
    if not any(end is None or end > asked.at for _, end in clock.stops):
        message = sentence("the clock of {rule!r} is not stopped", rule=act.rule)
        raise OutOfOrder(message, rule=act.rule)


@checks(EnquiryReclassified)
def _reclassify(asked: ActContext, act: EnquiryReclassified) -> None:
    received = next(entry for entry in asked.entries if isinstance(entry.act, EnquiryReceived))
    first: Any = received.act
    if Situation(asked.book, asked.entries).class_in_force() != "general":
        message = sentence("the class changes from general to complex alone; record a remark instead")
        raise OutOfOrder(message)
    if max(asked.at, asked.recorded_at) > received.occurred_at + timedelta(hours=24):
        message = sentence("the class changes only before the 24 hours end; record a remark instead")
        raise OutOfOrder(message)
    if asked.actor.party != first.receiver or act.by == first.handler or asked.actor.account == received.actor.account:
        message = sentence("the class is changed by someone of the receiving party other than the handler")
        raise NotAllowed(message)


@checks(CaseClosed)
def _close(asked: ActContext, act: CaseClosed) -> None:
    check_complained_of(asked, act)
    check_supervised(asked.entries, asked.actor)
    check_record_over(asked)
    running = sorted({clock.rule for clock in asked.clocks if clock.state in {"running", "stopped"}})
    if running:
        message = sentence("a case with a running clock cannot be closed; still running: {running}", running=listed(running))
        raise OutOfOrder(message, running=running)
    if asked.case.kind == "settlement":
        check_ended(asked)


@checks(FeedbackGiven)
def _feed_back(_: ActContext, act: FeedbackGiven) -> None:
    if act.to_customer_at is None and act.to_receiver_at is None:
        message = sentence("feedback names when it was given to the customer, to the receiving department, or both")
        raise Malformed(message, field="toCustomerAt")


@checks(ApplicationAccepted, DemandRegistered)
def _fill_again(asked: ActContext, act: ApplicationAccepted | DemandRegistered) -> None:
    """A later form ends what those owe whom it leaves out: nobody leaves itself out while it owes something here."""
    left_out = Situation(asked.book, asked.entries).asked() - {one.utility for one in act.form.supplies}
    owed = sorted({clock.rule for clock in asked.clocks if clock.party == asked.actor.party and clock.state in {"running", "stopped"}})
    if asked.actor.party in left_out and owed:
        message = sentence(
            "{party} still owes {owed} here, and this form asks it for nothing: another window records it",
            party=asked.actor.party,
            owed=listed(owed),
        )
        raise NotAllowed(message, running=owed)


@checks(CaseWithdrawn)
def _withdraw(asked: ActContext, _: CaseWithdrawn) -> None:
    """A withdrawal is the applicant's: nobody ends by it what they owe themselves."""
    own = {clock.rule for clock in asked.clocks if clock.party == asked.actor.party and clock.state in {"running", "stopped"}}
    owed = sorted(own - asked.book.about_findings)
    if owed:
        message = sentence(
            "{party} itself still owes {owed} here: a withdrawal, which would end that, is recorded elsewhere",
            party=asked.actor.party,
            owed=listed(owed),
        )
        raise NotAllowed(message, running=owed)


def check_act(asked: ActContext, act: Acted) -> None:
    """Refuse an act that contradicts its case; many kinds have nothing to be checked here."""
    check = FOLLOWING.get(type(act))
    if check is not None:
        check(asked, act)


def check_first(opening: Opening, act: Acted) -> None:
    """Refuse what may not open a case."""
    check = FIRST.get(type(act))
    if check is not None:
        check(opening, act)


def hold_to_rows() -> None:
    """Say by `TypeError` which kinds are to be checked and are not, or are and do not say so; asked once all checks are bound."""
    where: Mapping[Place, Mapping[type[Acted], Any]] = {"first": FIRST, "following": FOLLOWING}
    faults = {
        f"{row.tag} ({place})" for place, bound in where.items() for act, row in ROWS.items() if (place in row.checked) != (act in bound)
    }
    if faults:
        message = f"checked and not bound, or bound and not said to be: {', '.join(sorted(faults))}"
        raise TypeError(message)


BOUND_IN = (
    accountability,
    accountability_proposing,
    answering,
    appointments,
    approval,
    commitments,
    credit,
    deciding,
    impartiality,
    inspection_plan_checks,
    objecting,
    participants,
    proposing,
    receipts,
    sealing,
    serving,
    settlement_opening,
    settlement_sealing,
    statement,
    supervision,
    survey,
    unlawful_stops,
    year_end,
)
"""Where the other checks stand, each beside what it is about; with them loaded, every kind's row is held to what is bound."""
hold_to_rows()
