"""What the service asked of users, added up by party and month for the scorecard; a figure that the plan has not is null."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from calendars import local_day
from casework.shown import Shown
from domain.assessment.service_figures import connected_within
from domain.offices import Offices
from domain.schemes.rulebook import Rulebook
from storage.assessment.scores import Books
from storage.assessment.service_figures import Connected, ServiceRequests


class ServiceMonth(Shown, frozen=True):
    """One party's month; fees in 分, days in hundredths of a working day."""

    party: str
    party_name: str
    month: str
    links: int | None
    """What it asked of users beside the one application."""
    materials: int | None
    visits: int | None
    fees: int | None
    forms: int | None
    connections: int
    working_days: int | None
    """Of all its connections together."""
    slowest: int | None


def months_of(books: Books, offices: Offices, asked: Iterable[ServiceRequests], connected: Iterable[Connected]) -> tuple[ServiceMonth, ...]:
    """Add up by party and month, under each party's own plan."""
    told: dict[tuple[str, date], dict[str, ServiceRequests]] = defaultdict(dict)
    days: dict[tuple[str, date], list[int]] = defaultdict(list)
    for one in asked:
        told[one.party, one.month][one.act] = one
    for each in connected:
        within = connected_within(books[each.scheme], each.rule, each.party, (each.started, each.ended), offices)
        days[each.party, local_day(each.ended).replace(day=1)].append(within)
    of_party = {party: book for book in books.values() for party in book.parties}
    places = sorted(place for place in {*told, *days} if place[0] in of_party)
    return tuple(_month(of_party[party], (party, month), told[party, month], days[party, month]) for party, month in places)


def _month(book: Rulebook, place: tuple[str, date], told: dict[str, ServiceRequests], days: Sequence[int]) -> ServiceMonth:
    has = {figure.what for figure in book.scheme.figures}
    times = {act: one.times for act, one in told.items()}
    fees = told["fee.charged"].amount if "fee.charged" in told else 0
    return ServiceMonth(
        party=place[0],
        party_name=book.name_of(place[0]),
        month=f"{place[1]:%Y-%m}",
        links=sum(times.values()) if "links" in has else None,
        materials=times.get("material.requested", 0) if "materials" in has else None,
        visits=times.get("visit.required", 0) if "visits" in has else None,
        fees=fees if "fees" in has else None,
        forms=times.get("form.demanded", 0) if "forms" in has else None,
        connections=len(days),
        working_days=sum(days) if days else None,
        slowest=max(days, default=None),
    )
