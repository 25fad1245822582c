"""The one table of what is personal in which act, and how each value is masked; a field that is not here is nobody's secret."""

from collections.abc import Callable, Mapping

from msgspec import Struct

from domain.acts import Acted
from domain.acts.connection import ApplicationAccepted, ApplicationRefused, DemandRegistered
from domain.acts.enforcement.accountability import AccountabilityProposed
from domain.acts.enforcement.credit import CreditProposed
from domain.acts.forms import Applicant
from domain.acts.service import ComplaintReceived, EnquiryReceived
from domain.people.masks import mask_id_number, mask_name, mask_phone, mask_place

MOST = 200
"""Characters that a name or number may have, as given."""
MOST_OF_PLACE = 300


class Personal(Struct, frozen=True):
    """A field that holds a particular of somebody."""

    path: tuple[str, ...]
    """The fields to follow from the act."""
    mask: Callable[[str], str]
    most: int = MOST
    of_persons: bool = False
    """Personal only where the act is about somebody rather than a firm."""

    @property
    def name(self) -> str:
        """Give its path as the wire writes it: `form.applicant.legalRepresentative`."""
        return ".".join(_camel(part) for part in self.path)


def is_somebody(applicant: Applicant) -> bool:
    """Say whether the applicant itself is a person: a resident (居民), or a small customer (其它非居民) without a credit code."""
    return applicant.kind == "resident" or (applicant.kind == "other-non-resident" and applicant.credit_code is None)


def is_about_somebody(act: Acted) -> bool:
    """Say whether whom an act is about is a person: its applicant, or the subject of a credit file."""
    if isinstance(act, CreditProposed):
        return act.subject.kind == "person"
    return isinstance(act, ApplicationAccepted | ApplicationRefused | DemandRegistered) and is_somebody(act.form.applicant)


_FORM = (
    Personal(("form", "applicant", "legal_representative"), mask_name),
    Personal(("form", "applicant", "id_number"), mask_id_number),
    Personal(("form", "applicant", "contact"), mask_name),
    Personal(("form", "applicant", "phone"), mask_phone),
    Personal(("form", "applicant", "name"), mask_name, of_persons=True),
    Personal(("form", "address"), mask_place, MOST_OF_PLACE, of_persons=True),
    Personal(("form", "house_number"), mask_place, of_persons=True),
    Personal(("form", "connection_place"), mask_place, MOST_OF_PLACE, of_persons=True),
)

PERSONAL: Mapping[type[Acted], tuple[Personal, ...]] = {
    DemandRegistered: _FORM,
    ApplicationAccepted: _FORM,
    ApplicationRefused: _FORM,
    EnquiryReceived: (Personal(("customer", "name"), mask_name), Personal(("customer", "phone"), mask_phone)),
    ComplaintReceived: (Personal(("reporter", "name"), mask_name), Personal(("reporter", "phone"), mask_phone)),
    CreditProposed: (
        Personal(("subject", "name"), mask_name, of_persons=True),
        Personal(("subject", "id_number"), mask_id_number, of_persons=True),
    ),
    AccountabilityProposed: (Personal(("person", "name"), mask_name),),
}
"""By the kind of act. Officers, signatories and handlers act in office: whoever is to answer for it is not only that."""


def _camel(name: str) -> str:
    first, *others = name.split("_")
    return first + "".join(word.title() for word in others)
