"""The layout of the house: small folders, names that are known, lean handlers, every folder on the map; judges no behaviour."""

import ast
import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKED = (
    "api", "auditor", "board", "calendars", "casework", "cli", "domain", "exports", "schemes", "simulation", "storage", "words",
)  # fmt: skip
ROOMS = (*PACKED, "bench", "tests")
MOST_MODULES = 12
MOST_LINES = 10
NAMES = tomllib.loads((ROOT / "tests/file_names.toml").read_text("utf-8"))
METHODS = {"delete", "get", "patch", "post", "put"}


def modules(room: str) -> list[Path]:
    """The files of a room, but for migrations, which are generated."""
    return sorted(path for path in (ROOT / room).rglob("*.py") if "migrations" not in path.parts)


def folders(room: str) -> list[Path]:
    return sorted({path.parent for path in modules(room)})


FOLDERS = [folder.relative_to(ROOT) for room in ROOMS for folder in folders(room)]


@pytest.mark.parametrize("folder", FOLDERS, ids=str)
def test_a_folder_holds_a_dozen_modules_at_most(folder: Path) -> None:
    held = [path.name for path in (ROOT / folder).glob("*.py") if path.name != "__init__.py"]
    assert len(held) <= MOST_MODULES, "split it by what its files are about"


@pytest.mark.parametrize("room", ROOMS)
def test_no_class_is_named_twice_in_a_room(room: str) -> None:
    where = defaultdict[str, list[str]](list)
    for path in modules(room):
        for node in ast.parse(path.read_text("utf-8")).body:
            if isinstance(node, ast.ClassDef):
                where[node.name].append(str(path.relative_to(ROOT)))
    assert {name: paths for name, paths in where.items() if len(paths) > 1} == {}


@pytest.mark.parametrize("room", PACKED)
def test_a_file_is_named_by_the_glossary_or_the_trade(room: str) -> None:
    allowed = {*NAMES["everywhere"], *NAMES[room]}
    assert sorted({path.stem for path in modules(room)} - allowed) == [], (
        "a new name goes into tests/file_names.toml, if a newcomer knows it"
    )


@pytest.mark.parametrize("room", PACKED)
def test_no_name_is_allowed_that_no_file_has(room: str) -> None:
    assert sorted(set(NAMES[room]) - {path.stem for path in modules(room)}) == []


def handlers() -> Iterator[tuple[str, int]]:
    """Every handler of the API, with the lines of its body, its docstring apart."""
    for path in modules("api"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.AsyncFunctionDef) and any(_is_route(one) for one in node.decorator_list):
                body = node.body[1:] if ast.get_docstring(node) else node.body
                yield f"{path.relative_to(ROOT)}:{node.name}", (node.end_lineno or 0) - body[0].lineno + 1


def _is_route(decorator: ast.expr) -> bool:
    return isinstance(decorator, ast.Call) and isinstance(decorator.func, ast.Name) and decorator.func.id in METHODS


def test_a_handler_reads_as_a_sentence() -> None:
    found = dict(handlers())
    assert len(found) > 60, "they are found"
    assert {name: lines for name, lines in found.items() if lines > MOST_LINES} == {}


def test_no_function_of_the_operations_takes_a_transaction() -> None:
    taken = [
        f"{path.relative_to(ROOT)}:{node.name}"
        for path in modules("api/v1")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and any(one.arg == "tx" or (one.annotation is not None and ast.unparse(one.annotation) == "Tx") for one in node.args.args)
    ]
    assert taken == [], "what reads or writes stands in casework; the operation opens the transaction and hands it on"


def test_no_operation_lives_on_another_one() -> None:
    """Examples for the contract are data, and stand beside their operation."""
    lent = [
        f"{path.relative_to(ROOT)}: {node.module}"
        for path in modules("api/v1")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("api.v1") and not (node.module or "").endswith("examples")
    ]
    assert lent == []


GOES_ON = {"api/v1/cases/acts.py", "api/v1/credit/platform_file.py", "api/v1/feed/events.py"}
"""What is read on from its last entry for ever, and so is no list with an end."""


def test_a_page_of_a_list_is_cut_in_one_place() -> None:
    cutting = {str(path.relative_to(ROOT)) for path in modules("api/v1") if "link_to" in path.read_text("utf-8")}
    assert cutting == GOES_ON, "`Pages` of `api/wire/paging.py` cuts, names the next place and links to it"


def map_of_folders() -> dict[str, str]:
    """What `docs/rooms.md` says of each folder."""
    text = (ROOT / "docs/rooms.md").read_text("utf-8").partition("| folder | what it is for |")[2].partition("\n\n")[0]
    return dict(re.findall(r"^\| `([\w/]+)/` \| (.+) \|$", text, flags=re.MULTILINE))


def opening_of(folder: Path) -> str:
    return " ".join((ast.get_docstring(ast.parse((folder / "__init__.py").read_text("utf-8"))) or "").partition("\n\n")[0].split())


def test_every_folder_is_on_the_map_with_its_own_sentence() -> None:
    found = {str(folder.relative_to(ROOT)): opening_of(folder) for room in PACKED for folder in folders(room)}
    assert map_of_folders() == found
