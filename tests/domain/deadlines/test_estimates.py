"""When it would be due and why, without a case: the limits of both plans, worked out by hand."""

import msgspec
import pytest

from calendars import OfficeClock
from domain.clock import Span
from domain.deadlines.estimate import Estimate, estimate, in_words
from domain.deadlines.explain import contested, days_of, limit_of_clock, overrun_of
from domain.refusals import Malformed, NotComputable, NotCovered
from domain.schemes.rule import AlsoReadAs
from tests.domain.stories import Story, approval, book, offices, said, shanghai, with_rules


def office(city: str = "jingmen-2023") -> OfficeClock:
    places = offices()
    return places.of(book(city), "anybody", places.newest)


def asked(rule: str, start: str, *stops: Span, city: str = "jingmen-2023", explained: bool = True) -> Estimate:
    return estimate(book(city), rule, shanghai(start), stops, office(city), explained=explained)


def test_an_approval_over_the_national_day_is_explained_day_by_day() -> None:
    answer = asked("J-04", "2026-09-30 16:00")
    assert (answer.rule.id, said(answer.due), said(answer.warn)) == ("joint-approval", "2026-10-10 18:00", "2026-10-10 09:45")
    assert (said(answer.statutory), answer.provisional) == ("2026-11-03 18:00", False)
    assert answer.also is not None
    assert (said(answer.also.due), answer.also.reading) == ("2026-10-11 00:00", "截止到当日 24:00")
    assert len(answer.days) == 11
    assert "approval-start" in answer.assumptions


@pytest.mark.parametrize(
    ("city", "rule", "start", "due"),
    [
        ("jingmen-2023", "J-01", "2026-11-16 10:00", "2026-11-16 16:00"),
        ("jingmen-2023", "J-01", "2026-11-16 08:30", "2026-11-16 12:00"),
        ("jingmen-2023", "J-01", "2026-11-15 20:00", "2026-11-16 12:00"),
        ("jingmen-2023", "J-01", "2026-11-16 12:30", "2026-11-16 18:00"),
        ("jingmen-2023", "J-05", "2026-11-20 17:05", "2026-11-21 17:05"),
        ("jingmen-2023", "J-14", "2026-11-16 10:00", "2026-11-16 18:00"),
        ("jingmen-2023", "J-03", "2026-11-20 16:00", "2026-11-24 18:00"),
        ("daye-2023", "D-01", "2026-11-20 16:00", "2026-11-23 18:00"),
        ("daye-2023", "D-01", "2026-11-21 11:00", "2026-11-23 18:00"),
        ("daye-2023", "D-05", "2026-11-16 17:45", "2026-11-17 08:45"),
    ],
)
def test_a_limit_ends_when_the_convention_says(city: str, rule: str, start: str, due: str) -> None:
    assert said(asked(rule, start, city=city, explained=False).due) == due


def test_the_other_reading_of_at_once_is_the_close_of_the_day_on_which_it_ends() -> None:
    answer = asked("J-02", "2026-11-16 17:45")
    assert answer.also is not None
    assert said(answer.also.due) == "2026-11-17 18:00"


def test_an_open_stop_leaves_no_due_moment() -> None:
    answer = asked("J-04", "2026-11-16 10:00", (shanghai("2026-11-17 08:30"), None))
    assert (answer.due, answer.warn, answer.provisional) == (None, None, False)


def test_a_bounded_stop_moves_the_due_moment() -> None:
    answer = asked("J-04", "2026-11-16 10:00", (shanghai("2026-11-17 08:30"), shanghai("2026-11-17 18:00")))
    assert said(answer.due) == "2026-11-20 18:00"


def test_a_stop_on_a_clock_that_may_not_stop_is_refused() -> None:
    with pytest.raises(NotCovered, match="may not be stopped"):
        asked("J-03", "2026-11-16 10:00", (shanghai("2026-11-17 08:30"), None))


def test_a_stop_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(Malformed, match="ends before it begins"):
        asked("J-04", "2026-11-16 10:00", (shanghai("2026-11-17 08:30"), shanghai("2026-11-17 08:30")))


def test_an_id_of_several_rules_a_standard_and_a_limit_that_an_act_gives_have_no_answer() -> None:
    for rule, why in (
        ("J-12", "is carried by several rules; name one of: settlement-statement, settlement-check"),
        ("J-99", "is no rule of jingmen-2023"),
        ("one-survey", "is a counted standard"),
        ("rectification", "is given by a day or moment in the act"),
        ("registered-matter", "is given by the class of the matter"),
    ):
        with pytest.raises(NotComputable, match=why):
            asked(rule, "2026-11-16 10:00")


