"""Takes what somebody hands in: checked against the city's form and scope, refused with the clause, or taken with what is doubtful."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from domain.acts import Acted
from domain.acts.connection import ApplicationAccepted, ApplicationRefused, DemandDeferred, DemandRegistered, PlanningPermitted
from domain.acts.forms import Form
from domain.cases.parties import check_supplies
from domain.intake.boxes import filled
from domain.intake.forms import check_boxes, check_required, check_supplies_once, doubts_of
from domain.intake.halls import check_hall, doubts_of_hall
from domain.intake.identifiers import unusual_id_number, wrong_check_digit, wrong_credit_code, wrong_phone, wrong_project_code
from domain.intake.scope import district_of, out_of_scope
from domain.ledger import Actor, Entry
from domain.refusals import Malformed
from domain.schemes.rulebook import Rulebook
from domain.schemes.scheme import ActRule
from words import sentence


class Taken(NamedTuple):
    """The act as it is kept, the district of its form, and what is doubtful about it."""

    act: Acted
    district: str | None
    doubts: tuple[str, ...] = ()


def take_in(book: Rulebook, rule: ActRule, act: Acted, actor: Actor, district: str | None, entries: Sequence[Entry] = ()) -> Taken:
    """Check what is handed in; an application that the plan does not cover is taken as its refusal.

    `district` is the case's, where it is known; `entries` what the case already has.
    """
    check_hall(book, rule, act, actor)
    beside = doubts_of_hall(rule, act, actor)
    if isinstance(act, ApplicationRefused):
        check_boxes(book.scheme, act, filled(act.form))
        return Taken(act, _district(book, act.form, district), beside)
    if not isinstance(act, DemandRegistered | ApplicationAccepted):
        return Taken(act, district, beside)
    there = filled(act.form)
    check_boxes(book.scheme, act, there)
    check_supplies_once(act.form)
    district = _district(book, act.form, district)
    doubts = (*_of_codes(book, act.form), *doubts_of(book.scheme, act, act.form, there), *_of_deferral(act, entries), *beside)
    refused = _refusal(book, act, actor) if isinstance(act, ApplicationAccepted) else None
    if refused is not None:
        return Taken(refused, district, doubts)
    check_required(book.scheme, act, there)
    check_supplies(book, act.form, district)
    return Taken(act, district, doubts)


def _of_codes(book: Rulebook, form: Form) -> Iterator[str]:
    """Check the codes of a form: a wrong check character is refused or doubted, as the scheme says."""
    applicant, refuses = form.applicant, book.scheme.scope.check_digits == "refuse"
    credit, digit = wrong_credit_code(applicant.credit_code), wrong_check_digit(applicant.id_number)
    if refuses and (credit or digit):
        raise Malformed(credit or digit or "", field="creditCode" if credit else "idNumber")
    found = (credit, wrong_project_code(form.project_code), digit, unusual_id_number(applicant.id_number), wrong_phone(applicant.phone))
    return (doubt for doubt in found if doubt)


def _of_deferral(act: Acted, entries: Sequence[Entry]) -> tuple[str, ...]:
    """Tell of an application that did not wait for the planning permit for which its demand was put off."""
    kinds = {type(entry.act) for entry in entries}
    if not isinstance(act, ApplicationAccepted) or DemandDeferred not in kinds or PlanningPermitted in kinds:
        return ()
    return (sentence("the demand waits for the planning permit (建设工程规划许可证), and planning.permitted is not recorded"),)


def _refusal(book: Rulebook, act: ApplicationAccepted, actor: Actor) -> ApplicationRefused | None:
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


def _district(book: Rulebook, form: Form, district: str | None) -> str | None:
    """Say in which district a form lies; refuse one that contradicts what is said of the case."""
    lies = district_of(book.scheme, form)
    if district and lies and district != lies:
        message = sentence(
            "the zone {zone!r} lies in {lies}, and the case in {district}; correct one of the two",
            zone=form.zone,
            lies=lies,
            district=district,
        )
        raise Malformed(message, field="zone")
    return district or lies
