"""A withdrawal reaches every list, export, score and record that its finding had fed: one story, with the worker's own job each day.

Water is ready on Wednesday 3 June 2026 at 10:00; half a working day later, at 16:00, it is not connected (四(一)2). Upheld on the 9th.
"""

import csv
import io

import httpx
import pytest
from litestar import Litestar

from auditor.jobs import Job, run_sweep
from tests.api.callers import Body, Callers, opened
from tests.api.process import Office, accountability, credit, taken
from tests.api.records import done
from tests.conftest import Clock

REFORM, BUREAU, PARKS = "jm-fgw", "jm-spj", "jm-cgw"
MEASURE = {"measuresList": "全国失信惩戒措施基础清单（2022年版）", "number": "2", "law": "招标投标法第五十四条", "text": "限制参加投标"}


@pytest.fixture
def office(app: Litestar, callers: Callers, moving: Clock) -> Office:
    return Office(app, callers, moving)


async def read(client: httpx.AsyncClient, path: str) -> Body:
    answer = await client.get(path)
    assert answer.status_code == 200, answer.text
    shown: Body = answer.json()
    return shown


async def june(office: Office) -> Body:
    """What the water company's scorecard of June says of all three stages."""
    shown = await read(office.callers.coordinator(), "/v1/scorecards?period=2026-06&party=jm-water")
    [row] = shown["parties"]
    whole: Body = row["stages"][3]
    return whole


async def published(office: Office, finding: Body) -> Body:
    """A credit entry on that finding: proposed and notified on 9 June, heard on the 10th, entered on the 11th, public for three months."""
    reform, now = office.callers("inspector", REFORM), office.now
    made = await opened(reform, credit(finding))
    await done(reform, made, "credit.notified", by=REFORM, servedAt=now().isoformat(), statementUntil="2026-06-16T18:00:00+08:00")
    now.advance(days=1)
    await done(office.callers("inspector", REFORM), made, "credit.heard", by=REFORM, statement="用户当日未在场")
    now.advance(days=1)
    await done(office.account("wang", "supervisor", BUREAU), made, "credit.decided", by=BUREAU, outcome="entered", reason="事实清楚")
    window = {"how": "published", "on": "2026-06-11", "until": "2026-09-11"}
    await done(office.callers.coordinator(), made, "credit.published", by=BUREAU, **window)
    await done(office.callers("department", PARKS), made, "measure.entered", department=PARKS, on="2026-06-11", **MEASURE)
    return made


def path(finding: Body) -> str:
    return f"/v1/findings/{finding['findingId']}"


async def exported(office: Office, finding: Body) -> dict[str, str]:
    text = (await office.callers.coordinator().get("/v1/findings.csv?party=jm-water")).content.decode("utf-8-sig")
    [row] = [one for one in csv.DictReader(io.StringIO(text)) if one["findingId"] == finding["findingId"]]
    return row


async def told(office: Office, after: str | None) -> tuple[list[Body], str]:
    """What the public credit platform is told behind a cursor."""
    shown = await read(office.callers.coordinator(), "/v1/credit-records/changes?part=others" + (f"&after={after}" if after else ""))
    return shown["items"], shown["next"]


async def test_a_withdrawal_reaches_all_that_it_had_fed(app: Litestar, office: Office, callers: Callers, moving: Clock) -> None:
    case, finding = await office.upheld()
    program = app.state.program
    job = Job(program.db, program.books, "test", moving, moving)
    await run_sweep(job)
    # Red from Thursday 16:00 on, a working day later: 150 of 100 points for the one obligation leave none.
    before = await june(office)
    assert (before["obligations"], before["upheld"], before["score"]) == (1, 1, 0)
    assert before["losses"] == [{"what": "red", "count": 1, "each": 15_000, "lost": 15_000}]
    # Wednesday 2 hours, Thursday, Friday and Monday 7 each, Tuesday 3:30 and 0:31.
    assert before["delayShareSeconds"] == 27 * 3_600 + 60
    blamed = await opened(callers("inspector", REFORM), accountability(finding))
    entered = await published(office, finding)
    [put], cursor = await told(office, None)
    assert (put["change"], put["caseId"], put["on"], put["until"]) == ("put", entered["caseId"], "2026-06-11", "2026-09-11")
    row = await exported(office, finding)
    assert (row["state"], row["light"], row["decidedAt"]) == ("upheld", "red", "2026-06-09T15:01:00+08:00")
    assert {blamed["caseId"], entered["caseId"]} == {one["caseId"] for one in (await read(callers.coordinator(), path(finding)))["records"]}

    moving.advance(days=1)
    await taken(office.account("li", "supervisor", BUREAU), finding, "decisions", outcome="withdrawn", reason="用户签收单核实为真")
    await run_sweep(job)
    after = await june(office)
    assert (after["obligations"], after["upheld"], after["losses"], after["score"]) == (1, 0, [], 10_000)
    row = await exported(office, finding)
    assert (row["state"], row["decidedAt"]) == ("withdrawn", "2026-06-12T15:01:00+08:00")
    assert (await read(callers.coordinator(), "/v1/findings?party=jm-water&state=upheld"))["items"] == []
    [own] = (await read(callers.water(), "/v1/findings"))["items"]
    assert (own["findingId"], own["state"]) == (finding["findingId"], "withdrawn")

    gone = await read(callers.coordinator(), f"/v1/credit-records/{entered['caseId']}")
    assert (gone["state"], gone["endedOn"], gone["endedBecause"]) == ("withdrawn", "2026-06-12", "withdrawn")
    assert [one["inForce"] for one in gone["measures"]] == [False]
    [line], _ = await told(office, cursor)
    assert {name: value for name, value in line.items() if value is not None and name != "cursor"} == {
        "change": "delete", "caseId": entered["caseId"], "how": "published", "because": "withdrawn", "endedOn": "2026-06-12",
    }  # fmt: skip
    [anew], _ = await told(office, None)
    assert anew["change"] == "delete", "whoever reads from the start is not told what it said"
    record = await read(callers.coordinator(), f"/v1/accountability-records/{blamed['caseId']}")
    assert (record["state"], [one["fell"] for one in record["grounds"]]) == ("withdrawn", [True])
    for made in (blamed, entered):
        entries = (await read(callers.coordinator(), f"/v1/cases/{made['caseId']}/acts?limit=200"))["items"]
        assert [(one["act"].partition(".")[2], one["actor"]["role"]) for one in entries[-2:]] == [
            ("fell", "auditor"),
            ("withdrawn", "auditor"),
        ]
    for again in (accountability(finding), credit(finding)):
        assert (await callers("inspector", REFORM).post("/v1/cases", json=again)).status_code == 409
    written = (await read(callers.coordinator(), f"/v1/cases/{case['caseId']}"))["version"]
    await run_sweep(job)
    assert (await read(callers.coordinator(), f"/v1/cases/{case['caseId']}"))["version"] == written, "nothing is proposed or found anew"
