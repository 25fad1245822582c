"""What is told about an act of works as it is recorded: doubts for whoever records it, the auditor's notes beside it; refuses nothing."""

from collections.abc import Iterator

from domain.accountability.proposing import proposed_beside
from domain.acts import Acted
from domain.acts.connection import ApplicationAccepted, ApprovalOpened, DemandRegistered, SurveyHeld, WorksStarted
from domain.acts.enforcement.audit import SuspicionRaised
from domain.acts.enforcement.process import FindingDecided
from domain.cases.context import ActContext
from domain.judging.situation import Situation
from domain.suspicions.answering import proposed_of
from domain.suspicions.detection import signs_of, suspicions_of
from domain.works.appointments import notification_times_by_debtor
from domain.works.approval import doubts_of_opening, unapproved
from domain.works.combined_works import beside_survey
from domain.works.survey import doubts_of_survey
from words import sentence


def doubts_of_works(asked: ActContext, act: Acted) -> tuple[str, ...]:
    """Say what is not as the plan has it, though it is taken."""
    if isinstance(act, SurveyHeld):
        return doubts_of_survey(asked.book, Situation(asked.book, asked.entries), act)
    if isinstance(act, ApprovalOpened):
        return doubts_of_opening(Situation(asked.book, asked.entries), act)
    if isinstance(act, ApplicationAccepted | DemandRegistered):
        return tuple(_left_out(asked, act))
    return ()


def _left_out(asked: ActContext, act: ApplicationAccepted | DemandRegistered) -> Iterator[str]:
    """Tell of companies that an earlier form of the case asked, and this one does not: what they owe ends with it."""
    for code in sorted(Situation(asked.book, asked.entries).asked() - {one.utility for one in act.form.supplies}):
        name = asked.book.name_of(code)
        yield sentence(
            "the case asked {name} too, and this form does not: what it owes ends; fill it in again if it was forgotten", name=name
        )


def beside_act(asked: ActContext, act: Acted) -> tuple[Acted, ...]:
    """Give what the auditor writes beside an act; the act itself is the ledger's next entry."""
    return (*_beside(asked, act), *proposed_of(asked, act), *suspicions_of(asked, act))


def _beside(asked: ActContext, act: Acted) -> tuple[Acted, ...]:
    seq = asked.case.seq + 1
    if isinstance(act, SurveyHeld):
        return beside_survey(asked.book.scheme.route, signs_of(asked.book, asked.case.kind), act, seq, asked.at, asked.nearby)
    if isinstance(act, FindingDecided):
        return proposed_beside(asked, act)
    if isinstance(act, WorksStarted):
        waiting = unapproved(Situation(asked.book, asked.entries), act, asked.at)
        clause = asked.book.scheme.route.joint.cite.clause
        return (SuspicionRaised(about="works-before-approval", seqs=(seq, *waiting), clause=clause),) if waiting else ()
    return notification_times_by_debtor(asked.book, asked.clocks, act, asked.actor, seq)