def test_a_moment_outside_all_calendars_is_refused() -> None:
    with pytest.raises(Malformed):
        asked("J-04", "2080-11-16 10:00")


def test_the_other_reading_is_named_in_words() -> None:
    rule = book("jingmen-2023").rules["general-feedback"]
    assert in_words(rule) == "时限按 24wh 计"
    assert in_words(msgspec.structs.replace(rule, also_read_as=None)) == ""
    both = AlsoReadAs(rest_day_start="next-working-day", half="session", until="close")
    named = in_words(msgspec.structs.replace(rule, also_read_as=both))
    assert named == "休息日收到的，视为下一工作日收到；半日按下一个办公时段计；截止到当日下班"


# ---- of clocks


def test_a_clock_is_explained_by_its_own_limit() -> None:
    story = approval("2026-11-16 10:00")
    clock = story.clock("joint-approval")
    counted = [(str(day.date), day.counted) for day in days_of(story.book, clock, story.offices)]
    assert [day for day, _ in counted] == ["2026-11-16", "2026-11-17", "2026-11-18", "2026-11-19"]


def test_a_counted_standard_and_a_moment_that_an_act_named_need_no_counting() -> None:
    ours = book("jingmen-2023")
    clock = approval().clock("joint-approval")
    assert limit_of_clock(ours, msgspec.structs.replace(clock, rule="no-visits", counted=True), None) is None
    assert days_of(ours, msgspec.structs.replace(clock, rule="no-visits", counted=True), offices()) == ()
    assert days_of(ours, msgspec.structs.replace(clock, rule="rectification"), offices()) == ()
    assert limit_of_clock(ours, msgspec.structs.replace(clock, rule="registered-matter"), None) is None


@pytest.mark.parametrize(
    ("rule", "class_", "due", "ended", "measure", "own", "natural"),
    [
        ("joint-approval", None, "2026-11-19 18:00", "2026-11-23 09:00", "days", 2, 313_200),
        ("half-day-connection", None, "2026-11-16 16:00", "2026-11-17 09:00", "seconds", 9_000, 61_200),
        ("general-feedback", None, "2026-11-21 17:05", "2026-11-21 18:05", "seconds", 3_600, 3_600),
        ("rectification", None, "2026-11-20 18:00", "2026-11-23 09:00", "seconds", 1_800, 226_800),
        ("registered-matter", "complex", "2026-11-19 18:00", "2026-11-20 09:00", "days", 1, 54_000),
        ("registered-matter", "general", "2026-11-19 18:00", "2026-11-20 09:00", "seconds", 54_000, 54_000),
        ("joint-approval", None, "2026-11-19 18:00", "2026-11-19 09:00", "days", 0, 0),
    ],
)
def test_an_overrun_is_measured_as_its_rule_counts_and_in_natural_time(
    rule: str, class_: str | None, due: str, ended: str, measure: str, own: int, natural: int
) -> None:
    clock = msgspec.structs.replace(approval().clock("joint-approval"), rule=rule, due=shanghai(due), ended_at=shanghai(ended))
    over = overrun_of(book("jingmen-2023"), clock, offices(), shanghai("2026-12-31 09:00"), class_)
    assert (over.measure, over.own, over.natural_seconds) == (measure, own, natural)


def test_a_clock_that_still_runs_is_measured_to_now_and_one_that_is_stopped_has_no_overrun() -> None:
    clock = approval().clock("joint-approval")
    over = overrun_of(book("jingmen-2023"), clock, offices(), shanghai("2026-11-20 18:00"))
    assert (over.own, over.natural_seconds) == (1, 86_400)
    stopped = msgspec.structs.replace(clock, due=None)
    assert overrun_of(book("jingmen-2023"), stopped, offices(), shanghai("2026-11-20 18:00")).natural_seconds == 0
    assert not contested(stopped, shanghai("2026-11-20 18:00"))
    assert contested(clock, shanghai("2026-11-19 20:00"))


def test_a_first_day_that_counts_ends_a_day_earlier() -> None:
    story = Story(
        with_rules(
            """
            [deadline]
            case = "enquiry"
            starts = "enquiry.received"
            stops = "matter.done"
            owed_by = "receiver"
            limit = "3wd"
            first_day = "counts"
            """
        )
    )
    answer = estimate(story.book, "made-up", shanghai("2026-11-16 10:00"), (), office())
    assert said(answer.due) == "2026-11-18 18:00"
