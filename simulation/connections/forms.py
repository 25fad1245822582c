"""Fills the two intake forms box by box, in the units that each city's own form has; what a form has no box for is left out."""

from collections.abc import Callable
from collections.abc import Set as AbstractSet
from datetime import timedelta
from random import Random
from typing import Any, Literal

import msgspec
from msgspec import Struct

from domain.acts.forms import (
    Applicant,
    ApplicantKind,
    Business,
    Form,
    GasAppliance,
    GasWanted,
    HeatWanted,
    NetworkWanted,
    PowerWanted,
    Supply,
    WaterWanted,
)
from simulation import people
from simulation.city import City
from simulation.slow_calendar import day_of, moment

Which = Literal["demand", "application"]
_OF_SCOPE = frozenset({"applicant.kind", "supplies", "zone", "covered", "installable"})
"""What every form says, on paper or not."""
_BUSINESS: tuple[Business, ...] = ("new", "expansion", "temporary")


def whole_form(city: City, rng: Random, at: int, *, supplies: tuple[Supply, ...], zone: str | None, kind: ApplicantKind) -> Form:
    """Fill every box that any city asks for."""
    services = {one.service for one in supplies}
    road, number = people.road(rng), f"{rng.randrange(1, 400)}号"
    return Form(
        applicant=people.applicant(rng, city.region, kind),
        supplies=supplies,
        project_name=f"样例项目{rng.randrange(10_000):04}",
        project_code=people.project_code(rng, city.region, day_of(at).year),
        address=f"{road}{number}",
        town=f"样例镇{rng.randrange(1, 20)}",
        road=road,
        house_number=number,
        connection_place=f"{road}与样例路交叉口",
        zone=zone,
        planned_use_on=day_of(at) + timedelta(days=rng.randint(60, 400)),
        survey_wanted_at=moment(city.hand().next_open(at + rng.randint(2, 6) * 86_400) // 3600 * 3600),
        other="样例：夜间不停水" if rng.randrange(5) == 0 else None,
        water=_water(rng) if "water" in services else None,
        power=_power(rng) if "power" in services else None,
        gas=_gas(rng) if "gas" in services else None,
        heat=_heat(rng) if "heat" in services else None,
        network=_network(rng) if "network" in services else None,
    )


def form_for(city: City, which: Which, whole: Form) -> Form:
    """Leave out what the city's own form has no box for; a plan that says nothing of forms takes all."""
    ours = city.book.scheme.forms.get(which)
    return whole if ours is None else _only(whole, "", {*ours.boxes, *ours.also, *_OF_SCOPE})


def _only(part: Any, path: str, boxes: AbstractSet[str]) -> Any:  # noqa: ANN401 -- a form, or a piece of one
    kept = {name: _kept(getattr(part, name), f"{path}{name}", boxes) for name in part.__struct_fields__}
    changed = {name: value for name, value in kept.items() if value is not getattr(part, name)}
    return msgspec.structs.replace(part, **changed) if changed else part


def _kept(value: Any, path: str, boxes: AbstractSet[str]) -> Any:  # noqa: ANN401 -- whatever stands in a box
    if path in boxes:
        return value
    if isinstance(value, Struct):
        below = _only(value, f"{path}.", boxes)
        return None if all(getattr(below, name) in {None, ()} for name in below.__struct_fields__) else below
    if isinstance(value, tuple):
        rows = (_kept(row, path, boxes) for row in value)
        return tuple(row for row in rows if row is not None)
    return None


def _water(rng: Random) -> WaterWanted:
    daily = float(rng.randint(2, 900))
    return WaterWanted(business=rng.choice(_BUSINESS), tonnes_per_day=daily, cubic_metres_per_day=daily, dual_supply=rng.randrange(4) == 0)


def _power(rng: Random) -> PowerWanted:
    main, standby = float(rng.choice((100, 250, 400, 630, 1250))), rng.choice((None, 100.0))
    if rng.randrange(2):
        return PowerWanted(business=rng.choice(_BUSINESS), main_kva=main, standby_kva=standby)
    return PowerWanted(business=rng.choice(_BUSINESS), main_kw=main * 0.8, standby_kw=standby)


def _gas(rng: Random) -> GasWanted:
    return GasWanted(appliances=tuple(_appliance(rng) for _ in range(rng.randint(1, 3))))


def _appliance(rng: Random) -> GasAppliance:
    normal = rng.randint(4, 200) / 2
    return GasAppliance(
        name=rng.choice(("样例锅炉", "样例大锅灶", "样例热处理炉")),
        count=rng.randint(1, 4),
        burner_bore=rng.choice(("DN25", "DN50", "DN80")),
        working_kpa=rng.choice((2.8, 10.0, 30.0)),
        appliance_kpa=rng.choice((2.0, 8.0, 25.0)),
        normal_cubic_metres_per_hour=normal,
        full_cubic_metres_per_hour=normal * 1.5,
    )


def _heat(rng: Random) -> HeatWanted:
    normal = rng.randint(2, 40) / 2
    return HeatWanted(
        megapascals=rng.choice((0.4, 0.8, 1.25)),
        celsius=float(rng.randint(130, 250)),
        normal_tonnes_per_hour=normal,
        full_tonnes_per_hour=normal * 1.5,
        hours_per_day=float(rng.randint(8, 24)),
        days_per_year=rng.randint(150, 350),
    )


def _network(rng: Random) -> NetworkWanted:
    return NetworkWanted(
        fibre_to_the_user=rng.randrange(4) > 0,
        in_plot_ready=rng.randrange(3) > 0,
        bandwidth_mb=float(rng.choice((100, 500, 1000))),
        bandwidth_users=rng.randint(1, 300),
        telephone_lines=rng.randint(0, 20),
        base_stations=rng.randint(0, 3),
        tv_users=rng.randint(0, 50),
        free_choice_of_carrier=True,
    )


def out_of_scope(city: City, rng: Random, form: Form) -> Form:
    """Let the same be asked for by somebody, or for a place, that the plan does not cover."""
    scope, kinds = city.book.scheme.scope, ("developer", "other-non-resident", "resident")
    ways: list[Callable[[], Form]] = [lambda: _by_another(rng, form, [kind for kind in kinds if kind not in scope.applicants])]
    if scope.needs_coverage:
        ways.append(lambda: msgspec.structs.replace(form, covered=False))
    if scope.needs_installable:
        ways.append(lambda: msgspec.structs.replace(form, installable=False))
    if scope.zones:
        ways.append(lambda: msgspec.structs.replace(form, zone=None))
    return rng.choice(ways)()


def _by_another(rng: Random, form: Form, kinds: list[Any]) -> Form:
    kind, applicant = rng.choice(kinds), form.applicant
    if kind == "resident":
        applicant = Applicant(name=people.person(rng), kind=kind, contact=people.person(rng), phone=people.phone(rng))
    return msgspec.structs.replace(form, applicant=msgspec.structs.replace(applicant, kind=kind))
