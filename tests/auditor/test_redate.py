"""A new notice dates open clocks again: the old moment stays in the ledger, and nobody is hurried behind their back."""

import json
from collections.abc import Mapping
from datetime import datetime

from auditor.audit import Desk, audit
from auditor.redate import redate
from auditor.standing import Standing, stand
from auditor.sweep import sweep
from storage.clocks import read_clocks
from storage.editions import add_import
from storage.transaction import Database
from tests.auditor.keeping import BOOKS, act, acts, findings, kept, signed
from tests.conftest import Clock
from tests.domain.stories import approval, said, shanghai

LONG_NEW_YEAR = {"2027-01-01": True, "2027-01-02": True, "2027-01-03": True, "2027-01-04": True}
"""Made up: Monday 4 January 2027 is off too."""
WORKED_WEEKEND = {"2027-01-01": True, "2027-01-02": False, "2027-01-03": False}
"""Made up: the weekend after New Year is worked."""


async def published(db: Database, days: Mapping[str, bool], at: datetime) -> Standing:
    """Load a made-up notice for 2027, as an operator does."""
    named = [{"name": "元旦", "date": day, "isOffDay": rests} for day, rests in days.items()]
    notice = {"year": 2027, "papers": ["https://example.org/2027"], "number": "样例〔2026〕1号", "days": named}
    async with db.transaction() as tx:
        await add_import(tx, "2027.json", json.dumps(notice, ensure_ascii=False).encode(), at)
    return await stand(db, BOOKS, at)


async def due(db: Database, case_id: object) -> tuple[str | None, bool]:
    async with db.connection() as tx:
        (clock,) = [one for one in await read_clocks(tx, case_id) if one.rule == "joint-approval"]  # type: ignore[arg-type]  # a case's id
    return said(clock.due), clock.provisional


async def test_a_published_holiday_moves_a_provisional_deadline_and_the_ledger_keeps_the_old_one(
    db: Database, standing: Standing, now: Clock
) -> None:
    case_id = await kept(db, standing, approval("2026-12-30 10:00"))
    assert await due(db, case_id) == ("2027-01-05 18:00", True)
    now.move_to(shanghai("2026-12-30 12:00"))
    newer = await published(db, LONG_NEW_YEAR, now())
    assert await redate(db, newer, now()) == 1
    assert await due(db, case_id) == ("2027-01-06 18:00", False)
    assert (await acts(db, case_id))[-1] == "clock.redated"
    assert await redate(db, newer, now()) == 0
    audited = await audit(Desk(db, newer, "one", now))
    assert (audited.disagreements, audited.broken_chains) == (0, 0)


async def test_a_deadline_that_comes_earlier_leaves_the_working_day_after_the_party_was_told(
    db: Database, standing: Standing, now: Clock
) -> None:
    early = await kept(db, standing, approval("2026-12-30 10:00"))
    now.move_to(shanghai("2026-12-31 10:00"))
    assert await redate(db, await published(db, WORKED_WEEKEND, now()), now()) == 1
    assert await due(db, early) == ("2027-01-03 18:00", False)


async def test_told_on_the_last_day_the_party_has_until_the_next_working_day_closes(db: Database, standing: Standing, now: Clock) -> None:
    late = await kept(db, standing, approval("2026-12-30 10:00"))
    now.move_to(shanghai("2027-01-03 10:00"))
    newer = await published(db, WORKED_WEEKEND, now())
    assert await redate(db, newer, now()) == 1
    assert await due(db, late) == ("2027-01-04 18:00", False)
    assert (await audit(Desk(db, newer, "one", now))).disagreements == 0


async def test_what_was_on_time_when_it_was_signed_stays_on_time(db: Database, standing: Standing, now: Clock) -> None:
    story = approval("2026-12-30 10:00")
    case_id = await kept(db, standing, story)
    await act(db, standing, case_id, story.at("2027-01-05 09:00"), signed())
    now.move_to(shanghai("2027-01-05 10:00"))
    newer = await published(db, WORKED_WEEKEND, now())
    await redate(db, newer, now())
    await sweep(db, newer, shanghai("2027-01-20 10:00"))
    assert await findings(db, case_id, "joint-approval") == []
    now.move_to(shanghai("2027-01-20 10:00"))
    assert (await audit(Desk(db, newer, "one", now))).disagreements == 0


async def test_a_clock_that_no_job_has_dated_again_is_dated_by_the_audit_and_is_no_disagreement(
    db: Database, standing: Standing, now: Clock
) -> None:
    case_id = await kept(db, standing, approval("2026-12-30 10:00"))
    now.move_to(shanghai("2026-12-30 12:00"))
    newer = await published(db, LONG_NEW_YEAR, now())
    assert (await audit(Desk(db, newer, "one", now))).disagreements == 0
    assert await due(db, case_id) == ("2027-01-06 18:00", False)


async def test_a_finding_made_while_the_days_were_not_published_lapses_where_the_notice_gives_a_day_more(
    db: Database, standing: Standing, now: Clock
) -> None:
    case_id = await kept(db, standing, approval("2026-12-30 10:00"))
    now.move_to(shanghai("2027-01-05 18:02"))
    await sweep(db, standing, now())
    assert [
        (said(one.finding.due_at), one.finding.provisional, one.finding.state) for one in await findings(db, case_id, "joint-approval")
    ] == [("2027-01-05 18:00", True, "open")]
    now.move_to(shanghai("2027-01-06 09:00"))
    newer = await published(db, LONG_NEW_YEAR, now())
    assert await redate(db, newer, now()) >= 1
    assert await redate(db, newer, now()) == 0
    assert (await audit(Desk(db, newer, "one", now))).disagreements == 0
    await sweep(db, newer, now())
    assert [
        (said(one.finding.due_at), one.finding.provisional, one.finding.state) for one in await findings(db, case_id, "joint-approval")
    ] == [("2027-01-06 18:00", False, "lapsed")]
    now.move_to(shanghai("2027-01-06 18:01"))
    await sweep(db, newer, now())
    assert [one.finding.state for one in await findings(db, case_id, "joint-approval")] == ["open"]
    assert (await audit(Desk(db, newer, "one", now))).disagreements == 0


async def test_a_finding_on_published_days_keeps_its_edition_and_is_compared_all_the_same(
    db: Database, standing: Standing, now: Clock
) -> None:
    case_id = await kept(db, standing, approval("2026-11-16 10:00"))
    now.move_to(shanghai("2026-11-19 18:02"))
    await sweep(db, standing, now())
    newer = await published(db, LONG_NEW_YEAR, now())
    assert await redate(db, newer, now()) == 0
    async with db.connection() as tx:
        await tx.execute("UPDATE clock SET due = due + interval '1 hour' WHERE case_id = $1 AND rule = 'joint-approval'", case_id)
    assert (await audit(Desk(db, newer, "one", now))).disagreements >= 1
