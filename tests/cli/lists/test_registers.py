"""`lianban registers`: both sides' registers as a table, for spreadsheets and for programs."""

import csv
import io
import json
import subprocess
import zipfile

import pytest

from domain.acts.service import EnquiryReceived, EnquiryTransferred
from storage.cases.opening import open_with
from storage.postgres.transaction import Database
from tests.cli.conftest import HOUSE, LIANBAN, Saying, surroundings
from tests.domain.desk import Desk
from tests.domain.journeys.jingmen import GAS, OFFICE

DIFFERS = "一方已交出，另一方没有任何记录 (荆门市行政审批局: 转办 2026-11-16 10:00 Mon; 中石油昆仑燃气有限公司: 没有记录)"


@pytest.fixture(scope="module", autouse=True)
async def _case(database: Database) -> None:
    """Taken in by the bureau on Monday at nine, passed to the gas company at ten, and never heard of again."""
    desk = Desk()
    desk.opens(EnquiryReceived(channel="窗口", receiver=OFFICE, class_="complex", reason="复杂", subject="进度"), by=OFFICE)
    desk.records(EnquiryTransferred(to=GAS), by=OFFICE, at="2026-11-16 10:00")
    assert desk.case is not None
    async with database.transaction() as tx:
        await open_with(tx, desk.case, desk.story.entries, desk.story.judged().clocks, numbered=False)


def test_a_program_gets_a_row_for_each_step_of_each_ledger(on_database: Saying) -> None:
    rows = on_database("registers", "--format", "json").json
    assert [(row["side"], row["party"], row["seq"], row["step"], row["by"]) for row in rows] == [
        ("window", OFFICE, 1, "咨询受理", "荆门市行政审批局"),
        ("window", OFFICE, 2, "转办", "荆门市行政审批局"),
        ("handling", GAS, 2, "转办", "荆门市行政审批局"),
    ]
    assert rows[0]["limits"][0].startswith("复杂事项3个工作日内反馈: 2026-11-19 18:00 Thu ")
    assert rows[2]["disagreements"] == [DIFFERS]


def test_a_spreadsheet_gets_the_same_in_cells(on_database: Saying) -> None:
    said = on_database("registers", "--side", "handling", "--format", "csv")
    (row,) = csv.DictReader(io.StringIO(said.out.removeprefix("\ufeff")))
    assert (row["partyName"], row["happenedAt"], row["disagreements"]) == ("中石油昆仑燃气有限公司", "2026-11-16T10:00:00+08:00", DIFFERS)


def test_a_workbook_holds_the_steps(named: dict[str, str]) -> None:
    words = [*LIANBAN, "registers", "--format", "xlsx"]
    made = subprocess.run(words, capture_output=True, env=surroundings(**named), cwd=HOUSE, check=True, timeout=120).stdout
    assert "咨询受理" in zipfile.ZipFile(io.BytesIO(made)).read("xl/worksheets/sheet1.xml").decode()


def test_a_person_gets_a_table(on_database: Saying) -> None:
    table = on_database("registers", "--party", GAS, "--disagreeing").out
    assert "handling 中石油昆仑燃气有限公司" in table
    assert "1 in all" in table
    chinese = on_database("--lang", "zh", "registers", "--side", "转办台账").out
    assert "转办台账 中石油昆仑燃气有限公司" in chinese
    assert "（荆门市行政审批局：转办 2026-11-16 10:00 周一；" in chinese


@pytest.mark.parametrize(
    "words",
    [("--from", "2026-11-17"), ("--to", "2026-11-15"), ("--city", "大冶市"), ("--party", "jm-power"), ("--side", "window", "--party", GAS)],
)
def test_what_was_not_asked_for_is_left_out(on_database: Saying, words: tuple[str, ...]) -> None:
    assert json.loads(on_database("registers", *words, "--format", "json").out) == []


def test_days_that_run_backwards_are_wrong_words(lianban: Saying) -> None:
    said = lianban("registers", "--from", "2026-12-01", "--to", "2026-01-01")
    assert (said.status, "after --to" in said.err) == (2, True)


def test_a_day_before_the_calendar_is_a_wrong_word(lianban: Saying) -> None:
    for command in ("registers", "findings"):
        said = lianban(command, "--from", "0001-01-01")
        assert (said.status, "outside the calendar" in said.err) == (2, True)
