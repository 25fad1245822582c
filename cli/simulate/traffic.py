"""A city's traffic between two days: the year's commitments first, then cases in the order in which they come, then those under way."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from random import Random

from msgspec import Struct

from cli.simulate.arrivals import arrival
from cli.simulate.city import City
from cli.simulate.connection import connection
from cli.simulate.hand import day_of, midnight
from cli.simulate.play import play
from cli.simulate.script import Commitments, Script, Simulated, Wanted
from cli.simulate.service import complaint, enquiry
from cli.simulate.verdict import missed
from domain.acts.supervision import CommitmentSigned
from domain.case import Case

Plan = Callable[[Script, int], None]
LATE_ENTRIES = 30
"""How many of a thousand acts that may be written down late are."""
_TRIES = 60


class TooShort(ValueError):
    """The days asked for are too few for a case to run its course."""


class Asked(Struct, frozen=True, kw_only=True):
    """What traffic is wanted."""

    cases: int
    seed: int
    from_day: date
    to_day: date
    breaches: int = 100
    """How many duties of a thousand are missed."""
    live: int = 0
    now: int | None = None
    """The moment at which the live cases are under way; without it the end of the last day."""
    commitments: Mapping[tuple[str, str, int], Case] = {}
    """Commitments that are there already."""


def traffic(city: City, asked: Asked) -> Iterator[Simulated]:
    """Make up the cases, without their running numbers; the same question gives the same answer."""
    commitments: dict[tuple[str, str, int], Case] = dict(asked.commitments)
    for made in _commitments(city, asked):
        signed = made.entries[0].act
        assert isinstance(signed, CommitmentSigned)  # noqa: S101 -- the case was opened by it
        commitments[signed.utility, signed.department, signed.year] = made.case
        yield made
    for index, (at, plan) in enumerate(_arrivals(city, asked)):
        yield play(_finished(city, asked, f"{index}", at, plan, commitments))
    for index in range(asked.live):
        yield _under_way(city, asked, f"live {index}", commitments)


def _rng(city: City, asked: Asked, what: str) -> Random:
    return Random(f"{city.book.id} {asked.seed} {what}")  # noqa: S311 -- repeatable numbers, not secrets


def years(asked: Asked) -> range:
    """Say which years' commitments are needed."""
    return range(asked.from_day.year, max(asked.to_day, day_of(asked.now or 0)).year + 1)


def _commitments(city: City, asked: Asked) -> Iterator[Simulated]:
    """Let every utility sign its commitment to every department for each year, before the year begins."""
    rng = _rng(city, asked, "commitments")
    for year in years(asked):
        for utility in city.utilities:
            for department in city.departments:
                if (utility, department, year) not in asked.commitments:
                    yield _commitment(city, asked, rng, CommitmentSigned(
                        utility=utility, department=department, year=year,
                        standard="样例标准2023版", document=f"样例承诺书{year}",
                    ))  # fmt: skip


def _commitment(city: City, asked: Asked, rng: Random, act: CommitmentSigned) -> Simulated:
    begins = max(date(act.year - 1, 12, 20), city.book.scheme.in_force_from)
    at = city.hand(act.utility).next_open(midnight(begins)) + rng.randrange(3 * 3600)
    script = Script(city, rng, Wanted(0, 0), {})
    script.say(min(at, midnight(asked.from_day)), act, act.utility)
    return play(script)


def _plans(city: City) -> tuple[list[Plan], list[int]]:
    """List the kinds of case that the plan knows, and how often each comes."""
    openings: dict[Plan, str] = {connection: "demand.registered", enquiry: "enquiry.received", complaint: "complaint.received"}
    kinds = [plan for plan, tag in openings.items() if tag in city.book.scheme.acts]
    return kinds, [_SHARES[plan] for plan in kinds]


_SHARES: dict[Plan, int] = {connection: 50, enquiry: 42, complaint: 8}


def _arrivals(city: City, asked: Asked) -> list[tuple[int, Plan]]:
    rng = _rng(city, asked, "arrivals")
    kinds, shares = _plans(city)
    found = [
        (arrival(rng, city.hand(), (asked.from_day, asked.to_day), any_hour=plan is enquiry), plan)
        for plan in rng.choices(kinds, weights=shares, k=asked.cases)
    ]
    return sorted(found, key=lambda one: one[0])


def _finished(city: City, asked: Asked, what: str, at: int, plan: Plan, commitments: Commitments) -> Script:
    """Plan a case that has run its course by the end of the last day, beginning earlier where it would not."""
    rng = _rng(city, asked, what)
    end = midnight(asked.to_day + timedelta(days=1)) - 1
    for _ in range(_TRIES):
        script = Script(city, rng, Wanted(asked.breaches, LATE_ENTRIES), commitments)
        plan(script, at)
        over = script.last - end
        if over <= 0:
            return script
        latest = max(asked.from_day, day_of(at - over))
        at = arrival(rng, city.hand(), (asked.from_day, latest), any_hour=plan is enquiry)
    raise TooShort(f"from {asked.from_day} to {asked.to_day} is too short for a case to run its course; give some 90 days")


def _under_way(city: City, asked: Asked, what: str, commitments: Commitments) -> Simulated:
    """Plan a case in which nothing is missed, and cut it off while something is running."""
    rng = _rng(city, asked, what)
    now = asked.now or midnight(asked.to_day + timedelta(days=1))
    kinds, shares = _plans(city)
    while True:
        plan = rng.choices(kinds, weights=shares)[0]
        first = day_of(now) - timedelta(days=25 if plan is connection else 3)
        at = arrival(rng, city.hand(), (first, day_of(now)), any_hour=plan is enquiry)
        script = Script(city, rng, Wanted(0, 0), commitments)
        plan(script, at)
        if at <= now and _runs(script, now) and not missed(script):
            return play(script, until=now)


def _runs(script: Script, now: int) -> bool:
    """Say whether a duty is running at a moment."""
    if script.withdrawn is not None:
        return False
    return any(one.start <= now < min(one.due, one.end or one.due, one.void or one.due) for one in script.promises)
