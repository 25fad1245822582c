"""What follows from a report (举报, 五(四)) is closed with it: a record that rests on its finding would tell the reported of it.

住建局 is reported on Wednesday 3 June 2026 at 10:00; 行政审批局 takes it up and does not answer within 24 hours, which 发改委 upholds.
"""

from datetime import UTC, datetime

import httpx
from litestar import Litestar

from tests.api.callers import JINGMEN, Body, Callers, opened
from tests.api.cases.test_complaints import complaint
from tests.api.process import Office, accountability, taken
from tests.api.records import done
from tests.conftest import Clock

HOUSING, BUREAU, REFORM = "jm-zjj", "jm-spj", "jm-fgw"


async def unanswered(app: Litestar, callers: Callers, moving: Clock) -> Body:
    office = Office(app, callers, moving)
    case = await opened(callers("supervisor", BUREAU), complaint("report", HOUSING))
    await done(callers("supervisor", BUREAU), case, "complaint.accepted", body=BUREAU)
    moving.move_to(datetime(2026, 6, 4, 2, 2, tzinfo=UTC))
    await office.swept()
    finding = await office.found(case, "report-handling")
    assert finding["party"] == BUREAU
    moving.advance(hours=6)
    await taken(office.account("zhang", "supervisor", REFORM), finding, "notifications", servedAt=moving().isoformat())
    await taken(callers("supervisor", BUREAU), finding, "objections", text="正在核实")
    moving.advance(days=1)
    words = {"outcome": "upheld", "reason": "没有答复", "onReading": "一般读法"}
    return await taken(office.account("li", "supervisor", REFORM), finding, "decisions", **words)


async def tells(client: httpx.AsyncClient, record: Body, finding: Body) -> set[str]:
    """Where a caller learns of the record, of the finding or of the report."""
    paths = ("/v1/accountability-records", "/v1/cases?limit=200", "/v1/events?limit=200", "/v1/findings?limit=200")
    own = (f"/v1/accountability-records/{record['caseId']}", f"/v1/cases/{record['caseId']}", f"/v1/cases/{record['caseId']}/acts")
    marks = (record["caseId"], finding["caseId"], finding["findingId"])
    answers = [(path, await client.get(path)) for path in (*paths, *own)]
    return {path.partition("?")[0] for path, answer in answers if answer.status_code == 200 and any(one in answer.text for one in marks)}


async def test_a_record_that_rests_on_a_report_is_closed_to_whoever_was_reported(app: Litestar, callers: Callers, moving: Clock) -> None:
    finding = await unanswered(app, callers, moving)
    body = accountability(finding)["body"] | {"unit": BUREAU}
    record = await opened(callers("inspector", REFORM), {"kind": "accountability", "city": JINGMEN, "body": body})
    assert await tells(callers("inspector", HOUSING), record, finding) == set()
    seen = await tells(callers("inspector", REFORM), record, finding)
    assert len(seen) == 7, "whoever handles it finds it in every one of them"
    assert len(await tells(callers("inspector", "jm-sjj"), record, finding)) == 7, "nobody but the reported is kept out"
