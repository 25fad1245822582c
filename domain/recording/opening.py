"""Opening a case: the first act decides its kind; scope, suppliers and codes are checked before anything is kept."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from msgspec import Struct

from calendars import local_day
from domain.acts import OPENS, Acted, tag_of
from domain.acts.connection import ApplicationRefused
from domain.case import Case
from domain.cases.appending import Said, Step, as_it_is, write
from domain.cases.moments import check_days_ahead, check_moment, settle
from domain.cases.order import check_allowed
from domain.cases.other_cases import NOTHING, Opening, OtherCases
from domain.cases.parties import check_parties
from domain.cases.wording import check_wording
from domain.documents import check_named
from domain.intake.acceptance import take_in
from domain.intake.numbering import gives_number
from domain.ledger import AUDITOR, SHA256, TOLD, Actor, Entry, Origin
from domain.offices import Offices
from domain.recording.checks import check_first
from domain.recording.state import subject_of, who_opens
from domain.refusals import Malformed
from domain.schemes.rulebook import Rulebook
from domain.suspicions.detection import suspicions_at_opening
from words import listed, sentence


class Opened(Struct, frozen=True):
    """A new case with its first entries, and what is doubtful about its data."""

    case: Case
    entries: tuple[Entry, ...]
    doubts: tuple[str, ...] = ()
    numbered: bool = False
    """It gets the next running number of its year."""


def open_case(  # noqa: PLR0913 -- each is a fact of the one opening
    book: Rulebook,
    act: Acted,
    *,
    case_id: UUID,
    occurred_at: datetime,
    recorded_at: datetime,
    actor: Actor,
    edition: str,
    district: str | None = None,
    number: int | None = None,
    digest: Callable[[bytes], Any] = SHA256,
    seal: Step = as_it_is,
    origin: Origin = TOLD,
    offices: Offices | None = None,
    other_cases: OtherCases = NOTHING,
) -> Opened:
    """Open a case by its first act; an application out of scope opens it as refused, with the clause.

    What is personal is checked plain and kept as `seal` makes it; `other_cases` is what the act rests on in other cases.
    """
    kind = OPENS.get(tag_of(act))
    if kind is None:
        message = sentence(
            "{tag!r} opens no case; these do: {opening}",
            tag=tag_of(act),
            opening=listed(sorted(OPENS)),
        )
        raise Malformed(message, field="act")
    at = check_moment(occurred_at, recorded_at, "occurredAt")
    check_wording(act)
    check_days_ahead(act, at)
    check_parties(book, act)
    rule = check_allowed(book, act, kind, actor)
    check_named((), act)
    opening = Opening(book, at, recorded_at, actor, offices, other_cases)
    check_first(opening, act)
    act, district, doubts = take_in(book, rule, settle(act, recorded_at), actor, district or getattr(act, "district", None))
    _check_district(book, district)
    check_parties(book, act)
    case = Case(
        case_id=case_id,
        kind=kind,
        scheme=book.id,
        city=book.scheme.city.code,
        district=district,
        subject=subject_of(act),
        number=number,
        year=local_day(at).year,
        state="refused" if isinstance(act, ApplicationRefused) else "open",
        opened_at=at,
        opened_by=actor.party,
        parties=tuple(sorted(who_opens(book, act, actor.party))),
        seq=0,
        head=b"",
    )
    said: list[Said] = [(act, at, actor), *((one, recorded_at, AUDITOR) for one in suspicions_at_opening(opening, kind))]
    written, entries = write(case, said, recorded_at, edition, digest, seal=seal, origin=origin)
    return Opened(written, entries, doubts, numbered=gives_number(book.scheme, act))


def _check_district(book: Rulebook, district: str | None) -> None:
    known = {one.code for one in book.scheme.districts}
    if district is not None and district not in known:
        message = sentence(
            "{district!r} is no district of {name}; it has {known}",
            district=district,
            name=book.scheme.city.name,
            known=listed(sorted(known)) or sentence("none"),
        )
        raise Malformed(message, field="district")
