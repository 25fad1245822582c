"""Which way works are approved: 告知承诺, 联合审批 or no approval at all, with the clause that says so."""

from collections.abc import Iterable
from typing import Literal

from msgspec import Struct

from domain.acts.field import Excavation
from domain.acts.parts import Stretch
from domain.citation import Cite
from domain.scheme import Routes

RouteName = Literal["commitment", "joint", "none"]


class Route(Struct, frozen=True):
    """The route that works take and why."""

    route: RouteName
    because: str
    cite: Cite | None
    metres: int


def route_of(routes: Routes, works: Iterable[Stretch]) -> Route:
    """Decide the route of one permit application; a stretch that utilities share counts once."""
    stretches = tuple(works)
    metres = sum(stretch.metres for stretch in stretches)
    does = frozenset(kind for stretch in stretches for kind in stretch.does)
    if not stretches:
        return Route("none", "没有外线工程，不设审批环节", routes.none_cite, 0)
    return _by_words(routes, metres, does)


def _by_words(routes: Routes, metres: int, does: frozenset[Excavation]) -> Route:
    joint, commitment = routes.joint, routes.commitment
    named = does & frozenset(joint.any_of)
    if named:
        return Route("joint", f"涉及 {'、'.join(sorted(named))}", joint.cite, metres)
    if metres > joint.over_metres:
        return Route("joint", f"施工长度 {metres} 米，超过 {joint.over_metres} 米", joint.cite, metres)
    if metres < commitment.under_metres:
        return _short(routes, metres, does)
    return Route(routes.at_threshold.route, routes.at_threshold.because, joint.cite, metres)


def _short(routes: Routes, metres: int, does: frozenset[Excavation]) -> Route:
    commitment = routes.commitment
    if does and does <= frozenset(commitment.any_of):
        return Route("commitment", f"施工长度 {metres} 米，小于 {commitment.under_metres} 米", commitment.cite, metres)
    return Route(routes.otherwise.route, routes.otherwise.because, routes.joint.cite, metres)


def works_for(works: Iterable[Stretch], utility: str) -> tuple[Stretch, ...]:
    """Pick the stretches that are dug for one utility."""
    return tuple(stretch for stretch in works if utility in stretch.utilities)
