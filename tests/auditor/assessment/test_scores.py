"""A sealed year: what is decided later stands beside it, once; what is changed in it afterwards is told by name."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

import msgspec

from auditor.assessment.corrections import correct_scores
from auditor.audit.verify import verify_ledger
from casework.program import Context
from domain.acts.enforcement.assessment import ScoreSealed
from domain.assessment.scorecard import Place, Tally, party_scores
from domain.assessment.sealing import corrected_in, sealed
from domain.ledger import GENESIS, Entry, body_of, chain_hash
from storage.cases.cases import lock_case
from storage.cases.ledger import read_ledger
from storage.findings.findings import save_findings
from storage.postgres.transaction import Database
from tests.auditor.keeping import kept, tamper
from tests.database import Urls
from tests.domain.stories import Story, approval, book, shanghai
from tests.storage.making import a_finding

BOOK = book("jingmen-2023")
UPTO = shanghai("2027-01-08 09:00")
NIGHT = UPTO + timedelta(days=40)


async def sealed_year(db: Database, context: Context) -> UUID:
    """Of water's forty obligations one was upheld by then: 97.50."""
    counted = {Place("jm-water", "all"): Tally(obligations=40, on_time=38, late=2, yellow=1)}
    story = Story(BOOK)
    story.at("2027-01-08 09:00").does(sealed(BOOK, "jm-spj", 2026, UPTO, party_scores(BOOK, counted)), by="jm-spj")
    case_id = await kept(db, context, story)
    async with db.transaction() as tx:
        await tx.execute("UPDATE cases SET subject = '2026|jm-spj' WHERE case_id = $1", case_id)
    return case_id


async def upheld(db: Database, context: Context, *due: str) -> None:
    """So many findings of water's, upheld."""
    case_id = await kept(db, context, approval())
    found = [
        a_finding(case_id, party="jm-water", keys=(str(number),), due_at=shanghai(at), state="upheld", red_at=NIGHT)
        for number, at in enumerate(due)
    ]
    async with db.transaction() as tx:
        case = await lock_case(tx, case_id)
        assert case is not None
        await save_findings(tx, case, found, stages=BOOK.stages)


async def entries_of(db: Database, case_id: UUID) -> Sequence[Entry]:
    async with db.connection() as tx:
        return await read_ledger(tx, case_id)


async def test_what_is_decided_after_sealing_stands_beside_it_once(db: Database, context: Context) -> None:
    """A second yellow of forty: 95.00. One that fell due in the next year is no matter of this one."""
    case_id = await sealed_year(db, context)
    await upheld(db, context, "2026-05-06 18:00", "2026-12-31 18:00", "2027-01-04 18:00")
    assert await correct_scores(db, context.at(NIGHT)) == 1
    assert await correct_scores(db, context.at(NIGHT)) == 0
    entries = await entries_of(db, case_id)
    [(entry, found)] = corrected_in(entries)
    assert (found.party, found.stage, found.was, found.now) == ("jm-water", "all", 9_750, 9_500)
    assert (entry.actor.role, entry.recorded_at, entry.seq) == ("auditor", NIGHT, 2)
    assert (await verify_ledger(db)).broken == []


async def test_where_nothing_was_decided_since_nothing_is_written(db: Database, context: Context) -> None:
    case_id = await sealed_year(db, context)
    await upheld(db, context, "2026-05-06 18:00")
    assert await correct_scores(db, context.at(NIGHT)) == 0
    assert len(await entries_of(db, case_id)) == 1


async def test_a_case_without_its_seal_or_its_plan_is_left_alone(db: Database, context: Context) -> None:
    case_id = await kept(db, context, approval())
    async with db.transaction() as tx:
        await tx.execute("UPDATE cases SET kind = 'assessment' WHERE case_id = $1", case_id)
    assert await correct_scores(db, context.at(NIGHT)) == 0
    assert await correct_scores(db, msgspec.structs.replace(context, books={}).at(NIGHT)) == 0


async def test_a_figure_changed_after_sealing_is_told_by_name(db: Database, urls: Urls, context: Context) -> None:
    case_id = await sealed_year(db, context)
    assert (await verify_ledger(db)).broken == []
    await tamper(urls.admin, "UPDATE entry SET body = replace(body, '9750', '9950') WHERE case_id = $1", case_id)
    assert (await verify_ledger(db)).broken == [(case_id, "the sealed scorecard 2026|jm-spj: entry 1 is not what was written")]


async def test_a_figure_changed_with_its_whole_chain_is_told_by_its_digest(db: Database, urls: Urls, context: Context) -> None:
    """Whoever can hash can write a chain anew; the digest of the figures says it all the same."""
    case_id = await sealed_year(db, context)
    [entry] = await entries_of(db, case_id)
    assert isinstance(entry.act, ScoreSealed)
    better = msgspec.structs.replace(entry.act, parties=entry.act.parties[1:])
    forged = msgspec.structs.replace(entry, act=better, body=body_of(better))
    made = chain_hash(GENESIS, forged)
    await tamper(urls.admin, "UPDATE entry SET body = $2, hash = $3 WHERE case_id = $1", case_id, forged.body, made)
    async with db.transaction() as tx:
        await tx.execute("UPDATE cases SET head = $2 WHERE case_id = $1", case_id, made)
    assert (await verify_ledger(db)).broken == [(case_id, "the sealed scorecard 2026|jm-spj: its figures do not fit its digest")]
