"""Holds a filled form against the city's own: a box that it does not have is refused, an empty one is told; keeps nothing."""

from collections.abc import Iterable, Iterator

from domain.acts import Acted, tag_of
from domain.acts.forms import Form
from domain.intake.boxes import BLOCKS, OF_SCOPE, shown, written
from domain.refusals import Malformed
from domain.schemes.scheme import Box, IntakeForm, OneOf, Scheme
from words import sentence


def form_of(scheme: Scheme, act: Acted) -> IntakeForm | None:
    """Find the city's form that an act carries; a plan without forms has none."""
    tag = tag_of(act)
    return next((form for form in scheme.forms.values() if tag in form.acts), None)


def check_boxes(scheme: Scheme, act: Acted, there: frozenset[str]) -> None:
    """Refuse what is filled and has no box in the city's form: it could be neither printed nor held against anybody."""
    ours = form_of(scheme, act)
    if ours is None:
        return
    for box in sorted(there - OF_SCOPE - {*ours.boxes, *ours.also}):
        if not _has_block(ours, box):
            message = sentence(
                "{shown} has no box in {named} of {name}; leave it out", shown=shown(box), named=_named(ours), name=scheme.city.name
            )
            raise Malformed(message, field=written(box))


def check_required(scheme: Scheme, act: Acted, there: frozenset[str]) -> None:
    """Refuse a form without what nobody could begin without."""
    ours = form_of(scheme, act)
    if ours is None:
        return
    for boxes in _missing(ours.required, there):
        message = sentence("{named} needs {either}; fill it", named=_named(ours), either=_either(boxes))
        raise Malformed(message, field=written(boxes[0]))


def check_supplies_once(form: Form) -> None:
    """Refuse the same service of the same company twice."""
    asked = [(one.service, one.utility) for one in form.supplies]
    twice = next((one for one in asked if asked.count(one) > 1), None)
    if twice is not None:
        message = sentence("{twice!r} of {twice2!r} stands in the form twice; ask for it once", twice=twice[0], twice2=twice[1])
        raise Malformed(message, field="supplies")


def doubts_of(scheme: Scheme, act: Acted, form: Form, there: frozenset[str]) -> Iterator[str]:
    """Tell what is doubtful in a form that is taken: by box, never by what stands in it."""
    ours = form_of(scheme, act)
    if ours is not None:
        yield from _incomplete(ours, there)
        yield from _beside(ours, form)
    yield from _blocks(form)
    if form.zone is not None and not scheme.scope.zones:
        yield f"{shown('zone')} is filled, and {scheme.id} names no zones; write the place in {shown('town')}"


def _incomplete(ours: IntakeForm, there: frozenset[str]) -> Iterator[str]:
    missing = ", ".join(_either(boxes) for boxes in _missing(ours.expected, there))
    if missing:
        yield f"{_named(ours)} is not complete; still empty: {missing}"


def _beside(ours: IntakeForm, form: Form) -> Iterator[str]:
    for service in sorted({one.service for one in form.supplies} & set(ours.beside)):
        yield f"{service!r} stands in the title of {_named(ours)}, which has no box for it; it is taken beside the form"


def _blocks(form: Form) -> Iterator[str]:
    services = {one.service for one in form.supplies}
    for block in BLOCKS:
        if getattr(form, block) is not None and block not in services:
            yield f"{shown(block)} is filled, and {block!r} is not among the services asked for"


def _missing(wanted: Iterable[Box | OneOf], there: frozenset[str]) -> Iterator[OneOf]:
    for one in wanted:
        boxes = (one,) if isinstance(one, str) else one
        if there.isdisjoint(boxes):
            yield boxes


def _has_block(ours: IntakeForm, box: str) -> bool:
    """A block without a single answer is there where any of its boxes is."""
    return any(one.startswith(f"{box}.") for one in ours.boxes)


def _either(boxes: OneOf) -> str:
    return " or ".join(shown(box) for box in boxes)


def _named(ours: IntakeForm) -> str:
    return f"《{ours.title}》（{ours.annex}）"
