"""What each rung must be true to: the one before it, the same two parties, and a commitment whose standard was not met."""

from typing import Any

from calendars import SHANGHAI, local_day
from domain.acts import Acted, tag_of
from domain.acts.enforcement.ladder import InterviewArranged, InterviewHeld, PenaltyReferred
from domain.acts.enforcement.supervision import (
    CommitmentSigned,
    DefectFound,
    InterviewCalled,
    RectificationJudged,
    RectificationOrdered,
    RectificationReported,
)
from domain.cases.context import ActContext
from domain.cases.handlers import checks, checks_first
from domain.cases.impartiality import check_judge
from domain.cases.legal_basis import check_basis
from domain.cases.other_cases import Opening
from domain.commitments.commitment import open_defects
from domain.finding import Finding
from domain.ledger import Entry
from domain.refusals import AlreadyDone, Malformed, NotAllowed, NotFound, OutOfOrder
from domain.schemes.enforcement import Ladder
from domain.schemes.rulebook import Rulebook
from domain.supervision.next_step import why_no_interview
from domain.supervision.state import between, called_of, has, order_of, orders_under
from words import sentence

FELL = frozenset({"lapsed", "withdrawn", "excused"})
"""States of a finding that nothing rests on any more."""


@checks_first(RectificationOrdered)
def check_order(opening: Opening, act: RectificationOrdered) -> None:
    """Order only for a defect that stands under this utility's commitment to this department, and each defect once."""
    _ladder(opening.book, act)
    today = local_day(opening.recorded_at)
    if act.due_on < today:
        message = sentence(
            "dueOn is {due_on}, which was over when the order was written down, on {today}; set a day that can be kept",
            due_on=act.due_on,
            today=today,
        )
        raise Malformed(message, field="dueOn")
    if act.commitment is None or act.defect_seq is None:
        message = sentence("an order names the yearly commitment's case and the defect found in it: commitment and defectSeq")
        raise Malformed(message, field="commitment" if act.commitment is None else "defectSeq")
    ledger = opening.other_cases.ledgers.get(act.commitment, ())
    if not any(_is_of(entry, act) for entry in ledger):
        message = sentence(
            "there is no commitment {commitment} of {utility} to {department}",
            commitment=act.commitment,
            utility=act.utility,
            department=act.department,
        )
        raise NotFound(message)
    found = next((one for one in ledger if one.seq == act.defect_seq and isinstance(one.act, DefectFound)), None)
    if found is None or found.occurred_at > opening.at:
        message = sentence(
            "entry {defect_seq} of that commitment is no defect found by then; record defect.found first", defect_seq=act.defect_seq
        )
        raise OutOfOrder(message, missing=["defect.found"])
    if found not in [entry for entry, _ in open_defects(ledger)]:
        message = sentence(
            "the defect of entry {defect_seq} was found mended by a later inspection; nothing is left to order", defect_seq=act.defect_seq
        )
        raise OutOfOrder(message)
    _refuse_second(act, opening)


def _is_of(entry: Entry, act: Any) -> bool:  # noqa: ANN401 -- an order
    signed = entry.act
    return isinstance(signed, CommitmentSigned) and (signed.utility, signed.department) == (act.utility, act.department)


def _refuse_second(act: Any, opening: Opening) -> None:  # noqa: ANN401 -- an order
    for order in orders_under(act.commitment, opening.other_cases.ledgers):
        if order.act.defect_seq == act.defect_seq:
            message = sentence(
                "the defect of entry {defect_seq} has been ordered to be rectified, in case {case_id}",
                defect_seq=act.defect_seq,
                case_id=order.entry.case_id,
            )
            raise AlreadyDone(message, caseId=str(order.entry.case_id))


@checks(RectificationOrdered, InterviewArranged)
def check_alone(_: ActContext, act: RectificationOrdered | InterviewArranged) -> None:
    """Refuse in a case what opens one of its own."""
    message = sentence("{tag!r} opens a case of its own; it is not recorded in another", tag=tag_of(act))
    raise OutOfOrder(message, act=tag_of(act))


@checks(RectificationJudged)
def check_judged(asked: ActContext, act: RectificationJudged) -> None:
    """Judge by the department that ordered, and each report once."""
    check_judge(asked.entries, asked.actor, act)
    told = [one for one in asked.entries if isinstance(one.act, RectificationReported | RectificationJudged)]
    last = max(told, key=lambda one: (one.occurred_at, one.seq), default=None)
    if last is not None and isinstance(last.act, RectificationJudged):
        message = sentence("the last report has been judged; another judgement needs another rectification.reported")
        raise AlreadyDone(message, missing=["rectification.reported"])


@checks(InterviewCalled)
def check_called(asked: ActContext, act: InterviewCalled) -> None:
    """Call in the utility of the order, by the department that gave it, once there is nothing lacking."""
    ladder = _ladder(asked.book, act)
    order = order_of(asked.entries)
    if order is None or (order.act.utility, order.act.department) != (act.utility, act.department):
        message = sentence(
            "this case holds no order of {department} to {utility}; on another ground, interview.arranged opens a case",
            department=act.department,
            utility=act.utility,
        )
        raise OutOfOrder(message, missing=["rectification.ordered"])
    if has(asked.entries, InterviewCalled):
        message = sentence("{utility} has been called in already; record what came of it as interview.held", utility=act.utility)
        raise AlreadyDone(message)
    # What is in place by now is so whatever day is written on the notice.
    days = (asked.at, asked.recorded_at)
    each = (why_no_interview(ladder, asked.entries, asked.other_cases.ledgers, asked.clocks, at) for at in days)
    lacking = next((one for one in each if one is not None), None)
    if lacking is not None:
        raise OutOfOrder(sentence("{utility} is not called in: {lacking}", utility=act.utility, lacking=lacking), act=tag_of(act))
    _check_ahead(act, asked)


