"""The list as a file: the same findings as the list shows that caller, in CSV and in a workbook, and as a table by party."""

import csv
import io
import re
import zipfile

import httpx
from litestar import Litestar

from auditor.findings.sweep import sweep
from casework.program import read_context
from tests.api.callers import DAYE, Body, Callers, opened, record
from tests.api.findings.test_findings import missed, notify
from tests.conftest import Clock

SHEET = "xl/worksheets/sheet1.xml"


def rows_of(answer: httpx.Response) -> list[dict[str, str]]:
    assert answer.status_code == 200, answer.text
    return [*csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")))]


def texts(made: bytes) -> list[list[str]]:
    """The rows of a workbook's sheet, each cell as it is written."""
    sheet = zipfile.ZipFile(io.BytesIO(made)).read(SHEET).decode()
    rows = re.findall(r"<row>(.*?)</row>", sheet)
    return [[re.sub(r"<[^>]*>", "", cell) for cell in re.findall(r"<c/>|<c[ >].*?</c>", row)] for row in rows]


async def test_csv_holds_what_the_list_shows(app: Litestar, callers: Callers, moving: Clock) -> None:
    _, finding = await missed(app, callers, moving)
    answer = await callers.coordinator().get("/v1/findings.csv?party=jm-spj&rule=any-window")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert "%E8%BF%9D%E8%A7%84%E6%B8%85%E5%8D%95-2026-06-03.csv" in answer.headers["content-disposition"]
    assert answer.content.startswith(b"\xef\xbb\xbf")
    row = next(row for row in rows_of(answer) if row["findingId"] == finding["findingId"])
    assert (row["partyName"], row["clause"], row["state"], row["light"]) == ("荆门市行政审批局", "四(一)1", "open", finding["light"])
    assert (row["startedAt"], row["dueAt"], row["endedAt"]) == ("2026-06-03T10:00:00+08:00", "2026-06-03T10:30:00+08:00", "")
    assert (row["overrun"], row["measure"], row["naturalSeconds"], row["carriesOut"]) == ("5400", "seconds", "5400", "J-22")
    assert (row["records"], row["contested"]) == ("", "false")


async def test_a_workbook_has_chinese_headings_and_says_the_same_in_chinese(app: Litestar, callers: Callers, moving: Clock) -> None:
    _, finding = await missed(app, callers, moving)
    answer = await callers.coordinator().get("/v1/findings.xlsx?party=jm-spj")
    assert answer.status_code == 200
    assert int(answer.headers["content-length"]) == len(answer.content)
    head, *rows = texts(answer.content)
    row = next(dict(zip(head, row, strict=True)) for row in rows if row[0] == finding["findingId"])
    assert (row["责任单位"], row["环节"], row["状态"], row["预警等级"], row["逾期单位"]) == (
        "荆门市行政审批局",
        "申请",
        "待送达",
        {"yellow": "黄牌", "red": "红牌"}[finding["light"]],
        "秒",
    )
    assert row["到期时间"] == "46176.437500000"


async def test_an_export_is_filtered_as_the_list_is(app: Litestar, callers: Callers, moving: Clock) -> None:
    await missed(app, callers, moving)
    office = callers.coordinator()
    for query in ("rule=any-window", "state=open", "light=yellow", "stage=application", "from=2026-06-03&to=2026-06-03", "order=oldest"):
        listed = (await office.get(f"/v1/findings?limit=200&{query}")).json()["items"]
        assert [row["findingId"] for row in rows_of(await office.get(f"/v1/findings.csv?{query}"))] == [one["findingId"] for one in listed]
    for query in ("rule=half-day-connection", f"city={DAYE}", "to=2026-06-02"):
        assert rows_of(await office.get(f"/v1/findings.csv?{query}")) == []
    assert (await office.get("/v1/findings.csv?limit=5")).status_code == 400


async def test_a_party_exports_its_own_once_notified_and_a_portal_nothing(app: Litestar, callers: Callers, moving: Clock) -> None:
    case, finding = await missed(app, callers, moving)
    assert finding["findingId"] not in (await callers.window().get("/v1/findings.csv")).text
    assert (await notify(callers, moving, case, finding)).status_code == 201
    assert finding["findingId"] in (await callers.window().get("/v1/findings.csv")).text
    assert rows_of(await callers.water().get("/v1/findings.csv?party=jm-spj")) == []
    assert (await callers("portal", "hb-portal").get("/v1/findings.csv")).status_code == 403


async def test_an_inspector_sees_the_companies_that_its_plan_gives_it_to_inspect(app: Litestar, callers: Callers, moving: Clock) -> None:
    _, finding = await missed(app, callers, moving)
    company = await missed_by(app, callers, moving, "jm-water")
    # 七: 住建局对用水、用气、用热进行检查督办; 发改委督办全部
    building, all_of_it = callers("inspector", "jm-zjj"), callers("inspector", "jm-fgw")
    for inspector, sees in ((building, {company["findingId"]}), (all_of_it, {company["findingId"], finding["findingId"]})):
        listed = {one["findingId"] for one in (await inspector.get("/v1/findings?limit=200")).json()["items"]}
        exported = {row["findingId"] for row in rows_of(await inspector.get("/v1/findings.csv"))}
        assert sees <= listed == exported
        assert (finding["findingId"] in listed) is (finding["findingId"] in sees)
    assert (await building.get(f"/v1/findings/{finding['findingId']}")).status_code == 404
    assert (await building.get(f"/v1/findings/{company['findingId']}")).status_code == 200


async def missed_by(app: Litestar, callers: Callers, now: Clock, party: str) -> Body:
    """A company that demanded that somebody come to its office."""
    case = await opened(callers.window())
    assert (await record(callers.coordinator(), case, "visit.required", requiredBy=party)).status_code == 201
    now.advance(minutes=2)
    program = app.state.program
    await sweep(program.db, await read_context(program.db, program.books, now()))
    items = (await callers.coordinator().get(f"/v1/findings?party={party}&limit=200")).json()["items"]
    found: Body = next(item for item in items if item["caseId"] == case["caseId"])
    return found


async def test_findings_are_added_up_by_party_for_an_interview(app: Litestar, callers: Callers, moving: Clock) -> None:
    await missed_by(app, callers, moving, "jm-gas")
    await missed_by(app, callers, moving, "jm-gas")
    moving.advance(hours=1)
    answer = await callers("inspector", "jm-fgw").get("/v1/findings/grouped?party=jm-gas")
    assert answer.status_code == 200, answer.text
    (group,) = answer.json()["items"]
    assert (group["partyName"], group["findings"], group["standing"]) == ("中石油昆仑燃气有限公司", 2, 2)
    assert (group["states"], group["lights"], group["records"]) == ({"open": 2}, {"yellow": 2}, [])
    (rule,) = group["rules"]
    assert (rule["rule"], rule["title"], rule["clause"], rule["findings"]) == ("no-visits", "0 跑腿", "一", 2)
    assert (rule["naturalSeconds"], rule["longestSeconds"]) == (0, 0), "a broken standard is past no due moment"
    await missed(app, callers, moving)  # due at 10:30, and noon now
    (office,) = (await callers.coordinator().get("/v1/findings/grouped?rule=any-window")).json()["items"]
    assert (office["longestSeconds"], office["naturalSeconds"] >= 5400) == (5400, True)
    assert (await callers.coordinator().get("/v1/findings/grouped?city=420281")).json()["items"] == []
    assert (await callers("utility", "jm-gas").get("/v1/findings/grouped")).json()["items"] == []
