"""What is to be connected where: applicant, services and their suppliers, and the works that they need; nothing happens yet."""

from collections.abc import Sequence

from msgspec import Struct

from domain.acts.field import Excavation
from domain.acts.parts import Form, Stretch, Supply
from simulation import people
from simulation.case_script import Script
from simulation.connections.forms import whole_form
from simulation.ground import Dug, Plot, written


class Site(Struct):
    """One project, and what is known of it as the case goes on."""

    form: Form
    """With every box that any city asks for."""
    plot: Plot
    utilities: list[str]
    routes: dict[str, str]
    """The route of each utility that has works off site; by how the works were made, not by asking the domain."""
    works: tuple[Stretch, ...]
    again: bool = False
    """Others have dug at its plot before."""
    infeasible: str | None = None
    registrar: str | None = None
    unreached: bool = False
    """The demand did not reach the bureau."""
    approval_pushed: bool = False
    confirmed: dict[str, int] = {}
    """Utilities that confirmed access before the application, and when."""
    applied_at: int = 0
    window: str = ""


def new_site(script: Script, at: int) -> Site:
    """Make a project in the plan's scope; some are at a plot that others have dug before."""
    neighbour = script.ground.neighbour(script.rng, at) if script.ground and script.chance(_NEIGHBOURS) else None
    plot = neighbour or _fresh_plot(script)
    script.district = plot.district
    kind = script.rng.choices(script.city.book.scheme.scope.applicants, [4, *(1 for _ in script.city.book.scheme.scope.applicants[1:])])[0]
    form = whole_form(script.city, script.rng, at, supplies=plot.supplies, zone=plot.zone, kind=kind)
    utilities = list(dict.fromkeys(one.utility for one in plot.supplies))
    if neighbour:
        return _beside_others(script, plot, form, at)
    routes = _routes(script, utilities)
    made = Site(form, plot, utilities, routes, _works(script, plot, routes))
    idle = [one for one in utilities if one not in routes]
    made.infeasible = idle[0] if routes and idle and script.chance(10) else None
    return made


_NEIGHBOURS = 12
"""So many of a hundred projects lie at a plot where an earlier one dug."""
_LIKELY = {"water": 90, "power": 90, "gas": 45, "heat": 25, "network": 60}


def _fresh_plot(script: Script) -> Plot:
    city, rng = script.city, script.rng
    zones, every = city.book.scheme.scope.zones, city.book.scheme.utilities
    zone = rng.choice(zones).code if zones else None
    district = city.district(rng, zone)
    services = [one for one in every if rng.randrange(100) < _LIKELY.get(one, 50)] or [every[0]]
    supplies = tuple(Supply(service=one, utility=rng.choice(city.suppliers(one, district))) for one in services)
    return Plot(f"{people.address(rng)}（{script.mark}）", zone, district, supplies)


def _routes(script: Script, utilities: Sequence[str]) -> dict[str, str]:
    if script.chance(40):
        return {}
    digging = _digging(script, utilities)
    if script.chance(10) and len(digging) > 1:
        return dict.fromkeys(digging, "commitment") | {digging[-1]: "joint"}
    return dict.fromkeys(digging, "commitment" if script.chance(65) else "joint")


def _digging(script: Script, utilities: Sequence[str]) -> list[str]:
    return [one for one in utilities if script.chance(70)] or [utilities[0]]


def _works(script: Script, plot: Plot, routes: dict[str, str]) -> tuple[Stretch, ...]:
    stretches: list[Stretch] = []
    for route, make in (("commitment", _short), ("joint", _long)):
        diggers = tuple(one for one, taken in routes.items() if taken == route)
        if diggers:
            stretches += make(script, f"{plot.place}{'对面' if stretches else ''}", diggers)
    return tuple(stretches)


def _short(script: Script, place: str, diggers: tuple[str, ...]) -> list[Stretch]:
    """Make works under the threshold: of one stretch, or of two that only together come near it; at it where the plan takes it in."""
    plan, rng = script.city.book.scheme.route, script.rng
    under = plan.commitment.under_metres
    whole = rng.randint(20, under - 1)
    if plan.at_threshold.route == "commitment" and script.chance(8):
        whole = under
    parts = [whole] if script.chance(75) else [whole // 3, whole - whole // 3]
    there = place if script.chance(50) else f"{place}北段"
    return [_stretch(diggers, place if n == 0 else there, part, (rng.choice(plan.commitment.any_of),)) for n, part in enumerate(parts)]


def _long(script: Script, place: str, diggers: tuple[str, ...]) -> list[Stretch]:
    """Make works for the joint route: too long, just at the threshold, crossing something, or not of the listed kinds."""
    plan, rng = script.city.book.scheme.route, script.rng
    over, short = plan.joint.over_metres, rng.randint(20, plan.commitment.under_metres - 1)
    listed = rng.choice(plan.commitment.any_of)
    at = over if plan.at_threshold.route == "joint" else over + 1
    metres, does = rng.choices(
        [
            (over + rng.randint(1, 900), (listed,)),
            (at, (listed,)),
            (short, (listed, rng.choice(plan.joint.any_of))),
            (short, ()),
        ],
        weights=[65, 10, 15, 10],
    )[0]
    return [_stretch(diggers, place, metres, does)]


def _stretch(diggers: tuple[str, ...], place: str, metres: int, does: tuple[Excavation, ...]) -> Stretch:
    return Stretch(place=place, utilities=diggers, metres=metres, does=does)


def _beside_others(script: Script, plot: Plot, form: Form, at: int) -> Site:
    """Make short works at a plot that others have dug; what counts together with them is added up as they are surveyed."""
    plan, rng = script.city.book.scheme.route, script.rng
    utilities = list(dict.fromkeys(one.utility for one in plot.supplies))
    diggers = _digging(script, utilities)
    metres = rng.randint(20, plan.commitment.under_metres - 1)
    lacking = plan.commitment.under_metres - script.ground.beside(plot.place, diggers[0], at) if script.ground else 0
    if 0 < lacking < plan.commitment.under_metres and script.chance(20):
        metres = lacking
    stretch = _stretch(tuple(diggers), written(rng, plot.place), metres, (rng.choice(plan.commitment.any_of),))
    return Site(form, plot, utilities, dict.fromkeys(diggers, "commitment"), (stretch,), again=True)


def note_survey(script: Script, site: Site, held: int) -> None:
    """Keep what a survey found, and add up at last which route works at a plot of others take."""
    if not site.works:
        return
    metres = {one: sum(_there(site, stretch, one) for stretch in site.works) for one in site.routes}
    script.surveyed = script.surveyed or held
    script.dug = Dug(site.plot, held, metres)
    if site.again and script.ground:
        beside = {one: script.ground.beside(site.plot.place, one, held) for one in site.routes}
        site.routes = {one: _by_length(script, own + beside[one]) for one, own in metres.items()}


def _there(site: Site, stretch: Stretch, utility: str) -> int:
    """Say how many metres of a stretch are dug at the plot itself for a company."""
    return stretch.metres if utility in stretch.utilities and (site.again or stretch.place == site.plot.place) else 0


def _by_length(script: Script, metres: int) -> str:
    """Say which route works of the listed kinds take."""
    plan = script.city.book.scheme.route
    if metres == plan.commitment.under_metres:
        return plan.at_threshold.route
    return "commitment" if metres < plan.commitment.under_metres else "joint"
