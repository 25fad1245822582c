"""A city's traffic between two days: the year's commitments first, then cases in the order in which they come, then those under way."""

from collections.abc import Callable, Iterator
from datetime import timedelta

from simulation.arrivals import arrival
from simulation.case_script import LATE_ENTRIES, Commitments, Script, Simulated, Wanted
from simulation.city import City
from simulation.connections.connection import connection
from simulation.expected_breaches import missed
from simulation.ground import Ground
from simulation.matters.complaints import complaint
from simulation.matters.enquiries import enquiry
from simulation.playing import Neighbours, play
from simulation.slow_calendar import day_of
from simulation.wanted import LIVE_DAYS, WantedTraffic
from simulation.years.commitments import settled, signed
from simulation.years.ordering import ordered
from words import sentence

Plan = Callable[[Script, int], None]
_TRIES = 200


class TooShort(ValueError):
    """The days asked for are too few for a case to run its course."""


def traffic(city: City, asked: WantedTraffic) -> Iterator[Simulated]:
    """Make up the cases, without their running numbers; the same question gives the same answer."""
    commitments = dict(asked.commitments)
    for key, made in signed(city, asked):
        commitments[key] = made.case
        yield made
        yield from ordered(city, asked, made)
    yield from settled(city, asked)
    yield from _run(city, asked, commitments)
    for index in range(asked.live):
        yield _under_way(city, asked, index, commitments)


def _run(city: City, asked: WantedTraffic, commitments: Commitments) -> Iterator[Simulated]:
    """Let case after case run its course; later ones may dig where earlier ones have dug."""
    together = city.book.scheme.route.together
    ground, neighbours = Ground(together.within_days if together else None), Neighbours()
    for index, (at, plan) in enumerate(_arrivals(city, asked)):
        script = _finished(city, asked, index, (at, plan), (commitments, ground))
        made = play(script, neighbours)
        neighbours.add(made)
        if script.dug and script.surveyed and (script.over is None or script.surveyed <= script.over):
            ground.remember(script.dug._replace(gone=script.over))
        yield made


def _plans(city: City) -> tuple[list[Plan], list[int]]:
    """List the kinds of case that the plan knows, and how often each comes."""
    openings: dict[Plan, str] = {
        connection: "demand.registered",
        enquiry: "enquiry.received",
        complaint: "complaint.received",
    }
    kinds = [plan for plan, tag in openings.items() if tag in city.book.scheme.acts]
    ruled = {case for rule in city.book.scheme.rule for case in rule.cases}
    return kinds, [_SHARES[plan] if _CASES[plan] in ruled else _FEW for plan in kinds]


_SHARES: dict[Plan, int] = {connection: 50, enquiry: 40, complaint: 7}
"""Of 97: the rest are orders, which come of commitments."""
_FEW = 6
"""A kind of case for which the plan has no rule comes now and then."""
_CASES: dict[Plan, str] = {connection: "connection", enquiry: "enquiry", complaint: "complaint"}


def _arrivals(city: City, asked: WantedTraffic) -> list[tuple[int, Plan]]:
    rng = asked.rng(city, "arrivals")
    kinds, shares = _plans(city)
    found = [
        (arrival(rng, city.hand(), (asked.from_day, asked.to_day), any_hour=plan is enquiry), plan)
        for plan in rng.choices(kinds, weights=shares, k=asked.cases)
    ]
    return sorted(found, key=lambda one: one[0])


def _finished(city: City, asked: WantedTraffic, index: int, arrived: tuple[int, Plan], there: tuple[Commitments, Ground]) -> Script:
    """Plan a case that has run its course by the end of the last day, beginning earlier where it would not."""
    rng, (at, plan) = asked.rng(city, f"{index}"), arrived
    for _ in range(_TRIES):
        script = Script(city, rng, Wanted(asked.breaches, LATE_ENTRIES), *there, mark=_mark(asked, f"{index}"))
        plan(script, at)
        over = script.last - asked.end
        if over <= 0:
            return script
        latest = max(asked.from_day, day_of(at - over))
        at = arrival(rng, city.hand(), (asked.from_day, latest), any_hour=plan is enquiry)
    raise TooShort(
        sentence(
            "from {first} to {last} is too short for a case to run its course; give some 90 days",
            first=asked.from_day,
            last=asked.to_day,
        )
    )


def _mark(asked: WantedTraffic, which: str) -> str:
    """Mark a case's places so that no other has the same by chance."""
    return f"样例{asked.seed % 2**32}批{which}处"


def _under_way(city: City, asked: WantedTraffic, index: int, commitments: Commitments) -> Simulated:
    """Plan a case in which nothing is missed, and cut it off while something is running."""
    rng = asked.rng(city, f"live {index}")
    now = asked.now or asked.end + 1
    kinds, shares = _plans(city)
    while True:
        plan = rng.choices(kinds, weights=shares)[0]
        first = day_of(now) - (LIVE_DAYS if plan is connection else timedelta(days=3))
        at = arrival(rng, city.hand(), (first, day_of(now)), any_hour=plan is enquiry)
        script = Script(city, rng, Wanted(0, 0), commitments, mark=_mark(asked, f"在办{index}"))
        plan(script, at)
        if at <= now and _runs(script, now) and not missed(script):
            return play(script, until=now)


def _runs(script: Script, now: int) -> bool:
    """Say whether a duty is running at a moment."""
    if script.over is not None:
        return False
    return any(one.start <= now < min(one.due, one.end or one.due, one.void or one.due) for one in script.promises)
