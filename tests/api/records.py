"""Bodies of credit and accountability records for stories over HTTP, in June 2023, while Jingmen's plan needed no confirmation yet."""

from datetime import UTC, datetime

import httpx
from litestar import Litestar

from auditor.findings.sweep import sweep
from casework.program import read_context
from tests.api.callers import CREDIT_CODE, JINGMEN, Body, Callers, opened, record
from tests.conftest import Clock

WEDNESDAY = datetime(2023, 6, 7, 2, 0, tzinfo=UTC)
"""10:00 in Shanghai; five working days later it is Wednesday 14 June, 18:00."""
ITEM = {
    "catalogue": "national",
    "edition": "2022年版",
    "number": "3.12",
    "title": "提供虚假材料",
    "grade": "general",
    "standard": "情节一般的",
    "published": True,
    "shared": True,
}
DOCUMENT = {
    "kind": "责令改正决定书",
    "number": "荆审改〔2023〕3号",
    "authority": "荆门市行政审批局",
    "issuedOn": "2023-06-05",
    "servedOn": "2023-06-06",
}
PENALTY = DOCUMENT | {"kind": "行政处罚决定书", "number": "荆城罚〔2023〕8号"}
FIRM = {"kind": "enterprise", "role": "construction", "name": "某某管道工程公司", "creditCode": CREDIT_CODE}
UTILITY = FIRM | {"role": "utility", "name": "荆门市城市水务集团"}
SOMEBODY = {"kind": "person", "role": "user", "name": "张三丰", "idNumber": "11010519491231002X"}


def entry(by: str = "jm-fgw", subject: Body | None = None, **changes: object) -> Body:
    """An entry for falsification, with its item and its document."""
    act = {"act": "credit.proposed", "subject": subject or FIRM, "by": by, "conduct": "falsification", "facts": "竣工照片系伪造"}
    return {"kind": "credit", "city": JINGMEN, "body": act | {"item": ITEM, "restsOn": DOCUMENT} | changes}


async def done(client: httpx.AsyncClient, case: Body, tag: str, **fields: object) -> Body:
    """Record an act that is taken."""
    answer = await record(client, case, tag, **fields)
    assert answer.status_code == 201, answer.text
    taken: Body = answer.json()
    return taken


async def decided(callers: Callers, case: Body, now: Clock) -> None:
    """Notify on Wednesday, hear on Thursday, enter on Friday 9 June: three accounts of the two bodies."""
    served = {"servedAt": now().isoformat(), "statementUntil": "2023-06-14T18:00:00+08:00"}
    await done(callers("inspector", "jm-fgw"), case, "credit.notified", by="jm-fgw", **served)
    now.advance(days=1)
    await done(callers("inspector", "jm-fgw"), case, "credit.heard", by="jm-fgw", statement="照片由分包单位提供")
    now.advance(days=1)
    await done(callers("supervisor", "jm-spj"), case, "credit.decided", by="jm-spj", outcome="entered", reason="事实清楚")


async def shown(callers: Callers, case: Body, on: str = "2023-06-09", until: str = "2023-09-09", how: str = "published") -> None:
    await done(callers.coordinator(), case, "credit.published", by="jm-spj", how=how, on=on, until=until)


async def falsified(callers: Callers, party: str) -> Body:
    """A case in which works are completed that nobody began, and the suspicion of it is confirmed: who and where."""
    case = await opened(callers.window())
    await done(callers("utility", party), case, "works.completed", utility=party)
    seq = (await callers("inspector", "jm-fgw").get(f"/v1/cases/{case['caseId']}")).json()["version"]
    said = {"raisedSeq": seq, "reason": "照片系他处工地", "falsified": True, "party": party}
    await done(callers("inspector", "jm-fgw"), case, "suspicion.confirmed", **said)
    return {"caseId": case["caseId"], "seq": seq}


async def upheld(app: Litestar, callers: Callers, now: Clock) -> Body:
    """A finding against the window of 行政审批局, upheld by 发改委 once its days to object had run: as a ground."""
    case = await opened(callers.window())
    now.advance(hours=2)
    program = app.state.program
    await sweep(program.db, await read_context(program.db, program.books, now()))
    listed = (await callers.coordinator().get("/v1/findings?party=jm-spj&limit=200")).json()["items"]
    found = next(item for item in listed if item["caseId"] == case["caseId"])
    now.advance(hours=5)
    await done(callers.coordinator(), case, "finding.notified", findingId=found["findingId"], servedAt=now().isoformat())
    now.advance(days=30)
    outcome = {"outcome": "upheld", "reason": "没有推送", "onReading": "一般读法"}
    await done(callers("supervisor", "jm-fgw"), case, "finding.decided", findingId=found["findingId"], by="jm-fgw", **outcome)
    return {"findingId": found["findingId"], "caseId": case["caseId"]}