@checks_first(InterviewArranged)
def check_arranged(opening: Opening, act: InterviewArranged) -> None:
    """Arrange in one's own name, not with oneself, and on findings alone that are the party's and that it knows of."""
    opening.book.party(act.party)
    if act.by != opening.actor.party or act.party == act.by:
        message = sentence(
            "{party} arranges an interview in its own name and with another party; by is {by}, party {named}",
            party=opening.actor.party,
            by=act.by,
            named=act.party,
        )
        raise NotAllowed(message, field="by")
    for ground in act.findings:
        found = opening.other_cases.findings.get(ground.finding_id)
        if found is None or (found.case_id, found.party) != (ground.case_id, act.party):
            message = sentence(
                "there is no finding {finding_id} of {party} in case {case_id}",
                finding_id=ground.finding_id,
                party=act.party,
                case_id=ground.case_id,
            )
            raise NotFound(message)
        if found.notified_at is None or found.state in FELL:
            message = sentence(
                "the finding {finding_id} is {state}; an interview rests on findings that are notified and stand",
                finding_id=ground.finding_id,
                state=found.state,
            )
            raise OutOfOrder(message, missing=["finding.notified"])
        _check_open_to_all(opening.book, found)
    _check_ahead(act, opening)


def _check_open_to_all(book: Rulebook, found: Finding) -> None:
    """A report is closed to the party reported, which may be one of the offices that see every interview."""
    if book.programs[found.rule].rule.cases == ("complaint",):
        message = sentence(
            "the finding {finding_id} is of a complaint or report, which is closed to whom it is about; say the ground in words",
            finding_id=found.finding_id,
        )
        raise NotAllowed(message, field="findings")


def _check_ahead(act: Any, asked: ActContext | Opening) -> None:  # noqa: ANN401 -- either notice
    if act.held_for <= asked.recorded_at:
        message = sentence(
            "heldFor is {held_for:%Y-%m-%dT%H:%M:%S}+08:00, not after the notice itself; "
            "a notice of interview (约谈通知书) comes before it",
            held_for=act.held_for.astimezone(SHANGHAI),
        )
        raise Malformed(message, field="heldFor")


@checks(InterviewHeld)
def check_held(asked: ActContext, act: InterviewHeld) -> None:
    """Record what came of the interview that was called, by whoever called it, and once."""
    called = called_of(asked.entries)
    by, party = ("nobody", "nobody") if called is None else between(called)
    if (act.party, act.by, asked.actor.party) != (party, by, by):
        message = (
            sentence(
                "the interview is one of nobody with nobody; {recording} cannot record one of {named_by} with {named}",
                recording=asked.actor.party,
                named_by=act.by,
                named=act.party,
            )
            if called is None
            else sentence(
                "the interview is one of {by} with {party}; {recording} cannot record one of {named_by} with {named}",
                by=by,
                party=party,
                recording=asked.actor.party,
                named_by=act.by,
                named=act.party,
            )
        )
        raise NotAllowed(message, act=tag_of(act))
    if has(asked.entries, InterviewHeld):
        message = sentence("what came of this interview has been recorded already; add a remark where something is to be said of it")
        raise AlreadyDone(message)
    if called is not None and not act.attended and asked.at < called.held_for:
        when = called.held_for.astimezone(SHANGHAI)
        message = sentence("the interview is at {when:%Y-%m-%dT%H:%M:%S}+08:00; that nobody came can be said from then on", when=when)
        raise OutOfOrder(message, earliest=when.isoformat())


@checks(PenaltyReferred)
def check_referred(asked: ActContext, act: PenaltyReferred) -> None:
    """Refer what the ladder led to, once, to the authority whose law is named."""
    _ladder(asked.book, act)
    called = called_of(asked.entries)
    if not isinstance(called, InterviewCalled):
        message = sentence("a referral follows an interview of the ladder; one arranged on another ground leads to none")
        raise OutOfOrder(message, missing=["interview.called"])
    if (called.utility, called.department) != (act.utility, act.department):
        message = sentence(
            "this case is of {department} and {utility}, not of {named_department} and {named_utility}",
            department=called.department,
            utility=called.utility,
            named_department=act.department,
            named_utility=act.utility,
        )
        raise NotAllowed(message, act=tag_of(act))
    if has(asked.entries, PenaltyReferred):
        message = sentence("it has been referred already; what the authority did with it is recorded as referral.answered")
        raise AlreadyDone(message)
    check_basis(act.law, "law")


def _ladder(book: Rulebook, act: Acted) -> Ladder:
    ladder = book.scheme.ladder
    if ladder is None:
        message = sentence(
            "{scheme} has no ladder of orders, interviews and referrals; {tag!r} is not recorded under it", scheme=book.id, tag=tag_of(act)
        )
        raise NotAllowed(message, act=tag_of(act))
    return ladder
