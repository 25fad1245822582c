"""一个方案: what the utilities' parts add up to, who digs where and what is dug once; it plans nothing by itself."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from msgspec import Struct

from domain.acts.connection import PlanIssued, SurveyHeld
from domain.acts.enforcement.audit import WorksCountedTogether
from domain.acts.field import Excavation
from domain.acts.parts import Stretch, Surveyed
from domain.judging.route import Route, works_for
from domain.judging.situation import Situation
from domain.ledger import Entry
from domain.works.places import one_place


class WorksPart(Struct, frozen=True, kw_only=True):
    """One utility's part of the plan."""

    utility: str
    feasible: bool | None
    """As the survey found; unknown where it was not surveyed."""
    works_needed: bool | None
    metres: int
    route: Route
    issued_at: datetime | None = None
    seq: int | None = None
    standard: str | None = None
    shares_trench_with: tuple[str, ...] = ()
    documents: tuple[UUID, ...] = ()


class Trench(Struct, frozen=True, kw_only=True):
    """One stretch of the survey."""

    place: str
    utilities: tuple[str, ...]
    metres: int
    does: tuple[Excavation, ...]
    together_with: tuple[str, ...] = ()
    """Companies with a stretch of their own at this place that dig together with it, as a plan says."""


class CouldShare(Struct, frozen=True, kw_only=True):
    """Stretches at one place that companies named apart, and that nobody plans to dig together (减少重复开挖)."""

    place: str
    utilities: tuple[str, ...]
    metres: int
    """What would not be dug a second time."""


class Plan(Struct, frozen=True, kw_only=True):
    """The one plan of a case, as far as it is known."""

    survey: Entry | None
    parts: tuple[WorksPart, ...]
    trenches: tuple[Trench, ...]
    together: tuple[WorksCountedTogether, ...]
    could_share: tuple[CouldShare, ...]
    metres_named: int
    """What the companies would dig if each dug for itself."""
    metres_dug: int
    """What is dug, a trench that is shared only once."""


def plan_of(case: Situation) -> Plan:
    """Put the plan together from the last survey and each utility's last part."""
    held = case.survey()
    survey = held[1] if held else None
    works = survey.works if survey else ()
    issued = {act.utility: (entry, act) for entry, act in case.each(PlanIssued)}
    pairs = frozenset(frozenset({act.utility, other}) for _, act in issued.values() for other in act.shares_trench_with)
    groups = list(_groups(works, pairs))
    return Plan(
        survey=held[0] if held else None,
        parts=tuple(_part(case, utility, survey, issued.get(utility)) for utility in _utilities(case, survey, issued)),
        trenches=tuple(_trench(stretch, works, pairs) for stretch in works),
        together=case.together(held[0].seq) if held else (),
        could_share=tuple(_could_share(groups)),
        metres_named=sum(stretch.metres * len(set(stretch.utilities)) for stretch in works),
        metres_dug=sum(max(stretch.metres for stretch in group) for group in groups),
    )


def _utilities(case: Situation, survey: SurveyHeld | None, issued: Iterable[str]) -> Sequence[str]:
    surveyed = {one.utility for one in survey.surveyed} if survey else set()
    digging = {utility for stretch in survey.works for utility in stretch.utilities} if survey else set()
    asked = case.utilities(case.entries[-1]) if case.entries else frozenset()
    return sorted(asked.union(surveyed, digging, issued))


def _part(case: Situation, utility: str, survey: SurveyHeld | None, issued: tuple[Entry, PlanIssued] | None) -> WorksPart:
    found = next((one for one in survey.surveyed if one.utility == utility), None) if survey else None
    entry, act = issued or (None, None)
    return WorksPart(
        utility=utility,
        feasible=found.feasible if found else None,
        works_needed=_needed(found),
        metres=sum(stretch.metres for stretch in works_for(survey.works if survey else (), utility)),
        route=case.route(utility),
        issued_at=entry.occurred_at if entry else None,
        seq=entry.seq if entry else None,
        standard=act.standard if act else None,
        shares_trench_with=act.shares_trench_with if act else (),
        documents=act.documents if act else (),
    )


def _needed(found: Surveyed | None) -> bool | None:
    return found.works_needed if found else None


def _trench(stretch: Stretch, works: Iterable[Stretch], pairs: frozenset[frozenset[str]]) -> Trench:
    others = {
        utility
        for other in works
        if other is not stretch and one_place(other.place) == one_place(stretch.place) and _joined(stretch, other, pairs)
        for utility in other.utilities
    }
    together = tuple(sorted(others - set(stretch.utilities)))
    return Trench(place=stretch.place, utilities=stretch.utilities, metres=stretch.metres, does=stretch.does, together_with=together)


def _groups(works: Iterable[Stretch], pairs: frozenset[frozenset[str]]) -> Iterable[list[Stretch]]:
    """Put stretches of one place that are dug together into one group; stretches of one company are one behind the other."""
    groups: list[list[Stretch]] = []
    for stretch in works:
        near = (group for group in groups if one_place(group[0].place) == one_place(stretch.place))
        home = next((group for group in near if all(_joined(stretch, other, pairs) for other in group)), None)
        if home is None:
            groups.append([stretch])
        else:
            home.append(stretch)
    return groups


def _joined(one: Stretch, other: Stretch, pairs: frozenset[frozenset[str]]) -> bool:
    """Say whether two stretches of different companies are dug together, as one of their plans says."""
    apart = set(one.utilities).isdisjoint(other.utilities)
    return apart and any(frozenset({a, b}) in pairs for a in one.utilities for b in other.utilities)


def _could_share(groups: Iterable[list[Stretch]]) -> Iterable[CouldShare]:
    by_place: dict[str, list[list[Stretch]]] = {}
    for group in groups:
        by_place.setdefault(one_place(group[0].place), []).append(group)
    for apart in by_place.values():
        lengths: dict[frozenset[str], int] = {}
        for group in apart:
            who = frozenset(utility for stretch in group for utility in stretch.utilities)
            lengths[who] = lengths.get(who, 0) + max(stretch.metres for stretch in group)
        alone = {who: metres for who, metres in lengths.items() if any(who.isdisjoint(other) for other in lengths)}
        if alone:
            named = tuple(sorted(frozenset[str]().union(*alone)))
            yield CouldShare(place=apart[0][0].place, utilities=named, metres=sum(alone.values()) - max(alone.values()))
