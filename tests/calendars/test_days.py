"""Which days are worked: against the notices, and day by day against a second package that others keep."""

from datetime import UTC, date, datetime, timedelta

import chinese_calendar
import msgspec
import pytest

from calendars import CalendarDay, Closure, local_day, midnight, package_edition
from calendars.editions.edition import edition_of
from tests.calendars.shanghai import at

calendar = package_edition().calendar()


def days_of(year: int) -> list[date]:
    first = date(year, 1, 1)
    return [first + timedelta(days=n) for n in range((date(year + 1, 1, 1) - first).days)]


@pytest.mark.parametrize("year", range(2014, 2027))
def test_every_day_of_every_published_year_is_as_another_package_has_it(year: int) -> None:
    assert [calendar.is_working(on) for on in days_of(year)] == [chinese_calendar.is_workday(on) for on in days_of(year)]


@pytest.mark.parametrize(
    ("on", "working", "name", "source"),
    [
        ("2026-10-10", True, "国庆节调休上班", "国办发明电〔2025〕7号"),
        ("2026-10-07", False, "国庆节", "国办发明电〔2025〕7号"),
        ("2026-11-20", True, "工作日", "weekday"),
        ("2026-11-21", False, "周末", "weekend"),
        ("2018-12-31", False, "元旦", "国办发明电〔2018〕15号"),
        ("2020-02-01", False, "春节延长假期", "国办发明电〔2020〕1号"),
        ("2019-05-03", False, "劳动节", "国办发明电〔2019〕3号"),
        ("2015-09-03", False, "中国人民抗日战争暨世界反法西斯战争胜利70周年纪念日", "国发明电〔2015〕1号"),
    ],
)
def test_a_published_day_names_the_notice_behind_it(on: str, working: bool, name: str, source: str) -> None:  # noqa: FBT001 -- a column of the table
    assert calendar.day(date.fromisoformat(on)) == CalendarDay(date.fromisoformat(on), working, name, source, published=True)


def test_a_year_without_a_notice_keeps_the_days_of_the_law_and_says_so() -> None:
    new_year = calendar.day(date(2027, 1, 1))
    assert (new_year.working, new_year.name, new_year.source, new_year.published) == (
        False,
        "元旦",
        "no notice yet",
        False,
    )
    assert calendar.day(date(2027, 3, 1)) == CalendarDay(
        date(2027, 3, 1), working=True, name="工作日", source="no notice yet", published=False
    )
    # Labour Day 2027 is a Saturday and a Sunday: 放假办法 第六条 makes both up, a notice will say when
    assert not calendar.is_working(date(2027, 5, 3))
    assert not calendar.is_working(date(2027, 5, 4))


def test_what_reaches_past_28_december_of_the_last_notice_is_provisional() -> None:
    assert calendar.published_through == date(2026, 12, 28)
    assert not calendar.is_provisional(at("2026-12-28 18:00"))
    assert calendar.is_provisional(at("2026-12-29 00:00"))
    assert calendar.day(date(2026, 12, 29)).source == "no notice yet"


def test_two_calendars_differ_from_the_first_day_that_one_alone_works_or_knows_to_the_end_of_the_last() -> None:
    closed = Closure("420800", "样例通知", {date(2026, 11, 18): "停止办公"}, {date(2026, 11, 21): "补班"})
    local = edition_of(msgspec.structs.replace(package_edition().content, closures=(closed,))).calendar("420800")
    assert calendar.differing(local) == local.differing(calendar) == (midnight(date(2026, 11, 18)), midnight(date(2026, 11, 22)))
    assert calendar.differing(package_edition().calendar("420800")) is None
    first = msgspec.structs.replace(package_edition().content, notices=package_edition().notices[:-1])
    assert edition_of(first).published_through == date(2025, 12, 28)
    known = calendar.differing(edition_of(first).calendar())
    assert known is not None
    assert known[0] <= midnight(date(2025, 12, 29))
    assert known[1] == midnight(date(2026, 12, 29))


def test_the_calendar_says_where_it_ends() -> None:
    assert (calendar.first, calendar.last) == (date(2014, 1, 1), date(2046, 12, 31))
    for on in (date(2013, 12, 31), date(2047, 1, 1)):
        with pytest.raises(ValueError, match="2014-01-01 to 2046-12-31"):
            calendar.is_working(on)


def test_a_shanghai_day_begins_eight_hours_before_that_of_greenwich() -> None:
    assert midnight(date(2026, 11, 20)) == datetime(2026, 11, 19, 16, tzinfo=UTC)


def test_a_local_day_is_a_shanghai_day() -> None:
    assert local_day(datetime(2026, 11, 20, 15, 59, 59, tzinfo=UTC)) == date(2026, 11, 20)
    assert local_day(datetime(2026, 11, 20, 16, tzinfo=UTC)) == date(2026, 11, 21)
    with pytest.raises(ValueError, match="no offset"):
        local_day(datetime(2026, 11, 20))  # noqa: DTZ001 -- the very thing that is refused
