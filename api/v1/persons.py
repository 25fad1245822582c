"""Leaves persons out of what is fed to programs that keep copies; a case's own ledger has them, and nothing is changed there."""

from msgspec import Raw
from msgspec.structs import replace

from domain.acts import encode_act
from domain.acts.connection import ApplicationAccepted, ApplicationRefused, DemandRegistered
from domain.acts.parts import Applicant, Form
from domain.ledger import Entry

LEFT_OUT = "—"
"""Stands where a resident's own name and address would."""


def without_persons(entry: Entry) -> Raw:
    """Give an act's body without the applicant's contact, telephone and legal representative; a resident is a person altogether."""
    act = entry.act
    if not isinstance(act, ApplicationAccepted | ApplicationRefused | DemandRegistered):
        return Raw(entry.body)
    return Raw(encode_act(replace(act, form=_form(act.form))))


def _form(form: Form) -> Form:
    applicant = replace(form.applicant, contact=None, phone=None, legal_representative=None)
    if applicant.kind != "resident":
        return replace(form, applicant=applicant)
    return replace(form, applicant=_nobody(applicant), address=LEFT_OUT, project_name=None, other=None)


def _nobody(applicant: Applicant) -> Applicant:
    return replace(applicant, name=LEFT_OUT, credit_code=None)
