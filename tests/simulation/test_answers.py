"""The breaches that are known beforehand are exactly those that the judge finds."""

from datetime import UTC, datetime

import pytest

from domain.clock import is_breached
from tests.simulation.cities import CITIES, END, answered, clocks, judged, made

FAR = datetime(2044, 1, 1, tzinfo=UTC)
EVERY = sorted(CITIES)
NEVER_STARTED = {"reply-before-close", "objection-decision"}
"""No enquiry can be closed without a reply while its feedback clock runs, so that is never broken alone; objections come later."""


@pytest.mark.parametrize("name", EVERY)
@pytest.mark.parametrize(("seed", "breaches"), [(1, 100), (2, 100), (3, 400), (4, 0)])
def test_the_judge_finds_the_known_breaches_and_no_other(name: str, seed: int, breaches: int) -> None:
    for one in made(name, 350, seed=seed, breaches=breaches):
        found = [clock for clock in clocks(name, one) if is_breached(clock, FAR)]
        assert judged(name, found) == answered(one.answers), one.case.case_id


@pytest.mark.parametrize("name", EVERY)
def test_every_clock_has_stopped_or_is_overdue_by_the_end_of_the_last_day(name: str) -> None:
    for one in made(name, 350):
        for clock in clocks(name, one):
            assert clock.state in {"met", "late", "void"} or is_breached(clock, END)


@pytest.mark.parametrize("name", EVERY)
def test_nothing_is_written_after_the_last_day(name: str) -> None:
    assert max(entry.recorded_at for one in made(name, 350) for entry in one.entries) < END


@pytest.mark.parametrize("name", EVERY)
def test_no_breach_is_named_twice(name: str) -> None:
    answers = [answer for one in made(name, 350) for answer in one.answers]
    assert len(answers) == len({(a.case_id, a.rule, tuple(a.keys.items()), a.party, a.due_at) for a in answers})


@pytest.mark.parametrize("name", EVERY)
def test_every_rule_of_the_plan_is_broken_somewhere(name: str) -> None:
    broken = {answer.rule for one in made(name, 900, breaches=400) for answer in one.answers}
    assert set(CITIES[name].book.rules) - broken <= NEVER_STARTED


@pytest.mark.parametrize("name", EVERY)
def test_about_as_many_duties_are_missed_as_were_asked_for(name: str) -> None:
    cases = made(name, 350)
    missed = sum(len(one.answers) for one in cases)
    duties = sum(len(clocks(name, one)) for one in cases)
    assert 70 < missed * 1000 // duties < 130


@pytest.mark.parametrize("name", EVERY)
def test_a_city_without_breaches_has_none(name: str) -> None:
    assert not [answer for one in made(name, 350, seed=4, breaches=0) for answer in one.answers]


@pytest.mark.parametrize("name", EVERY)
def test_live_cases_have_something_running_and_nothing_overdue(name: str) -> None:
    for one in made(name, 0, live=60):
        if one.case.kind in {"commitment", "settlement", "supervision"}:
            continue
        found = clocks(name, one)
        assert not one.answers
        assert not [clock.rule for clock in found if is_breached(clock, END)]
        assert [clock.rule for clock in found if clock.state in {"running", "stopped"}]
