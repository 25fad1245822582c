"""docs/new-city.md is followed word by word: its commands are run, and what it shows of their answers is what they say."""

import re
import shlex
from pathlib import Path

import pytest

from cli.main import run
from tests.cli.conftest import HOUSE

BLOCKS = re.findall(r"```(sh|)\n(.*?)```", (HOUSE / "docs/new-city.md").read_text("utf-8"), flags=re.DOTALL)


def commands() -> list[tuple[tuple[str, ...], str | None]]:
    """Each command's words, with the answer that the page shows for the last of a block."""
    found: list[tuple[tuple[str, ...], str | None]] = []
    for kind, text in BLOCKS:
        if kind == "sh":
            found += [(tuple(shlex.split(line)), None) for line in text.splitlines()]
        else:
            found[-1] = (found[-1][0], text)
    return found


@pytest.fixture
def _a_folder_of_its_own(named: dict[str, str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A folder that the commands may write to, with the house's tests in it."""
    assert named
    (tmp_path / "tests").symlink_to(HOUSE / "tests")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LIANBAN_SCHEMES", "")


@pytest.mark.usefixtures("_a_folder_of_its_own")
def test_whoever_follows_the_guide_sees_what_it_says(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    said = ""
    for words, answer in commands():
        if words[0] == "export":
            monkeypatch.setenv(*words[1].split("=", 1))
            continue
        assert words[:2] == ("./just", "lianban")
        assert run(words[2:]) == 0, words
        said = capsys.readouterr().out
        assert answer in {None, "".join(f"{line.rstrip()}\n" for line in said.splitlines())}
    assert (tmp_path / "application.pdf").read_bytes().startswith(b"%PDF")
    assert said.endswith(f"{len((tmp_path / 'answers.jsonl').read_text('utf-8').splitlines())} in all\n")


def test_the_guide_tells_of_every_table_of_a_plan() -> None:
    plan = (HOUSE / "tests/cities/linjiang/linjiang-2026.toml").read_text("utf-8")
    page = (HOUSE / "docs/new-city.md").read_text("utf-8")
    assert [table for table in re.findall(r"^\[+([a-z_]+)", plan, flags=re.MULTILINE) if f"[{table}]" not in page] == []
