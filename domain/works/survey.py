"""联合踏勘: whether it was called and attended as the plan says; a survey held otherwise is taken and told to be doubtful."""

from collections.abc import Iterable, Iterator

from domain.acts.connection import SurveyHeld
from domain.cases.context import ActContext
from domain.cases.handlers import doubts
from domain.judging.situation import Situation
from domain.ledger import Entry
from domain.schemes.rulebook import Rulebook
from domain.schemes.scheme import JointSurvey
from words import sentence


@doubts(SurveyHeld)
def doubts_of_survey(asked: ActContext, act: SurveyHeld) -> Iterable[str]:
    """Say what is not as the plan has it: who called the survey, and who was missing."""
    plan = asked.book.scheme.survey
    return () if plan is None else _doubts(asked.book, plan, Situation(asked.book, asked.entries), act)


def _doubts(book: Rulebook, plan: JointSurvey, case: Situation, act: SurveyHeld) -> Iterator[str]:
    if act.called_by not in plan.called_by:
        called = _names(book, plan.called_by)
        yield sentence(
            "the survey was called by {caller}; the plan has {called} call it ({clause})",
            caller=book.name_of(act.called_by),
            called=called,
            clause=plan.cite.clause,
        )
    missing = sorted((_utilities(case, act) | _bodies(plan, case, act)) - {*act.participants, act.called_by})
    if missing:
        yield sentence(
            "the survey was held without {missing}, who come to it ({clause}); record why, or who came",
            missing=_names(book, missing),
            clause=plan.cite.clause,
        )
    if act.works and not any("department" in book.party(one).roles for one in (*act.participants, act.called_by)):
        yield sentence("there are off-site works and no approving department came to the survey ({clause})", clause=plan.cite.clause)


def _utilities(case: Situation, act: SurveyHeld) -> frozenset[str]:
    """Every company of the case comes to the first survey; to another, held for a reason, those that it is about."""
    surveyed = frozenset(one.utility for one in act.surveyed)
    return surveyed if act.reason else surveyed | case.utilities(_last(case))


def _bodies(plan: JointSurvey, case: Situation, act: SurveyHeld) -> frozenset[str]:
    """Those that the plan names, and the departments that the project was pushed to, where works may need an approval."""
    if not act.works:
        return frozenset()
    return frozenset(plan.attended_by) | case.departments(_last(case), None)


def _last(case: Situation) -> Entry:
    return case.entries[-1]


def _names(book: Rulebook, codes: Iterable[str]) -> str:
    return "、".join(book.name_of(code) for code in codes)
