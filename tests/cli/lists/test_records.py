"""`lianban credit-records`, `credit-file` and `accountability-records`: the records as a table, for spreadsheets and for programs."""

import csv
import io
import subprocess
import zipfile
from datetime import date
from uuid import UUID

import pytest

from domain.acts.enforcement.accountability import Official
from domain.acts.enforcement.credit import CreditRepaired
from storage.loading.bulk import Written, write_cases
from storage.postgres.transaction import Database
from tests.cli.conftest import HOUSE, LIANBAN, Saying, surroundings
from tests.domain.accountability.records import CODE, SOMEBODY, File, answerable, entered, falsified, finding, heard, measure, shown, told

FIRM, PERSON, UNIT = (UUID(int=number) for number in (81, 82, 83))


async def keep(database: Database, file: File) -> None:
    assert file.case is not None
    async with database.transaction() as tx:
        await write_cases(tx, [Written(file.case, file.story.entries)])


@pytest.fixture(scope="module", autouse=True)
async def _records(database: Database) -> None:
    """A firm shown and repaired in June 2026, a person entered, and a water company's officer criticised."""
    firm = entered(File(case_id=FIRM))
    firm.records(shown(), by="jm-spj", role="coordinator", at="2026-06-05 11:00")
    repaired = CreditRepaired(by="jm-spj", on=date(2026, 7, 1), reason="已整改")
    firm.records(repaired, by="jm-spj", role="supervisor", at="2026-07-01 10:00")
    await keep(database, firm)
    await keep(database, entered(File(case_id=PERSON), falsified(SOMEBODY)))
    unit = File(case_id=UNIT)
    unit.proposes(answerable(person=Official(name="李某某", post="报装专员")), by="jm-fgw", role="inspector", other_cases=finding())
    unit.records(told(), by="jm-fgw", role="inspector", at="2026-06-03 11:00")
    unit.records(heard(), by="jm-fgw", role="inspector", at="2026-06-04 10:00")
    unit.records(measure(), by="jm-spj", role="supervisor", at="2026-06-05 10:00", account="decider")
    await keep(database, unit)


def rows(said: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(said.removeprefix("\ufeff"))))


def test_a_program_gets_every_entry_as_the_interface_shows_it(on_database: Saying) -> None:
    found = {one["caseId"]: one for one in on_database("credit-records", "--format", "json").json}
    firm, person = found[str(FIRM)], found[str(PERSON)]
    assert (firm["state"], firm["endedOn"], firm["creditCode"], firm["item"]["number"]) == ("repaired", "2026-07-01", CODE, "3.12")
    assert (person["state"], person["name"], person["idNumber"]) == ("entered", "张*", "110***********002X")


def test_a_spreadsheet_gets_an_entry_in_a_row(on_database: Saying) -> None:
    (row,) = rows(on_database("credit-records", "--state", "repaired", "--city", "荆门市", "--format", "csv").out)
    assert (row["creditCode"], row["grade"], row["item"]) == (CODE, "general", "2025 年版 3.12 提供虚假材料")
    assert (row["document"], row["until"], row["endedBecause"]) == ("责令改正决定书 荆审改〔2026〕3号", "2026-09-05", "repaired")


@pytest.mark.parametrize("words", [("--role", "design"), ("--grade", "minor"), ("--code", "91350100M000100Y43"), ("--city", "420281")])
def test_what_was_not_asked_for_is_left_out(on_database: Saying, words: tuple[str, ...]) -> None:
    assert on_database("credit-records", "--format", "json", *words).json == []


def test_a_person_at_a_screen_gets_tables(on_database: Saying) -> None:
    said = on_database("credit-records").out
    assert "repaired" in said
    assert "2 in all" in said
    assert "已记入" in on_database("--lang", "zh", "credit-records", "--state", "已记入").out
    said = on_database("accountability-records").out
    assert "criticism" in said
    assert "1 in all" in said
    assert "批评教育" in on_database("--lang", "zh", "accountability-records").out
    assert "0 in all" in on_database("accountability-records", "--state", "withdrawn").out


def test_the_platforms_file_tells_to_delete_what_was_repaired_and_goes_on_from_a_cursor(on_database: Saying) -> None:
    (line,) = on_database("credit-file").json
    assert (line["change"], line["caseId"], line["because"], line["endedOn"]) == ("delete", str(FIRM), "repaired", "2026-07-01")
    assert line["name"] is None
    assert on_database("credit-file", "--after", line["cursor"]).json == []
    assert on_database("credit-file", "--part", "penalties", "--city", "420800").json == []
    (row,) = rows(on_database("credit-file", "--format", "csv").out)
    assert (row["change"], row["how"], row["name"]) == ("delete", "published", "")


def test_a_city_without_credit_files_and_a_broken_cursor_are_wrong_words(on_database: Saying) -> None:
    said = on_database("credit-file", "--city", "大冶市")
    assert (said.status, "荆门市" in said.err) == (2, True)
    said = on_database("credit-file", "--after", "x")
    assert (said.status, "--after is no cursor of ours" in said.err) == (2, True)


def test_an_accountability_record_is_a_row_with_the_findings_that_stand(on_database: Saying) -> None:
    (row,) = rows(on_database("accountability-records", "--unit", "jm-water", "--format", "csv").out)
    assert (row["state"], row["person"], row["post"], row["measure"]) == ("decided", "李**", "报装专员", "criticism")
    assert row["findings"] == "00000000-0000-0000-0000-000000000047"
    (item,) = on_database("accountability-records", "--format", "json").json
    assert item["grounds"] == [{"findingId": row["findings"], "caseId": "00000000-0000-0000-0000-000000000048", "fell": False}]


def test_workbooks_hold_the_records(named: dict[str, str]) -> None:
    for command, held in (("credit-records", CODE), ("accountability-records", "李**"), ("credit-file", "delete")):
        words = [*LIANBAN, command, "--format", "xlsx"]
        made = subprocess.run(words, capture_output=True, env=surroundings(**named), cwd=HOUSE, check=True, timeout=120)
        with zipfile.ZipFile(io.BytesIO(made.stdout)) as parts:
            assert held in parts.read("xl/worksheets/sheet1.xml").decode()
