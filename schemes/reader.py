"""Reads plan files into schemes and refuses what no judge could follow; never changes a file."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise
from pathlib import Path

from msgspec import Struct

from domain.schemes.in_force import scheme_in_force
from domain.schemes.scheme import City, Scheme
from schemes.faults import NoScheme, SchemeFault, Wrong, unread
from schemes.intake import wrong_intake
from schemes.references import wrong_references
from schemes.rules import wrong_rules
from schemes.scoring import wrong_scoring
from schemes.structure import read_tables, shape
from words import listed, sentence

SHIPPED = Path(__file__).parent


class Schemes(Struct, frozen=True):
    """Every plan that is known, sorted by city and day."""

    all: tuple[Scheme, ...]
    sources: Mapping[str, bytes] = {}
    """The file of each plan as it was read, by the plan's id."""

    @property
    def cities(self) -> tuple[City, ...]:
        """Every city with a plan, by its newest name."""
        return tuple({scheme.city.code: scheme.city for scheme in self.all}.values())

    def by_id(self, scheme: str) -> Scheme:
        """Find a plan by its id."""
        for one in self.all:
            if one.id == scheme:
                return one
        known = listed(one.id for one in self.all)
        raise NoScheme(sentence("There is no scheme {scheme!r}; the known ones are: {known}", scheme=scheme, known=known))

    def in_force(self, city: str, on: date) -> Scheme:
        """Find the plan in force in a city (its code or name) on a local day."""
        return scheme_in_force(self.all, city, on)


def parse_scheme(data: bytes, name: str) -> Scheme:
    """Read one plan; `name` is what faults call the file."""
    scheme = shape(read_tables(data, name), name)
    wrongs = [*wrong_references(scheme), *wrong_intake(scheme), *wrong_rules(scheme), *wrong_scoring(scheme), *_wrong_days(scheme)]
    if wrongs:
        raise SchemeFault(name, list(dict.fromkeys(wrongs)))
    return scheme


def read_scheme(path: Path) -> Scheme:
    """Read one plan file."""
    try:
        data = path.read_bytes()
    except OSError as fault:
        wrong = Wrong("$", sentence("it cannot be read: {why}", why=unread(fault)), sentence("Give the path of a plan file (TOML)"))
        raise SchemeFault(str(path), [wrong]) from fault
    return parse_scheme(data, str(path))


def load_schemes(extra: Sequence[Path] = ()) -> Schemes:
    """Read the plans that are shipped and those in further folders; no two of a city in force at once."""
    files = [file for folder in (SHIPPED, *extra) for file in _files(folder)]
    found = sorted(((read_scheme(file), file) for file in files), key=lambda one: (one[0].city.code, one[0].in_force_from))
    for (earlier, before), (later, file) in pairwise(found):
        if earlier.city.code == later.city.code and (earlier.until is None or later.in_force_from <= earlier.until):
            what = sentence("it takes effect while {id} ({name}) is in force", id=earlier.id, name=before.name)
            mend = sentence(
                "Give {id} an `until` before {in_force_from}, or this one a later day", id=earlier.id, in_force_from=later.in_force_from
            )
            raise SchemeFault(str(file), [Wrong("in_force_from", what, mend)])
    _refuse_twice([(scheme.id, file) for scheme, file in found])
    return Schemes(tuple(scheme for scheme, _ in found), {scheme.id: file.read_bytes() for scheme, file in found})


def _files(folder: Path) -> list[Path]:
    if not folder.is_dir():
        raise SchemeFault(str(folder), [Wrong("$", sentence("there is no such folder"), sentence("Correct LIANBAN_SCHEMES"))])
    return sorted(folder.glob("*.toml"))


def _refuse_twice(ids: Sequence[tuple[str, Path]]) -> None:
    seen: dict[str, Path] = {}
    for scheme, file in ids:
        if scheme in seen:
            raise SchemeFault(
                str(file),
                [
                    Wrong(
                        "id",
                        sentence("{scheme!r} is already {name}", scheme=scheme, name=seen[scheme].name),
                        sentence("Give it an id of its own"),
                    )
                ],
            )
        seen[scheme] = file


def _wrong_days(scheme: Scheme) -> Iterator[Wrong]:
    if scheme.until is not None and scheme.until < scheme.in_force_from:
        yield Wrong(
            "until", sentence("it ends on {until}, before it takes effect", until=scheme.until), sentence("Correct one of the two days")
        )
