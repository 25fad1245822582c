"""Made-up traffic is repeatable, plainly marked, and comes as people come."""

from collections import Counter
from datetime import date, datetime
from random import Random

import pytest
from stdnum.cn import uscc

from calendars import SHANGHAI
from domain.acts import tag_of
from domain.acts.connection import SignoffGiven
from domain.ledger import chain_hash
from simulation import WantedTraffic, traffic
from simulation.arrivals import arrival
from simulation.slow_calendar import moment, seconds
from simulation.traffic import TooShort
from tests.simulation.cities import CITIES, EDITION, FROM, TO, made

SATURDAY = date(2026, 6, 6)
JINGMEN, DAYE = "jingmen-2023", "daye-2023"


def test_the_same_seed_gives_the_same_ledgers() -> None:
    asked = WantedTraffic(cases=60, seed=7, from_day=FROM, to_day=TO, live=5)
    assert list(traffic(CITIES[JINGMEN], asked)) == list(traffic(CITIES[JINGMEN], asked))


def test_another_seed_gives_other_cases() -> None:
    first, second = ({one.case.case_id for one in made(DAYE, 40, seed=seed)} for seed in (1, 2))
    assert not first & second


def test_each_ledger_is_chained_from_its_first_entry() -> None:
    for one in made(JINGMEN, 40):
        previous = b""
        for number, entry in enumerate(one.entries, 1):
            assert entry.seq == number
            assert entry.hash == chain_hash(previous, entry)
            previous = entry.hash
        assert one.case.head == previous


def test_applicants_are_marked_as_samples_and_their_codes_check() -> None:
    forms = [form for one in made(JINGMEN, 120) if (form := getattr(one.entries[0].act, "form", None)) and not isinstance(form, str)]
    assert forms
    for form in forms:
        assert form.applicant.name.startswith("样例")
        assert uscc.is_valid(form.applicant.credit_code)


def test_case_ids_carry_their_moment_and_are_of_version_7() -> None:
    for one in made(DAYE, 30):
        assert one.case.case_id.version == 7
        assert one.case.case_id.int >> 80 == seconds(one.entries[0].recorded_at) * 1000


def test_both_cities_have_enquiries_and_complaints_and_jingmen_alone_orders_and_settles() -> None:
    kinds = {name: {one.case.kind for one in made(name, 500)} for name in CITIES}
    assert kinds[JINGMEN] == {"connection", "enquiry", "complaint", "commitment", "supervision", "settlement"}
    assert kinds[DAYE] == {"connection", "enquiry", "complaint", "commitment"}


@pytest.mark.parametrize("name", sorted(CITIES))
def test_everything_that_a_connection_may_meet_happens(name: str) -> None:
    tags = Counter(tag_of(entry.act) for one in made(name, 700) for entry in one.entries)
    wanted = {
        "demand.deferred", "survey.held", "commitment.notified", "approval.opened", "approval.not_needed", "materials.refused",
        "materials.supplemented", "review.finished", "clock.stopped", "clock.resumed", "appointment.agreed", "appointment.changed",
        "acceptance.held", "service.connected", "case.withdrawn", "case.closed", "application.refused", "visit.required", "fee.charged",
    }  # fmt: skip
    assert not wanted - set(tags)
    opinions = {entry.act.outcome for one in made(name, 300) for entry in one.entries if isinstance(entry.act, SignoffGiven)}
    assert opinions == {"approved", "rejected"}


def arrivals(name: str, *, any_hour: bool) -> list[datetime]:
    rng, hand = Random(1), CITIES[name].hand()  # noqa: S311 -- repeatable, not secret
    return [moment(arrival(rng, hand, (FROM, TO), any_hour=any_hour)).astimezone(SHANGHAI) for _ in range(3000)]


def test_counters_are_busy_in_the_morning_quieter_on_fridays_and_closed_on_days_of_rest() -> None:
    calendar = EDITION.calendar("420281")
    came = arrivals(DAYE, any_hour=False)
    assert all(calendar.is_working(at.date()) for at in came)
    hours, days = Counter(at.hour for at in came), Counter(at.isoweekday() for at in came)
    assert hours[9] + hours[10] > hours[15] + hours[16] > hours[11]
    assert days[5] < min(days[day] for day in (1, 2, 3, 4))


def test_questions_come_at_night_and_on_days_of_rest_too() -> None:
    asked = arrivals(JINGMEN, any_hour=True)
    assert any(at.hour >= 20 for at in asked)
    assert any(not EDITION.calendar("420800").is_working(at.date()) for at in asked)


def test_days_too_few_for_a_case_are_refused() -> None:
    asked = WantedTraffic(cases=20, seed=1, from_day=SATURDAY, to_day=SATURDAY)
    with pytest.raises(TooShort, match="too short"):
        list(traffic(CITIES[DAYE], asked))
