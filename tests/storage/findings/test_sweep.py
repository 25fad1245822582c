"""The sweep's rows: due clocks found and locked in order, findings inserted once, everything written set by set."""

from datetime import timedelta

from msgspec.structs import replace

from storage.cases.cases import read_case
from storage.cases.clocks import read_clocks, save_clocks
from storage.cases.ledger import read_ledger
from storage.findings.findings import listed, read_findings, save_findings
from storage.findings.sweep import NextCheck, due_cases, lock_due, open_findings, record
from storage.loading.bulk import Written, write_cases
from storage.postgres.transaction import Database
from tests.storage.making import AT, STAGES, a_case, a_clock, a_finding, entries_of, stored

LATER = AT + timedelta(days=2)


async def test_only_clocks_whose_moment_has_come_are_due(database: Database) -> None:
    async with database.transaction() as tx:
        due, not_yet, never = await stored(tx), await stored(tx), await stored(tx)
        await save_clocks(tx, due.case_id, [a_clock(next_check_at=LATER), a_clock(rule="other", next_check_at=LATER)])
        await save_clocks(tx, not_yet.case_id, [a_clock(next_check_at=LATER + timedelta(seconds=1))])
        await save_clocks(tx, never.case_id, [a_clock(next_check_at=None)])
    async with database.transaction() as tx:
        ours = {due.case_id, not_yet.case_id, never.case_id}
        assert [one for one in await due_cases(tx, LATER, 100) if one[0] in ours] == [(due.case_id, 2)]
        assert not ours & {case_id for case_id, _ in await due_cases(tx, LATER - timedelta(seconds=1), 100)}
        found = await lock_due(tx, [due.case_id, not_yet.case_id], LATER)
    assert [(each.case, len(each.clocks), each.findings) for each in found] == [(due, 2, ())]
    assert found[0].clocks[0].start_hash == entries_of(due, 1)[0].hash
    assert found[0].clocks[0].ended_hash is None


async def test_cases_are_locked_in_the_order_of_their_ids(database: Database) -> None:
    async with database.transaction() as tx:
        cases = [await stored(tx) for _ in range(5)]
        for case in cases:
            await save_clocks(tx, case.case_id, [a_clock(next_check_at=AT - timedelta(days=9))])
    async with database.transaction() as tx:
        ids = [case_id for case_id, _ in await due_cases(tx, AT - timedelta(days=8), 100)]
        locked = await lock_due(tx, list(reversed(ids)), AT - timedelta(days=8))
        assert [each.case.case_id for each in locked] == ids == sorted(case.case_id for case in cases)
        looks = [NextCheck(each.case.case_id, due.clock, None) for each in locked for due in each.clocks]
        await record(tx, changed=[], entries=[], looks=looks)
        assert await lock_due(tx, ids, AT - timedelta(days=8)) == []


async def test_a_clock_that_ended_brings_its_end_and_the_cases_findings(database: Database) -> None:
    async with database.transaction() as tx:
        case = await stored(tx, 3)
        finding = a_finding(case.case_id)
        ended = a_clock(state="met", ended_seq=3, ended_at=AT, next_check_at=AT)
        await save_clocks(tx, case.case_id, [ended])
        await save_findings(tx, case, [finding], stages=STAGES)
    async with database.transaction() as tx:
        (found,) = await lock_due(tx, [case.case_id], AT)
        last = entries_of(case, 3)[2]
        assert (found.clocks[0].ended_hash, found.clocks[0].ended_recorded_at) == (last.hash, last.recorded_at)
        assert [row.finding for row in found.findings] == [finding]
        lapsed = listed(case, replace(finding, state="lapsed"), STAGES)
        await record(tx, changed=[], entries=[], looks=[NextCheck(case.case_id, ended, None)], findings=[lapsed])
        assert await read_findings(tx, case.case_id) == [lapsed]


async def test_a_finding_is_inserted_once_however_often_it_is_found(database: Database) -> None:
    async with database.transaction() as tx:
        case = await stored(tx)
        first, second = a_finding(case.case_id), a_finding(case.case_id, rule="other")
        rows = [listed(case, each, STAGES | {"other": "survey"}) for each in (first, second)]
        assert await open_findings(tx, rows[:1]) == {first.finding_id}
        assert await open_findings(tx, rows) == {second.finding_id}
        assert await open_findings(tx, []) == frozenset()


async def test_what_the_auditor_found_is_written_together(database: Database) -> None:
    async with database.transaction() as tx:
        case = await stored(tx)
        await save_clocks(tx, case.case_id, [a_clock()])
        entries = entries_of(case, 2, start=2, previous=case.head)
        changed = replace(case, seq=3, head=entries[-1].hash)
        finding = a_finding(case.case_id, opened_seq=3)
        await open_findings(tx, [listed(case, finding, STAGES)])
        looks = [NextCheck(case.case_id, a_clock(), LATER)]
        await record(tx, changed=[changed], entries=entries, looks=looks, renumbered=[(finding.finding_id, 2)])
        assert await read_case(tx, case.case_id) == changed
        assert (await read_ledger(tx, case.case_id))[1:] == entries
        assert [clock.next_check_at for clock in await read_clocks(tx, case.case_id)] == [LATER]
        assert [row.finding.opened_seq for row in await read_findings(tx, case.case_id)] == [2]


async def test_whole_cases_written_by_copy_are_as_if_they_had_been_appended(database: Database) -> None:
    case = a_case(number=41, scheme="copied")
    entries = entries_of(case, 2)
    case = replace(case, seq=2, head=entries[-1].hash)
    finding = listed(case, a_finding(case.case_id), STAGES)
    async with database.transaction() as tx:
        await write_cases(tx, [Written(case, entries, [a_clock()], [finding]), Written(a_case())])
        assert await read_case(tx, case.case_id) == case
        assert await read_ledger(tx, case.case_id) == entries
        assert await read_clocks(tx, case.case_id) == [a_clock()]
        assert await read_findings(tx, case.case_id) == [finding]
        assert await tx.fetchval("SELECT last FROM counter WHERE scheme = 'copied' AND year = 2026") == 41
