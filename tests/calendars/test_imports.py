"""Later notices and local closures come in as new editions, or are refused with the place and the mend."""

from datetime import date, timedelta
from typing import Any

import msgspec
import pytest

from calendars import (
    CalendarFault,
    Edition,
    OfficeClock,
    decode_edition,
    edition_with,
    encode_edition,
    import_notice,
    package_edition,
    parse_limit,
)
from calendars.editions.edition import edition_of
from tests.calendars.shanghai import JINGMEN_HOURS, at, said

PAPER = "https://www.gov.cn/zhengce/zhengceku/202611/content_0000000.htm"


def span(name: str, first: str, days: int) -> list[dict[str, object]]:
    start = date.fromisoformat(first)
    return [{"name": name, "date": str(start + timedelta(days=n)), "isOffDay": True} for n in range(days)]


def made_up_2027() -> dict[str, Any]:
    """No notice for 2027 is known: these days are invented, only their form is holiday-cn's."""
    days = [*span("元旦", "2026-12-31", 3), *span("春节", "2027-02-05", 8), *span("国庆节", "2027-10-01", 7)]
    days += [{"name": "元旦", "date": "2027-01-03", "isOffDay": False}]
    schema = "https://raw.githubusercontent.com/NateScarlet/holiday-cn/master/schema.json"
    return {"$schema": schema, "$id": schema, "year": 2027, "papers": [PAPER], "days": days}


def bytes_of(form: object) -> bytes:
    return msgspec.json.encode(form)


def imported(**changed: object) -> Edition:
    return import_notice(package_edition(), bytes_of(made_up_2027() | changed), "2027.json")


def test_an_imported_year_is_no_longer_provisional() -> None:
    before, after = package_edition().calendar(), imported().calendar()
    assert before.is_provisional(at("2026-12-31 18:00"))
    assert not after.is_provisional(at("2027-12-28 18:00"))
    assert after.is_provisional(at("2027-12-29 18:00"))
    assert after.published_through == date(2027, 12, 28)


def test_the_december_before_follows_the_new_notice() -> None:
    days = imported().calendar()
    assert package_edition().calendar().is_working(date(2026, 12, 31))
    assert (days.day(date(2026, 12, 31)).name, days.day(date(2026, 12, 31)).source) == ("元旦", PAPER)
    assert days.day(date(2027, 1, 3)).name == "元旦调休上班"
    assert days.is_working(date(2027, 1, 3))


def test_days_of_the_law_rest_even_where_a_file_forgets_them_and_guesses_are_gone() -> None:
    days = imported().calendar()
    assert days.day(date(2027, 5, 1)).source == "全国年节及纪念日放假办法"
    assert not package_edition().calendar().is_working(date(2027, 5, 3))
    assert days.is_working(date(2027, 5, 3))


def test_the_due_moment_moves_with_the_edition() -> None:
    start = at("2026-12-30 10:00")
    moments = [OfficeClock(one.calendar(), JINGMEN_HOURS).due(start, parse_limit("1wd")) for one in (package_edition(), imported())]
    assert [said(moment) for moment in moments] == ["2026-12-31 18:00", "2027-01-03 18:00"]


def test_the_id_is_made_of_the_content() -> None:
    assert imported().id == imported().id != package_edition().id
    assert len(imported().id) == 16
    assert imported(number="国办发明电〔2026〕1号").id != imported().id
    assert imported() == imported()
    assert imported() != "2027"
    assert len({imported(), imported(), package_edition()}) == 2


def test_a_file_that_says_nothing_new_makes_no_new_edition() -> None:
    edition = imported()
    assert import_notice(edition, bytes_of(made_up_2027()), "again.json") is edition


def test_an_official_number_may_be_added_later() -> None:
    form = made_up_2027() | {"number": "国办发明电〔2026〕9号", "issued_on": "2026-11-05"}
    edition = import_notice(imported(), bytes_of(form), "2027.json")
    assert edition.calendar().day(date(2026, 12, 31)).source == "国办发明电〔2026〕9号"


def test_a_year_imported_again_takes_the_place_of_the_first() -> None:
    longer = made_up_2027()["days"] + span("春节", "2027-02-15", 1)
    edition = import_notice(imported(), bytes_of(made_up_2027() | {"days": longer}), "2027.json")
    assert [one.year for one in edition.notices].count(2027) == 1
    assert not edition.calendar().is_working(date(2027, 2, 15))


def test_an_edition_comes_back_as_it_was_written() -> None:
    for edition in (package_edition(), imported(), closed("2026-11-24")):
        again = decode_edition(encode_edition(edition))
        assert again == edition
        assert again.content == edition.content
        assert encode_edition(again) == encode_edition(edition)


def test_an_edition_changed_after_it_was_written_is_refused() -> None:
    with pytest.raises(CalendarFault, match="calls itself"):
        decode_edition(encode_edition(imported()).replace(b"2027-02-12", b"2027-02-13"))
    with pytest.raises(CalendarFault, match="stored"):
        decode_edition(b"{", "stored")


