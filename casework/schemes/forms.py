"""How a plan's intake is shown: its forms with their boxes, its numbers, who comes to a survey, who sees persons whole."""

from collections.abc import Sequence

from casework.schemes.rules import Words, words
from casework.shown import Shown
from domain.intake.boxes import BOXES, written
from domain.schemes.scheme import Box, IntakeForm, OneOf, Scheme

INTAKE = frozenset({"demand", "application"})
"""The forms that are filled in on a screen."""


class BoxShown(Shown, frozen=True):
    """A box of a form, by its field's path on the wire and its name on paper."""

    box: str
    name: str


class FormShown(Shown, frozen=True):
    """An intake form as the city's annex prints it."""

    form: str
    title: str
    annex: str
    acts: tuple[str, ...]
    """The acts that carry it."""
    boxes: tuple[BoxShown, ...]
    """A field that has no box, here or in `also`, is refused."""
    also: tuple[BoxShown, ...]
    """What the plan asks for elsewhere, and what is therefore taken with the form."""
    required: tuple[tuple[str, ...], ...]
    """Of each row one box has to be filled."""
    expected: tuple[tuple[str, ...], ...]
    """Of each row one box should be filled; otherwise the answer tells it among its doubts."""
    beside: tuple[str, ...]
    """Services that the title names and that have no box."""
    cite: Words | None


class NumberingShown(Shown, frozen=True):
    """By which acts a case gets its running number of the year, and how it is printed."""

    by: tuple[str, ...]
    text: str
    cite: Words | None


class SurveyShown(Shown, frozen=True):
    """Who calls the joint survey, and who comes beside the utilities."""

    called_by: tuple[str, ...]
    attended_by: tuple[str, ...]
    cite: Words


class ReadersShown(Shown, frozen=True):
    """Which roles may see a person's particulars whole, with a reason, and which may erase them."""

    shown_to: tuple[str, ...]
    erased_by: tuple[str, ...]


def form_shown(name: str, form: IntakeForm) -> FormShown:
    """Show a form with its boxes, each by its field and its name on paper."""
    return FormShown(
        form=name,
        title=form.title,
        annex=form.annex,
        acts=form.acts,
        boxes=_boxes(form.boxes),
        also=_boxes(form.also),
        required=_rows(form.required),
        expected=_rows(form.expected),
        beside=form.beside,
        cite=words(form.cite) if form.cite else None,
    )


def _boxes(boxes: Sequence[Box]) -> tuple[BoxShown, ...]:
    return tuple(BoxShown(written(box), BOXES[box]) for box in boxes)


def _rows(wanted: Sequence[Box | OneOf]) -> tuple[tuple[str, ...], ...]:
    return tuple((written(one),) if isinstance(one, str) else tuple(map(written, one)) for one in wanted)


def numbering_shown(scheme: Scheme) -> NumberingShown | None:
    """Show how cases are numbered, where they are."""
    ours = scheme.numbering
    return None if ours is None else NumberingShown(ours.by, ours.text, words(ours.cite) if ours.cite else None)


def survey_shown(scheme: Scheme) -> SurveyShown | None:
    """Show who comes to the joint survey, where the plan says it."""
    ours = scheme.survey
    return None if ours is None else SurveyShown(ours.called_by, ours.attended_by, words(ours.cite))


def personal_data_shown(scheme: Scheme) -> ReadersShown | None:
    """Show who may see particulars whole, where anybody may."""
    ours = scheme.personal_data
    return None if ours is None else ReadersShown(ours.shown_to, ours.erased_by)
