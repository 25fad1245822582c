"""`./just obligations`: what of each scheme carries out each obligation and which test shows it; runs no test."""

import subprocess
import sys
import tomllib
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

import msgspec
from msgspec import Struct
from rich.console import Console
from rich.table import Table

from api.permissions import TABLE
from domain.acts import KINDS
from domain.schemes.scheme import Scheme
from schemes import load_schemes

ROOT = Path(__file__).parents[1]
CATALOGUE = Path(__file__).with_suffix(".toml")


class Obligation(Struct, frozen=True, forbid_unknown_fields=True):
    """One row of the catalogue."""

    clause: str
    title: str
    by: tuple[str, ...] = ()
    """What carries it out beside the schemes: an act or an operation."""
    shown_by: tuple[str, ...] = ()
    missing: str = ""
    """What is not there yet."""


class Coverage(Struct, frozen=True):
    """One obligation as it stands."""

    id: str
    clause: str
    title: str
    covered_by: tuple[str, ...]
    shown_by: tuple[str, ...]
    missing: str
    how: str

    @property
    def covered(self) -> bool:
        """Say whether something carries it out, a test shows it and nothing of it is missing."""
        return bool(self.covered_by and self.shown_by and not self.missing)


def catalogue() -> dict[str, Obligation]:
    """Every obligation by its id, in the plans' order."""
    return msgspec.convert(tomllib.loads(CATALOGUE.read_text("utf-8")), dict[str, Obligation])


def carriers(scheme: Scheme) -> Iterator[tuple[str, str]]:
    """Each obligation's id with what carries it out, for everything in the scheme that does."""
    route = scheme.route
    routes = (("commitment", route.commitment), ("joint", route.joint), ("none", route))
    carrying = [
        *((f"{'deadline' if rule.deadline else 'standard'} {rule.id}", rule.carries_out) for rule in scheme.rule),
        *((f"route {name}", one.carries_out) for name, one in routes),
        ("scope", scheme.scope.carries_out),
        ("office hours", scheme.office.carries_out),
        *((f"form {name}", form.carries_out) for name, form in scheme.forms.items()),
        *((("joint survey", scheme.survey.carries_out),) if scheme.survey else ()),
        *((f"party {party.code}", party.carries_out) for party in scheme.parties),
        *((f"act {tag}", act.carries_out) for tag, act in scheme.acts.items()),
    ]
    return ((each, what) for what, ids in carrying for each in ids)


def carried() -> dict[str, tuple[str, ...]]:
    """What carries out each obligation, over all shipped schemes."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for scheme in load_schemes().all:
        for each, what in carriers(scheme):
            found[each].append(what)
    return {each: tuple(what) for each, what in found.items()}


def there(what: str) -> bool:
    """Say whether there is such an act or operation."""
    kind, _, name = what.partition(" ")
    return name in {"act": KINDS, "operation": TABLE}.get(kind, {})


def collected(tests: Collection[str]) -> set[str]:
    """Those of the tests that pytest finds: whole functions, or single cases of them."""
    files = sorted({test.partition("::")[0] for test in tests})
    command = [sys.executable, "-m", "pytest", "--collect-only", "-q", "-p", "no:cacheprovider", *files]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    if listed.returncode:
        sys.exit(f"obligations: the tests cannot be listed\n{listed.stdout}{listed.stderr}")
    found = [line for line in listed.stdout.splitlines() if "::" in line]
    return {*found, *(test.partition("[")[0] for test in found)} & set(tests)


def coverage(rows: Mapping[str, Obligation], by_scheme: Mapping[str, tuple[str, ...]], tests: Collection[str]) -> list[Coverage]:
    """Put catalogue, schemes and tests together."""
    return [_row(each, row, by_scheme.get(each, ()), tests) for each, row in rows.items()]


def _row(each: str, row: Obligation, by_scheme: tuple[str, ...], tests: Collection[str]) -> Coverage:
    by = (*by_scheme, *filter(there, row.by))
    shown = tuple(test for test in row.shown_by if test in tests)
    return Coverage(each, row.clause, row.title, by, shown, row.missing, _how(row, by, shown))


def _how(row: Obligation, by: tuple[str, ...], shown: tuple[str, ...]) -> str:
    if not by:
        return f"not yet: {row.missing}"
    kinds = Counter(what if what in {"scope", "office hours", "joint survey"} else what.partition(" ")[0] for what in by)
    how = ", ".join(kind if number == 1 else f"{number} x {kind}" for kind, number in kinds.items())
    unshown = "" if shown else "; no test shows it"
    return how + unshown + (f"; not yet: {row.missing}" if row.missing else "")


def lost(rows: Mapping[str, Obligation], tests: Collection[str]) -> list[str]:
    """What the catalogue names that is not there."""
    return [f"{each} names {one}" for each, row in rows.items() for one in (*row.by, *row.shown_by) if not there(one) and one not in tests]


def _table(rows: list[Coverage]) -> Table:
    table = Table(box=None, header_style="bold", padding=(0, 2, 0, 0))
    for column in ("id", "clause", "obligation", "covered by", "shown by"):
        table.add_column(column, overflow="fold")
    for row in rows:
        tests = dict.fromkeys(_sentence(test) for test in row.shown_by)
        what = row.how if len(row.covered_by) > 4 or not row.covered_by else "\n".join((*row.covered_by, *row.how.split("; ")[1:]))
        table.add_row(row.id, row.clause, row.title, what, "\n".join(tests), style="" if row.covered else "yellow")
    return table


def _sentence(test: str) -> str:
    """A test's name as the fact that it is."""
    return test.partition("::test_")[2].partition("[")[0].replace("_", " ")


def main(words: list[str]) -> int:
    """Print what covers each obligation; 1 while one is not whole, or where a name leads nowhere."""
    if set(words) - {"--json"}:
        sys.stderr.write("obligations: the only option is --json\n")
        return 2
    rows = catalogue()
    tests = collected({test for row in rows.values() for test in row.shown_by})
    found, wrong = coverage(rows, carried(), tests), lost(rows, tests)
    if words:
        sys.stdout.buffer.write(msgspec.json.format(msgspec.json.encode(found), indent=1) + b"\n")
    else:
        out = Console(width=None if sys.stdout.isatty() else 160, highlight=False)
        out.print(_table(found))
        out.print(f"{sum(row.covered for row in found)} of {len(found)} obligations are covered and shown by a test")
    sys.stderr.writelines(f"obligations: {one}, which is not there\n" for one in wrong)
    return int(bool(wrong) or not all(row.covered for row in found))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
