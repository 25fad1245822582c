"""`lianban pack` and `lianban verify PACK`, and the list's columns on the command line: one finding of a late approval."""

import csv
import io
from pathlib import Path

import pytest

from exports.packs.container import read
from exports.packs.making import FINDINGS
from storage.cases.opening import open_with
from storage.findings.findings import save_findings
from storage.postgres.transaction import Database
from tests.cli.conftest import Saying
from tests.domain.packs.test_packs import case, ledger
from tests.domain.stories import Story


@pytest.fixture(scope="module", autouse=True)
async def _case(database: Database) -> None:
    """Materials on Monday 16 November, three working days until Thursday, nothing signed, and the finding."""
    story = Story("jingmen-2023")
    story.entries = ledger()
    judged, opened = story.judged(), case(story.entries)
    async with database.transaction() as tx:
        await open_with(tx, opened, story.entries, judged.clocks, numbered=False)
        await save_findings(tx, opened, judged.findings, stages=story.book.stages)


def test_a_pack_is_written_and_verified_without_a_database(on_database: Saying, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "evidence.zip"
    said = on_database("pack", "--party", "jm-cgw", "-o", str(file))
    assert (said.status, said.out) == (0, f"1 findings: {file}\n"), said.err
    monkeypatch.setenv("LIANBAN_DATABASE_URL", "postgresql://nobody@127.0.0.1:1/nothing")
    whole = on_database("verify", str(file))
    assert (whole.status, whole.err) == (0, "")
    assert whole.out.startswith("1 findings, 1 cases, 9 entries: whole\nsha256 ")
    assert on_database("verify", str(file), "--json").json["wrong"] == []


def test_a_changed_pack_is_told_by_the_file(on_database: Saying, tmp_path: Path) -> None:
    file = tmp_path / "evidence.zip"
    assert on_database("pack", "-o", str(file)).status == 0
    data = file.read_bytes()
    at = data.index(read(data)[FINDINGS]) + 40
    file.write_bytes(data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :])
    said = on_database("verify", str(file))
    assert said.status == 1
    assert "findings.json: it was changed" in said.err
    file.write_bytes(b"not a pack")
    assert on_database("verify", str(file)).status == 1


def test_words_that_name_nothing_are_refused(on_database: Saying, tmp_path: Path) -> None:
    nobodys = "00000000-0000-4000-8000-000000000000"
    there = tmp_path / "x.zip"
    assert on_database("pack", "--finding", nobodys, "-o", str(there)).err == f"lianban: there is no finding {nobodys}\n"
    assert on_database("pack", "--finding", nobodys, "--party", "jm-cgw", "-o", str(there)).status == 2
    assert on_database("pack", "-o", str(tmp_path / "no" / "x.zip")).status == 2
    assert on_database("verify", str(there)).status == 2
    there.write_bytes(b"")
    assert on_database("verify", str(there), "--documents").status == 2


def test_the_command_line_lists_in_the_apis_own_columns(on_database: Saying) -> None:
    said = on_database("findings", "--format", "csv", "--stage", "approval", "--light", "yellow")
    (row,) = csv.DictReader(io.StringIO(said.out.removeprefix("\ufeff")))
    assert (row["rule"], row["clause"], row["party"], row["dueAt"]) == ("joint-approval", "四(二)2", "jm-cgw", "2026-11-19T18:00:00+08:00")
    assert on_database("findings", "--stage", "money", "--format", "json").json == []
