"""The checks of the acts of a plan of supervision, by the kind of act: in its case, and as its first."""

from collections.abc import Callable, Mapping
from typing import Any

from domain.acts import Acted
from domain.acts.enforcement.ladder import SampleDrawn, SupervisionPlanned
from domain.cases.context import ActContext
from domain.cases.other_cases import Opening
from domain.supervision.inspection_plan_checks import check_drawn, check_planned, check_second_plan

STEPS: Mapping[type[Acted], Callable[[ActContext, Any], None]] = {SupervisionPlanned: check_second_plan, SampleDrawn: check_drawn}
FIRST_STEPS: Mapping[type[Acted], Callable[[Opening, Any], None]] = {SupervisionPlanned: check_planned}
