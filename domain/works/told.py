"""What is told about an act of works as it is recorded: doubts for whoever records it, the auditor's notes beside it; refuses nothing."""

from domain.acts import Acted
from domain.acts.audit import SuspicionRaised
from domain.acts.connection import ApprovalOpened, SurveyHeld, WorksStarted
from domain.asked import Asked
from domain.situation import Situation
from domain.works.appointing import told_by_debtor
from domain.works.approval import doubts_of_opening, unapproved
from domain.works.survey import doubts_of_survey
from domain.works.together import beside_survey


def doubts_of_works(asked: Asked, act: Acted) -> tuple[str, ...]:
    """Say what is not as the plan has it, though it is taken."""
    if isinstance(act, SurveyHeld):
        return doubts_of_survey(asked.book, Situation(asked.book, asked.entries), act)
    if isinstance(act, ApprovalOpened):
        return doubts_of_opening(Situation(asked.book, asked.entries), act)
    return ()


def beside_act(asked: Asked, act: Acted) -> tuple[Acted, ...]:
    """Give what the auditor writes beside an act; the act itself is the ledger's next entry."""
    seq = asked.case.seq + 1
    if isinstance(act, SurveyHeld):
        return beside_survey(asked.book.scheme.route, act, seq, asked.at, asked.nearby)
    if isinstance(act, WorksStarted):
        waiting = unapproved(Situation(asked.book, asked.entries), act, asked.at)
        clause = asked.book.scheme.route.joint.cite.clause
        return (SuspicionRaised(about="works-before-approval", seqs=(seq, *waiting), clause=clause),) if waiting else ()
    return told_by_debtor(asked.book, asked.clocks, act, asked.actor, seq)
