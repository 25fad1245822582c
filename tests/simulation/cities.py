"""The two real plans and the shipped calendar, as whoever makes up traffic takes them; expects nothing."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path

from calendars import package_edition
from domain.clock import Clock
from domain.judging.judge import judge
from domain.offices import Offices
from domain.schemes.rulebook import compile_scheme
from schemes.reader import load_schemes
from simulation import Answer, City, Simulated, WantedTraffic, traffic

EDITION = package_edition()
CITIES = {scheme.id: City(compile_scheme(scheme), Offices({EDITION.id: EDITION}, EDITION.id)) for scheme in load_schemes().all}
LINJIANG = "linjiang-2026"
_MADE_UP = load_schemes([Path(__file__).parents[1] / "cities" / "linjiang"]).by_id(LINJIANG)
WALKED = CITIES | {LINJIANG: City(compile_scheme(_MADE_UP), Offices({EDITION.id: EDITION}, EDITION.id))}
"""The real cities, and the one that is made up as a whole (its answers are held against the judge in tests/cities)."""
FROM, TO = date(2025, 10, 1), date(2026, 6, 30)
END = datetime(2026, 6, 30, 16, 0, tzinfo=UTC)
"""Midnight in Shanghai after the last day: spring festival, Qingming, May and dragon boat lie before it."""

Found = tuple[str, tuple[tuple[str, str], ...], str, str]


@cache
def made(name: str, cases: int, *, seed: int = 1, breaches: int = 100, live: int = 0) -> list[Simulated]:
    """Make a city's traffic; more than one test may look at the same."""
    asked = WantedTraffic(
        cases=cases, seed=seed, from_day=max(FROM, WALKED[name].book.scheme.in_force_from), to_day=TO, breaches=breaches, live=live
    )
    return list(traffic(WALKED[name], asked))


def clocks(name: str, one: Simulated) -> tuple[Clock, ...]:
    city = CITIES[name]
    return judge(city.book, one.entries, city.offices).clocks


def per(name: str, rule: str) -> tuple[str, ...]:
    found = CITIES[name].book.rules[rule]
    what = found.deadline or found.standard
    assert what is not None
    return what.per


def judged(name: str, breached: Iterable[Clock]) -> set[Found]:
    """What the judge finds, in the words of an answer."""
    return {
        (one.rule, tuple(zip(per(name, one.rule), one.keys, strict=True)), one.party, f"{one.due:%Y-%m-%dT%H:%M:%SZ}") for one in breached
    }


def answered(answers: Iterable[Answer]) -> set[Found]:
    return {(one.rule, tuple(one.keys.items()), one.party, one.due_at) for one in answers}
