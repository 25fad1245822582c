"""What particular acts must be true to: stops, classes, notices under a commitment, opinions, endings."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from domain.accountability.checks import STEPS as ACCOUNTABILITY_STEPS
from domain.acts import Acted
from domain.acts.connection import (
    ApplicationAccepted,
    ApplicationRefused,
    AppointmentAgreed,
    AppointmentChanged,
    ApprovalNotNeeded,
    CaseWithdrawn,
    CommitmentNotified,
    DemandRegistered,
    MaterialsRefused,
    MaterialsSupplemented,
    ReviewFinished,
    SignoffGiven,
)
from domain.acts.enforcement.audit import FindingNotified
from domain.acts.enforcement.process import FindingDecided, FindingDisposed, FindingObjected, StopStruckOut
from domain.acts.enforcement.supervision import (
    CommitmentRestored,
    CommitmentSuspended,
    ContractorEntrusted,
    DefectFound,
    InspectionHeld,
    OfficerNamed,
    StandardPublished,
    StatementChecked,
    StatementSubmitted,
)
from domain.acts.service import (
    CaseClosed,
    ComplaintAccepted,
    ComplaintAnswered,
    EnquiryReceived,
    EnquiryReclassified,
    EnquiryTransferred,
    FeedbackGiven,
    ReceiptConfirmed,
    StatementAsked,
)
from domain.acts.settlement import StatementSettled, WorksCosted, YearEndSettled
from domain.acts.stop import ClockResumed, ClockStopped
from domain.cases.context import ActContext
from domain.cases.impartiality import check_body, check_complained_of, check_refusal, check_statement, check_supervised, check_transfer
from domain.clock import Clock
from domain.commitments.checks import check_defect, check_eligibility, check_inspection, check_officer, check_parties_of
from domain.credit.checks import STEPS as CREDIT_STEPS
from domain.credit.closing import check_record_over
from domain.findings.deciding import check_decision, check_disposal
from domain.findings.objecting import check_objection
from domain.findings.serving import check_served
from domain.findings.unlawful_stops import check_struck_out
from domain.judging.clocks.stopping import awaited, is_missing
from domain.judging.situation import Situation
from domain.refusals import Malformed, NotAllowed, NotCovered, OutOfOrder
from domain.schemes.program import DeadlineProgram
from domain.service.receipts import check_receipt
from domain.settlement.statement import check_checked, check_cost, check_ended, check_settled, check_submitted
from domain.settlement.year_end import check_year_settled
from domain.supervision.inspection_plan_acts import STEPS as OVERSIGHT_STEPS
from domain.supervision.ladder_acts import STEPS as LADDER_STEPS
from domain.suspicions.answering import STEPS as SUSPICION_STEPS
from domain.works.appointments import check_agreed, check_appointment
from domain.works.approval import check_materials_refused, check_not_needed, check_notice, check_signoff, check_supplement
from words import any_of, listed, sentence


def check_act(asked: ActContext, act: Acted) -> None:
    """Refuse an act that contradicts its case; most kinds have nothing to be checked here."""
    check = CHECKS.get(type(act))
    if check is not None:
        check(asked, act)


def _stop(asked: ActContext, act: Any) -> None:  # noqa: ANN401 -- the table says which act
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


def _resume(asked: ActContext, act: Any) -> None:  # noqa: ANN401 -- the table says which act
    clock = _running(asked, act)
    if not any(end is None or end > asked.at for _, end in clock.stops):
        message = sentence("the clock of {rule!r} is not stopped", rule=act.rule)
        raise OutOfOrder(message, rule=act.rule)


def _reclassify(asked: ActContext, act: Any) -> None:  # noqa: ANN401 -- the table says which act
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


def _close(asked: ActContext, act: Any) -> None:  # noqa: ANN401 -- the table says which act
    check_complained_of(asked.entries, asked.actor, act)
    check_supervised(asked.entries, asked.actor)
    check_record_over(asked)
    running = sorted({clock.rule for clock in asked.clocks if clock.state in {"running", "stopped"}})
    if running:
        message = sentence("a case with a running clock cannot be closed; still running: {running}", running=listed(running))
        raise OutOfOrder(message, running=running)
    if asked.case.kind == "settlement":
        check_ended(asked)


def _take_up(asked: ActContext, act: Any) -> None:  # noqa: ANN401 -- the table says which act
    check_body(asked.entries, asked.actor, act)


def _ask_statement(asked: ActContext, act: Any) -> None:  # noqa: ANN401 -- the table says which act
    check_statement(asked.entries, asked.actor, act)


def _answer(asked: ActContext, act: Any) -> None:  # noqa: ANN401 -- the table says which act
    check_complained_of(asked.entries, asked.actor, act)


def _transfer(asked: ActContext, _: Any) -> None:  # noqa: ANN401 -- the table says which act
    check_transfer(Situation(asked.book, asked.entries), asked.actor, asked.at)


def _refuse(asked: ActContext, act: Any) -> None:  # noqa: ANN401 -- the table says which act
    check_refusal(asked.entries, asked.actor, act)


def _feed_back(_: ActContext, act: Any) -> None:  # noqa: ANN401 -- the table says which act
    if act.to_customer_at is None and act.to_receiver_at is None:
        message = sentence("feedback names when it was given to the customer, to the receiving department, or both")
        raise Malformed(message, field="toCustomerAt")


def _receive(asked: ActContext, act: Any) -> None:  # noqa: ANN401 -- the table says which act
    check_receipt(Situation(asked.book, asked.entries), asked.actor, act)


def _fill_again(asked: ActContext, act: Any) -> None:  # noqa: ANN401 -- the table says which act
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


def _withdraw(asked: ActContext, _: Any) -> None:  # noqa: ANN401 -- the table says which act
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


CHECKS: dict[type[Acted], Callable[[ActContext, Any], None]] = {
    ClockStopped: _stop,
    ClockResumed: _resume,
    EnquiryReclassified: _reclassify,
    CommitmentNotified: check_notice,
    SignoffGiven: check_signoff,
    ApprovalNotNeeded: check_not_needed,
    MaterialsRefused: check_materials_refused,
    MaterialsSupplemented: check_supplement,
    CaseClosed: _close,
    CaseWithdrawn: _withdraw,
    ApplicationAccepted: _fill_again,
    DemandRegistered: _fill_again,
    ComplaintAccepted: _take_up,
    ComplaintAnswered: _answer,
    StatementAsked: _ask_statement,
    EnquiryTransferred: _transfer,
    ApplicationRefused: _refuse,
    StandardPublished: check_parties_of,
    OfficerNamed: check_officer,
    InspectionHeld: check_inspection,
    DefectFound: check_defect,
    ContractorEntrusted: check_parties_of,
    CommitmentSuspended: check_eligibility,
    CommitmentRestored: check_eligibility,
    AppointmentAgreed: check_agreed,
    AppointmentChanged: check_appointment,
    FeedbackGiven: _feed_back,
    ReceiptConfirmed: _receive,
    FindingNotified: check_served,
    FindingObjected: check_objection,
    FindingDecided: check_decision,
    FindingDisposed: check_disposal,
    StopStruckOut: check_struck_out,
    **CREDIT_STEPS,
    **ACCOUNTABILITY_STEPS,
    **LADDER_STEPS,
    **OVERSIGHT_STEPS,
    **SUSPICION_STEPS,
    WorksCosted: check_cost,
    StatementSubmitted: check_submitted,
    StatementChecked: check_checked,
    StatementSettled: check_settled,
    YearEndSettled: check_year_settled,
}
