"""The audit judges every case again: it finds what was tampered with, lost or left behind, and shares its work."""

import asyncio
from datetime import timedelta

from auditor.audit.audit import LEASE, Audited, AuditRun, audit, begin, take_part
from auditor.audit.verify import verify_ledger
from auditor.findings.sweep import sweep
from casework.program import Context
from storage.audit.jobs import lease_shard
from storage.cases.ledger import COLUMNS
from storage.postgres.transaction import Database
from storage.postgres.unnest import names
from storage.works.stretches import read_stretches
from tests.auditor.findings.test_sweep import DUE
from tests.auditor.keeping import act, findings, kept, signed, tamper
from tests.conftest import Clock
from tests.database import AS_REAL, Urls, execute
from tests.domain.stories import approval, shanghai

LATER = DUE + timedelta(hours=1)


def run(db: Database, context: Context, now: Clock, worker: str = "one") -> AuditRun:
    now.move_to(LATER)
    return AuditRun(db, context, worker, now, now)


async def test_what_was_swept_is_confirmed(db: Database, context: Context, now: Clock) -> None:
    story = approval()
    case_id = await kept(db, context, story)
    await kept(db, context, approval())
    await sweep(db, context.at(shanghai("2026-11-19 11:50")))
    await sweep(db, context.at(LATER))
    await act(db, context, case_id, story.at("2026-11-19 19:00"), signed())
    audited = await audit(run(db, context, now))
    assert (audited.cases, audited.disagreements, audited.broken_chains, audited.findings_opened) == (2, 0, 0, 0)
    assert audited.acts == 2 * len(story.entries) - 1 + 2 * 2


async def test_a_finding_that_no_sweep_opened_is_opened_by_the_audit(db: Database, context: Context, now: Clock) -> None:
    case_id = await kept(db, context, approval())
    audited = await audit(run(db, context, now))
    assert (audited.findings_opened, audited.disagreements) == (1, 0)
    assert [row.finding.rule for row in await findings(db, case_id)] == ["joint-approval"]


async def test_a_clock_that_was_lost_or_changed_is_told_and_built_again(db: Database, context: Context, now: Clock) -> None:
    await kept(db, context, approval())
    await kept(db, context, approval())
    async with db.transaction() as tx:
        await tx.execute("DELETE FROM clock WHERE rule = 'joint-approval' AND case_id = (SELECT min(case_id::text)::uuid FROM cases)")
        await tx.execute("UPDATE clock SET party = 'jm-gas' WHERE rule = 'plan-at-survey' AND party = 'jm-water'")
    audited = await audit(run(db, context, now))
    assert audited.disagreements == 1 + 2 * 2
    again = await audit(run(db, context, now))
    assert (again.disagreements, again.broken_chains) == (0, 0)
    assert (audited.findings_opened + again.findings_opened) == 2


async def test_works_that_are_kept_otherwise_than_the_ledger_says_are_built_again(db: Database, context: Context, now: Clock) -> None:
    case_id = await kept(db, context, approval())
    async with db.transaction() as tx:
        right = await read_stretches(tx, case_id)
        await tx.execute("UPDATE stretch SET metres = 1")
    assert [(one.place, one.utility, one.metres) for one in right] == [("工业路", "jm-water", 400)]
    assert (await audit(run(db, context, now))).disagreements == 1
    async with db.transaction() as tx:
        assert await read_stretches(tx, case_id) == right
        await tx.execute("DELETE FROM stretch")
    assert (await audit(run(db, context, now))).disagreements == 1
    assert (await audit(run(db, context, now))).disagreements == 0


