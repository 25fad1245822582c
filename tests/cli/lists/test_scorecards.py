"""`lianban scorecards` and `lianban delay-shares`: as a table, for spreadsheets and for programs."""

import csv
import io
import subprocess
import zipfile
from datetime import UTC, datetime, timedelta

import pytest

from domain.acts.enforcement.assessment import ScoreCorrected
from domain.assessment.scorecard import Place, Tally, party_scores
from domain.assessment.sealing import sealed
from domain.case import Case
from domain.cases.appending import write
from domain.ledger import AUDITOR, SHA256, Actor
from domain.recording.opening import open_case
from storage.cases.clocks import save_clocks
from storage.loading.bulk import Written, write_cases
from storage.postgres.transaction import Database
from tests.cli.conftest import HOUSE, LIANBAN, Saying, surroundings
from tests.domain.stories import book, offices, shanghai
from tests.storage.making import a_case, a_clock, stored

JINGMEN = book("jingmen-2023")
SEALED = datetime(2026, 1, 8, 1, 0, tzinfo=UTC)


@pytest.fixture(scope="module", autouse=True)
async def _cases(database: Database) -> None:
    """A connection two office hours late on 7 July 2025; the year sealed, and one score corrected since."""
    late = a_clock(
        rule="half-day-connection", keys=("jm-water",), party="jm-water", state="late", next_check_at=None,
        started=shanghai("2025-07-07 08:30"), due=shanghai("2025-07-07 16:00"), ended_at=shanghai("2025-07-07 18:30"),
    )  # fmt: skip
    async with database.transaction() as tx:
        await save_clocks(tx, (await stored(tx, case_id=CASE)).case_id, [late])
        await write_cases(tx, [_sealed()])


CASE = a_case().case_id


def _sealed() -> Written:
    rows = party_scores(JINGMEN, {Place("jm-water", "all"): Tally(obligations=40, on_time=39, late=1, yellow=1)})
    act, actor = sealed(JINGMEN, "jm-spj", 2025, SEALED, rows), Actor("jm-spj", "coordinator", "person")
    opened = open_case(
        JINGMEN, act, case_id=a_case().case_id, occurred_at=SEALED, recorded_at=SEALED, actor=actor, edition=offices().newest
    )
    found = ScoreCorrected(party="jm-water", stage="all", was=9_750, now=9_500, because="认定")
    later = SEALED + timedelta(days=30)
    case: Case
    case, more = write(opened.case, [(found, later, AUDITOR)], later, offices().newest, SHA256)
    return Written(case, [*opened.entries, *more])


def test_a_program_gets_a_row_for_each_party_and_stage(on_database: Saying) -> None:
    """Ten of seven and a half natural hours are 1 333 thousandths of the limit."""
    rows = on_database("scorecards", "--period", "2025-07", "--city", "荆门市", "--party", "jm-water", "--format", "json").json
    assert [row["stage"] for row in rows] == ["application", "survey", "approval", "all"]
    whole = rows[3]
    assert (whole["obligations"], whole["late"], whole["median"], whole["delayShareSeconds"]) == (1, 1, 1_333, 7_200)
    assert (whole["score"], whole["small"], whole["digest"], whole["assessedBy"]) == (10_000, True, None, "jm-spj")


def test_a_sealed_year_shows_its_digest_and_what_was_corrected(on_database: Saying) -> None:
    rows = on_database("scorecards", "--year", "2025", "--city", "420800", "--sealed", "--party", "jm-water", "--format", "json").json
    assert (rows[3]["score"], rows[3]["corrected"], rows[3]["losses"]) == (9_750, 9_500, ["yellow:1×10000→250"])
    assert len(rows[3]["digest"]) == 64
    assert on_database("scorecards", "--year", "2025", "--sealed", "--party", "jm-spj", "--format", "json").json == []


def test_a_spreadsheet_gets_the_same_in_cells(on_database: Saying) -> None:
    said = on_database("scorecards", "--year", "2025", "--city", "420800", "--sealed", "--party", "jm-water", "--format", "csv")
    *_, row = csv.DictReader(io.StringIO(said.out.removeprefix("\ufeff")))
    assert (row["partyName"], row["stage"], row["score"], row["corrected"]) == ("荆门市城市水务集团有限公司", "all", "9750", "9500")


def test_a_workbook_holds_every_city_s_parties(named: dict[str, str]) -> None:
    words = [*LIANBAN, "scorecards", "--year", "2025", "--format", "xlsx"]
    made = subprocess.run(words, capture_output=True, env=surroundings(**named), cwd=HOUSE, check=True, timeout=120).stdout
    sheet = zipfile.ZipFile(io.BytesIO(made)).read("xl/worksheets/sheet1.xml").decode()
    assert "荆门市城市水务集团有限公司" in sheet
    assert "清润水务集团" in sheet


def test_a_person_gets_a_table(on_database: Saying) -> None:
    table = on_database("scorecards", "--period", "2025-Q3", "--city", "荆门市", "--party", "jm-water", "--district", "jm-dongbao").out
    assert "application" in table
    assert "4 in all" in table
    chinese = on_database("--lang", "zh", "scorecards", "--period", "2025-Q3", "--city", "荆门市", "--party", "jm-water").out
    assert all(word in chinese for word in ("项目申请", "应办件数", "用时中位数（占时限）", "认定成立"))


def test_before_any_plan_nobody_is_scored(on_database: Saying) -> None:
    assert on_database("scorecards", "--period", "2019", "--format", "json").json == []


@pytest.mark.parametrize("words", [("--period", "2025-13"), ("--period", "2025", "--district", "nowhere")])
def test_what_is_no_period_or_district_is_wrong_words(lianban: Saying, words: tuple[str, ...]) -> None:
    assert lianban("scorecards", *words).status == 2


def test_the_shares_of_a_case_are_printed_with_their_sum(on_database: Saying) -> None:
    (row,) = on_database("delay-shares", str(CASE), "--format", "json").json
    assert (row["party"], row["month"], row["seconds"], row["contested"]) == ("jm-water", "2025-07", 7_200, False)
    table = on_database("delay-shares", str(CASE)).out
    assert "overrun in all: 2:00:00" in table


def test_a_case_that_is_not_there_has_no_delay_shares(on_database: Saying) -> None:
    assert on_database("delay-shares", str(a_case().case_id)).status == 1
