"""Holds a filled form against the city's own: a box that it does not have is refused, an empty one is told; keeps nothing."""

from collections.abc import Iterable, Iterator
from functools import lru_cache

from domain.acts import Acted, tag_of
from domain.acts.forms import Form
from domain.intake.boxes import BLOCKS, OF_SCOPE, shown, written
from domain.refusals import Malformed
from domain.schemes.scheme import Box, IntakeForm, OneOf, Scheme
from words import Sentence, any_of, listed, sentence


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
                "{box} has no box in {form} of {city}; leave it out", box=shown(box), form=_named(ours), city=scheme.city.name
            )
            raise Malformed(message, field=written(box))


def check_required(scheme: Scheme, act: Acted, there: frozenset[str]) -> None:
    """Refuse a form without what nobody could begin without."""
    ours = form_of(scheme, act)
    if ours is None:
        return
    for boxes in _missing(ours.required, there):
        message = sentence("{form} needs {boxes}; fill it", form=_named(ours), boxes=_either(boxes))
        raise Malformed(message, field=written(boxes[0]))


def check_supplies_once(form: Form) -> None:
    """Refuse the same service of the same company twice."""
    asked = [(one.service, one.utility) for one in form.supplies]
    twice = next((one for one in asked if asked.count(one) > 1), None)
    if twice is not None:
        message = sentence("{service!r} of {utility!r} stands in the form twice; ask for it once", service=twice[0], utility=twice[1])
        raise Malformed(message, field="supplies")


def doubts_of(scheme: Scheme, act: Acted, form: Form, there: frozenset[str]) -> Iterator[str]:
    """Tell what is doubtful in a form that is taken: by box, never by what stands in it."""
    ours = form_of(scheme, act)
    if ours is not None:
        yield from _incomplete(ours, there)
        yield from _beside(ours, form)
    yield from _blocks(form)
    if form.zone is not None and not scheme.scope.zones:
        yield sentence(
            "{box} is filled, and {scheme} names no zones; write the place in {town}",
            box=shown("zone"),
            scheme=scheme.id,
            town=shown("town"),
        )


def _incomplete(ours: IntakeForm, there: frozenset[str]) -> Iterator[str]:
    missing = tuple(_missing(ours.expected, there))
    if missing:
        yield _lacking(_named(ours), missing)


@lru_cache(maxsize=1024)
def _lacking(form: str, missing: tuple[OneOf, ...]) -> Sentence:
    """Nearly every form lacks what many others lack, so the sentence is written once."""
    return sentence("{form} is not complete; still empty: {missing}", form=form, missing=listed(map(_either, missing)))


def _beside(ours: IntakeForm, form: Form) -> Iterator[str]:
    for service in sorted({one.service for one in form.supplies} & set(ours.beside)):
        yield sentence(
            "{service!r} stands in the title of {form}, which has no box for it; it is taken beside the form",
            service=service,
            form=_named(ours),
        )


def _blocks(form: Form) -> Iterator[str]:
    services = {one.service for one in form.supplies}
    for block in BLOCKS:
        if getattr(form, block) is not None and block not in services:
            yield sentence("{box} is filled, and {service!r} is not among the services asked for", box=shown(block), service=block)


def _missing(wanted: Iterable[Box | OneOf], there: frozenset[str]) -> Iterator[OneOf]:
    for one in wanted:
        boxes = (one,) if isinstance(one, str) else one
        if there.isdisjoint(boxes):
            yield boxes


def _has_block(ours: IntakeForm, box: str) -> bool:
    """A block without a single answer is there where any of its boxes is."""
    return any(one.startswith(f"{box}.") for one in ours.boxes)


def _either(boxes: OneOf) -> str:
    return any_of(shown(box) for box in boxes)


def _named(ours: IntakeForm) -> str:
    return f"《{ours.title}》（{ours.annex}）"
