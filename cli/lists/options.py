"""The options by which commands choose what they list, worked out from the filter that the list is found by; reads no row."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from types import UnionType
from typing import Annotated, Any, Literal, TypeVar, Union, get_args, get_origin

import rich_click as click
from msgspec import Meta, Struct
from msgspec.structs import FieldInfo

from cli.running.schemes import city_of, party_of
from cli.terminal.choices import Named
from cli.terminal.dates import DAY
from cli.terminal.exit_codes import WrongWords
from domain.schemes.scheme import Scheme
from storage.postgres.choices import Choice, choices_of
from words import listed, say, sentence

Command = TypeVar("Command", bound=Callable[..., Any])
Filter = TypeVar("Filter", bound=Struct)


def choosing(kind: type[Struct]) -> Callable[[Command], Command]:
    """Give a command an option for each choice of a filter; it takes them by the fields' names."""

    def add(command: Command) -> Command:
        for field, choice in reversed(choices_of(kind)):
            command = _option(field, choice)(command)
        return command

    return add


def _option(field: FieldInfo, choice: Choice) -> Callable[[Command], Command]:
    name = choice.option or field.encode_name
    return click.option(f"--{name}", field.name, type=_type_of(field, choice), metavar=_metavar(field, choice), help=say(choice.help))


def _type_of(field: FieldInfo, choice: Choice) -> click.ParamType[Any] | None:
    """Say how the value is read: one of some names, a day, a number, or a code as it is."""
    kind, meta = _bare(field.type)
    codes = _codes(kind)
    if codes:
        return Named(choice.named, codes) if choice.named else click.Choice(codes)
    if kind is date:
        return DAY
    return click.IntRange(meta.ge, meta.le) if kind is int and meta is not None else None  # type: ignore[arg-type]  # whole, as the field is


def _metavar(field: FieldInfo, choice: Choice) -> str | None:
    return None if _codes(_bare(field.type)[0]) else choice.metavar


def _bare(kind: Any) -> tuple[Any, Meta | None]:  # noqa: ANN401 -- any annotation
    """Take off what stands around a type, and give the bounds that stand beside it."""
    meta: Meta | None = None
    while get_origin(kind) is Annotated or (get_origin(kind) in {Union, UnionType} and type(None) in get_args(kind)):
        meta = next((one for one in getattr(kind, "__metadata__", ()) if isinstance(one, Meta)), meta)
        kept = tuple(one for one in get_args(kind) if one is not type(None))
        kind = kept[0] if get_origin(kind) is Annotated or len(kept) == 1 else Union[kept]  # noqa: UP007 -- made at run time
    return kind, meta


def _codes(kind: Any) -> tuple[str, ...]:  # noqa: ANN401 -- any annotation
    """Give the codes of a literal, or of several that are taken together."""
    if get_origin(kind) is Literal:
        return get_args(kind)
    return tuple(code for one in get_args(kind) for code in _codes(one)) if get_origin(kind) in {Union, UnionType} else ()


def chosen_by(kind: type[Filter], schemes: Sequence[Scheme], typed: Mapping[str, Any], **also: Any) -> Filter:  # noqa: ANN401 -- by name
    """Choose by what was typed, names of the plans found in them; --from and --to are both included."""
    first, last = typed.get("from_"), typed.get("to")
    if first and last and first > last:
        raise WrongWords(sentence("--from {first} comes after --to {last}", first=first, last=last))
    named = {field.name: choice.named for field, choice in choices_of(kind)}
    found = {name: _found(schemes, named[name], value) for name, value in typed.items()}
    return kind(**found, **also)


def _found(schemes: Sequence[Scheme], named: str, value: Any) -> Any:  # noqa: ANN401 -- whatever was typed
    find = _FINDS.get(named)
    return value if value is None or find is None else find(schemes, value)


def _rule(schemes: Iterable[Scheme], name: str) -> str:
    """Find the slug; one obligation may be carried out by several rules, and then one of them has to be named."""
    rules = [rule for scheme in schemes for rule in scheme.rule]
    slugs = {rule.id for rule in rules if name in {rule.id, *rule.carries_out}}
    if len(slugs) != 1:
        known = listed(sorted({rule.id for rule in rules}))
        several = sentence("{name!r} is carried by several rules; name one of: {slugs}", name=name, slugs=listed(sorted(slugs)))
        raise WrongWords(several if slugs else sentence("{name!r} is no rule; the rules are: {known}", name=name, known=known))
    return slugs.pop()


_FINDS: Mapping[str, Callable[[Sequence[Scheme], str], str | None]] = {"city": city_of, "party": party_of, "rule": _rule}
