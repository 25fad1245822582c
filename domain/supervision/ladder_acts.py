"""The checks of the ladder's acts, by the kind of act: in a case, and as its first."""

from collections.abc import Callable, Mapping
from typing import Any

from domain.acts import Acted
from domain.acts.enforcement.ladder import InterviewArranged, InterviewHeld, PenaltyReferred
from domain.acts.enforcement.supervision import InterviewCalled, RectificationJudged, RectificationOrdered
from domain.cases.context import ActContext
from domain.cases.other_cases import Opening
from domain.supervision.checks import check_alone, check_arranged, check_called, check_held, check_judged, check_order, check_referred

STEPS: Mapping[type[Acted], Callable[[ActContext, Any], None]] = {
    RectificationOrdered: check_alone,
    RectificationJudged: check_judged,
    InterviewArranged: check_alone,
    InterviewCalled: check_called,
    InterviewHeld: check_held,
    PenaltyReferred: check_referred,
}
FIRST_STEPS: Mapping[type[Acted], Callable[[Opening, Any], None]] = {
    RectificationOrdered: check_order,
    InterviewArranged: check_arranged,
}
