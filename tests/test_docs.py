"""What the documents promise about themselves: links lead somewhere, commands exist, pages are whole; judges no sentence."""

import ast
import os
import re
import shlex
import subprocess
import sys
import tomllib
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path

import pytest

from calendars import SHANGHAI, OfficeClock, package_edition
from cli.main import COMMANDS
from domain.deadlines.estimate import estimate
from domain.schemes.rulebook import compile_scheme
from schemes.reader import load_schemes

ROOT = Path(__file__).parents[1]
DOCS = sorted(path.relative_to(ROOT) for path in (*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")))
DECISIONS = sorted((ROOT / "docs/decisions").glob("[0-9]*.md"))
FLOW = (ROOT / "docs/flow.md").read_text("utf-8")
PARTS = ("Context", "Decision", "Consequences", "Alternatives", "Check")


def prose(text: str) -> str:
    """The text without its blocks of code."""
    return re.sub(r"```.*?```", "", text, flags=re.DOTALL)


def blocks(text: str) -> Iterator[str]:
    """The commands that a document shows."""
    return (line for block in re.findall(r"```sh\n(.*?)```", text, flags=re.DOTALL) for line in block.splitlines())


def anchors(path: Path) -> set[str]:
    """A page's headings as links name them."""
    titles = re.findall(r"^#+ (.+)$", prose(path.read_text("utf-8")), flags=re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


@pytest.mark.parametrize("page", DOCS, ids=str)
def test_every_link_leads_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)\s]+)\)", prose((ROOT / page).read_text("utf-8")))
    for link in (one for one in links if not re.match(r"[a-z]+:", one)):
        file, _, anchor = link.partition("#")
        target = (ROOT / page).parent / file if file else ROOT / page
        assert target.exists(), f"{link} leads nowhere"
        assert not anchor or anchor in anchors(target), f"{link} names no heading"


@pytest.mark.parametrize("page", DOCS, ids=str)
def test_every_file_that_a_page_names_is_there(page: Path) -> None:
    named = re.findall(r"`((?:[\w.-]+/)+[\w.-]*)`", prose((ROOT / page).read_text("utf-8")))
    rooms = {path.name for path in ROOT.iterdir()}
    assert [path for path in named if path.split("/")[0] in rooms and not (ROOT / path).exists()] == []


@pytest.mark.parametrize("decision", DECISIONS, ids=lambda path: path.stem)
def test_a_decision_says_why_what_else_there_was_and_what_holds_it(decision: Path) -> None:
    text = decision.read_text("utf-8")
    found = re.findall(r"^## (.+)\n\n(.+)", text, flags=re.MULTILINE)
    assert tuple(title for title, _ in found) == PARTS
    assert text.startswith(f"# {int(decision.name[:4])}. ")
    assert len(text.splitlines()) <= 60, "a decision is one page"


def test_decisions_are_numbered_without_gaps_and_listed() -> None:
    index = (ROOT / "docs/decisions/README.md").read_text("utf-8")
    assert [int(path.name[:4]) for path in DECISIONS] == list(range(1, len(DECISIONS) + 1))
    assert re.findall(r"\]\((\d.+\.md)\)", index) == [path.name for path in DECISIONS]


def glossary() -> list[list[str]]:
    rows = re.findall(r"^\| (.+) \|$", (ROOT / "docs/glossary.md").read_text("utf-8"), flags=re.MULTILINE)
    return [row.split(" | ") for row in rows if "---" not in row][1:]


@pytest.mark.parametrize(("word", "where"), [(row[0], row[3]) for row in glossary()])
def test_a_word_of_the_glossary_is_used_where_the_glossary_says(word: str, where: str) -> None:
    path = ROOT / where.strip("`")
    letters = re.sub(r"[^a-z]", "", path.read_text("utf-8").lower())
    assert re.sub(r"[^a-z]", "", word.lower()) in letters


def test_a_word_of_the_glossary_means_one_thing() -> None:
    words = [row[0] for row in glossary()]
    assert len(words) == len(set(words))


def rooms_imported() -> dict[str, str]:
    """What each room imports of the others, as `docs/rooms.md` lists it."""
    text = (ROOT / "docs/rooms.md").read_text("utf-8").partition("| room | imports |")[2]
    return dict(re.findall(r"^\| `(\w+)` \| (.+) \|$", text.partition("\n\n")[0], flags=re.MULTILINE))


