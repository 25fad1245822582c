"""Which boxes a printed form has and what may stand in them; reads no layout."""

from collections.abc import Mapping

from msgspec import Struct, inspect

from domain.acts.forms import Form
from domain.printing.records import RECORDS, PrintedForm, Record
from domain.schemes.scheme import Scheme
from schemes.act_fields import answers

NUMBERED = ("number", "year")
ELSEWHERE = frozenset({"form", "signings"})
"""Fields of a record that are no boxes themselves."""


def boxes_of(scheme: Scheme, form: PrintedForm) -> Mapping[str, inspect.Type]:
    """Give every box that may be printed, with its type: an intake form's are those that the scheme names."""
    own = _types(RECORDS[form])
    if form == "demand" or form == "application":  # noqa: PLR1714 -- narrows the type
        intake = scheme.forms[form]
        typed = _types(Form)
        own |= {box: typed[box] for box in (*intake.boxes, *intake.also) if box in typed}
    return own


def has_to_be_printed(scheme: Scheme, form: PrintedForm) -> frozenset[str]:
    """Name the boxes that a layout may not leave out."""
    if form == "demand" or form == "application":  # noqa: PLR1714 -- narrows the type
        return frozenset(scheme.forms[form].boxes)
    return frozenset()


def values_of(scheme: Scheme, box: str, kind: inspect.Type) -> tuple[str, ...] | None:
    """Give the values that check boxes may stand for; None where a box takes any text."""
    if box == "supplies":
        return scheme.utilities
    given = answers(_filled(kind))
    return None if given is None else tuple(str(one).lower() if isinstance(one, bool) else str(one) for one in given)


def _types(kind: type[Struct], before: str = "") -> dict[str, inspect.Type]:
    info = inspect.type_info(kind)
    assert isinstance(info, inspect.StructType)  # noqa: S101 -- a struct's own information
    found: dict[str, inspect.Type] = {}
    for one in info.fields:
        if one.name not in ELSEWHERE:
            found |= _type(f"{before}{one.name}", _filled(one.type))
    return found


def _type(path: str, kind: inspect.Type) -> dict[str, inspect.Type]:
    inner = _filled(kind.item_type) if isinstance(kind, inspect.VarTupleType) else kind
    if isinstance(inner, inspect.StructType) and path != "supplies":
        return _types(inner.cls, f"{path}.")
    return {path: kind}


def _filled(kind: inspect.Type) -> inspect.Type:
    kind = kind.type if isinstance(kind, inspect.Metadata) else kind
    if not isinstance(kind, inspect.UnionType):
        return kind
    return _filled(next(one for one in kind.types if not isinstance(one, inspect.NoneType)))


__all__ = ["NUMBERED", "Record", "boxes_of", "has_to_be_printed", "values_of"]
