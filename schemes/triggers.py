"""Checks one mention of an act in a rule: that it exists, is allowed in the case, and carries what is asked of it."""

from collections.abc import Callable, Iterator
from typing import Any

from msgspec import Struct, inspect

from domain.acts import KINDS
from domain.schemes.rule import Equal, Trigger
from domain.schemes.scheme import Scheme
from schemes.act_fields import OF_CASE, answers, carried, is_moment
from schemes.faults import Wrong
from schemes.references import unknown, unknown_act
from words import all_of, listed, sentence

_REACHED = {"utility": "utilities", "department": "departments"}


class Place(Struct, frozen=True):
    """Where in the file we are, and in which scheme and kinds of case."""

    path: str
    scheme: Scheme
    cases: tuple[str, ...]

    def at(self, key: str) -> "Place":
        """Go one step down."""
        return Place(f"{self.path}.{key}", self.scheme, self.cases)

    def knows(self, act: str) -> bool:
        """Say whether the act exists and the scheme lets someone record it."""
        return act in KINDS and act in self.scheme.acts


def choose(path: str, table: Struct, names: tuple[str, ...]) -> Iterator[Wrong]:
    """Refuse a table that says none or several of what it should say one of."""
    said = [name for name in names if getattr(table, name) not in (None, ())]
    if len(said) != 1:
        found = all_of(said) or sentence("none")
        yield Wrong(path, sentence("of {names} it says {found}", names=listed(names), found=found), sentence("Write exactly one of them"))


def wrong_act(place: Place, act: str) -> Iterator[Wrong]:
    """Refuse an act that does not exist, that nobody may record, or that its case does not have."""
    if act not in KINDS:
        yield unknown_act(place.path, act)
    elif act not in place.scheme.acts:
        yield Wrong(
            place.path, sentence("nobody may record {act!r}", act=act), sentence('Add "{act}" to [acts] with its roles and cases', act=act)
        )
    else:
        allowed = place.scheme.acts[act].case
        for case in place.cases:
            if case not in allowed:
                mend = sentence("Add {case!r} to the cases of acts.{act}, or correct the rule's `case`", case=case, act=act)
                yield Wrong(place.path, sentence("{act!r} is not allowed in the case {case!r}", act=act, case=case), mend)


def wrong_field(place: Place, act: str, field: str | None, fits: Callable[[inspect.Type], bool] = lambda _: True) -> Iterator[Wrong]:
    """Refuse a field that the act does not carry, or that cannot hold what is asked."""
    if field is None or not place.knows(act):
        return
    known = carried(act)
    if not any(fits(kind) for kind in known.types(field)) and not (field in known.lists and fits(known.fields[field])):
        names = sorted(name for name in known.names() if any(fits(kind) for kind in known.types(name)))
        yield Wrong(
            place.path,
            sentence("{act} carries no {field!r} that fits", act=act, field=field),
            sentence("Write one of: {names}", names=listed(names) or sentence("none fits")),
        )


def wrong_when(place: Place, act: str, when: Equal) -> Iterator[Wrong]:
    """Refuse a condition on a field that neither the act nor the case has, or on a value that it cannot have."""
    if not place.knows(act):
        return
    for field, value in when.items():
        kinds = carried(act).types(field)
        if not kinds and field not in OF_CASE:
            yield from wrong_field(place.at(field), act, field)
            continue
        possible = next((answers(kind) for kind in kinds), OF_CASE.get(field))
        if possible is not None and not _among(value, possible):
            given = listed(repr(one) for one in possible)
            yield Wrong(
                f"{place.path}.{field}",
                sentence("{field!r} is never {value!r}", field=field, value=value),
                sentence("Write one of: {given}", given=given),
            )


def _among(value: Any, possible: tuple[Any, ...]) -> bool:  # noqa: ANN401 -- a condition compares any value
    return any(value == one and type(value) is type(one) for one in possible)


def wrong_trigger(place: Place, trigger: Trigger) -> Iterator[Wrong]:
    """Check everything that a mention of an act says about it."""
    act = trigger.act
    yield from wrong_act(place, act)
    yield from wrong_when(place.at("when"), act, trigger.when)
    yield from wrong_field(place.at("at"), act, trigger.at, is_moment)
    for need in trigger.needs:
        yield from wrong_field(place.at("needs"), act, need, is_moment)
    yield from _wrong_telling(place, trigger)
    if trigger.since is not None:
        yield from wrong_act(place.at("since"), trigger.since)
    if trigger.undone_by is not None:
        yield from wrong_trigger(place.at("undone_by"), trigger.undone_by)
    if place.knows(act):
        yield from _wrong_lists(place, trigger)


def _wrong_telling(place: Place, trigger: Trigger) -> Iterator[Wrong]:
    """Check what else fills a needed moment, and which of the moments tells the receiver."""
    said = [("to_receiver", trigger.to_receiver)] if trigger.to_receiver else []
    for number, filled in enumerate(trigger.filled_by):
        here = place.at(f"filled_by[{number}]")
        yield from wrong_act(here, filled.act)
        yield from wrong_field(here.at("at"), filled.act, filled.at, is_moment)
        said.append((f"filled_by[{number}].need", filled.need))
    for path, need in said:
        if need not in trigger.needs:
            yield Wrong(
                place.at(path).path,
                sentence("{need!r} is not among the needs", need=need),
                sentence("Write one of: {needs}", needs=listed(trigger.needs) or sentence("no needs")),
            )


def _wrong_lists(place: Place, trigger: Trigger) -> Iterator[Wrong]:
    lists = carried(trigger.act).lists
    if trigger.each is not None and trigger.each not in lists:
        what = sentence("{act} has no list {each!r}", act=trigger.act, each=trigger.each)
        yield Wrong(place.at("each").path, what, sentence("Write one of: {lists}", lists=listed(lists) or sentence("it has none")))
    for whom in trigger.all_of:
        if whom not in _REACHED:
            yield from unknown(place.at("all_of").path, whom, (party.code for party in place.scheme.parties), sentence("party"))
        elif _REACHED[whom] not in lists:
            what = sentence("{act} does not name the {reached} that it reaches", act=trigger.act, reached=_REACHED[whom])
            yield Wrong(place.at("all_of").path, what, sentence("Choose an act with {reached}", reached=_REACHED[whom]))
