"""What is near its limit and what is overdue is one list, told to more people with each light; a party sees its own part of it."""

from datetime import UTC, datetime

import httpx
import pytest
from litestar import Litestar

from auditor.findings.sweep import sweep
from casework.program import read_context
from tests.api.callers import DAYE, JINGMEN, Body, Callers, opened, record
from tests.conftest import Clock

START = datetime(2026, 6, 3, 2, 0, tzinfo=UTC)
"""Wednesday, 10:00 in Shanghai."""
HANDLER = {"party": "jm-cgw", "partyName": "荆门市城市管理委员会", "post": "handler"}
HEAD = HANDLER | {"post": "head"}
OFFICE = {"party": "jm-spj", "partyName": "荆门市行政审批局", "post": "office"}


async def swept(app: Litestar, now: Clock, at: str) -> None:
    now.move_to(datetime.fromisoformat(f"{at}:00+08:00"))
    program = app.state.program
    await sweep(program.db, await read_context(program.db, program.books, now()))


async def approving(callers: Callers, now: Clock) -> Body:
    """A joint approval of 400 metres, handed in to 城管委 on Wednesday at ten: due on Monday the 8th at six."""
    now.move_to(START)
    case = await opened(callers.window())
    await record(callers.window(), case, "application.pushed", utilities=["jm-water", "jm-gas"])
    found = [{"utility": "jm-water", "feasible": True}]
    works = [{"place": f"白云大道{case['caseId']}", "utilities": ["jm-water"], "metres": 400, "does": ["pavement-excavation"]}]
    held = {"calledBy": "jm-spj", "participants": ["jm-spj", "jm-cgw", "jm-zgj", "jm-water"], "surveyed": found, "works": works}
    await record(callers.coordinator(), case, "survey.held", **held)
    await record(callers.water(), case, "plan.issued", utility="jm-water")
    await record(callers.coordinator(), case, "approval.opened", approvals=[{"utility": "jm-water", "department": "jm-cgw"}])
    await record(callers.water(), case, "approval.pushed", utility="jm-water", departments=["jm-cgw"])
    answer = await record(callers.water(), case, "materials.submitted", utility="jm-water", department="jm-cgw")
    assert answer.status_code == 201, answer.text
    return case


async def listed(client: httpx.AsyncClient, case: Body | None = None, **asked: str) -> list[Body]:
    items: list[Body] = []
    path: str | None = "/v1/warnings?" + "&".join(f"{name}={value}" for name, value in {"limit": "200", **asked}.items())
    while path:
        answer = await client.get(path)
        assert answer.status_code == 200, answer.text
        items += answer.json()["items"]
        path = answer.links["next"]["url"] if "next" in answer.links else None
    return [one for one in items if case is None or one["caseId"] == case["caseId"]]


async def test_a_limit_is_listed_from_its_warning_on_until_it_is_met(app: Litestar, callers: Callers, moving: Clock) -> None:
    case = await approving(callers, moving)
    # Five and a half hours are left of Wednesday and three days of seven: three quarters of 26.5 have gone on Monday at 08:52:30.
    await swept(app, moving, "2026-06-08T08:52")
    assert await listed(callers.coordinator(), case, rule="joint-approval") == []
    await swept(app, moving, "2026-06-08T08:53")
    [shown] = await listed(callers.coordinator(), case, rule="joint-approval")
    assert (shown["light"], shown["findingId"], shown["party"], shown["stage"]) == ("warning", None, "jm-cgw", "approval")
    assert (shown["clause"], shown["carriesOut"], shown["keys"]) == ("四(二)2", ["J-04"], {"utility": "jm-water", "department": "jm-cgw"})
    assert (shown["warnedAt"], shown["dueAt"]) == ("2026-06-08T00:52:30Z", "2026-06-08T10:00:00Z")
    assert shown["remaining"] == {"own": 0, "measure": "days", "naturalSeconds": 9 * 3600 + 7 * 60}
    assert shown["overrun"] is None
    assert shown["told"] == [HANDLER]
    assert [one["light"] for one in await listed(callers("department", "jm-cgw"), case)] == ["warning"]
    assert await listed(callers("department", "jm-zgj"), case) == []
    signing = {"utility": "jm-water", "department": "jm-cgw", "outcome": "approved", "opinion": "同意", "signatory": "李"}
    await record(callers("department", "jm-cgw"), case, "signoff.given", **signing)
    assert await listed(callers.coordinator(), case, rule="joint-approval") == []


async def test_what_was_missed_turns_yellow_then_red_and_more_people_are_told(app: Litestar, callers: Callers, moving: Clock) -> None:
    case = await approving(callers, moving)
    await swept(app, moving, "2026-06-08T18:01")
    [shown] = await listed(callers.coordinator(), case, rule="joint-approval")
    lights = {"yellow": [HANDLER, HEAD], "red": [HANDLER, HEAD, OFFICE]}
    # It may be the third of the year in this database: then it is red at once.
    assert shown["told"] == lights[shown["light"]]
    assert (shown["remaining"], shown["overrun"]) == (None, {"own": 0, "measure": "days", "naturalSeconds": 60})
    await swept(app, moving, "2026-06-09T18:01")
    [shown] = await listed(callers.coordinator(), case, light="red", rule="joint-approval")
    assert (shown["told"], shown["overrun"]["own"]) == (lights["red"], 1)
    [finding] = (await callers.coordinator().get("/v1/findings?rule=joint-approval&light=red&limit=1")).json()["items"]
    assert finding["told"] == lights["red"]
    assert await listed(callers("department", "jm-cgw"), case, rule="joint-approval") == [], "it has not been notified"
    served = {"findingId": shown["findingId"], "servedAt": moving().isoformat()}
    answer = await record(callers("supervisor", "jm-spj"), case, "finding.notified", **served)
    assert answer.status_code == 201, answer.text
    [own] = await listed(callers("department", "jm-cgw"), case, rule="joint-approval")
    assert own["findingId"] == shown["findingId"]


