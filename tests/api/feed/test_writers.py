"""Many write to one case at once while others follow it: nothing is lost, doubled or out of order, for who was there and who came later."""

import asyncio
from datetime import UTC, datetime
from uuid import UUID

import httpx
import pytest
from litestar import Litestar

from casework.program import Program
from domain.access.audience import Audience
from domain.acts import Acted
from domain.acts.enforcement.audit import FindingNotified, FindingOpened
from domain.cases.appending import write
from domain.feed.fold import shown
from domain.ledger import AUDITOR, SHA256, Entry
from storage.cases.cases import lock_case, save_case
from storage.cases.ledger import append, read_ledger
from tests.api.callers import JINGMEN, Body, Callers, act, opened, record

WRITERS, ACTS = 8, 150
FINDING = UUID(int=7)
NOW = datetime(2026, 6, 3, 2, 0, tzinfo=UTC)
OPENED = FindingOpened(
    finding_id=FINDING, rule="joint-approval", keys=("jm-gas",), party="jm-gas", started_seq=1, started_at=NOW, due_at=NOW
)


async def writing(client: httpx.AsyncClient, case: Body, name: int) -> None:
    for number in range(ACTS):
        answer = await client.post(
            f"/v1/cases/{case['caseId']}/acts",
            json=act("remark.made", text=f"{name}-{number}"),
            headers={"idempotency-key": f"{name:04}-{number:04}-key"},
        )
        assert answer.status_code == 201, answer.text


async def by_auditor(program: Program, case_id: UUID, said: Acted) -> None:
    async with program.db.transaction() as tx:
        case = await lock_case(tx, case_id)
        assert case is not None
        moved, made = write(case, [(said, program.domain_now(), AUDITOR)], program.domain_now(), program.offices.newest, SHA256)
        await append(tx, made)
        await save_case(tx, moved)


async def following(client: httpx.AsyncClient, done: asyncio.Event) -> list[Body]:
    """Follow until everything is written and read."""
    heard, path = list[Body](), "/v1/events?limit=40"
    while True:
        is_over = done.is_set()
        page = (await client.get(path)).json()
        assert "items" in page, page
        heard += page["items"]
        if is_over and not page["more"]:
            return heard
        path = f"/v1/events?limit=40&after={page['next']}"
        await asyncio.sleep(0.01)


async def in_the_middle(callers: Callers, program: Program, case: Body) -> None:
    """Somebody joins, and somebody is notified of a finding, while all write."""
    await by_auditor(program, UUID(case["caseId"]), OPENED)
    await asyncio.sleep(0.5)
    joined = await record(callers.window(), case, "application.pushed", utilities=["jm-power", "jm-water"])
    assert joined.status_code == 201, joined.text
    await asyncio.sleep(0.5)
    await by_auditor(program, UUID(case["caseId"]), FindingNotified(finding_id=FINDING, served_at=NOW))


def expected(ledger: list[Entry], party: str) -> list[int]:
    """Say by hand what a party is to hear: remarks as written, the finding where it is notified, all from before where it joins."""
    hidden = {entry.seq for entry in ledger if entry.actor == AUDITOR}
    plain = [entry.seq for entry in ledger if entry.seq not in hidden]
    if party != "jm-gas":
        return plain
    found, notified = (entry.seq for entry in ledger if type(entry.act) in {FindingOpened, FindingNotified})
    before = [seq for seq in plain if seq < notified]
    return [*before, found, notified, *plain[len(before) :]]


@pytest.mark.slow("twelve hundred acts in one case, each judged anew")
async def test_nothing_is_lost_doubled_or_out_of_order(app: Litestar, callers: Callers) -> None:
    program: Program = app.state.program
    case = await opened(callers.window())
    done = asyncio.Event()
    readers = {party: callers("utility", party) for party in ("jm-water", "jm-gas", "jm-power")} | {"office": callers.coordinator()}
    follow = {name: asyncio.create_task(following(client, done)) for name, client in readers.items()}
    clients = [callers("window", "jm-spj", account=f"writer-{name}") for name in range(WRITERS)]
    await asyncio.gather(*(writing(client, case, name) for name, client in enumerate(clients)), in_the_middle(callers, program, case))
    done.set()
    heard = {name: await task for name, task in follow.items()}
    async with program.db.connection() as tx:
        ledger = await read_ledger(tx, UUID(case["caseId"]))
    assert len(ledger) == WRITERS * ACTS + 4
    told = {name: [event["entry"]["seq"] for event in events] for name, events in heard.items()}
    assert told.pop("office") == [entry.seq for entry in ledger]
    for party, seqs in told.items():
        assert seqs == expected(ledger, party)
        assert [event["sequence"] for event in heard[party]] == list(range(1, len(seqs) + 1))
        assert [event["prevSeq"] for event in heard[party]] == list(range(len(seqs)))
    assert len(shown(Audience(JINGMEN, "jm-gas", "own"), ledger)) == len(told["jm-gas"])
