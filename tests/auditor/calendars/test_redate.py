"""A new notice dates open clocks again: the old moment stays in the ledger, and nobody is hurried behind their back."""

import json
from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

import pytest

from auditor.audit.audit import AuditRun, audit
from auditor.calendars.redate import redate
from auditor.findings.sweep import sweep
from casework.program import Context, read_context
from storage.calendars.editions import add_import
from storage.cases.clocks import read_clocks
from storage.postgres.transaction import Database
from tests.auditor.keeping import BOOKS, act, acts, findings, kept, signed, tamper
from tests.conftest import Clock
from tests.database import Urls
from tests.domain.stories import approval, said, shanghai

LONG_NEW_YEAR = {"2027-01-01": True, "2027-01-02": True, "2027-01-03": True, "2027-01-04": True}
"""Made up: Monday 4 January 2027 is off too."""
WORKED_WEEKEND = {"2027-01-01": True, "2027-01-02": False, "2027-01-03": False}
"""Made up: the weekend after New Year is worked."""


async def published(db: Database, days: Mapping[str, bool], at: datetime) -> Context:
    """Load a made-up notice for 2027, as an operator does."""
    named = [{"name": "元旦", "date": day, "isOffDay": rests} for day, rests in days.items()]
    notice = {"year": 2027, "papers": ["https://example.org/2027"], "number": "样例〔2026〕1号", "days": named}
    async with db.transaction() as tx:
        await add_import(tx, "2027.json", json.dumps(notice, ensure_ascii=False).encode(), at)
    return await read_context(db, BOOKS, at)


async def due(db: Database, case_id: object) -> tuple[str | None, bool]:
    async with db.connection() as tx:
        (clock,) = [one for one in await read_clocks(tx, case_id) if one.rule == "joint-approval"]  # type: ignore[arg-type]  # a case's id
    return said(clock.due), clock.provisional


async def test_a_published_holiday_moves_a_provisional_deadline_and_the_ledger_keeps_the_old_one(
    db: Database, context: Context, now: Clock
) -> None:
    case_id = await kept(db, context, approval("2026-12-30 10:00"))
    assert await due(db, case_id) == ("2027-01-05 18:00", True)
    now.move_to(shanghai("2026-12-30 12:00"))
    newer = await published(db, LONG_NEW_YEAR, now())
    assert await redate(db, newer.at(now())) == 1
    assert await due(db, case_id) == ("2027-01-06 18:00", False)
    assert (await acts(db, case_id))[-1] == "clock.redated"
    assert await redate(db, newer.at(now())) == 0
    audited = await audit(AuditRun(db, newer, "one", now, now))
    assert (audited.disagreements, audited.broken_chains) == (0, 0)


async def test_a_deadline_that_comes_earlier_leaves_the_working_day_after_the_party_was_told(
    db: Database, context: Context, now: Clock
) -> None:
    early = await kept(db, context, approval("2026-12-30 10:00"))
    now.move_to(shanghai("2026-12-31 10:00"))
    assert await redate(db, await published(db, WORKED_WEEKEND, now())) == 1
    assert await due(db, early) == ("2027-01-03 18:00", False)


async def test_told_on_the_last_day_the_party_has_until_the_next_working_day_closes(db: Database, context: Context, now: Clock) -> None:
    late = await kept(db, context, approval("2026-12-30 10:00"))
    now.move_to(shanghai("2027-01-03 10:00"))
    newer = await published(db, WORKED_WEEKEND, now())
    assert await redate(db, newer.at(now())) == 1
    assert await due(db, late) == ("2027-01-04 18:00", False)
    assert (await audit(AuditRun(db, newer, "one", now, now))).disagreements == 0


async def test_what_was_on_time_when_it_was_signed_stays_on_time(db: Database, context: Context, now: Clock) -> None:
    story = approval("2026-12-30 10:00")
    case_id = await kept(db, context, story)
    await act(db, context, case_id, story.at("2027-01-05 09:00"), signed())
    now.move_to(shanghai("2027-01-05 10:00"))
    newer = await published(db, WORKED_WEEKEND, now())
    await redate(db, newer.at(now()))
    await sweep(db, newer.at(shanghai("2027-01-20 10:00")))
    assert await findings(db, case_id, "joint-approval") == []
    now.move_to(shanghai("2027-01-20 10:00"))
    assert (await audit(AuditRun(db, newer, "one", now, now))).disagreements == 0


async def test_a_clock_that_no_job_has_dated_again_is_dated_by_the_audit_and_is_no_disagreement(
    db: Database, context: Context, now: Clock
) -> None:
    case_id = await kept(db, context, approval("2026-12-30 10:00"))
    now.move_to(shanghai("2026-12-30 12:00"))
    newer = await published(db, LONG_NEW_YEAR, now())
    assert (await audit(AuditRun(db, newer, "one", now, now))).disagreements == 0
    assert await due(db, case_id) == ("2027-01-06 18:00", False)