def imported_by(room: str, rooms: Iterable[str]) -> str:
    """The same, from the files of the room."""
    trees = [ast.parse(path.read_text("utf-8")) for path in (ROOT / room).rglob("*.py")]
    froms = {node.module or "" for tree in trees for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    plain = {each.name for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Import) for each in node.names}
    others = sorted({name.partition(".")[0] for name in froms | plain} & set(rooms) - {room})
    return ", ".join(f"`{other}`" for other in others) or "nothing"


def test_the_rooms_import_each_other_as_the_page_draws_it() -> None:
    drawn = rooms_imported()
    packed = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["root_packages"]
    assert {room: imported_by(room, packed) for room in packed} == drawn


def test_every_door_that_a_machine_holds_is_on_the_page() -> None:
    held = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
    table = (ROOT / "docs/rooms.md").read_text("utf-8").partition("| contract | holds |")[2].partition("\n\n")[0]
    assert set(re.findall(r"^\| ([^|-]+) \|", table, flags=re.MULTILINE)) == {each["name"] for each in held}


def recipes() -> set[str]:
    lines = (ROOT / "justfile").read_text("utf-8").splitlines()
    return {found[1] for line in lines if (found := re.match(r"([a-z][\w-]*)(?: [^:=]*)?:(?!=)", line))}


def shown(word: str, page: Path) -> list[str]:
    """What follows a word in the commands and in the text of a page."""
    text = (ROOT / page).read_text("utf-8")
    quoted = re.findall(r"`([^`\n]+)`", prose(text))
    return [found[1] for one in (*blocks(text), *quoted) if (found := re.match(rf"(?:\$ )?{word} ([a-z][\w-]*)", one))]


@pytest.mark.parametrize("page", DOCS, ids=str)
def test_every_command_that_a_page_shows_exists(page: Path) -> None:
    assert set(shown(r"(?:\./)?just", page)) <= recipes()
    assert {*shown("lianban", page), *shown(r"\./just lianban", page)} <= set(COMMANDS)


def test_the_readme_is_what_the_package_shows() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert project["readme"] == "README.md"
    assert len((ROOT / "README.md").read_text("utf-8").splitlines()) <= 150


def test_the_readme_shows_what_is_printed(tmp_path: Path) -> None:
    text = (ROOT / "README.md").read_text("utf-8")
    command, output = re.findall(r"```sh\n\./just lianban (due [^\n]*)\n```\n\n```\n(.*?)\n```", text, flags=re.DOTALL)[0]
    printed = subprocess.run(
        [sys.executable, "-m", "cli.main", *shlex.split(command)],
        cwd=ROOT,
        env=os.environ | {"LC_ALL": "zh_CN.UTF-8", "LIANBAN_DATA": str(tmp_path)},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert [line.rstrip() for line in printed.stdout.splitlines()] == output.splitlines()


def cases_by_hand() -> list[list[str]]:
    """The deadlines that `docs/flow.md` counts by hand: rule, start and due moment."""
    rows = re.findall(r"^\| `([\w-]+)` J-\d+, .+? \| (\d\d-\d\d \d\d:\d\d) \| (\d\d-\d\d \d\d:\d\d): ", FLOW, flags=re.MULTILINE)
    return [list(row) for row in rows if row[0] != "works-period"]  # that day is on the sheet, not counted


@pytest.mark.parametrize(("rule", "start", "due"), cases_by_hand())
def test_the_case_counted_by_hand_is_due_as_the_page_says(rule: str, start: str, due: str) -> None:
    book = compile_scheme(load_schemes().by_id("jingmen-2023"))
    office = OfficeClock(package_edition().calendar(book.scheme.city.code), book.sessions_of("jm-water"))
    begun, ends = (datetime.strptime(f"2026-{text}", "%Y-%m-%d %H:%M").replace(tzinfo=SHANGHAI) for text in (start, due))
    assert estimate(book, rule, begun, (), office).due == ends


def test_every_deadline_of_the_case_by_hand_is_there() -> None:
    assert len(cases_by_hand()) == 8


def test_the_way_of_a_case_names_every_act_of_both_plans_and_no_other() -> None:
    named = set(re.findall(r"`([a-z_]+\.[a-z_]+)`", FLOW.partition("## Through the rooms")[0]))
    assert named == {act for scheme in load_schemes().all for act in scheme.acts}
