"""What a kind of act means: one row beside its struct, data alone, closed by default; what is done with it is bound above."""

import typing
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from typing import Any, Literal, NamedTuple, TypeVar

from msgspec import Struct, structs

from domain.acts.field import Acted, Code

Reader = Literal["offices", "parties", "named", "writer", "handler", "portals"]
"""Who may read: the offices that see their whole city; every party of the case; the one that the act is about, once a rule of its
own lets it; whoever wrote it; the body that took a complaint up; the portals of the case."""
Mask = Literal["name", "phone", "id-number", "place"]
"""How a person's particular is shown where it is not shown whole."""
Fed = Literal["always", "of-firms", "suffix", "never"]
"""Whether the feed carries a field: always; only where the act is about a firm; of a file's name its ending alone; never."""
WrittenBy = Literal["people", "auditor", "operation"]
"""Who writes it: people, by saying so; the auditor alone; an operation of its own, as it does what the act says."""
CaseKind = Literal[
    "connection", "enquiry", "complaint", "commitment", "oversight", "supervision", "credit", "accountability", "settlement", "assessment"
]
Place = Literal["first", "following"]
"""Where an act stands in its case: it opens it, or follows in it."""
Need = Literal["commitments", "works", "standards", "settlements", "ladder", "grounds"]
"""What an act refers to in other cases: commitments in force, works near by, a department's standards, settlements and costs, what a
rung of the ladder or a draw rests on, findings and records that it names."""
Upcaster = Callable[[dict[str, Any]], dict[str, Any]]
"""Makes of an act's JSON, as one release wrote it, what the next would have written."""
A = TypeVar("A", bound=Acted)

FIRST: frozenset[Place] = frozenset({"first"})
FOLLOWING: frozenset[Place] = frozenset({"following"})
BOTH: frozenset[Place] = FIRST | FOLLOWING

OFFICES: frozenset[Reader] = frozenset({"offices"})
NAMED: frozenset[Reader] = OFFICES | {"named"}
WRITER: frozenset[Reader] = OFFICES | {"writer"}
HANDLER: frozenset[Reader] = frozenset({"handler"})
PARTIES: frozenset[Reader] = OFFICES | {"parties", "named", "writer", "handler"}
ALL: frozenset[Reader] = PARTIES | {"portals"}


class Field(NamedTuple):
    """Who may read one field, whether it is a person's, and whether the feed carries it."""

    readers: frozenset[Reader]
    person: Mask | None = None
    """Sealed before it is written, masked before it is shown."""
    of_persons: bool = False
    """A person's only where the act is about somebody rather than a firm."""
    most: int = 200
    """Characters that a particular may have, as given."""
    fed: Fed = "always"


Fields = Mapping[str, Field]


def read_by(readers: frozenset[Reader], *paths: str) -> dict[str, Field]:
    """Let the same read several fields; none of them is a person's."""
    return {path: Field(readers) for path in paths}


def within(name: str, fields: Fields) -> dict[str, Field]:
    """Give the fields of a piece by their paths from the act that carries it under `name`."""
    return {f"{name}.{path}": field for path, field in fields.items()}


class Kind(Struct, frozen=True, kw_only=True):
    """The row of a kind. Roles, order and `own` are the scheme's; no default here lets anybody in."""

    act: type[Acted]
    title: str
    """What people call it where they read a case step by step (环节)."""
    written_by: WrittenBy
    readers: frozenset[Reader]
    """Of the entry: that there is one, when, by whom."""
    fields: Fields
    """By path from the act: each leaf, none left out."""
    opens: CaseKind | None = None
    """Which kind of case it opens."""
    checked: frozenset[Place] = frozenset()
    """Where exactly one check is bound to it."""
    needs: frozenset[Need] = frozenset()
    """What is read of other cases before it is checked."""
    was: tuple[Upcaster, ...] = ()
    """What brings an act of an earlier release up to the next one's, oldest first; each leaves alone what is as it should be already."""
    about_finding: bool = False
    """People deal by it with a finding: it outlasts the case, and brings nobody into it."""
    feeds: frozenset[str] = frozenset()
    """Tables with rows that may follow from it, beside what is judged of every case."""

    @property
    def tag(self) -> str:
        """Give the name that it bears under `act`."""
        return str(self.act.__struct_config__.tag)


_ROWS: dict[type[Acted], Kind] = {}