async def test_a_finding_made_while_the_days_were_not_published_lapses_where_the_notice_gives_a_day_more(
    db: Database, context: Context, now: Clock
) -> None:
    case_id = await kept(db, context, approval("2026-12-30 10:00"))
    now.move_to(shanghai("2027-01-05 18:02"))
    await sweep(db, context.at(now()))
    assert [
        (said(one.finding.due_at), one.finding.provisional, one.finding.state) for one in await findings(db, case_id, "joint-approval")
    ] == [("2027-01-05 18:00", True, "open")]
    now.move_to(shanghai("2027-01-06 09:00"))
    newer = await published(db, LONG_NEW_YEAR, now())
    assert await redate(db, newer.at(now())) >= 1
    assert await redate(db, newer.at(now())) == 0
    assert (await audit(AuditRun(db, newer, "one", now, now))).disagreements == 0
    await sweep(db, newer.at(now()))
    assert [
        (said(one.finding.due_at), one.finding.provisional, one.finding.state) for one in await findings(db, case_id, "joint-approval")
    ] == [("2027-01-06 18:00", False, "lapsed")]
    now.move_to(shanghai("2027-01-06 18:01"))
    await sweep(db, newer.at(now()))
    assert [one.finding.state for one in await findings(db, case_id, "joint-approval")] == ["open"]
    assert (await audit(AuditRun(db, newer, "one", now, now))).disagreements == 0


async def test_a_finding_on_published_days_keeps_its_edition_and_is_compared_all_the_same(
    db: Database, context: Context, now: Clock
) -> None:
    case_id = await kept(db, context, approval("2026-11-16 10:00"))
    now.move_to(shanghai("2026-11-19 18:02"))
    await sweep(db, context.at(now()))
    newer = await published(db, LONG_NEW_YEAR, now())
    assert await redate(db, newer.at(now())) == 0
    async with db.connection() as tx:
        await tx.execute("UPDATE clock SET due = due + interval '1 hour' WHERE case_id = $1 AND rule = 'joint-approval'", case_id)
    assert (await audit(AuditRun(db, newer, "one", now, now))).disagreements >= 1


async def closed(db: Database, day: str, at: datetime, city: str = "420800") -> Context:
    """Load a made-up closure of one day, as an operator does."""
    closure = {"city": city, "document": "样例停止办公通知", "closed": [{"date": day, "name": "停止办公"}]}
    async with db.transaction() as tx:
        await add_import(tx, "closure.json", json.dumps(closure, ensure_ascii=False).encode(), at)
    return await read_context(db, BOOKS, at)


async def editions(db: Database, case_id: UUID) -> set[str]:
    """Say by which editions the open clocks of a case are kept."""
    async with db.connection() as tx:
        return {clock.edition for clock in await read_clocks(tx, case_id) if clock.state == "running"}


async def test_what_the_new_days_do_not_touch_only_takes_their_name(db: Database, context: Context, now: Clock) -> None:
    case_id = await kept(db, context, approval("2026-11-16 10:00"))
    before, newer = await acts(db, case_id), context
    for city, day in (("420800", "2026-03-03"), ("420281", "2026-11-18")):
        newer = await closed(db, day, now(), city)
        assert await redate(db, newer.at(now())) == 0
        assert (await due(db, case_id))[0] == "2026-11-19 18:00"
        assert await editions(db, case_id) == {newer.offices.newest}
    assert await acts(db, case_id) == before
    assert (await audit(AuditRun(db, newer, "one", now, now))).disagreements == 0


async def test_many_cases_are_dated_again_at_once_and_one_that_cannot_be_read_holds_up_no_other(
    db: Database, urls: Urls, context: Context, now: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("auditor.calendars.redate.BATCH", 10)
    ids = [await kept(db, context, approval("2026-11-16 10:00")) for _ in range(6)]
    await tamper(urls.admin, "UPDATE entry SET body = '{}' WHERE case_id = $1 AND seq = 2", ids[2])
    now.move_to(shanghai("2026-11-17 10:00"))
    newer = await closed(db, "2026-11-18", now())
    moved = await redate(db, newer.at(now()))
    whole = [one for one in ids if one != ids[2]]
    assert [(await due(db, one))[0] for one in whole] == ["2026-11-20 18:00"] * 5
    assert await due(db, ids[2]) == ("2026-11-19 18:00", False)
    assert moved == sum([(await acts(db, one)).count("clock.redated") for one in whole])
    audited = await audit(AuditRun(db, newer, "one", now, now))
    assert (audited.disagreements, audited.broken_chains) == (0, 1)


async def test_a_case_of_a_plan_that_is_not_loaded_is_left_as_it_is(db: Database, context: Context, now: Clock) -> None:
    case_id = await kept(db, context, approval("2026-11-16 10:00"))
    newer = await closed(db, "2026-11-18", now())
    assert await redate(db, Context({}, newer.offices, now())) == 0
    assert (await due(db, case_id))[0] == "2026-11-19 18:00"


async def test_a_finding_that_a_closure_voids_lapses_and_the_audit_agrees(db: Database, context: Context, now: Clock) -> None:
    """Due on Thursday the 19th at six; signed on Friday at ten; the storm of the 18th becomes known on Friday at noon."""
    story = approval("2026-11-16 10:00")
    case_id = await kept(db, context, story)
    await sweep(db, context.at(shanghai("2026-11-19 18:02")))
    await act(db, context, case_id, story.at("2026-11-20 10:00"), signed())
    now.move_to(shanghai("2026-11-20 12:00"))
    newer = await closed(db, "2026-11-18", now())
    await redate(db, newer.at(now()))
    assert await redate(db, newer.at(now())) == 0
    assert await due(db, case_id) == ("2026-11-20 18:00", False)
    await sweep(db, newer.at(now()))
    (found,) = await findings(db, case_id, "joint-approval")
    assert (found.finding.state, said(found.finding.due_at)) == ("lapsed", "2026-11-20 18:00")
    assert (await audit(AuditRun(db, newer, "one", now, now))).disagreements == 0
