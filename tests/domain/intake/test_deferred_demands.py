"""An enterprise that does not know its demand yet: deferred until the planning permit, then applied for in the same case."""

import pytest

from domain.acts.connection import DemandDeferred, DemandRegistered, PlanningPermitted
from domain.acts.enforcement.audit import SuspicionRaised
from domain.refusals import OutOfOrder
from tests.domain.desk import Desk
from tests.domain.stories import accepted, form

BUREAU, WINDOW, WATER = "dy-zgj", "dy-zsj", "dy-water"
DEMAND = DemandRegistered(occasion="land-contract", form=form(WATER))
LATER = DemandDeferred(reason="用量暂时无法确定")
PERMIT = PlanningPermitted(permit="建字第420281202600001号")


def test_a_deferred_demand_is_applied_for_once_planning_is_permitted() -> None:
    # 大冶 四(一)1: 针对暂时无法确定水电气网使用量的企业，可在建设工程规划许可证核发后……提交报装接入申请
    desk = Desk("daye-2023")
    desk.opens(DEMAND, by=BUREAU)
    desk.records(LATER, by=BUREAU, at="2026-11-16 09:10")
    desk.records(PERMIT, by=BUREAU, at="2026-12-14 10:00")
    desk.records(accepted(WATER), by=WINDOW, at="2026-12-15 10:00")
    assert desk.story.written(SuspicionRaised) == []
    assert desk.story.due("application-push") == "2026-12-15 10:30"


def test_only_a_demand_that_was_taken_is_deferred() -> None:
    desk = Desk("daye-2023")
    desk.opens(accepted(WATER), by=WINDOW)
    with pytest.raises(OutOfOrder, match=r"demand\.registered"):
        desk.records(LATER, by=WINDOW)


def test_a_permit_for_which_nothing_waited_is_taken_and_looked_at() -> None:
    desk = Desk("daye-2023")
    desk.opens(DEMAND, by=BUREAU)
    desk.records(PERMIT, by=BUREAU)
    assert [one.about for one in desk.story.written(SuspicionRaised)] == ["out-of-order"]
