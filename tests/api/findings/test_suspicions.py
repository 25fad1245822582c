"""People are asked to look, the city's offices alone; a look ends it, and a falsification proposes a credit entry."""

from datetime import UTC, datetime
from typing import Any

import pytest

from tests.api.callers import DAYE, Body, Callers, opened, record
from tests.conftest import Clock

START = datetime(2026, 6, 3, 2, 0, tzinfo=UTC)
LATE = "2026-05-20T10:00:00+08:00"


async def raised(callers: Callers) -> tuple[Body, Body]:
    """The water company wrote a remark down two weeks later; the question about it."""
    case = await opened(callers.window())
    await record(callers.window(), case, "application.pushed", utilities=["jm-water", "jm-gas"])
    told = {"occurredAt": LATE, "body": {"act": "remark.made", "text": "已现场查看"}}
    answer = await callers.water().post(f"/v1/cases/{case['caseId']}/acts", json=told)
    assert answer.status_code == 201, answer.text
    assert [one["act"] for one in answer.json()["items"]] == ["remark.made"], "the party is not told"
    [shown] = await listed(callers, case=case["caseId"])
    return case, shown


async def listed(callers: Callers, **asked: Any) -> list[Body]:  # noqa: ANN401 -- any filter
    query = "&".join(f"{name}={value}" for name, value in {"limit": 200, **asked}.items())
    answer = await callers.coordinator().get(f"/v1/suspicions?{query}")
    assert answer.status_code == 200, answer.text
    items: list[Body] = answer.json()["items"]
    return items


async def test_a_suspicion_is_listed_with_its_evidence_and_why_it_is_one(callers: Callers) -> None:
    _, shown = await raised(callers)
    assert (shown["about"], shown["words"], shown["seqs"], shown["raisedSeq"]) == ("written-late", "事后很久才补录", [3], 4)
    assert (shown["party"], shown["partyName"], shown["state"], shown["answer"]) == ("jm-water", "荆门市城市水务集团有限公司", "open", None)
    assert shown["assumption"].startswith("补录超过3个工作日")
    assert shown["clause"] is None


async def test_a_look_clears_it_once(callers: Callers) -> None:
    case, shown = await raised(callers)
    looked = {"raisedSeq": shown["raisedSeq"], "reason": "有当日的纸质记录"}
    answer = await record(callers.coordinator(), case, "suspicion.cleared", **looked)
    assert answer.status_code == 201, answer.text
    again = await record(callers("inspector", "jm-fgw"), case, "suspicion.confirmed", **looked)
    assert again.json()["type"] == "urn:lianban:problem:already-done"
    [shown] = await listed(callers, case=case["caseId"])
    assert shown["state"] == "cleared"
    assert shown["answer"] == {
        "state": "cleared", "by": "jm-spj", "byName": "荆门市行政审批局", "at": "2026-06-03T02:00:00Z", "reason": "有当日的纸质记录",
        "falsified": False, "party": None,
    }  # fmt: skip


async def test_nobody_looks_into_its_own_doing(callers: Callers) -> None:
    case = await opened(callers.window())
    told = {"occurredAt": LATE, "body": {"act": "remark.made", "text": "补记"}}
    await callers.window().post(f"/v1/cases/{case['caseId']}/acts", json=told)
    [shown] = await listed(callers, case=case["caseId"])
    answer = await record(callers.coordinator(), case, "suspicion.cleared", raisedSeq=shown["raisedSeq"], reason="无")
    assert answer.status_code == 403, answer.text
    answer = await record(callers("inspector", "jm-fgw"), case, "suspicion.cleared", raisedSeq=shown["raisedSeq"], reason="已核查")
    assert answer.status_code == 201, answer.text


async def test_a_confirmed_falsification_proposes_a_credit_entry(callers: Callers) -> None:
    case, shown = await raised(callers)
    looked = {"raisedSeq": shown["raisedSeq"], "reason": "日期是补造的", "falsified": True, "party": "jm-water"}
    answer = await record(callers("inspector", "jm-fgw"), case, "suspicion.confirmed", **looked)
    assert [one["act"] for one in answer.json()["items"]] == ["suspicion.confirmed", "step.proposed"]
    proposed = answer.json()["items"][1]
    assert (proposed["actor"]["role"], proposed["body"]["step"], proposed["body"]["party"]) == ("auditor", "credit", "jm-water")
    [shown] = await listed(callers, case=case["caseId"], state="confirmed")
    assert (shown["answer"]["falsified"], shown["answer"]["party"], shown["answer"]["by"]) == (True, "jm-water", "jm-fgw")
    seen = (await callers.water().get(f"/v1/cases/{case['caseId']}/acts")).json()["items"]
    assert not {one["act"] for one in seen} & {"suspicion.raised", "suspicion.confirmed", "step.proposed"}


async def test_the_list_is_filtered_and_comes_in_pages(callers: Callers) -> None:
    case, shown = await raised(callers)
    await raised(callers)
    same = [{"about": "written-late"}, {"party": "jm-water"}, {"state": "open"}, {"city": "420800"}]
    other: list[Body] = [{"about": "late-stop"}, {"party": "jm-gas"}, {"state": "cleared"}, {"city": DAYE}]
    for asked, there in [(one, True) for one in same] + [(one, False) for one in other]:
        assert (shown in await listed(callers, case=case["caseId"], **asked)) is there, asked
    for order in ("newest", "oldest"):
        whole, paged = await listed(callers, order=order), []
        path: str | None = f"/v1/suspicions?limit=1&order={order}"
        while path:
            answer = await callers.coordinator().get(path)
            paged += answer.json()["items"]
            path = answer.links["next"]["url"] if "next" in answer.links else None
        assert paged == whole


@pytest.mark.parametrize(
    ("role", "party"), [("utility", "jm-water"), ("department", "jm-cgw"), ("window", "jm-spj"), ("portal", "hb-portal")]
)
async def test_parties_and_portals_are_told_of_no_suspicion(callers: Callers, role: Any, party: str) -> None:  # noqa: ANN401 -- a table's column
    assert (await callers(role, party).get("/v1/suspicions")).status_code == 403


async def test_a_cursor_that_is_not_ours_is_refused(callers: Callers) -> None:
    assert (await callers.coordinator().get("/v1/suspicions?after=WzEsIjAwIiwwXQ")).status_code == 422


async def test_what_is_odd_in_a_report_is_closed_to_the_one_it_is_about(callers: Callers, moving: Clock) -> None:
    body = {"act": "complaint.received", "form": "report", "channel": "12345", "about": "jm-spj", "businessEnvironment": True}
    told = {"kind": "complaint", "city": "420800", "body": body | {"class": "general", "subject": "拖延"}, "occurredAt": LATE}
    case = await opened(callers("inspector", "jm-fgw"), told)
    assert await listed(callers, case=case["caseId"]) == []
    moving.move_to(START)
    answer = await callers("supervisor", "jm-fgw").get(f"/v1/suspicions?case={case['caseId']}")
    assert [one["about"] for one in answer.json()["items"]] == ["written-late"]
