"""Opening a case: the first act decides its kind; scope, suppliers and codes are checked before anything is kept."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from msgspec import Struct

from calendars import local_day
from domain.acts import Acted, tag_of
from domain.acts.connection import ApplicationAccepted, ApplicationRefused, DemandRegistered
from domain.acts.supervision import CommitmentSigned, PeriodOpened
from domain.case import Case, CaseState
from domain.identifiers import one_writing, wrong_credit_code, wrong_project_code
from domain.judge import OPENING
from domain.ledger import SHA256, Actor, Entry
from domain.moments import check_moment, settle
from domain.naming import check_parties, check_supplies
from domain.order import check_allowed
from domain.refusals import Malformed
from domain.rulebook import Rulebook
from domain.scope import district_of, out_of_scope
from domain.writing import Step, as_it_is, write

OPENS = OPENING


class Opened(Struct, frozen=True):
    """A new case with its first entries, and what is doubtful about its data."""

    case: Case
    entries: tuple[Entry, ...]
    doubts: tuple[str, ...] = ()


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
) -> Opened:
    """Open a case by its first act; an application out of scope opens it as refused, with the clause.

    What is personal is checked plain and kept as `seal` makes it.
    """
    kind = OPENING.get(tag_of(act))
    if kind is None:
        message = f"{tag_of(act)!r} opens no case; these do: {', '.join(sorted(OPENING))}"
        raise Malformed(message, field="act")
    at = check_moment(occurred_at, recorded_at, "occurredAt")
    check_parties(book, act)
    check_allowed(book, act, kind, actor)
    act, state, doubts = _intake(book, settle(act, recorded_at), actor)
    district = _district(book, act, district)
    parties = check_parties(book, act) | {actor.party}
    form = getattr(act, "form", None)
    if isinstance(act, DemandRegistered | ApplicationAccepted):
        check_supplies(book, form, district)
    case = Case(
        case_id=case_id,
        kind=kind,
        scheme=book.id,
        city=book.scheme.city.code,
        district=district,
        subject=subject_of(act),
        number=number,
        year=local_day(at).year,
        state=state,
        opened_at=at,
        opened_by=actor.party,
        parties=tuple(sorted(parties)),
        seq=0,
        head=b"",
    )
    written, entries = write(case, [(act, at, actor)], recorded_at, edition, digest, seal=seal)
    return Opened(written, entries, doubts)


def subject_of(act: Acted) -> str | None:
    """Say what a case is about, as far as that must be unique among the open ones."""
    if isinstance(act, DemandRegistered | ApplicationAccepted | ApplicationRefused):
        return one_writing(act.form.project_code or "")
    if isinstance(act, CommitmentSigned):
        return f"{act.utility}|{act.department}|{act.year}"
    if isinstance(act, PeriodOpened):
        return f"{act.utility}|{act.district}|{act.year}-{act.half}"
    return None


def needs_number(act: Acted) -> bool:
    """Say whether the case gets a running number of its year (联合报装编号, 编号)."""
    return isinstance(act, DemandRegistered | ApplicationAccepted)


def _intake(book: Rulebook, act: Acted, actor: Actor) -> tuple[Acted, CaseState, tuple[str, ...]]:
    if not isinstance(act, DemandRegistered | ApplicationAccepted):
        return act, "refused" if isinstance(act, ApplicationRefused) else "open", ()
    doubts = doubts_about(book, act)
    refused = refusal_of(book, act, actor) if isinstance(act, ApplicationAccepted) else None
    return (act, "open", doubts) if refused is None else (refused, "refused", doubts)


def doubts_about(book: Rulebook, act: DemandRegistered | ApplicationAccepted) -> tuple[str, ...]:
    """Check the codes of a form: a wrong check character is refused or doubted, as the scheme says."""
    wrong = wrong_credit_code(act.form.applicant.credit_code)
    if wrong and book.scheme.scope.check_digits == "refuse":
        raise Malformed(wrong, field="creditCode")
    return tuple(doubt for doubt in (wrong, wrong_project_code(act.form.project_code)) if doubt)


def refusal_of(book: Rulebook, act: ApplicationAccepted, actor: Actor) -> ApplicationRefused | None:
    """Turn an application that the plan does not cover into its refusal, with the clause and who refused."""
    why = out_of_scope(book.scheme, act.form)
    if why is None:
        return None
    cite = book.scheme.scope.cite
    return ApplicationRefused(form=act.form, clause=f"{cite.clause}：{cite.quote}", reason=why, refused_by=_refuser(book, actor))


def _refuser(book: Rulebook, actor: Actor) -> str:
    """Name who refuses: whoever took the application, or the coordination office where it came through a portal."""
    if actor.role != "portal":
        return actor.party
    return next((party.code for party in book.scheme.parties if "coordinator" in party.roles), actor.party)


def _district(book: Rulebook, act: Acted, district: str | None) -> str | None:
    form = getattr(act, "form", None)
    found = district or getattr(act, "district", None)
    if found is None and form is not None and not isinstance(form, str):
        found = district_of(book.scheme, form)
    known = {one.code for one in book.scheme.districts}
    if found is not None and found not in known:
        message = f"{found!r} is no district of {book.scheme.city.name}; it has {', '.join(sorted(known)) or 'none'}"
        raise Malformed(message, field="district")
    return found