async def test_one_changed_byte_is_found_by_audit_and_by_verify(db: Database, context: Context, now: Clock, urls: Urls) -> None:
    case_id = await kept(db, context, approval())
    await kept(db, context, approval())
    for number, change in enumerate(
        (
            "body = replace(body, '工业路', '工业道')",
            "occurred_at = occurred_at - interval '1 second'",
            "recorded_at = recorded_at + interval '1 second'",
            "party = party || 'x'",
            "role = 'admin'",
            "account = account || 'x'",
            "edition = 'x' || edition",
            "act = 'remark.made'",
            "entry_id = gen_random_uuid()",
            "provenance = 'made'",
            "person = 'zhang'",
            "post = 'clerk'",
            "on_behalf_of = 'jm-gas'",
            "format = 1, entry_id = NULL, provenance = NULL",
            "hash = set_byte(hash, 0, (get_byte(hash, 0) + 1) % 256)",
        )
    ):
        kept_row = await _row(db, case_id)
        await tamper(urls.admin, f"UPDATE entry SET {change} WHERE case_id = $1 AND seq = 3", case_id)  # noqa: S608 -- our own words
        verified = await verify_ledger(db)
        assert [where for where, _ in verified.broken] == [case_id], change
        assert (await audit(run(db, context, now))).broken_chains == 1, (number, change)
        await _put_back(urls.admin, case_id, kept_row)
    assert (await verify_ledger(db)).broken == []


async def test_a_cut_tail_is_found_even_where_the_case_was_changed_with_it(db: Database, context: Context, now: Clock, urls: Urls) -> None:
    case_id = await kept(db, context, approval())
    await sweep(db, context.at(LATER))
    await execute(urls.admin, *AS_REAL)
    assert (await audit(run(db, context, now))).broken_chains == 0
    await tamper(urls.admin, "DELETE FROM entry WHERE case_id = $1 AND act = 'finding.opened'", case_id)
    assert (await audit(run(db, context, now))).broken_chains >= 1
    await tamper(
        urls.admin,
        "UPDATE cases SET seq = e.seq, head = e.hash FROM (SELECT seq, hash FROM entry WHERE case_id = $1 "
        "ORDER BY seq DESC LIMIT 1) e WHERE case_id = $1",
        case_id,
    )
    assert (await verify_ledger(db)).broken == [(case_id, "entry 8, which was sealed, is gone or changed")]
    again = run(db, context, now)
    now.advance(timedelta(hours=1))  # the finding is opened anew, at another moment
    assert (await audit(again)).broken_chains == 1


async def test_two_workers_share_an_audit_and_count_each_case_once(db: Database, context: Context, now: Clock) -> None:
    for _ in range(20):
        await kept(db, context, approval())
    first = run(db, context, now)
    run_id = await begin(first, 8)
    await asyncio.gather(take_part(first, run_id), take_part(run(db, context, now, "two"), run_id))
    total = await take_part(first, run_id)
    assert (total.cases, total.findings_opened, total.disagreements) == (20, 20, 0)


async def test_the_shard_of_a_killed_worker_is_taken_over_within_a_minute(db: Database, context: Context, now: Clock) -> None:
    for _ in range(4):
        await kept(db, context, approval())
    first = run(db, context, now)
    run_id = await begin(first, 2)
    async with db.transaction() as tx:
        assert await lease_shard(tx, run_id, "killed", now(), LEASE) is not None
    assert (await take_part(first, run_id)).cases == 2
    assert timedelta(seconds=60) > LEASE
    now.advance(LEASE + timedelta(seconds=1))
    assert await take_part(AuditRun(db, context, "two", now, now), run_id) == Audited(
        cases=4, acts=4 * 7, clocks=4 * 5, findings_opened=4, disagreements=0, broken_chains=0
    )


async def _row(db: Database, case_id: object) -> tuple[object, ...]:
    async with db.connection() as tx:
        row = await tx.fetchrow(
            f"SELECT {names(COLUMNS[2:])} FROM entry WHERE case_id = $1 AND seq = 3",  # noqa: S608 -- our own words
            case_id,
        )
    return tuple(row)


async def _put_back(admin_url: str, case_id: object, row: tuple[object, ...]) -> None:
    await tamper(
        admin_url,
        f"UPDATE entry SET ({names(COLUMNS[2:])}) = ROW ({', '.join(f'${n}' for n, _ in enumerate(row, 2))}) "  # noqa: S608 -- our own words
        "WHERE case_id = $1 AND seq = 3",
        case_id,
        *row,
    )
