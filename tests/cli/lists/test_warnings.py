"""`lianban warnings` lists what is near its limit and what is overdue, and says who is told."""

import csv
import io
from datetime import UTC, datetime, timedelta

import pytest

from calendars import package_edition
from domain.case import Case
from storage.cases.clocks import save_clocks
from storage.findings.findings import save_findings
from storage.postgres.transaction import Database
from tests.cli.conftest import Saying
from tests.storage.making import STAGES, a_clock, a_finding, stored

DUE = datetime(2026, 6, 8, 10, 0, tzinfo=UTC)
AHEAD = datetime(2040, 6, 8, 10, 0, tzinfo=UTC)


@pytest.fixture(scope="module", autouse=True)
async def case(database: Database) -> Case:
    """A case with one approval overdue since June 2026, one warned of that is due in 2040, and one of which nobody was warned."""
    warned = {"started": DUE, "due": AHEAD, "warn": AHEAD - timedelta(days=9), "edition": package_edition().id}
    async with database.transaction() as tx:
        kept = await stored(tx, scheme="jingmen-2023", city="420800", district="jm-dongbao", opened_at=DUE - timedelta(days=9))
        late = a_finding(kept.case_id, keys=("jm-water", "jm-cgw"), party="jm-cgw", due_at=DUE, red_at=DUE + timedelta(days=1))
        near = a_clock(keys=("jm-water", "jm-zgj"), party="jm-zgj", next_check_at=AHEAD + timedelta(minutes=1), **warned)
        quiet = a_clock(keys=("jm-water", "jm-spj"), party="jm-spj", next_check_at=AHEAD - timedelta(days=9), **warned)
        await save_findings(tx, kept, [late], stages=STAGES)
        await save_clocks(tx, kept.case_id, [near, quiet])
    return kept


def test_the_longest_overdue_come_first_and_then_what_is_due_soonest(on_database: Saying) -> None:
    said = on_database("warnings", "--format", "json")
    assert (said.status, said.err) == (0, "")
    assert [(one["light"], one["party"], one["dueAt"]) for one in said.json] == [
        ("yellow", "jm-cgw", "2026-06-08T10:00:00Z"),
        ("warning", "jm-zgj", "2040-06-08T10:00:00Z"),
    ]
    assert [one["told"] for one in said.json] == [
        ["荆门市城市管理委员会 (handler)", "荆门市城市管理委员会 (head)"],
        ["荆门市自然资源和规划局 (handler)"],
    ]
    assert [(one["remaining"] is None, one["overrun"] is None) for one in said.json] == [(True, False), (False, True)]


@pytest.mark.parametrize(
    ("words", "parties"),
    [
        (("--light", "warning"), ["jm-zgj"]),
        (("--light", "yellow"), ["jm-cgw"]),
        (("--light", "黄牌"), ["jm-cgw"]),
        (("--light", "red"), []),
        (("--party", "jm-cgw"), ["jm-cgw"]),
        (("--rule", "J-04", "--district", "jm-dongbao", "--city", "荆门市"), ["jm-cgw", "jm-zgj"]),
        (("--stage", "service"), []),
    ],
)
def test_the_list_is_narrowed_by_what_is_typed(on_database: Saying, words: tuple[str, ...], parties: list[str]) -> None:
    assert [one["party"] for one in on_database("warnings", *words, "--format", "json").json] == parties


def test_people_read_a_table_and_spreadsheets_their_own_lines(on_database: Saying) -> None:
    table = on_database("warnings").out
    assert "overdue by" in table
    assert "2 in all" in table
    chinese = on_database("--lang", "zh", "warnings").out
    assert all(
        word in chinese for word in ("预警等级", "黄牌", "已逾期", "剩余", "应通知", "荆门市城市管理委员会（单位负责人）", "共 2 条")
    )
    rows = list(csv.DictReader(io.StringIO(on_database("warnings", "--format", "csv").out.removeprefix("\ufeff"))))
    assert [row["light"] for row in rows] == ["yellow", "warning"]
    assert [row["measure"] for row in rows] == ["days", "days"]
    assert "0 in all" in on_database("warnings", "--light", "red").out
