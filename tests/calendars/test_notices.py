"""The shipped notices: their numbers and dates, their own words, and their agreement with the package."""

import tomllib
from datetime import date
from importlib.metadata import version
from pathlib import Path

import msgspec
import pytest

from calendars import CalendarFault, package_edition
from calendars.editions import edition, notices, package
from calendars.editions.package import ask_package, package_days

# As printed at the head of each notice on gov.cn.
HEADS = {
    "国办发明电〔2014〕28号": date(2014, 12, 16),
    "国发明电〔2015〕1号": date(2015, 5, 13),
    "国办发明电〔2015〕18号": date(2015, 12, 10),
    "国办发明电〔2016〕17号": date(2016, 12, 1),
    "国办发明电〔2017〕12号": date(2017, 11, 30),
    "国办发明电〔2018〕15号": date(2018, 12, 4),
    "国办发明电〔2019〕3号": date(2019, 3, 22),
    "国办发明电〔2019〕16号": date(2019, 11, 21),
    "国办发明电〔2020〕1号": date(2020, 1, 26),
    "国办发明电〔2020〕27号": date(2020, 11, 25),
    "国办发明电〔2021〕11号": date(2021, 10, 25),
    "国办发明电〔2022〕16号": date(2022, 12, 8),
    "国办发明电〔2023〕7号": date(2023, 10, 25),
    "国办发明电〔2024〕12号": date(2024, 11, 12),
    "国办发明电〔2025〕7号": date(2025, 11, 4),
}


def test_every_notice_from_2015_on_is_there_with_its_number_and_date() -> None:
    assert {one.number: one.issued_on for one in package_edition().notices if one.year > 2014} == HEADS
    assert package_edition().published_years == tuple(range(2014, 2027))


def test_each_encoding_stands_beside_the_words_that_name_its_days() -> None:
    for notice in tomllib.loads(notices.SHIPPED.read_text("utf-8"))["notice"]:
        for holiday in notice["holidays"]:
            for span in [*holiday["rest"], *holiday.get("work", [])]:
                last = date.fromisoformat(span.split("..")[-1])
                assert f"{last.day}日" in holiday["words"], (notice["number"], holiday["name"])


def test_the_kept_days_are_what_the_package_says_today() -> None:
    assert package_days() == ask_package()


def test_another_release_of_the_package_is_asked_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    older = tmp_path / "package_days.json"
    older.write_bytes(package.KEPT.read_bytes().replace(version("holidays").encode(), b"0.1"))
    monkeypatch.setattr(package, "KEPT", older)
    assert package_days().release == version("holidays")


@pytest.mark.parametrize(
    ("word", "other", "fault"),
    [
        ('"2026-10-01..2026-10-07"', '"2026-10-01..2026-10-06"', "2026-10-07 is worked here, but rest in holidays"),
        ('work = ["2026-05-09"]', "work = []", "2026-05-09 is rest here, but worked in holidays"),
        ("2026-05-09", "2026-05-32", "day is out of range for month"),
        ("issued_on = 2025-11-04", "issued = 2025-11-04", "issued"),
    ],
)
def test_a_wrong_notice_stops_the_start_and_names_the_day(
    word: str, other: str, fault: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    changed = tmp_path / "notices.toml"
    changed.write_text(notices.SHIPPED.read_text("utf-8").replace(word, other), "utf-8")
    monkeypatch.setattr(edition, "read_notices", lambda: notices.read_notices(changed))
    with pytest.raises(CalendarFault, match=fault) as stopped:
        package_edition.__wrapped__()
    assert stopped.value.file == "notices.toml"
    assert stopped.value.mend


def test_a_missing_file_of_notices_is_told(tmp_path: Path) -> None:
    with pytest.raises(CalendarFault, match=r"nowhere\.toml"):
        notices.read_notices(tmp_path / "nowhere.toml")


def test_a_fault_keeps_its_parts_on_its_way_between_processes() -> None:
    fault = CalendarFault("a.json", "$.year", "wrong", "Mend it")
    kind, parts = fault.__reduce__()
    assert str(kind(*parts)) == str(fault) == "a.json, $.year: wrong. Mend it"


def test_the_package_is_read_in_full() -> None:
    kept = msgspec.json.decode(package.KEPT.read_bytes(), type=package.PackageDays)
    assert not kept.is_working(date(2027, 1, 1))
    assert kept.is_working(date(2026, 10, 10))
    assert not kept.is_working(date(2026, 10, 11))