async def test_the_feed_says_who_is_told(app: Litestar, callers: Callers, moving: Clock) -> None:
    case = await approving(callers, moving)
    await swept(app, moving, "2026-06-08T08:53")
    await swept(app, moving, "2026-06-09T18:01")
    events = [one async for one in fed(callers.coordinator(), case)]
    told = {one["entry"]["act"]: one["recipients"] for one in events if one["entry"]["body"].get("rule") == "joint-approval"}
    assert told == {"warning.raised": [HANDLER], "finding.opened": [HANDLER, HEAD]}
    turned = [one["recipients"] for one in events if one["entry"]["act"] == "light.turned"]
    assert [HANDLER, HEAD, OFFICE] in turned
    assert {len(one["recipients"]) for one in events if one["entry"]["act"].startswith("application")} == {0}
    seen = [one["entry"]["act"] async for one in fed(callers("department", "jm-cgw"), case)]
    assert "warning.raised" in seen
    assert not {"finding.opened", "light.turned"} & set(seen)
    portal = [one["entry"]["act"] async for one in fed(callers("portal", "hb-portal"), case)]
    assert not {"warning.raised", "finding.opened", "light.turned"} & set(portal)


async def fed(client: httpx.AsyncClient, case: Body):  # type: ignore[no-untyped-def]  # noqa: ANN201 -- a generator of a test
    after, more = "", True
    while more:
        page = (await client.get(f"/v1/events?limit=200{after}")).json()
        for one in page["items"]:
            if one["caseId"] == case["caseId"]:
                yield one
        after, more = f"&after={page['next']}", page["more"]


async def test_the_list_goes_by_due_moment_in_pages_of_either_order(app: Litestar, callers: Callers, moving: Clock) -> None:
    await approving(callers, moving)
    await swept(app, moving, "2026-06-10T18:01")  # two working days over: red
    await approving(callers, moving)
    await swept(app, moving, "2026-06-08T08:53")
    for order in ("oldest", "newest"):
        whole = await listed(callers.coordinator(), order=order)
        paged = await listed(callers.coordinator(), order=order, limit="1")
        assert paged == whole
        assert {"warning", "red"} <= {one["light"] for one in whole}
        dues = [one["dueAt"] for one in whole]
        assert dues == sorted(dues, reverse=order == "newest")


async def test_the_list_is_filtered_by_what_it_shows(app: Litestar, callers: Callers, moving: Clock) -> None:
    case = await approving(callers, moving)
    await swept(app, moving, "2026-06-08T08:53")
    same = [{"light": "warning"}, {"party": "jm-cgw"}, {"stage": "approval"}, {"city": JINGMEN}, {"rule": "joint-approval"}]
    other = [
        {"light": "red"},
        {"party": "jm-gas"},
        {"stage": "service"},
        {"city": DAYE},
        {"rule": "any-window"},
        {"district": "jm-dongbao"},
    ]
    for asked, there in [(one, True) for one in same] + [(one, False) for one in other]:
        found = await listed(callers.coordinator(), case, **asked)
        assert ("joint-approval" in {one["rule"] for one in found}) is there, asked
    assert await listed(callers.water(), party="jm-cgw") == []


@pytest.mark.parametrize("cursor", ["bm8", "WyJ3YXJuZWQiLDEsIjAiLG51bGxd", "WyJvdmVyZHVlIiwxLCIwMCIsbnVsbF0"])
async def test_a_cursor_that_is_not_ours_is_refused(callers: Callers, cursor: str) -> None:
    assert (await callers.coordinator().get(f"/v1/warnings?after={cursor}")).status_code == 422


async def test_portals_see_no_warnings(callers: Callers) -> None:
    assert (await callers("portal", "hb-portal").get("/v1/warnings")).status_code == 403


async def test_a_report_is_warned_of_to_everybody_but_the_one_it_is_about(app: Litestar, callers: Callers, moving: Clock) -> None:
    moving.move_to(START)
    received: Body = {
        "act": "complaint.received",
        "form": "report",
        "about": "jm-spj",
        "channel": "12345",
        "subject": "拖延",
        "class": "general",
    }
    received["businessEnvironment"] = True
    answer = await callers("inspector", "jm-fgw").post("/v1/cases", json={"kind": "complaint", "city": JINGMEN, "body": received})
    assert answer.status_code == 201, answer.text
    case = answer.json()
    await record(callers("inspector", "jm-fgw"), case, "complaint.accepted", body="jm-fgw")
    await swept(app, moving, "2026-06-20T09:00")
    assert await listed(callers("inspector", "jm-fgw"), case)
    assert await listed(callers.coordinator(), case) == []
