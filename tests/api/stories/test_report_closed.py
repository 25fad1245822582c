"""A report (举报, 五(四)) is closed to the party reported and to portals in every operation, reading or writing, whatever its role.

Reported on Wednesday 3 June 2026 at 10:00 and taken up by 发改委 at once; 24 hours later, on Thursday at 10:00, it was to be answered.
"""

import io
import re
from datetime import UTC, datetime
from zipfile import ZipFile, is_zipfile

import httpx
import pdfplumber
import pytest
from litestar import Litestar
from litestar.handlers import HTTPRouteHandler

from api.contract import path_of
from api.permissions import TABLE
from api.routes import HANDLERS
from domain.schemes.enforcement import Role
from tests.api.callers import JINGMEN, Body, Callers, opened
from tests.api.process import Office, taken
from tests.api.records import done
from tests.conftest import Clock

BUREAU, REFORM = "jm-spj", "jm-fgw"
SUBJECT, REMARK, PAPER = "举报独语甲", "承办独语乙", "承办独语丙.pdf"
DUE, LOOKED = "2026-06-04T02:00:00Z", datetime(2026, 6, 4, 2, 2, tzinfo=UTC)
ASKED: dict[str, tuple[str, ...]] = {
    "readScorecard": ("period=2026-06",),
    "listCases": ("limit=200&kind=complaint", "limit=200&state=open"),
    "listFindings": ("limit=200", "limit=200&party=jm-fgw", "limit=200&rule=report-handling"),
    "exportFindingsCsv": ("", "party=jm-fgw"),
    "exportFindingsXlsx": ("", "party=jm-fgw"),
    "groupFindings": ("rule=report-handling", "party=jm-fgw"),
    "packFindings": ("party=jm-fgw", "rule=report-handling"),
    "listSuspicions": ("limit=200", "case={caseId}"),
    "listWarnings": ("limit=200", "limit=200&party=jm-fgw"),
    "listEvents": ("limit=200",),
    "listWorkingDays": ("from=2026-06-01&to=2026-06-30",),
}
"""What is asked beside the bare list."""
HANDLERS_SHOW = {
    "listCases", "readCase", "listActs", "listCaseDeadlines", "readCaseRegisters", "listRegisters", "listDocuments", "readDocument",
    "listFindings", "readFinding", "exportFindingsCsv", "exportFindingsXlsx", "groupFindings", "packFindings", "packFinding",
    "printDossier", "listSuspicions", "listWarnings", "listEvents", "readDelayShares",
}  # fmt: skip
"""Where whoever handles the report finds it: what this story asks is not empty."""
READING = [one for one in HANDLERS if "GET" in {str(method) for method in one.http_methods}]
WRITING = [one for one in HANDLERS if "POST" in {str(method) for method in one.http_methods} and "{" in path_of(one)]
ACCUSED: tuple[tuple[Role, str], ...] = (
    ("coordinator", BUREAU), ("window", BUREAU), ("department", BUREAU), ("supervisor", BUREAU), ("portal", "hb-portal"),
)  # fmt: skip


@pytest.fixture(scope="module")
async def report(app: Litestar, callers: Callers, moving: Clock) -> Body:
    """Reported on the province's portal, taken up, remarked on with a paper, left unanswered, found and notified: the ids of it all."""
    reform = callers("inspector", REFORM)
    told = {"act": "complaint.received", "form": "report", "channel": "湖北政务服务网", "about": BUREAU, "businessEnvironment": True}
    case = await opened(
        callers("portal", "hb-portal"), {"kind": "complaint", "city": JINGMEN, "body": told | {"class": "general", "subject": SUBJECT}}
    )
    await done(reform, case, "complaint.accepted", body=REFORM)
    late = {"occurredAt": "2026-05-20T10:00:00+08:00", "body": {"act": "remark.made", "text": REMARK}}
    assert (await reform.post(f"/v1/cases/{case['caseId']}/acts", json=late)).status_code == 201
    sent = {"caseId": case["caseId"], "name": PAPER}
    paper = await reform.post("/v1/documents", params=sent, content=b"%PDF-1.7 secret", headers={"content-type": "application/pdf"})
    assert paper.status_code == 201, paper.text
    office = Office(app, callers, moving)
    moving.move_to(datetime(2026, 6, 3, 22, 0, tzinfo=UTC))
    await office.swept()
    moving.move_to(LOOKED)
    await office.swept()
    listed = (await callers("inspector", REFORM).get("/v1/findings?rule=report-handling&limit=200")).json()["items"]
    [finding] = [one for one in listed if one["caseId"] == case["caseId"]]
    assert (finding["party"], finding["dueAt"], finding["state"]) == (REFORM, DUE, "open")
    moving.advance(hours=6)
    await taken(callers("supervisor", REFORM), finding, "notifications", servedAt=moving().isoformat())
    about = {"party": REFORM, "ground": "举报办理拖延", "heldFor": "2026-06-08T09:00:00+08:00", "place": "二楼"}
    ground = {"findingId": finding["findingId"], "caseId": case["caseId"]}
    interview: Body = {
        "kind": "supervision",
        "city": JINGMEN,
        "body": {"act": "interview.arranged", "by": "jm-sjj", "findings": [ground]} | about,
    }
    named = await callers("inspector", "jm-sjj").post("/v1/cases", json=interview)
    assert (named.status_code, "say the ground in words" in named.json()["detail"]) == (403, True), "the accused sees every interview"
    interview["body"]["findings"] = []
    await opened(callers("inspector", "jm-sjj"), interview)
    return {"caseId": case["caseId"], "findingId": finding["findingId"], "documentId": paper.json()["documentId"]}


