"""`lianban scheme`: plan files are accepted or refused with the place and the mend, listed and compared."""

import re
from pathlib import Path

from tests.cli.conftest import HOUSE, Saying

SHIPPED = HOUSE / "schemes"
JINGMEN = SHIPPED / "jingmen-2023.toml"


def changed(folder: Path, old: str, new: str) -> Path:
    """A copy of Jingmen's plan in which something is otherwise."""
    text = JINGMEN.read_text()
    assert old in text
    file = folder / "changed.toml"
    file.write_text(text.replace(old, new, 1))
    return file


def test_the_shipped_plans_are_accepted(lianban: Saying) -> None:
    said = lianban("scheme", "check", str(JINGMEN), str(SHIPPED / "daye-2023.toml"))
    assert (said.status, said.err) == (0, "")
    assert said.out.count("accepted") == 2


def test_a_refused_file_is_named_with_the_place_and_the_mend(lianban: Saying, tmp_path: Path) -> None:
    file = changed(tmp_path, 'limit = "3wd"', 'limit = "3 days"')
    said = lianban("scheme", "check", str(file), str(JINGMEN))
    assert said.status == 1
    assert str(file) in said.err
    assert re.search(r"rule\[\d+\]", said.err)
    assert "3wd" in said.err, "the forms that a limit has"
    assert "accepted" in said.out, "the other file is checked all the same"


def test_a_file_that_is_not_there_is_refused(lianban: Saying, tmp_path: Path) -> None:
    said = lianban("scheme", "check", str(tmp_path / "none.toml"))
    assert said.status == 1
    assert "none.toml" in said.err


def test_both_plans_are_listed_with_their_day(lianban: Saying) -> None:
    said = lianban("scheme", "list")
    assert said.status == 0
    assert "jingmen-2023" in said.out
    assert "daye-2023" in said.out
    assert "2023-05-12" in said.out


def test_what_changes_is_said_in_words(lianban: Saying, tmp_path: Path) -> None:
    file = changed(tmp_path, 'limit = "3wd"', 'limit = "2wd"')
    said = lianban("scheme", "diff", "jingmen-2023", str(file))
    assert said.status == 0
    assert "3wd -> 2wd" in said.out
    assert lianban("scheme", "diff", "jingmen-2023", str(JINGMEN)).out == ""


def test_a_plan_to_compare_that_is_neither_file_nor_id_is_refused(lianban: Saying) -> None:
    said = lianban("scheme", "diff", "jingmen-2023", "jingmen-1999")
    assert said.status == 2
    assert "jingmen-1999" in said.err
