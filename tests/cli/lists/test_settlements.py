"""Settlements on the command line: the list with its seals, and each one's sheet as PDF and as a workbook."""

import asyncio
import csv
import io
from pathlib import Path
from zipfile import ZipFile

import pytest

from storage.cases.opening import open_with
from storage.postgres.transaction import Database
from tests.auditor.keeping import tamper
from tests.cli.commands.test_form import NOBODY, text
from tests.cli.conftest import Saying
from tests.database import Urls
from tests.domain.settlement.settling import settled
from tests.domain.stories import CASE


@pytest.fixture(scope="module")
async def _settled(database: Database) -> None:
    """荆水 and 东宝, the first half of 2026, settled with 12,345.01 元."""
    desk = settled()
    assert desk.case is not None
    async with database.transaction() as tx:
        await open_with(tx, desk.case, desk.story.entries, desk.story.judged().clocks, numbered=False)


@pytest.mark.usefixtures("_settled")
def test_the_list_is_filtered_and_says_whether_the_seals_hold(on_database: Saying) -> None:
    said = on_database("settlements", "list", "--city", "荆门市", "--year", "2026", "--half", "1")
    assert (said.status, said.err) == (0, "")
    for one in ("2026-1", "12,345.01", "settled", "whole"):
        assert one in said.out
    chinese = on_database("--lang", "zh", "settlements", "list", "--state", "已结算").out
    assert all(word in chinese for word in ("结算期", "已结算", "完好", "共 1 条"))
    [row] = on_database("settlements", "list", "--format", "json").json
    assert (row["caseId"], row["amount"], row["utility"], row["sealHolds"]) == (str(CASE), 1_234_501, "jm-water", True)
    [line] = csv.DictReader(io.StringIO(on_database("settlements", "list", "--format", "csv").out.lstrip("\ufeff")))
    assert (line["districtName"], line["reference"], line["cityShare"]) == ("东宝区人民政府", "拨付〔2026〕12号", "")
    for others in (("--year", "2025"), ("--district", "jm-duodao"), ("--utility", "jm-gas"), ("--state", "opened"), ("--city", "大冶市")):
        assert on_database("settlements", "list", *others, "--format", "json").json == []
    assert on_database("settlements", "list", "--district", "atlantis").status == 2


@pytest.mark.usefixtures("_settled")
def test_a_sheet_is_printed_and_exported(on_database: Saying, tmp_path: Path) -> None:
    pdf, book = tmp_path / "结算单.pdf", tmp_path / "结算单.xlsx"
    said = on_database("settlements", "print", str(CASE), "-o", str(pdf))
    assert (said.status, said.err) == (0, "")
    assert "壹万贰仟叁佰肆拾伍元零壹分" in text(pdf.read_bytes())
    assert on_database("settlements", "print", str(CASE), "--format", "xlsx", "-o", str(book)).status == 0
    with ZipFile(book) as parts:
        assert "<v>1234501</v>" in parts.read("xl/worksheets/sheet1.xml").decode()
    nowhere = on_database("settlements", "print", NOBODY, "-o", str(pdf))
    assert (nowhere.status, f"there is no settlement {NOBODY}" in nowhere.err) == (1, True)


@pytest.mark.usefixtures("_settled")
def test_a_sheet_that_was_changed_after_its_seal_is_named(on_database: Saying, fresh_urls: Urls) -> None:
    change = "UPDATE entry SET body = replace(body, '{}号', '{}号') WHERE case_id = $1 AND act = 'statement.settled'"
    asyncio.run(tamper(fresh_urls.admin, change.format(12, 13), CASE))
    said = on_database("settlements", "list")
    assert (said.status, "CHANGED" in said.out) == (1, True)
    assert f"{CASE}: the sheet is not the one that was sealed" in said.err
    assert on_database("verify").status == 1
    asyncio.run(tamper(fresh_urls.admin, change.format(13, 12), CASE))
    assert on_database("verify").status == 0