@pytest.fixture(autouse=True)
def _afterwards(report: Body, moving: Clock, _rewound: None) -> None:
    assert report
    moving.move_to(LOOKED.replace(hour=9))


def paths(handler: HTTPRouteHandler, report: Body) -> list[str]:
    known = report | {"partyId": REFORM, "schemeId": "jingmen-2023", "formName": "collection", "fileName": "index.html"}
    path = re.sub(r"\{(\w+)\}", lambda found: known[found[1]], path_of(handler))
    asked = ("", *ASKED.get(str(handler.operation_id), ()))
    return [path + (f"?{one}" if one else "").replace("{caseId}", report["caseId"]) for one in asked]


def said(answer: httpx.Response) -> str:
    """All that an answer says, also within PDF pages and archives."""
    if (
        answer.headers.get("content-type", "").startswith("application/pdf")
        and answer.content.startswith(b"%PDF")
        and len(answer.content) > 999
    ):
        with pdfplumber.open(io.BytesIO(answer.content)) as document:
            return "".join("".join((page.extract_text() or "").split()) for page in document.pages).replace("\u200b", "")
    if is_zipfile(io.BytesIO(answer.content)):
        with ZipFile(io.BytesIO(answer.content)) as archive:
            return "".join(f"{name}{archive.read(name).decode('utf-8', 'replace')}" for name in archive.namelist())
    return answer.text + repr(answer.headers)


def told_of(text: str, report: Body, answer: httpx.Response) -> list[str]:
    """What of the report an answer gives away, but for what was asked with."""
    asked = str(answer.request.url)
    marks = [*report.values(), SUBJECT, REMARK, PAPER, DUE]
    bare = [one.replace("-", "") for one in report.values()]
    return [one for one in (*marks, *bare) if one in text and one not in asked]


@pytest.mark.parametrize(("role", "party"), ACCUSED)
async def test_nothing_that_can_be_read_tells_of_it(callers: Callers, report: Body, role: Role, party: str) -> None:
    client = callers(role, party)
    for handler in READING:
        for path in paths(handler, report):
            answer = await client.get(path)
            assert answer.status_code in {200, 400, 403, 404, 422}, (path, answer.text)
            assert told_of(said(answer), report, answer) == [], (handler.operation_id, path)
            if any(one in path for one in report.values()) and "?" not in path and TABLE[str(handler.operation_id)].roles:
                assert answer.status_code in {403, 404}, path


@pytest.mark.parametrize(("role", "party"), ACCUSED)
async def test_nothing_can_be_written_to_it(callers: Callers, report: Body, role: Role, party: str) -> None:
    client = callers(role, party)
    bodies: dict[str, Body] = {
        "recordAct": {"body": {"act": "remark.made", "text": "?"}},
        "readPersonalData": {"reason": "核实"},
        "erasePersonalData": {"reason": "核实"},
        "notifyFinding": {"servedAt": "2026-06-04T16:00:00+08:00"},
        "objectToFinding": {"text": "?"},
        "decideFinding": {"outcome": "withdrawn", "reason": "?"},
        "disposeFinding": {"measure": "?"},
        "giveSignOff": {"utility": "jm-water", "outcome": "approved", "opinion": "?", "signatory": "?"},
    }
    assert set(bodies) == {one.operation_id for one in WRITING}
    for handler in WRITING:
        [path, *_] = paths(handler, report)
        answer = await client.post(path, json=bodies[str(handler.operation_id)])
        assert answer.status_code in {403, 404}, (path, answer.text)
        if answer.status_code == 403:
            assert "may not do this" in answer.json()["detail"], "the door's words, before any case is looked at"
    paper = {"caseId": report["caseId"], "name": "x.pdf"}
    sent = await client.post("/v1/documents", params=paper, content=b"%PDF-1.7", headers={"content-type": "application/pdf"})
    assert sent.status_code == 404


async def test_whoever_handles_it_finds_it_in_every_one_of_them(callers: Callers, report: Body) -> None:
    client, shown = callers("inspector", REFORM), set[str]()
    for handler in READING:
        for path in paths(handler, report):
            answer = await client.get(path)
            marks = told_of(said(answer), report, answer)
            if marks or (answer.status_code == 200 and report["caseId"] in path.partition("?")[0]) or b"secret" in answer.content:
                shown.add(str(handler.operation_id))
    assert shown >= HANDLERS_SHOW, HANDLERS_SHOW - shown
