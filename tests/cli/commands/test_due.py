"""`lianban due`: the moments of the plans' own examples, what rests on what, and which words are refused."""

import json
import resource
from pathlib import Path

import pytest

from tests.cli.conftest import Saying, process

JINGMEN, DAYE = "jingmen-2023", "daye-2023"


def due_of(lianban: Saying, scheme: str, rule: str, start: str, *more: str) -> str:
    said = lianban("due", "--scheme", scheme, "--rule", rule, "--from", start, "--json", *more)
    assert (said.status, said.err) == (0, "")
    due: str = said.json["due"]
    return due


@pytest.mark.parametrize(
    ("scheme", "rule", "start", "due"),
    [
        # Over the National Day of 2026, which a made-up Saturday follows (国办发明电〔2025〕7号).
        (JINGMEN, "J-04", "2026-09-30 16:00", "2026-10-10T18:00:00+08:00"),
        (JINGMEN, "J-01", "2026-02-13 17:00", "2026-02-14T11:00:00+08:00"),
        (JINGMEN, "half-day-connection", "2026-11-19 10:00", "2026-11-19T16:00:00+08:00"),
        (DAYE, "D-03", "2026-11-20 17:45", "2026-11-23T08:45:00+08:00"),
        (JINGMEN, "J-05", "2026-11-20 17:05", "2026-11-21T17:05:00+08:00"),
        (DAYE, "D-07", "2026-11-21 11:00", "2026-11-23T18:00:00+08:00"),
    ],
)
def test_a_limit_ends_when_the_plan_says(lianban: Saying, scheme: str, rule: str, start: str, due: str) -> None:
    assert due_of(lianban, scheme, rule, start) == due


@pytest.mark.parametrize("start", ["2026-09-30 16:00", "2026-09-30T16:00:00+08:00", "2026-09-30T08:00:00Z"])
def test_a_moment_without_an_offset_is_shanghais(lianban: Saying, start: str) -> None:
    assert due_of(lianban, JINGMEN, "J-04", start) == "2026-10-10T18:00:00+08:00"


def test_a_stop_over_night_adds_the_one_day_that_its_minutes_make(lianban: Saying) -> None:
    stop = ("--stop", "2026-11-17 17:59/2026-11-18 08:31")
    assert due_of(lianban, DAYE, "D-07", "2026-11-16 10:00") == "2026-11-17T18:00:00+08:00"
    assert due_of(lianban, DAYE, "D-07", "2026-11-16 10:00", *stop) == "2026-11-18T18:00:00+08:00"


def test_a_stop_that_still_lasts_leaves_no_moment(lianban: Saying) -> None:
    said = lianban("due", "--scheme", DAYE, "--rule", "D-07", "--from", "2026-11-16 10:00", "--stop", "2026-11-17 10:00/", "--json")
    assert said.json["due"] is None
    assert said.json["warn"] is None


def test_another_reading_stands_beside(lianban: Saying) -> None:
    said = lianban("due", "--scheme", JINGMEN, "--rule", "J-05", "--from", "2026-09-30 17:05", "--json")
    assert said.json["due"] == "2026-10-01T17:05:00+08:00"
    assert said.json["also"]["due"] == "2026-10-08T17:05:00+08:00"
    assert said.json["also"]["reading"]


def test_the_warning_comes_at_three_quarters(lianban: Saying) -> None:
    said = lianban("due", "--scheme", JINGMEN, "--rule", "J-04", "--from", "2026-09-30 16:00", "--json")
    assert said.json["warn"] == "2026-10-10T09:45:00+08:00"
    assert said.json["rule"] == "joint-approval"
    assert said.json["from"] == "2026-09-30T16:00:00+08:00"


def test_each_day_names_the_notice_behind_it(lianban: Saying) -> None:
    said = lianban("due", "--scheme", JINGMEN, "--rule", "J-04", "--from", "2026-09-30 16:00", "--json")
    days = {day["date"]: day for day in said.json["days"]}
    assert [on for on, day in days.items() if day["counted"]] == ["2026-10-08", "2026-10-09", "2026-10-10"]
    assert days["2026-10-10"]["source"] == days["2026-10-01"]["source"] == "国办发明电〔2025〕7号"


def test_people_read_the_moment_the_clause_and_the_made_up_day(lianban: Saying) -> None:
    said = lianban("due", "--scheme", JINGMEN, "--rule", "J-04", "--from", "2026-09-30 16:00")
    assert "2026-10-10 18:00 Sat (国庆节调休上班)" in said.out
    assert "四(二)2" in said.out
    assert "3个工作日办结" in said.out
    assert "2026-10-10 24:00" in said.out, "the other reading ends with that day"
    assert "2026-10-01" not in said.out
    explained = lianban("due", "--scheme", JINGMEN, "--rule", "J-04", "--from", "2026-09-30 16:00", "--explain")
    assert "2026-10-01 Thu" in explained.out


