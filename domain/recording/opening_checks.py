"""What the first act of a case must be true to beyond its form: one table by the kind of act, as for the acts that follow."""

from collections.abc import Callable, Mapping
from typing import Any

from domain.accountability.checks import check_proposed as check_accountability
from domain.acts import Acted
from domain.acts.enforcement.accountability import AccountabilityProposed
from domain.acts.enforcement.assessment import ScoreSealed
from domain.acts.enforcement.credit import CreditProposed
from domain.acts.enforcement.supervision import PeriodOpened
from domain.acts.settlement import YearEndOpened
from domain.assessment.sealing import check_sealed
from domain.cases.other_cases import Opening
from domain.credit.proposing import check_proposed as check_credit
from domain.settlement.opening import check_period, check_year_end
from domain.supervision.inspection_plan_acts import FIRST_STEPS as OVERSIGHT_STEPS
from domain.supervision.ladder_acts import FIRST_STEPS as LADDER_STEPS

OPENINGS: Mapping[type[Acted], Callable[[Opening, Any], None]] = {
    ScoreSealed: check_sealed,
    PeriodOpened: check_period,
    YearEndOpened: check_year_end,
    CreditProposed: check_credit,
    AccountabilityProposed: check_accountability,
    **LADDER_STEPS,
    **OVERSIGHT_STEPS,
}
"""By the kind of act that opens a case; one that is not here needs nothing beyond its form."""


def check_opening(opening: Opening, act: Acted) -> None:
    """Refuse what may not open a case."""
    check = OPENINGS.get(type(act))
    if check is not None:
        check(opening, act)
