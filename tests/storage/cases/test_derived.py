"""Clocks and findings: kept as the judge gives them, rows equal to what is read, lists in a stable order."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from msgspec.structs import replace

from storage.audit.case_pages import read_page
from storage.cases.clocks import clock_row, read_clocks, save_clocks
from storage.findings.choices import FindingFilter
from storage.findings.findings import (
    finding_row,
    list_findings,
    listed,
    read_finding,
    read_findings,
    save_findings,
)
from storage.findings.redate import stale_cases
from storage.postgres.cursor import Place
from storage.postgres.transaction import Database, Tx
from tests.storage.making import AT, STAGES, a_clock, a_finding, stored

FULL = a_clock(
    rule="full", state="late", warn=AT, also_due=AT, statutory_due=AT, ended_seq=4, ended_at=AT, next_check_at=None,
    late_entry=True, provisional=True, counted=True, stops=((AT, AT + timedelta(days=1)), (AT, None)),
)  # fmt: skip


async def test_clocks_come_back_as_the_judge_gave_them(tx: Tx) -> None:
    case = await stored(tx)
    stopped = a_clock(rule="stopped", due=None, state="stopped", next_check_at=None, keys=())
    await save_clocks(tx, case.case_id, [a_clock(), FULL, stopped])
    assert {clock.rule: clock for clock in await read_clocks(tx, case.case_id)} == {
        "joint-approval": a_clock(), "full": FULL, "stopped": stopped,
    }  # fmt: skip


async def test_saving_again_changes_what_differs_and_removes_what_is_gone(tx: Tx) -> None:
    case = await stored(tx)
    await save_clocks(tx, case.case_id, [a_clock(), FULL])
    untouched = await tx.fetchval("SELECT xmin::text || ctid::text FROM clock WHERE rule = 'full'")
    met = a_clock(state="met", ended_seq=2, ended_at=AT, next_check_at=None)
    await save_clocks(tx, case.case_id, [met, FULL])
    assert await tx.fetchval("SELECT xmin::text || ctid::text FROM clock WHERE rule = 'full'") == untouched
    assert {clock.state for clock in await read_clocks(tx, case.case_id)} == {"met", "late"}
    await save_clocks(tx, case.case_id, [met])
    assert await read_clocks(tx, case.case_id) == [met]
    await save_clocks(tx, case.case_id, [])
    assert await read_clocks(tx, case.case_id) == []


async def test_two_clocks_that_differ_in_keys_alone_are_two(tx: Tx) -> None:
    case = await stored(tx)
    await save_clocks(tx, case.case_id, [a_clock(keys=("water", "a")), a_clock(keys=("water", "b"))])
    assert len(await read_clocks(tx, case.case_id)) == 2


async def test_a_pages_rows_equal_the_rows_of_the_values(database: Database) -> None:
    async with database.transaction() as tx:
        case = await stored(tx, 3)
        finding = a_finding(case.case_id, also_due_at=AT, statutory_due_at=AT, ended_at=AT, notified_at=AT)
        await save_clocks(tx, case.case_id, [a_clock(), FULL])
        await save_findings(tx, case, [finding], stages=STAGES)
    async with database.reading() as tx:
        pages = {page.case.case_id: page for page in await read_page(tx, None, None, 1000)}
    page = pages[case.case_id]
    assert page.case == case
    assert [row[1] for row in page.entries] == [1, 2, 3]
    assert {row[1:] for row in page.clocks} == {clock_row(a_clock()), clock_row(FULL)}
    assert [row[1:] for row in page.findings] == [finding_row(listed(case, finding, STAGES))]


async def test_pages_follow_one_another_without_gap_or_double(database: Database) -> None:
    async with database.transaction() as tx:
        for _ in range(7):
            case = await stored(tx, 2)
            await save_clocks(tx, case.case_id, [a_clock()])
    async with database.reading() as tx:
        whole = await read_page(tx, None, None, 1000)
        parts, after = [], None
        while page := await read_page(tx, after, None, 3):
            parts += page
            after = page[-1].case.case_id
        upto = await read_page(tx, whole[0].case.case_id, whole[3].case.case_id, 1000)
    assert parts == whole
    assert upto == whole[1:4]


async def test_findings_come_back_with_what_they_are_listed_by(tx: Tx) -> None:
    case = await stored(tx)
    finding = a_finding(case.case_id)
    await save_findings(tx, case, [finding], stages=STAGES)
    row = await read_finding(tx, finding.finding_id)
    assert row is not None
    assert row == listed(case, finding, STAGES)
    assert (row.city, row.district, row.stage, row.light) == ("420800", "dongbao", "approval", "yellow")
    assert await read_finding(tx, case.case_id) is None


async def test_a_finding_that_changes_keeps_its_place(tx: Tx) -> None:
    case = await stored(tx)
    finding = a_finding(case.case_id)
    await save_findings(tx, case, [finding], stages=STAGES)
    notified = replace(finding, state="notified", notified_at=AT)
    await save_findings(tx, case, [notified], stages=STAGES)
    await save_findings(tx, case, [], stages=STAGES)
    assert [row.finding for row in await read_findings(tx, case.case_id)] == [notified]


@pytest.fixture(scope="module")
async def ten(database: Database) -> str:
    """Ten findings of a city of its own, two of a moment, every other one notified."""
    async with database.transaction() as tx:
        case = await stored(tx, city="555555", district="west")
        found = [
            a_finding(
                case.case_id,
                start_seq=number + 1,
                due_at=AT + timedelta(days=number // 2),
                notified_at=AT if number % 2 else None,
                state="notified" if number % 2 else "open",
                party="gas" if number < 4 else "water",
            )
            for number in range(10)
        ]
        await save_findings(tx, case, found, stages=STAGES)
    return case.city


@pytest.mark.parametrize("order", ["newest", "oldest"])
async def test_finding_lists_go_on_where_they_stopped(tx: Tx, ten: str, order: str) -> None:
    seen, after = [], None
    while page := await list_findings(tx, FindingFilter(city=ten), order, after, 3):  # type: ignore[arg-type] # parametrized
        seen += [(row.finding.due_at, row.finding.finding_id.bytes) for row in page]
        after = Place(page[-1].finding.due_at, page[-1].finding.finding_id)
    assert len(set(seen)) == 10
    assert seen == sorted(seen, reverse=order == "newest")


@pytest.mark.parametrize(
    ("chosen", "count"),
    [
        (FindingFilter(), 10),
        (FindingFilter(party="gas"), 4),
        (FindingFilter(party="gas", notified=True), 2),
        (FindingFilter(state="open"), 5),
        (FindingFilter(rule="joint-approval", stage="approval", district="west", light="yellow"), 10),
        (FindingFilter(stage="survey"), 0),
        (FindingFilter(from_=date(2026, 9, 2), to=date(2026, 9, 2)), 2),
    ],
)
async def test_finding_lists_show_what_is_chosen(tx: Tx, ten: str, chosen: FindingFilter, count: int) -> None:
    assert len(await list_findings(tx, replace(chosen, city=ten), "newest", None, 50)) == count


async def test_open_clocks_of_an_older_calendar_edition_are_found(tx: Tx) -> None:
    old, new, ended = await stored(tx), await stored(tx), await stored(tx)
    await save_clocks(tx, old.case_id, [a_clock(edition="older")])
    await save_clocks(tx, new.case_id, [a_clock(edition="newest")])
    await save_clocks(tx, ended.case_id, [a_clock(edition="older", state="met", ended_seq=1, ended_at=AT, next_check_at=None)])
    known = {old.case_id, new.case_id, ended.case_id}
    found = dict(await stale_cases(tx, "newest", AT, UUID(int=0), 1000))
    assert {case_id: clocks for case_id, clocks in found.items() if case_id in known} == {old.case_id: 1}
    assert await stale_cases(tx, "newest", AT, max(found, key=lambda name: name.bytes), 1000) == []
