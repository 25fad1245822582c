"""`python -m tests.coverage_of_plans` writes docs/coverage.md: what each sentence of the two plans comes to here; judges no rule."""

import sys
import tomllib
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path

import msgspec
from msgspec import Struct

from api.permissions import TABLE
from cli.main import COMMANDS
from domain.acts import KINDS
from domain.schemes.scheme import Scheme
from schemes import load_schemes

ROOT = Path(__file__).parents[1]
ROWS = Path(__file__).with_suffix(".toml")
PAGE = ROOT / "docs/coverage.md"
SCHEMES = {"daye": "daye-2023", "jingmen": "jingmen-2023"}
HEAD = """# What each sentence of the plans comes to

Made from `tests/coverage_of_plans.toml` (`python -m tests.coverage_of_plans > docs/coverage.md`).
A test compares the two, and fails where a name leads nowhere.

A **rule**, an **act**, a **party**, a **form**'s box or another table of the **scheme** stands in the city's file in
[schemes/](../schemes/); an **operation** in [the contract](../openapi/openapi.json); a **command** is one of `lianban`;
a **printed** form is in [forms/](forms/README.md).
"""
WORDS = {"daye": "大冶 Daye", "jingmen": "荆门 Jingmen"}


class CoverageRow(Struct, frozen=True, forbid_unknown_fields=True):
    """One sentence, and where it is carried out, or why not."""

    quote: str
    by: tuple[str, ...] = ()
    note: str = ""
    none: str = ""
    """Why it has no place in software."""
    later: str = ""
    """What is not there yet."""


def rows() -> dict[str, dict[str, CoverageRow]]:
    """Every row by its city and number."""
    return msgspec.convert(tomllib.loads(ROWS.read_text("utf-8")), dict[str, dict[str, CoverageRow]])


def there(scheme: Scheme, name: str) -> bool:
    """Say whether the scheme, the code or the documents have what a row names."""
    kind, _, what = name.partition(" ")
    if kind == "form":
        form, _, box = what.partition(" ")
        table = dict(scheme.forms).get(form)  # type: ignore[call-overload]  # any word of a row
        return table is not None and (not box or box in {*table.boxes, *table.also})
    known = {
        "act": set(scheme.acts) | {"warning.raised", "finding.opened", "light.turned"},
        "rule": {rule.id for rule in scheme.rule},
        "party": {party.code for party in scheme.parties},
        "operation": set(TABLE),
        "command": set(COMMANDS),
        "printed": set(_printed(scheme)),
    }
    if kind in known:
        return what in known[kind] and (kind != "act" or what in KINDS)
    return (ROOT / what).is_file() if kind == "page" else kind == "scheme" and _has(scheme, what)


def _printed(scheme: Scheme) -> set[str]:
    return set(tomllib.loads((ROOT / "schemes/printed" / f"{scheme.id}.toml").read_text("utf-8")))


def _has(scheme: Scheme, path: str) -> bool:
    value: object = msgspec.to_builtins(scheme)
    for step in path.split("."):
        value = value.get(step) if isinstance(value, dict) else None
    return bool(value)


def page() -> str:
    """Write the page."""
    return "\n".join([HEAD, *(line for city, found in rows().items() for line in _table(city, found))]) + "\n"


def _table(city: str, found: dict[str, CoverageRow]) -> Iterator[str]:
    yield f"## {WORDS[city]}\n"
    yield _sum(found)
    yield "\n| no. | the plan's words | carried out by |\n|---|---|---|"
    yield from (f"| C-{number} | {row.quote} | {_answer(row)} |" for number, row in found.items())
    yield ""


def _sum(found: dict[str, CoverageRow]) -> str:
    none, later = sum(bool(row.none) for row in found.values()), sum(bool(row.later) for row in found.values())
    return f"{len(found)} rows: {len(found) - none - later} carried out, {later} not yet, {none} with no place in software."


def _answer(row: CoverageRow) -> str:
    if row.none:
        return f"No place in software: {row.none}."
    if row.later:
        return f"Not yet: {row.later}."
    return f"{', '.join(_named(row.by))}{': ' + row.note if row.note else ''}."


def _named(by: Iterable[str]) -> Iterator[str]:
    """Each kind once, with everything of it that stands together."""
    for kind, names in groupby(by, key=lambda name: name.partition(" ")[0]):
        yield f"{kind} " + ", ".join(f"`{name.partition(' ')[2]}`" for name in names)


def lost() -> list[str]:
    """Name what rows name that is not there, and rows that answer nothing or twice."""
    plans = {city: load_schemes().by_id(scheme) for city, scheme in SCHEMES.items()}
    each = [(city, number, row) for city, found in rows().items() for number, row in found.items()]
    names = [f"C-{number}: {name}" for city, number, row in each for name in row.by if not there(plans[city], name)]
    return names + [f"C-{number}: one answer, please" for _, number, row in each if sum(map(bool, (row.by, row.none, row.later))) != 1]


if __name__ == "__main__":
    sys.stdout.buffer.write(page().encode())