def test_a_year_without_a_notice_is_provisional_until_one_is_imported(settings: dict[str, str], tmp_path: Path) -> None:
    asked = ("due", "--scheme", JINGMEN, "--rule", "J-04", "--from", "2026-12-29 16:00")
    first = process(*asked, "--json", settings=settings)
    assert first.json["provisional"] is True
    assert first.json["due"] == "2027-01-04T18:00:00+08:00"
    assert "provisional" in process(*asked, settings=settings).out
    notice = tmp_path / "2027.json"
    days = [{"name": "元旦", "date": f"2027-01-0{day}", "isOffDay": True} for day in (1, 2, 3, 4)]
    notice.write_text(json.dumps({"year": 2027, "papers": ["https://example.org/2027"], "number": "样例〔2026〕1号", "days": days}))
    imported = process("calendar", "import", str(notice), settings=settings)
    assert (imported.status, imported.err) == (0, "")
    after = process(*asked, "--json", settings=settings)
    assert after.json["provisional"] is False
    assert after.json["due"] == "2027-01-05T18:00:00+08:00", "the made-up notice gives Monday 4 January off as well"
    assert after.json["edition"] != first.json["edition"]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--rule", "J-20", "--from", "2026-11-16 10:00"), "no-visits"),  # carried by several rules
        (("--rule", "J-10", "--from", "2026-11-16 10:00"), "act"),  # the order names the day
        (("--rule", "no-visits", "--from", "2026-11-16 10:00"), "no-visits"),  # counted, not timed
        (("--rule", "J-99", "--from", "2026-11-16 10:00"), "J-99"),
        (("--rule", "J-05", "--from", "2026-11-16 10:00", "--stop", "2026-11-16 11:00/2026-11-16 12:00"), "stopped"),
        (("--rule", "J-04", "--from", "2026-11-16 10:00", "--stop", "2026-11-16 12:00/2026-11-16 11:00"), "before"),
        (("--rule", "J-04", "--from", "2026-11-16 10:00", "--stop", "2026-11-16 12:00"), "FROM/TO"),
        (("--rule", "J-04", "--from", "2026-11-16"), "hour"),
        (("--rule", "J-04", "--from", "tomorrow"), "tomorrow"),
        (("--rule", "J-04", "--from", "0001-01-01 00:00"), "calendar"),
        (("--rule", "J-04", "--from", "2046-12-31 17:00"), "calendar"),
        (("--rule", "J-04", "--from", "2026-11-16 10:00", "--party", "nobody"), "nobody"),
        (("--rule", "J-04"), "--from"),
        (("--batch", "--rule", "J-04"), "--batch"),
    ],
)
def test_words_that_do_not_fit_are_said_in_one_line(lianban: Saying, words: tuple[str, ...], told: str) -> None:
    said = lianban("due", "--scheme", JINGMEN, *words)
    assert said.status == 2
    assert said.out == ""
    assert told in said.err
    assert said.err.count("\n") == 1


def test_a_plan_that_is_not_there_is_said_with_those_that_are(lianban: Saying) -> None:
    said = lianban("due", "--scheme", "wuhan-2023", "--rule", "J-04", "--from", "2026-11-16 10:00")
    assert said.status == 2
    assert JINGMEN in said.err


def test_a_damaged_import_is_named(lianban: Saying, settings: dict[str, str]) -> None:
    folder = Path(settings["LIANBAN_DATA"]) / "calendars"
    folder.mkdir(parents=True)
    (folder / "0001-2027.json").write_bytes(b"{")
    said = lianban("due", "--scheme", JINGMEN, "--rule", "J-04", "--from", "2026-11-16 10:00")
    assert said.status == 1
    assert said.err.startswith("lianban: 2027.json")


def test_lines_are_answered_in_order_and_a_bad_one_holds_up_nobody(settings: dict[str, str]) -> None:
    lines = [
        '{"rule":"J-04","from":"2026-09-30 16:00"}',
        '{"rule":"J-04","from":"2026-09-30 16:00","colour":"blue"}',
        "",
        '{"rule":"J-20","from":"2026-09-30 16:00"}',
        '{"rule":"J-04","from":"2026-11-16 10:00","stops":[["2026-11-17 17:59","2026-11-18 08:31"]]}',
        '{"rule":"J-04","from":"9999-12-31 23:59"}',
        '{"rule":"J-01","from":"2026-02-13T17:00:00+08:00"}',
    ]
    given = "\n".join(lines).encode() + b'\n{"rule":"\xff"}\n{"rule":"J-05","from":"2026-09-30 17:05"}'
    said = process("due", "--scheme", JINGMEN, "--batch", settings=settings, given=given)
    answers = [json.loads(line) for line in said.out.splitlines()]
    assert said.status == 0
    assert [answer.get("due") for answer in answers] == [
        "2026-10-10T18:00:00+08:00",
        None,
        None,
        None,
        "2026-11-20T18:00:00+08:00",  # a day later than the 19th
        None,
        "2026-02-14T11:00:00+08:00",
        None,
        "2026-10-01T17:05:00+08:00",
    ]
    assert [answer["line"] for answer in answers if "error" in answer] == [2, 3, 4, 6, 8]
    assert "days" not in answers[0]
    explained = process("due", "--scheme", JINGMEN, "--batch", "--explain", settings=settings, given=given)
    assert len(json.loads(explained.out.splitlines()[0])["days"]) == 11, "30 September to 10 October"


def test_nobody_waits_for_an_answer(settings: dict[str, str]) -> None:
    """Half a second is the promise; the processor's time is what a busy machine does not change."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert process("due", "--scheme", JINGMEN, "--rule", "J-04", "--from", "2026-09-30 16:00", settings=settings).status == 0
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime < 0.5
