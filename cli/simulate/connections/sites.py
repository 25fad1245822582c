"""What is to be connected where: applicant, services and their suppliers, and the works that they need; nothing happens yet."""

from collections.abc import Sequence
from random import Random

import msgspec
from msgspec import Struct

from cli.simulate import people
from cli.simulate.city import City
from cli.simulate.hand import day_of
from cli.simulate.script import Script
from domain.acts.field import Excavation
from domain.acts.parts import Applicant, Form, Stretch, Supply


class Site(Struct):
    """One project, and what is known of it as the case goes on."""

    form: Form
    utilities: list[str]
    routes: dict[str, str]
    """The route of each utility that has works off site; by how the works were made, not by asking the domain."""
    works: tuple[Stretch, ...]
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
    """Make a project in the plan's scope."""
    city, rng = script.city, script.rng
    zones = city.book.scheme.scope.zones
    zone = rng.choice(zones).code if zones else None
    script.district = city.district(rng, zone)
    services = [one for one in city.book.scheme.utilities if rng.randrange(100) < _LIKELY.get(one, 50)] or [city.book.scheme.utilities[0]]
    supplies = tuple(Supply(service=one, utility=rng.choice(city.suppliers(one, script.district))) for one in services)
    form = Form(
        applicant=_applicant(city, rng),
        supplies=supplies,
        project_name=_project_name(script),
        project_code=_boxed(city, "project_code", people.project_code(rng, city.region, day_of(at).year)),
        address=people.address(rng),
        zone=zone,
    )
    utilities = list(dict.fromkeys(one.utility for one in supplies))
    routes = _routes(script, utilities)
    made = Site(form, utilities, routes, _works(script, routes))
    idle = [one for one in utilities if one not in routes]
    made.infeasible = idle[0] if routes and idle and script.chance(10) else None
    return made


def _project_name(script: Script) -> str | None:
    """Name the project, where the city's forms have a box for its name."""
    return _boxed(script.city, "project_name", f"样例项目{script.rng.randrange(10_000):04}")


def _applicant(city: City, rng: Random) -> Applicant:
    """Make an enterprise, as far as the city's forms ask for it."""
    whole = people.applicant(rng, city.region)
    filled = msgspec.structs.asdict(whole)
    return Applicant(**{name: value for name, value in filled.items() if name == "kind" or city.has_box(f"applicant.{name}")})


def _boxed(city: City, box: str, value: str) -> str | None:
    return value if city.has_box(box) else None


_LIKELY = {"water": 90, "power": 90, "gas": 45, "heat": 25, "network": 60}


def _routes(script: Script, utilities: Sequence[str]) -> dict[str, str]:
    if script.chance(40):
        return {}
    digging = [one for one in utilities if script.chance(70)] or [utilities[0]]
    if script.chance(10) and len(digging) > 1:
        return dict.fromkeys(digging, "commitment") | {digging[-1]: "joint"}
    return dict.fromkeys(digging, "commitment" if script.chance(65) else "joint")


def _works(script: Script, routes: dict[str, str]) -> tuple[Stretch, ...]:
    stretches: list[Stretch] = []
    for route, make in (("commitment", _short), ("joint", _long)):
        diggers = tuple(one for one, taken in routes.items() if taken == route)
        if diggers:
            stretches += make(script, diggers)
    return tuple(stretches)


def _short(script: Script, diggers: tuple[str, ...]) -> list[Stretch]:
    """Make works under the threshold: of one stretch, or of two that only together come near it."""
    plan, rng = script.city.book.scheme.route.commitment, script.rng
    whole = rng.randint(20, plan.under_metres - 1)
    parts = [whole] if script.chance(75) else [whole // 3, whole - whole // 3]
    return [_stretch(script, diggers, part, (rng.choice(plan.any_of),)) for part in parts]


def _long(script: Script, diggers: tuple[str, ...]) -> list[Stretch]:
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
        weights=[70, 5, 15, 10],
    )[0]
    return [_stretch(script, diggers, metres, does)]


def _stretch(script: Script, diggers: tuple[str, ...], metres: int, does: tuple[Excavation, ...]) -> Stretch:
    return Stretch(place=people.address(script.rng), utilities=diggers, metres=metres, does=does)
