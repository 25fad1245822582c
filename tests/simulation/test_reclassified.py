"""A class changed from general to complex: whether the general limit ends in time or had been missed by then, counted by hand."""

from datetime import datetime
from random import Random

import pytest

from calendars import SHANGHAI
from simulation.case_script import Script, Wanted
from simulation.expected_breaches import missed
from simulation.matters.enquiries import Matter, while_general
from simulation.slow_calendar import seconds
from tests.simulation.cities import LINJIANG, WALKED


def at(text: str) -> int:
    return seconds(datetime.fromisoformat(text).replace(tzinfo=SHANGHAI))


# 临江 第十条: 咨询一个工作日内回复用户. Asked on Tuesday 27 January 2026, 21:30: it ends on Wednesday at 17:30.
@pytest.mark.parametrize(("changed", "late"), [("2026-01-28 17:30", False), ("2026-01-28 17:31", True)])
def test_a_class_changed_after_the_general_limit_leaves_it_missed(changed: str, late: bool) -> None:  # noqa: FBT001 -- an expectation
    script = Script(WALKED[LINJIANG], Random(1), Wanted(0, 0), {})  # noqa: S311 -- repeatable, not secret
    while_general(script, Matter("lj-dating"), at("2026-01-27 21:30"), at(changed))
    assert [one.due for one in missed(script)] == [at("2026-01-28 17:30")] * late


def test_a_plan_without_a_general_limit_has_none_to_miss() -> None:
    script = Script(WALKED["daye-2023"], Random(1), Wanted(0, 0), {})  # noqa: S311 -- repeatable, not secret
    while_general(script, Matter("dy-zsj"), at("2026-01-27 21:30"), at("2026-01-28 19:00"))
    assert missed(script) == []
