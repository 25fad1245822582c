"""Which way works are approved: 告知承诺, 联合审批 or no approval at all, with the clause that says so."""

from collections.abc import Iterable, Sequence
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from domain.acts.field import Excavation
from domain.acts.parts import Stretch
from domain.schemes.citation import Cite
from domain.schemes.scheme import Routes

RouteName = Literal["commitment", "joint", "none"]


class Route(Struct, frozen=True):
    """The route that works take and why."""

    route: RouteName
    because: str
    cite: Cite | None
    metres: int
    """All that counts towards the threshold, works of other cases at the same place included."""


def route_of(routes: Routes, works: Iterable[Stretch], beside: Sequence[int] = ()) -> Route:
    """Decide the route of one permit application; a stretch that utilities share counts once.

    `beside` are the metres of other cases' works that count with it (合并计算).
    """
    stretches = tuple(works)
    own = sum(stretch.metres for stretch in stretches)
    does = frozenset(kind for stretch in stretches for kind in stretch.does)
    if not stretches:
        return Route("none", "没有外线工程，不设审批环节", routes.none_cite, 0)
    route = _by_words(routes, own + sum(beside), does)
    return route if not beside else replace(route, because=f"{_together(own, beside)}；{route.because}")


def _together(own: int, beside: Sequence[int]) -> str:
    return f"与其他办件在同一地点的施工（{'、'.join(map(str, beside))} 米）合并计算，本办件 {own} 米，合计 {own + sum(beside)} 米"


def _by_words(routes: Routes, metres: int, does: frozenset[Excavation]) -> Route:
    joint, commitment = routes.joint, routes.commitment
    named = does & frozenset(joint.any_of)
    if named:
        return Route("joint", f"涉及 {'、'.join(sorted(named))}", joint.cite, metres)
    if metres > joint.over_metres:
        return Route("joint", f"施工长度 {metres} 米，超过 {joint.over_metres} 米", joint.cite, metres)
    if metres < commitment.under_metres:
        return _short(routes, metres, does, f"施工长度 {metres} 米，小于 {commitment.under_metres} 米")
    if routes.at_threshold.route == "commitment":
        return _short(routes, metres, does, routes.at_threshold.because)
    return Route(routes.at_threshold.route, routes.at_threshold.because, joint.cite, metres)


def _short(routes: Routes, metres: int, does: frozenset[Excavation], because: str) -> Route:
    """Short works go the commitment route where they are of the kinds that it is for, and of no other."""
    commitment = routes.commitment
    if does and does <= frozenset(commitment.any_of):
        return Route("commitment", because, commitment.cite, metres)
    return Route(routes.otherwise.route, routes.otherwise.because, routes.joint.cite, metres)


def works_for(works: Iterable[Stretch], utility: str) -> tuple[Stretch, ...]:
    """Pick the stretches that are dug for one utility."""
    return tuple(stretch for stretch in works if utility in stretch.utilities)
