"""The rules of the house that no other tool holds: sizes, names, opening sentences and what a lock may not say; judges no behaviour."""

import ast
import re
import statistics
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from schemes.reader import load_schemes

ROOT = Path(__file__).parents[1]
ROOMS = ("api", "auditor", "bench", "board", "calendars", "cli", "domain", "schemes", "storage", "tests")
MODULES = sorted(
    path.relative_to(ROOT)
    for room in ROOMS
    for path in (ROOT / room).rglob("*.py")
    if "migrations" not in path.parts  # generated
)
LOCKS = ("requirements.lock", "requirements/bench.lock", "requirements/run.lock", "package-lock.json", "package.json", ".npmrc")
BLOCKS = (ast.If, ast.For, ast.AsyncFor, ast.While, ast.With, ast.AsyncWith, ast.Try, ast.Match)


def functions(module: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    tree = ast.parse((ROOT / module).read_text())
    return (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """The lines of its body, its docstring apart."""
    body = function.body[1:] if ast.get_docstring(function) else function.body
    return (function.end_lineno or function.lineno) - body[0].lineno + 1 if body else 0


def depth(node: ast.AST) -> int:
    """How deep its blocks lie in each other; `elif` lies beside its `if`, and a function within starts anew."""
    return max((_depth_of(node, child) for child in ast.iter_child_nodes(node)), default=0)


def _depth_of(parent: ast.AST, child: ast.AST) -> int:
    if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef):
        return 0
    is_elif = isinstance(parent, ast.If) and isinstance(child, ast.If) and child in parent.orelse
    return depth(child) + (isinstance(child, BLOCKS) and not is_elif)


@pytest.mark.parametrize("module", MODULES, ids=str)
def test_a_module_keeps_the_rules_of_the_house(module: Path) -> None:
    tree = ast.parse((ROOT / module).read_text())
    opening = ast.get_docstring(tree) or ""
    assert opening.endswith("."), "it opens with a sentence"
    assert len((ROOT / module).read_text().splitlines()) <= 400
    assert not {"base", "common", "helpers", "manager", "utils"} & {module.stem, *module.parts}
    assert [f"{each.name}: {length(each)} lines" for each in functions(module) if length(each) > 60] == []
    assert [f"{each.name}: {depth(each)} deep" for each in functions(module) if depth(each) > 3] == []


def test_half_of_all_functions_have_eight_lines_or_fewer() -> None:
    assert statistics.median(length(each) for module in MODULES for each in functions(module)) <= 8


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_no_address_and_no_path(lock: str) -> None:
    text = (ROOT / lock).read_text()
    assert re.findall(r"https?:|file:|git\+|--index|--find-links|/(?:home|opt|root|tmp|usr|work)/|\"resolved\"", text) == []


def test_every_version_in_the_lock_has_its_hashes() -> None:
    entries = re.split(r"\n(?=\S)", (ROOT / "requirements.lock").read_text().strip())
    assert [entry for entry in entries if not re.match(r"\S+==\S+.*\\\n +--hash=sha256:", entry)] == []


def test_what_is_made_is_not_committed() -> None:
    kept = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False).stdout.splitlines()
    if not kept:
        pytest.skip("this is not a git checkout")
    assert [path for path in kept if re.match(r"(.*/)?(\.venv|\.lianban|node_modules|__pycache__|uv\.lock|\.env)(/|$)", path)] == []


KNOWS_SERVICES = ("simulation/", "domain/intake/boxes.py", "schemes/printing/plain_layout.py")
"""The parts of a form are named after these services; any other service has none, and is taken without."""
DECIDING = [one for one in MODULES if one.parts[0] not in {"bench", "tests"} and not one.stem.endswith("examples")]
"""The contract's examples are of real cities."""


@pytest.mark.parametrize("module", DECIDING, ids=str)
def test_no_room_knows_a_city(module: Path) -> None:
    told = set(_deciding(ast.parse((ROOT / module).read_text())))
    assert told & CITY_WORDS == set()
    assert str(module).startswith(KNOWS_SERVICES) or told & SERVICES == set()


def _deciding(tree: ast.AST) -> Iterator[str]:
    """The words that a program could decide by: no sentences, which are for people, and no examples."""
    given = [node.value for node in ast.walk(tree) if isinstance(node, ast.keyword) and node.arg == "examples"]
    examples = {id(inner) for one in given for inner in ast.walk(one)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and " " not in node.value and id(node) not in examples:
            yield node.value


def _city_words() -> Iterator[str]:
    """Every code and name of the shipped plans that a room could ask for, and the parts of a code."""
    for scheme in load_schemes().all:
        yield from (scheme.id, scheme.id.partition("-")[0], scheme.city.code, scheme.city.name)
        yield from (party.name for party in scheme.parties)
        codes = [*(one.code for one in scheme.parties), *(one.code for one in scheme.districts), *(one.code for one in scheme.scope.zones)]
        yield from codes
        for head, dash, tail in (code.partition("-") for code in codes):
            yield from (head + dash, dash + tail) if dash else ()


CITY_WORDS = frozenset(_city_words())
SERVICES = frozenset(service for scheme in load_schemes().all for service in scheme.utilities)


BY_THE_WALL = {"storage.audit.jobs", "storage.access.idempotency", "storage.access.clients"}
"""Leases, records of runs, heartbeats, kept replies and secrets."""


@pytest.mark.parametrize("module", [one for one in MODULES if one.parts[0] in {"api", "auditor", "casework", "cli"}], ids=str)
def test_what_ends_by_the_machines_clock_is_never_told_the_offices_moment(module: Path) -> None:
    """A sandbox moves the office's clock: that may free no lease, forget no reply and end no token."""
    tree = ast.parse((ROOT / module).read_text())
    kept = {
        name.asname or name.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module in BY_THE_WALL
        for name in node.names
        if name.name.islower()
    }
    assert [told for function in functions(module) for told in _office_moments(function, kept)] == []


def _office_moments(function: ast.AST, kept: set[str]) -> Iterator[str]:
    """Say which of these are told an office's moment, by itself or under a name that it was given."""
    named = {
        target.id
        for node in ast.walk(function)
        if isinstance(node, ast.Assign) and _office_moment(node.value.func if isinstance(node.value, ast.Call) else node.value)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    calls = [call for call in ast.walk(function) if isinstance(call, ast.Call) and isinstance(call.func, ast.Name)]
    for call in calls:
        told = [inner for one in (*call.args, *(word.value for word in call.keywords)) for inner in ast.walk(one)]
        if any(_office_moment(one) or (isinstance(one, ast.Name) and one.id in named) for one in told):
            yield from {ast.unparse(call.func)} & kept


def _office_moment(node: ast.expr | ast.AST) -> bool:
    return isinstance(node, ast.Attribute) and node.attr in {"domain_now", "now"}


def test_a_moment_of_the_office_is_seen_wherever_it_is_told() -> None:
    told = """
def one(job): heartbeat(tx, job.domain_now())
def two(context):
    at = context.now
    start_run(tx, "sweep", worker=at)
def three(job): heartbeat(tx, job.wall_now())
"""
    found = [*_office_moments(ast.parse(told), {"heartbeat", "start_run"})]
    assert found == ["heartbeat", "start_run"]
