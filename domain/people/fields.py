"""What is personal in which act, as the rows of its kind say, and how each value is masked; holds no key."""

from collections.abc import Callable, Iterator, Mapping

from msgspec import Struct

from domain.acts import ROWS, Acted
from domain.acts.connection import ApplicationAccepted, ApplicationRefused, DemandRegistered
from domain.acts.enforcement.credit import CreditProposed
from domain.acts.forms import Applicant
from domain.acts.kinds import Kind, Mask
from domain.people.masks import mask_id_number, mask_name, mask_phone, mask_place


class Personal(Struct, frozen=True):
    """A field that holds a particular of somebody."""

    path: tuple[str, ...]
    """The fields to follow from the act."""
    mask: Callable[[str], str]
    most: int
    of_persons: bool
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


_MASKS: Mapping[Mask, Callable[[str], str]] = {"name": mask_name, "phone": mask_phone, "id-number": mask_id_number, "place": mask_place}


def _personal(row: Kind) -> Iterator[Personal]:
    for path, field in row.fields.items():
        if field.person is not None:
            yield Personal(tuple(path.split(".")), _MASKS[field.person], field.most, field.of_persons)


PERSONAL: Mapping[type[Acted], tuple[Personal, ...]] = {act: found for act, row in ROWS.items() if (found := tuple(_personal(row)))}
"""By the kind of act. Officers, signatories and handlers act in office: whoever is to answer for it is not only that."""


def _camel(name: str) -> str:
    first, *others = name.split("_")
    return first + "".join(word.title() for word in others)
