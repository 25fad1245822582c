"""约谈: a utility is called in once its rectification was judged insufficient, and not before."""

from datetime import date

import pytest

from domain.acts.supervision import InterviewCalled, RectificationJudged, RectificationOrdered, RectificationReported
from domain.refusals import NotAllowed, OutOfOrder
from tests.domain.desk import Desk
from tests.domain.stories import shanghai

WATER, BUREAU = "jm-water", "jm-cgw"


def called(utility: str = WATER) -> InterviewCalled:
    return InterviewCalled(
        utility=utility, department=BUREAU, grounds="整改后路面仍有沉降", held_for=shanghai("2026-11-23 09:00"), place="三楼会议室"
    )


def judged(*, accepted: bool) -> Desk:
    desk = Desk()
    desk.opens(RectificationOrdered(utility=WATER, department=BUREAU, defect="路面不平", due_on=date(2026, 11, 20)), by=BUREAU)
    desk.records(RectificationReported(utility=WATER, evidence="照片"), by=WATER)
    desk.records(RectificationJudged(utility=WATER, accepted=accepted, reason="见照片"), by=BUREAU, at="2026-11-16 11:00")
    return desk


def test_a_utility_is_called_in_once_its_rectification_was_judged_insufficient() -> None:
    made = judged(accepted=False).records(called(), by=BUREAU, at="2026-11-16 12:00")
    assert [(entry.seq, entry.act) for entry in made.entries] == [(4, called())]


def test_a_utility_whose_rectification_was_accepted_is_not_called_in() -> None:
    with pytest.raises(OutOfOrder, match="only once its rectification was judged insufficient"):
        judged(accepted=True).records(called(), by=BUREAU, at="2026-11-16 12:00")


def test_another_utility_of_which_nothing_was_judged_is_not_called_in() -> None:
    with pytest.raises(OutOfOrder):
        judged(accepted=False).records(called("jm-gas"), by=BUREAU, at="2026-11-16 12:00")


def test_a_department_calls_in_for_itself_alone() -> None:
    with pytest.raises(NotAllowed):
        judged(accepted=False).records(called(), by="jm-zgj", at="2026-11-16 12:00")
