"""Reports (举报) are left out of a list of findings by what their case was opened with, and by no other entry of it."""

import json
from collections.abc import Iterator
from typing import Any

from msgspec.structs import replace

from domain.acts import Acted
from domain.acts.fact import RemarkMade
from domain.acts.service import ComplaintReceived
from domain.case import Case
from domain.ledger import GENESIS, body_of, chain_hash
from storage.cases.closed_reports import Closed, leave_out
from storage.cases.ledger import append
from storage.findings.choices import FindingFilter
from storage.findings.findings import list_findings, save_findings
from storage.postgres.listing import Listing
from storage.postgres.transaction import Database, Tx
from tests.storage.making import STAGES, a_case, a_finding, entries_of, insert_case

REPORT = ComplaintReceived(
    form="report", channel="hotline", about="jm-water", business_environment=False, class_="general", subject="停水未告知"
)
COMPLAINT = replace(REPORT, form="complaint")
REMARK = RemarkMade(text="已电话联系用户")
ABOUT, OTHERS, PORTAL = Closed("jm-water"), Closed("jm-gas"), Closed(None)


async def opened_with(tx: Tx, city: str, *acts: Acted) -> Case:
    """A case of these acts in turn, with one finding."""
    case = a_case(kind="complaint", city=city, seq=len(acts))
    previous, entries = GENESIS, []
    for bare, act in zip(entries_of(case, len(acts)), acts, strict=True):
        entry = replace(bare, act=act, body=body_of(act))
        previous = chain_hash(previous, entry)
        entries.append(replace(entry, hash=previous))
    await insert_case(tx, replace(case, head=previous))
    await append(tx, entries)
    await save_findings(tx, case, [a_finding(case.case_id)], stages=STAGES)
    return case


async def seen(tx: Tx, city: str, closed: Closed | None) -> list[object]:
    found = await list_findings(tx, FindingFilter(city=city, closed=closed), "newest", None, 10)
    return [row.finding.case_id for row in found]


async def test_a_report_is_closed_to_whom_it_is_about_and_to_portals(database: Database) -> None:
    async with database.transaction() as tx:
        case = await opened_with(tx, "420801", REPORT, REMARK)
        assert await seen(tx, "420801", ABOUT) == await seen(tx, "420801", PORTAL) == []
        assert await seen(tx, "420801", OTHERS) == await seen(tx, "420801", None) == [case.case_id]


async def test_a_complaint_is_closed_to_nobody(database: Database) -> None:
    async with database.transaction() as tx:
        case = await opened_with(tx, "420802", COMPLAINT, REMARK)
        assert await seen(tx, "420802", ABOUT) == await seen(tx, "420802", PORTAL) == [case.case_id]


async def test_only_what_a_case_was_opened_with_makes_it_a_report(database: Database) -> None:
    """A report opens its case, so a list need look at one entry of each, however long the ledger."""
    async with database.transaction() as tx:
        case = await opened_with(tx, "420803", COMPLAINT, REPORT)
        assert await seen(tx, "420803", ABOUT) == await seen(tx, "420803", PORTAL) == [case.case_id]


async def test_of_a_long_ledger_one_entry_is_read(database: Database) -> None:
    async with database.transaction() as tx:
        await opened_with(tx, "420804", COMPLAINT, *[REMARK] * 200)
        await tx.execute("SET LOCAL enable_seqscan = off")
        listing = Listing("EXPLAIN (ANALYZE, FORMAT JSON) SELECT 1 FROM finding", "finding.due_at", "finding.finding_id")
        listing.only("finding.city =", "420804")
        leave_out(listing, ABOUT, "finding.case_id")
        [row] = await listing.all(tx, "")
    looks = list(_over_entries(json.loads(row["QUERY PLAN"])[0]["Plan"]))
    assert [(look["Actual Loops"], look["Actual Rows"] + look["Rows Removed by Filter"]) for look in looks] == [(1, 1)]


def _over_entries(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The steps of a plan that read the ledger's table."""
    if node.get("Relation Name") == "entry":
        yield node
    for below in node.get("Plans", ()):
        yield from _over_entries(below)
