"""Checks the tables of intake, survey and people's data: boxes, services, acts that carry a form, numbers, parties, roles."""

from collections.abc import Iterable, Iterator
from itertools import chain
from string import Formatter

from domain.acts import KINDS
from domain.intake.boxes import BOXES, OF_SCOPE
from domain.schemes.enforcement import Role
from domain.schemes.scheme import ActRule, Box, IntakeForm, OneOf, Scheme
from schemes.act_fields import carried
from schemes.faults import Wrong
from schemes.references import unknown, unknown_act, unknown_assumptions
from words import listed, sentence

_SHOWN_BY = {"shown_to": "personal_data.read", "erased_by": "personal_data.erased"}
_OF_NUMBERS = {"year", "number"}


def wrong_intake(scheme: Scheme) -> Iterator[Wrong]:
    """Give everything in which these tables do not fit the others."""
    return chain(_forms(scheme), _numbering(scheme), _survey(scheme), _personal_data(scheme), _together(scheme), _desks(scheme))


def _forms(scheme: Scheme) -> Iterator[Wrong]:
    carrying: dict[str, str] = {}
    for name, form in scheme.forms.items():
        path = f"forms.{name}"
        yield from _boxes(path, form)
        for number, act in enumerate(form.acts):
            here = f"{path}.acts[{number}]"
            yield from _carries_form(here, act, scheme)
            if carrying.setdefault(act, name) != name:
                yield Wrong(
                    here,
                    sentence("{act!r} already carries the form {carrying!r}", act=act, carrying=carrying[act]),
                    sentence("Let each act carry one form"),
                )
        for number, service in enumerate(form.beside):
            yield from unknown(f"{path}.beside[{number}]", service, scheme.utilities, sentence("utility service"))
        yield from unknown_assumptions(f"{path}.assumes", form.assumes, scheme)


def _boxes(path: str, form: IntakeForm) -> Iterator[Wrong]:
    known = {*form.boxes, *form.also, *OF_SCOPE}
    for name, boxes in (("boxes", form.boxes), ("also", form.also)):
        for number, box in enumerate(boxes):
            if box not in BOXES:
                yield _no_box(f"{path}.{name}[{number}]", box)
    for number, box in enumerate(form.also):
        if box in form.boxes:
            yield Wrong(
                f"{path}.also[{number}]",
                sentence("{box!r} is a box of the form already", box=box),
                sentence("Take it out of one of the two"),
            )
    for name, wanted in (("required", form.required), ("expected", form.expected)):
        for number, box in enumerate(_each(wanted)):
            if box not in BOXES:
                yield _no_box(f"{path}.{name}[{number}]", box)
            elif box not in known:
                mend = sentence("Add it to {path}.boxes, or take it out here", path=path)
                yield Wrong(
                    f"{path}.{name}[{number}]",
                    sentence("the form has no box {box!r}", box=box),
                    mend,
                )


def _each(wanted: Iterable[Box | OneOf]) -> Iterator[Box]:
    for one in wanted:
        yield from (one,) if isinstance(one, str) else one


def _no_box(path: str, box: str) -> Wrong:
    alike = [one for one in BOXES if one.partition(".")[0] == box.partition(".")[0]]
    return Wrong(path, sentence("no form has a box {box!r}", box=box), sentence("Write one of: {alike}", alike=listed(alike or BOXES)))


def _carries_form(path: str, act: str, scheme: Scheme) -> Iterator[Wrong]:
    if act not in KINDS:
        yield unknown_act(path, act)
    elif "form" not in carried(act).fields:
        forms = sorted(kind for kind in KINDS if "supplies" in carried(kind).lists)
        yield Wrong(path, sentence("{act} carries no form", act=act), sentence("Write one of: {forms}", forms=listed(forms)))
    elif act not in scheme.acts:
        yield Wrong(path, sentence("nobody may record {act!r}", act=act), sentence('Add "{act}" to [acts], or take it out here', act=act))


def _numbering(scheme: Scheme) -> Iterator[Wrong]:
    numbering = scheme.numbering
    if numbering is None:
        return
    for number, act in enumerate(numbering.by):
        yield from _carries_form(f"numbering.by[{number}]", act, scheme)
        if act == "application.refused":
            yield Wrong(f"numbering.by[{number}]", sentence("a refused application has no number"), sentence("Take it out"))
    try:
        named = [name for _, name, _, _ in Formatter().parse(numbering.text) if name is not None]
    except ValueError:
        yield Wrong(
            "numbering.text",
            sentence("{text!r} cannot be filled: its braces do not fit", text=numbering.text),
            sentence("Write {{year}} and {{number}} once each"),
        )
        return
    if sorted(named) != sorted(_OF_NUMBERS):
        yield Wrong(
            "numbering.text",
            sentence("it names {named}", named=listed(named)),
            sentence("Write {{year}} and {{number}} once each, and nothing else in braces"),
        )


def _survey(scheme: Scheme) -> Iterator[Wrong]:
    survey, codes = scheme.survey, [party.code for party in scheme.parties]
    for name, parties in () if survey is None else (("called_by", survey.called_by), ("attended_by", survey.attended_by)):
        for number, code in enumerate(parties):
            yield from unknown(f"survey.{name}[{number}]", code, codes, sentence("party"))


def _personal_data(scheme: Scheme) -> Iterator[Wrong]:
    people = scheme.personal_data
    if people is None:
        return
    for name, roles in (("shown_to", people.shown_to), ("erased_by", people.erased_by)):
        yield from _roles(f"personal_data.{name}", _SHOWN_BY[name], roles, scheme)
    yield from unknown_assumptions("personal_data.assumes", [people.assumes], scheme)


def _roles(path: str, act: str, roles: Iterable[Role], scheme: Scheme) -> Iterator[Wrong]:
    """Whoever may see or erase has to be let to write down that it did."""
    row = scheme.acts.get(act)
    for number, role in enumerate(roles):
        if row is None or role not in row.roles:
            yield Wrong(
                f"{path}[{number}]",
                sentence("{role!r} may not record {act!r}", role=role, act=act),
                sentence('Add the role to acts."{act}", or take it out here', act=act),
            )


def _together(scheme: Scheme) -> Iterator[Wrong]:
    together = scheme.route.together
    return unknown_assumptions("route.together.assumes", [together.assumes if together else None], scheme)


def _desks(scheme: Scheme) -> Iterator[Wrong]:
    for act, row in scheme.acts.items():
        if act in KINDS:
            yield from _desk(f"acts.{act}", act, row)


def _desk(path: str, act: str, row: ActRule) -> Iterator[Wrong]:
    known = carried(act)
    for name, fields in (("expects", row.expects), ("halls_need", row.halls_need)):
        for number, field in enumerate(fields):
            if field not in known.optional:
                names = listed(sorted(known.optional)) or sentence("it leaves nothing open")
                yield Wrong(
                    f"{path}.{name}[{number}]",
                    sentence("{act} leaves no {field!r} open", act=act, field=field),
                    sentence("Write one of: {names}", names=names),
                )
