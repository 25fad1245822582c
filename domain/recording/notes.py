"""What an act is completed by and what is told beside it as it is recorded; what is bound elsewhere, and that of works; refuses nothing."""

from collections.abc import Iterable, Iterator

from domain.acts import Acted
from domain.acts.connection import ApplicationAccepted, DemandRegistered, SurveyHeld, WorksStarted
from domain.acts.enforcement.audit import SuspicionRaised
from domain.cases.context import ActContext
from domain.cases.handlers import COMPLETIONS, DOUBTS, JOINERS, NOTES, doubts, notes
from domain.judging.situation import Situation
from domain.suspicions.detection import signs_of, suspicions_of
from domain.works.approval import unapproved
from domain.works.combined_works import beside_survey
from words import sentence


@doubts(ApplicationAccepted, DemandRegistered)
def left_out(asked: ActContext, act: ApplicationAccepted | DemandRegistered) -> Iterator[str]:
    """Tell of companies that an earlier form of the case asked, and this one does not: what they owe ends with it."""
    for code in sorted(Situation(asked.book, asked.entries).asked() - {one.utility for one in act.form.supplies}):
        name = asked.book.name_of(code)
        yield sentence(
            "the case asked {name} too, and this form does not: what it owes ends; fill it in again if it was forgotten", name=name
        )


@notes(SurveyHeld)
def beside_works(asked: ActContext, act: SurveyHeld) -> tuple[Acted, ...]:
    """Say what counts together with these works, and what looks arranged."""
    signs = signs_of(asked.book, asked.case.kind)
    return beside_survey(asked.book.scheme.route, signs, act, asked.case.seq + 1, asked.at, asked.nearby)


@notes(WorksStarted)
def before_approval(asked: ActContext, act: WorksStarted) -> tuple[SuspicionRaised, ...]:
    """Tell of works that began while their approval was still asked for."""
    waiting = unapproved(Situation(asked.book, asked.entries), act, asked.at)
    clause = asked.book.scheme.route.joint.cite.clause
    return (SuspicionRaised(about="works-before-approval", seqs=(asked.case.seq + 1, *waiting), clause=clause),) if waiting else ()


def completed(asked: ActContext, act: Acted) -> Acted:
    """Give the act with what nobody need say of it."""
    complete = COMPLETIONS.get(type(act))
    return act if complete is None else complete(asked, act)


def joining(asked: ActContext, act: Acted) -> Iterable[str]:
    """Name the parties that see the case from this act on, beyond those that it names."""
    join = JOINERS.get(type(act))
    return () if join is None else join(asked, act)


def doubts_of(asked: ActContext, act: Acted) -> tuple[str, ...]:
    """Say what is not as the plan has it, though it is taken."""
    doubtful = DOUBTS.get(type(act))
    return () if doubtful is None else tuple(doubtful(asked, act))


def beside_act(asked: ActContext, act: Acted) -> tuple[Acted, ...]:
    """Give what the auditor writes beside an act; the act itself is the ledger's next entry."""
    written = NOTES.get(type(act))
    return (*(written(asked, act) if written else ()), *suspicions_of(asked, act))
