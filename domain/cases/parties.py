"""The parties that an act names, by its fields; a code that is no party of the scheme or lacks the role is refused."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from domain.acts import ROWS
from domain.acts.enforcement.ladder import InterviewArranged
from domain.acts.field import Acted
from domain.acts.kinds import check_codes
from domain.acts.service import ComplaintAccepted, EnquiryReceived, EnquiryTransferred, MatterHandedOver
from domain.refusals import Malformed
from domain.schemes.rulebook import Rulebook
from words import listed, sentence

ROLE_OF = {"utility": "utility", "utilities": "utility", "department": "department", "departments": "department"}
"""Fields that name a party of one role."""
NAMES_PARTY = frozenset(
    {
        *ROLE_OF,
        "to",
        "body",
        "of",
        "about",
        "receiver",
        "called_by",
        "participants",
        "required_by",
        "requested_by",
        "charged_by",
        "demanded_by",
        "refused_by",
    }
)
BRINGS_NOBODY = frozenset(
    {"addressed_to", "assessed_by", "assumes", "by", "district", "party", "rule", "service", "shares_trench_with", "unit", "zone"}
)
"""Fields that hold a code and bring nobody into the case: codes of no party, who writes it, whom a finding or a record is about (it
comes when it is served), and whose trench is shared."""
check_codes(ROWS, NAMES_PARTY | BRINGS_NOBODY)
ENDED_BY: dict[type[Acted], tuple[str, str]] = {
    EnquiryReceived: ("receiver", "feedback.given"),
    EnquiryTransferred: ("to", "feedback.given"),
    MatterHandedOver: ("to", "matter.done"),
    ComplaintAccepted: ("body", "complaint.answered"),
}
"""Acts that give a matter to a party, by which field, and what that party has to record in the end."""
BESIDE_DEPARTMENT = frozenset({"department", "coordinator", "window", "registrar", "supervisor"})
"""Roles of the bodies that a plan may count among the departments it pushes to."""


def _paths(kind: type[Acted]) -> tuple[tuple[str, ...], ...]:
    return tuple(path for path in (tuple(field.split(".")) for field in ROWS[kind].fields) if path[-1] in NAMES_PARTY)


PATHS: Mapping[type[Acted], tuple[tuple[str, ...], ...]] = {kind: _paths(kind) for kind in ROWS}
"""Where each kind of act names a party, at any depth."""
BRINGS = {kind: tuple(path for path in paths if path[-1] != "about") for kind, paths in PATHS.items()}
"""Where each kind of act names a party that it brings into its case.

Whom a complaint is about is named and not brought in: it joins when it is asked for a statement, and of a report never (J-67).
"""
BRINGS[InterviewArranged] += (("party",),)
"""Whoever is called in for an interview comes to see the case that calls it."""


def named(act: Acted) -> Iterator[tuple[str, str]]:
    """Give each field and party code that an act names, at any depth."""
    for path in PATHS[type(act)]:
        yield from ((path[-1], code) for code in _at(act, path))


def bring(parties: set[str], piece: Any, path: tuple[str, ...]) -> None:  # noqa: ANN401 -- an act, or a piece of one
    """Add the parties that an act names at one of its paths."""
    value = getattr(piece, path[0])
    if type(value) is str:
        parties.add(value)
    elif value is not None and len(path) == 1:
        parties.update(value)
    elif type(value) is tuple:
        for one in value:
            bring(parties, one, path[1:])
    elif value is not None:
        bring(parties, value, path[1:])


def _at(piece: Any, path: tuple[str, ...]) -> Iterable[str]:  # noqa: ANN401 -- an act, or a piece of one
    value = getattr(piece, path[0])
    if value is None:
        return ()
    if len(path) > 1:
        return (code for one in (value if isinstance(value, tuple) else (value,)) for code in _at(one, path[1:]))
    return (value,) if isinstance(value, str) else value


def check_parties(book: Rulebook, act: Acted) -> None:
    """Refuse a party that the scheme does not know or that has not the role."""
    _check_able(book, act)
    for field, code in named(act):
        roles = frozenset(book.party(code).roles)
        if not _fits(ROLE_OF.get(field), roles):
            message = sentence(
                "{code!r} ({name}) stands in {field!r} but is no {role}",
                code=code,
                name=book.party(code).name,
                field=field,
                role=ROLE_OF[field],
            )
            raise Malformed(message, field=field)


def _check_able(book: Rulebook, act: Acted) -> None:
    """Refuse to give a matter to a party that the plan does not let record its end: it could only be found at fault."""
    field, ends = ENDED_BY.get(type(act), ("", ""))
    row = book.scheme.acts.get(ends)
    if row is None:
        return
    code: str = getattr(act, field)
    if frozenset(book.party(code).roles).isdisjoint(row.roles):
        message = sentence(
            "{code!r} ({name}) cannot record {ends!r} under {scheme}; name who will",
            code=code,
            name=book.party(code).name,
            ends=ends,
            scheme=book.id,
        )
        raise Malformed(message, field=field)


def _fits(wanted: str | None, roles: frozenset[str]) -> bool:
    """A utility's own window is no department; the bodies beside the departments are."""
    if wanted != "department":
        return wanted is None or wanted in roles
    return "department" in roles or ("utility" not in roles and not roles.isdisjoint(BESIDE_DEPARTMENT))


def check_supplies(book: Rulebook, form: Any, district: str | None) -> None:  # noqa: ANN401 -- any form with supplies
    """Refuse a supplier that does not supply the service, or not in that district."""
    for supply in form.supplies:
        party = book.party(supply.utility)
        if supply.service not in book.scheme.utilities:
            message = sentence(
                "{service!r} is no service of {scheme}; it has {services}",
                service=supply.service,
                scheme=book.id,
                services=listed(book.scheme.utilities),
            )
            raise Malformed(message, field="service")
        if supply.service not in party.supplies or (district and party.districts and district not in party.districts):
            message = (
                sentence("{name} does not supply {service!r} in {district}", name=party.name, service=supply.service, district=district)
                if district
                else sentence("{name} does not supply {service!r}", name=party.name, service=supply.service)
            )
            raise Malformed(message, field="utility")