def kind(  # noqa: PLR0913 -- each is a column of the one row
    title: str,
    readers: frozenset[Reader],
    fields: Fields,
    *,
    written_by: WrittenBy = "people",
    opens: CaseKind | None = None,
    checked: frozenset[Place] = frozenset(),
    needs: Iterable[Need] = (),
    was: tuple[Upcaster, ...] = (),
    about_finding: bool = False,
    feeds: frozenset[str] = frozenset(),
) -> Callable[[type[A]], type[A]]:
    """Write the row of the struct that follows."""

    def keep(act: type[A]) -> type[A]:
        _ROWS[act] = Kind(
            act=act,
            title=title,
            written_by=written_by,
            readers=readers,
            fields=fields,
            opens=opens,
            checked=checked,
            needs=frozenset(needs),
            was=was,
            about_finding=about_finding,
            feeds=feeds,
        )
        return act

    return keep


class Kinds(Mapping[type[Acted], Kind]):
    """Every row by its struct: a kind without a row, a field without a reader, a row of nothing stop the start."""

    def __init__(self, acts: Iterable[type[Acted]], rows: Mapping[type[Acted], Kind]) -> None:
        """Take the rows of these acts; `TypeError` names every kind or field that has none, and every row of nothing."""
        self._rows = {act: rows[act] for act in acts if act in rows}
        kept = list(self._rows.values())
        unread = {f"{row.act.__name__}.{path}" for row in kept for path in set(leaves(row.act)) ^ set(row.fields)}
        unread |= {f"{row.act.__name__}.{path}" for row in kept for path, field in row.fields.items() if not field.readers}
        _refuse("no row, no reader, or a row of nothing", {act.__name__ for act in acts if act not in rows} | unread)
        unsealed = {f"{row.act.__name__}.{path}" for row in kept for path, field in row.fields.items() if _lies_open(field)}
        _refuse("kept from the offices, who hold whole ledgers, and not sealed as a person's", unsealed)
        stuck = {f"{row.act.__name__}.{path}" for row in kept for path in _kept_from_somebody(row) if not _may_lack(row.act, path)}
        _refuse("neither a text nor one that may be missing, so it cannot be kept from anybody", stuck)

    def __getitem__(self, act: type[Acted]) -> Kind:
        return self._rows[act]

    def __iter__(self) -> Iterator[type[Acted]]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)


def _refuse(what: str, names: set[str]) -> None:
    if names:
        message = f"{what}: {', '.join(sorted(names))}"
        raise TypeError(message)


def rows_of(acts: Iterable[type[Acted]]) -> Kinds:
    """Gather the rows that stand beside these structs."""
    return Kinds(acts, _ROWS)


def check_codes(rows: Mapping[type[Acted], Kind], known: Container[str]) -> None:
    """Refuse by `TypeError` a field that holds a code and of which nobody has said whether it names a party of the case."""
    _refuse(
        "a code, of which nobody says whether it names a party",
        {f"{act.__name__}.{path}" for act, row in rows.items() for path in row.fields if _is_code(act, path) and _last(path) not in known},
    )


def _last(path: str) -> str:
    return path.rpartition(".")[2]


def _is_code(struct: type[Struct], path: str) -> bool:
    first, _, rest = path.partition(".")
    annotation = next(one.type for one in structs.fields(struct) if one.name == first)
    return any(_is_code(part, rest) for part in parts_of(annotation)) if rest else _holds(annotation, Code)


def _holds(annotation: object, wanted: object) -> bool:
    return annotation == wanted or any(_holds(part, wanted) for part in typing.get_args(annotation))


def leaves(struct: type[Struct], at: str = "") -> Iterator[str]:
    """Give the path of each field that holds no piece of its own: `form.applicant.name`."""
    for one in structs.fields(struct):
        parts = list(parts_of(one.type))
        yield from (leaf for part in parts for leaf in leaves(part, f"{at}{one.name}."))
        if not parts:
            yield f"{at}{one.name}"


def _lies_open(field: Field) -> bool:
    return "offices" not in field.readers and (field.person is None or field.of_persons)


def _kept_from_somebody(row: Kind) -> Iterator[str]:
    return (path for path, field in row.fields.items() if field.fed != "always" or not field.readers >= row.readers)


def _may_lack(struct: type[Struct], path: str) -> bool:
    """Say whether an act can be shown without this field: a piece of it may be missing, it has a default, or a dash can stand for it."""
    first, _, rest = path.partition(".")
    field = next(one for one in structs.fields(struct) if one.name == first)
    if not field.required or _is_text(field.type):
        return True
    return bool(rest) and all(_may_lack(part, rest) for part in parts_of(field.type) if rest.partition(".")[0] in part.__struct_fields__)


def _is_text(annotation: object) -> bool:
    return annotation is str or (typing.get_origin(annotation) is typing.Annotated and typing.get_args(annotation)[0] is str)


def parts_of(annotation: object) -> Iterator[type[Struct]]:
    """Find the structs within an annotation: a piece, a list of them, one that may be missing."""
    if typing.get_origin(annotation) is None and isinstance(annotation, type):
        if issubclass(annotation, Struct):
            yield annotation
        return
    for part in typing.get_args(annotation):
        yield from parts_of(part)
