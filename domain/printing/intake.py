"""A demand or an application for print, with what is sealed left empty; opens no seal."""

from collections.abc import Sequence

from msgspec.structs import replace

from domain.acts.connection import ApplicationAccepted, ApplicationRefused, DemandRegistered
from domain.acts.forms import Applicant, Form
from domain.case import Case
from domain.ledger import Entry
from domain.printing.records import Intake

SEALED = "sealed:"
"""How a text begins that only its case's key opens."""
CARRY_FORMS = (DemandRegistered, ApplicationAccepted, ApplicationRefused)


def particulars(form: Form) -> Form:
    """Leave out what is sealed: an empty box on paper. Who may show more hands in entries that are opened or masked already."""
    return replace(form, applicant=_unsealed(form.applicant))


def _unsealed(applicant: Applicant) -> Applicant:
    named = ("legal_representative", "id_number", "contact", "phone")
    return replace(applicant, **dict.fromkeys(name for name in named if (getattr(applicant, name) or "").startswith(SEALED)))


def form_in(entries: Sequence[Entry]) -> Form | None:
    """Give the form that was filled last."""
    filled = [entry for entry in entries if isinstance(entry.act, CARRY_FORMS)]
    last = max(filled, key=lambda entry: (entry.occurred_at, entry.seq), default=None)
    return last.act.form if last is not None and isinstance(last.act, CARRY_FORMS) else None


def intake_of(case: Case, entry: Entry) -> Intake:
    """Gather the form that this entry carries."""
    assert isinstance(entry.act, CARRY_FORMS)  # noqa: S101 -- chosen by the acts that the scheme's form names
    return Intake(form=particulars(entry.act.form), number=case.number, year=numbered_year(case))


def numbered_year(case: Case) -> int | None:
    """A case without a number has no year to print beside it."""
    return None if case.number is None else case.year