@pytest.mark.parametrize(
    ("changed", "path", "fault"),
    [
        ({"year": 2028, "days": span("元旦", "2028-01-01", 1)}, "$.year", "2028 leaves a gap after 2026"),
        ({"year": 2013}, "$.year", "2013 is outside the calendar"),
        ({"year": 2047}, "$.year", "2047 is outside the calendar"),
        ({"year": "2027"}, "$.year", "Expected `int`"),
        ({"papers": [], "days": []}, "$.papers", "no notice stands behind 2027 yet"),
        ({"days": []}, "$.days", "no notice stands behind 2027 yet"),
        ({"days": span("元旦", "2027-01-01", 1) * 2}, "$.days", "2027-01-01 stands there twice"),
        ({"days": span("元旦", "2028-01-01", 1)}, "$.days[0].date", "2028-01-01 is no day of the notice for 2027"),
        ({"days": span("元旦", "2026-11-30", 1)}, "$.days[0].date", "2026-11-30 is no day of the notice for 2027"),
        ({"days": [{"name": "元旦", "date": "2027-02-30", "isOffDay": True}]}, "$.days[0].date", "Invalid"),
        ({"days": [{"name": "元旦", "date": "2027-01-01", "isOffDay": 1}]}, "$.days[0].isOffDay", "Expected `bool`"),
        ({"days": [{"name": "元旦", "date": "2027-01-01"}]}, "$.days[0]", "isOffDay"),
        ({"days": span(" ", "2027-01-01", 1)}, "$.days[0].name", "is no name"),
        ({"days": span("元\u0000旦", "2027-01-01", 1)}, "$.days[0].name", "is no name"),
        ({"holidays": []}, "$", "holidays"),
    ],
)
def test_a_wrong_year_is_refused_where_it_is_wrong(changed: dict[str, object], path: str, fault: str) -> None:
    with pytest.raises(CalendarFault) as refusal:
        imported(**changed)
    assert (refusal.value.file, refusal.value.path) == ("2027.json", path)
    assert fault in refusal.value.what
    assert refusal.value.mend


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (b'{"year": 2027, "papers": ["\x00"]}', "NUL"),
        (b'{"year": 2027, "papers": ["\xff"]}', "not UTF-8"),
        ("元旦".encode("gb18030"), "not UTF-8"),
        (b"", "not JSON"),
        (b"2027,1,1", "not JSON"),
        (b"[" * 100_000, "not JSON"),
        (b'{"year": 2027, "papers": ["\\ud800"], "days": []}', "not JSON"),
        (b"[]", "Expected `object`"),
        (b"null", "Expected `object`"),
        (b" " * (1 << 21), "more than any calendar"),
    ],
)
def test_a_damaged_file_is_refused(data: bytes, fault: str) -> None:
    with pytest.raises(CalendarFault, match=fault):
        import_notice(package_edition(), data, "2027.json")


def test_a_file_saved_with_a_byte_order_mark_is_read() -> None:
    assert import_notice(package_edition(), b"\xef\xbb\xbf" + bytes_of(made_up_2027()), "2027.json") == imported()


def closure(**changed: object) -> bytes:
    form = {"city": "420800", "document": "荆防指〔2026〕3号", "closed": [{"date": "2026-11-24", "name": "防汛"}]}
    return bytes_of(form | changed)


def closed(day: str) -> Edition:
    return import_notice(package_edition(), closure(closed=[{"date": day, "name": "防汛"}]), "closure.json")


def test_a_city_closes_and_the_rest_of_the_country_does_not() -> None:
    edition = closed("2026-11-24")
    day = edition.calendar("420800").day(date(2026, 11, 24))
    assert (day.working, day.name, day.source, day.published) == (False, "防汛", "荆防指〔2026〕3号", True)
    assert edition.calendar().is_working(date(2026, 11, 24))
    assert edition.calendar("420281") is edition.calendar()
    assert edition.published_through == package_edition().published_through


def test_a_city_may_open_on_a_rest_day() -> None:
    data = closure(closed=[], opened=[{"date": "2026-11-22", "name": "集中办理日"}], issued_on="2026-11-01")
    day = import_notice(package_edition(), data, "closure.json").calendar("420800").day(date(2026, 11, 22))
    assert (day.working, day.name) == (True, "集中办理日")


def test_a_document_imported_again_takes_the_place_of_the_first() -> None:
    twice = import_notice(closed("2026-11-24"), closure(closed=[{"date": "2026-11-25", "name": "防汛"}]), "closure.json")
    assert twice == closed("2026-11-25")


@pytest.mark.parametrize(
    ("changed", "path", "fault"),
    [
        ({"city": "荆门"}, "$.city", "is no city code"),
        ({"closed": []}, "$.closed", "closes and opens no day"),
        ({"document": ""}, "$.document", "is no name"),
        ({"closed": [{"date": "2026-11-24", "name": ""}]}, "$.closed[0].name", "is no name"),
        ({"opened": [{"date": "2026-11-24", "name": "值守"}]}, "$.closed and $.opened", "stands there twice"),
        ({"closed": [{"date": "2050-11-24", "name": "防汛"}]}, "$.closed and $.opened", "outside the calendar"),
        ({"closed": [{"date": "24.11.2026", "name": "防汛"}]}, "$.closed[0].date", "Invalid"),
        ({"until": "2026-12-01"}, "$", "until"),
    ],
)
def test_a_wrong_closure_is_refused_where_it_is_wrong(changed: dict[str, object], path: str, fault: str) -> None:
    with pytest.raises(CalendarFault) as refusal:
        import_notice(package_edition(), closure(**changed), "closure.json")
    assert (refusal.value.file, refusal.value.path) == ("closure.json", path)
    assert fault in refusal.value.what


def test_a_gap_between_notices_ends_what_is_published() -> None:
    content = package_edition().content
    without = tuple(one for one in content.notices if one.year != 2020)
    assert edition_of(msgspec.structs.replace(content, notices=without)).published_through == date(2019, 12, 28)


def test_files_are_added_to_the_shipped_days_in_order() -> None:
    closed = {"date": "2026-11-20", "name": "防汛"}
    files = [("2027.json", bytes_of(made_up_2027())), ("closure.json", closure(closed=[closed]))]
    assert edition_with(files) == import_notice(imported(), files[1][1], "closure.json")
    assert edition_with([]) == package_edition()
