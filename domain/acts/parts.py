"""The pieces that acts carry beside the forms: the works of a stretch, approvals, documents, people."""

from datetime import date
from typing import Annotated
from uuid import UUID

from msgspec import Meta

from domain.acts.field import Code, Excavation, Metres, Part
from domain.acts.forms import Applicant, ApplicantKind, Form, Sealed, Supply

Documents = Annotated[tuple[UUID, ...], Meta(max_length=100)]
"""Documents of this case by their ids, uploaded before."""


class Person(Part, kw_only=True):
    """Somebody who asks or complains; kept sealed."""

    name: Sealed | None = None
    phone: Sealed | None = None


class Surveyed(Part, kw_only=True):
    """What a survey found for one utility."""

    utility: Code
    feasible: bool
    works_needed: bool = True
    """Whether anything has to be built off site for it."""


class Stretch(Part, kw_only=True):
    """One stretch of off-site works; a trench that utilities share is one stretch."""

    place: Annotated[str, Meta(min_length=1, max_length=300)]
    utilities: Annotated[tuple[Code, ...], Meta(min_length=1, max_length=20)]
    metres: Metres
    does: Annotated[tuple[Excavation, ...], Meta(max_length=20)] = ()


class Approval(Part, kw_only=True):
    """One utility's permit at one department."""

    utility: Code
    department: Code


class Deferred(Part, kw_only=True):
    """容缺: a named document that comes later, by when."""

    document: Annotated[str, Meta(min_length=1, max_length=200)]
    due_on: date


__all__ = [
    "Applicant",
    "ApplicantKind",
    "Approval",
    "Deferred",
    "Documents",
    "Form",
    "Person",
    "Stretch",
    "Supply",
    "Surveyed",
]
