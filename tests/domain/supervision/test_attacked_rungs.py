"""Attacks on rungs and settlements: days that were over before anybody saw them, and a year that is ended before its time."""

from datetime import date

import pytest

from domain.acts.enforcement.ladder import InterviewArranged
from domain.acts.settlement import YearEndOpened, YearEndSettled
from domain.cases.other_cases import OtherCases
from domain.credit.checks import months_after
from domain.halves import settling_at
from domain.refusals import Malformed, OutOfOrder
from tests.domain.desk import Desk
from tests.domain.settlement.settling import CITY, DONGBAO, check, desk, elsewhere, paid, period, settled, submit
from tests.domain.stories import shanghai
from tests.domain.supervision.laddering import PARKS, Ladder, called, insufficient_twice


def test_an_order_whose_day_was_over_when_it_was_written_down_is_refused() -> None:
    ladder = Ladder()
    seq = ladder.finds("2026-03-16")
    with pytest.raises(Malformed, match="dueOn is 2026-03-27"):
        ladder.does("first", "2026-03-17 10:00", PARKS, ladder.order("2026-03-27", seq), written="2026-03-28 09:00")
    ladder.does("first", "2026-03-17 10:00", PARKS, ladder.order("2026-03-27", seq), written="2026-03-27 17:00")
    assert "first" in ladder.desk.cases


def test_nobody_is_called_in_to_an_interview_that_was_over_when_its_notice_was_written_down() -> None:
    ladder = insufficient_twice()
    with pytest.raises(Malformed, match="heldFor is"):
        ladder.does("second", "2026-06-19 10:00", PARKS, called("2026-06-22 10:00"), written="2026-06-22 10:00")
    ladder.does("second", "2026-06-19 10:00", PARKS, called("2026-06-22 10:00"), written="2026-06-22 09:59:59")
    arranged = InterviewArranged(party="jm-water", by="jm-fgw", ground="投诉集中", held_for=shanghai("2026-11-17 10:00"), place="三楼")
    with pytest.raises(Malformed, match="heldFor is"):
        Desk().opens(arranged, by="jm-fgw", at="2026-11-16 10:00", written="2026-11-18 10:00")


def test_nobody_is_said_to_have_stayed_away_before_the_interview() -> None:
    ladder = insufficient_twice()
    ladder.calls("second", "2026-06-19 10:00", "2026-06-22 10:00")
    with pytest.raises(OutOfOrder, match="2026-06-22T10:00:00"):
        ladder.holds("second", "2026-06-22 09:59:59")
    ladder.holds("second", "2026-06-22 10:00")
    earlier = insufficient_twice()
    earlier.calls("second", "2026-06-19 10:00", "2026-06-22 10:00")
    earlier.holds("second", "2026-06-19 16:00", "王五")  # they met earlier, and somebody came


def test_a_year_is_not_ended_before_its_second_half_is_to_be_settled() -> None:
    """In July only the first half is there; ended then, the second could not be opened any more."""
    before = OtherCases(ledgers=elsewhere(settled()))
    made = Desk()
    made.opens(YearEndOpened(district=DONGBAO, year=2026), by=CITY, at="2026-07-01 09:00")
    share = YearEndSettled(district=DONGBAO, year=2026, settled=1_234_501, amount=617_250, paid_on=date(2026, 7, 1), reference="1号")
    with pytest.raises(OutOfOrder, match="2026-12-01"):
        made.records(share, by=CITY, at="2026-11-30 18:00", other_cases=before)
    made.records(share, by=CITY, at="2026-12-01 09:00", other_cases=before)
    assert (str(settling_at(shanghai("2026-11-30 23:59:59"))), str(settling_at(shanghai("2026-12-01 00:00")))) == ("2026-1", "2026-2")


def test_a_statement_is_not_paid_before_it_came_nor_settled_under_a_year_far_off() -> None:
    with pytest.raises(Malformed, match="the statement came on 2026-06-20"):
        check(submit(desk())).records(paid(on=date(2026, 6, 19)), by=DONGBAO, at="2026-06-30 16:00")
    check(submit(desk())).records(paid(on=date(2026, 6, 20)), by=DONGBAO, at="2026-06-30 16:00")
    for act in (period(2, 2028), YearEndOpened(district=DONGBAO, year=2028)):
        with pytest.raises(Malformed, match="year is 2028"):
            desk(act, at="2026-12-31 23:59:59")
        desk(act, at="2027-01-01 00:00")


@pytest.mark.parametrize(
    ("on", "months", "last"),
    [
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2027, 11, 30), 3, date(2028, 2, 29)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2028, 2, 29), 36, date(2031, 2, 28)),
        (date(2026, 1, 31), 0, date(2026, 1, 31)),
        (date(2026, 10, 31), 12, date(2027, 10, 31)),
        (date(2026, 12, 31), 36, date(2029, 12, 31)),
    ],
)
def test_a_window_of_months_ends_on_the_same_day_or_the_last_of_its_month(on: date, months: int, last: date) -> None:
    assert months_after(on, months) == last
