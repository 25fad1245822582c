"""What comes by the year and half-year: every utility's commitment to every department, and its settlement with every district."""

from collections.abc import Iterator
from datetime import date
from itertools import product
from random import Random

from domain.acts.enforcement.supervision import CommitmentSigned, PeriodOpened
from simulation.case_script import LATE_ENTRIES, Script, Simulated, Wanted
from simulation.city import City
from simulation.people import person
from simulation.playing import play
from simulation.slow_calendar import day_of, midnight
from simulation.wanted import WantedTraffic
from simulation.years.inspecting import VERSION, supervise
from simulation.years.supervising import settlement

Key = tuple[str, str, int]
_DAYS = 8
"""So many working days after it was opened a settlement is due."""
_LEAST = 3
"""Rounds of inspections in a year, where one order may follow another."""


def signed(city: City, asked: WantedTraffic) -> Iterator[tuple[Key, Simulated]]:
    """Let every utility sign its commitment to every department for each year, before the year begins."""
    for year, utility, department in product(asked.years, city.utilities, city.departments):
        key = (utility, department, year)
        if key not in asked.commitments:
            yield key, _commitment(city, asked, key)


def _commitment(city: City, asked: WantedTraffic, key: Key) -> Simulated:
    utility, department, year = key
    rng = asked.rng(city, f"commitment {key}")
    act = CommitmentSigned(
        utility=utility,
        department=department,
        year=year,
        standard=VERSION,
        document=f"样例承诺书{year}",
        scope="样例：承诺制范围内的外线工程",
        signatory=person(rng),
    )
    begins = max(date(year - 1, 12, 20), city.book.scheme.in_force_from)
    at = city.hand(utility).next_open(midnight(begins)) + rng.randrange(3 * 3600)
    script = Script(city, rng, Wanted(0, 0), {})
    signed_at = script.say(min(at, midnight(asked.from_day)), act, utility)
    supervise(script, act, (signed_at, min(asked.end, midnight(date(year + 1, 1, 1)))), _rounds(city, asked))
    return play(script)


def _rounds(city: City, asked: WantedTraffic) -> int:
    """Inspect so often that some three of a hundred cases are orders to rectify, where the plan knows them."""
    if city.book.scheme.ladder is None:
        return 1
    commitments = len(city.utilities) * len(city.departments) * len(asked.years)
    return max(_LEAST, asked.cases * 3 // (14 * commitments))


def settled(city: City, asked: WantedTraffic) -> Iterator[Simulated]:
    """Let every half-year that ends between the two days be settled, where the plan settles."""
    if not city.knows("period.opened", "settlement"):
        return
    for year, half, utility, district in product(asked.years, (1, 2), city.utilities, city.book.scheme.districts):
        subject = f"{utility}|{district.code}|{year}-{half}"
        begins = city.hand().workday(midnight(date(year, 6 * half, 1)), 1)
        if subject not in asked.settled and begins > midnight(asked.from_day):
            rng = asked.rng(city, f"settlement {subject}")
            at = begins + rng.randrange(3 * 3600)
            named = day_of(city.hand().workday(at, _DAYS)) if rng.randrange(3) else None
            opened = PeriodOpened(utility=utility, district=district.code, year=year, half=half, due_on=named)  # type: ignore[arg-type] # one of two
            yield from _settlement(city, asked, rng, opened, at)


def _settlement(city: City, asked: WantedTraffic, rng: Random, opened: PeriodOpened, at: int) -> Iterator[Simulated]:
    script = Script(city, rng, Wanted(asked.breaches, LATE_ENTRIES), {})
    settlement(script, opened, at)
    if script.last <= asked.end:
        yield play(script)
