"""Whose part of a case's overrun was what, and what the service asked of the user, as each caller may see it."""

from datetime import UTC, datetime

from tests.api.callers import Body, Callers, act, opened, record
from tests.conftest import Clock

HOUR = 3_600


async def a_late_connection(callers: Callers, moving: Clock) -> Body:
    """Applied for on Wednesday at ten and pushed at once; both could connect by four, and neither has by Thursday 9:30."""
    moving.move_to(datetime(2026, 6, 3, 2, 0, tzinfo=UTC))
    case = await opened(callers.window())
    for client, body in (
        (callers.window(), act("application.pushed", utilities=["jm-water", "jm-gas"])),
        (callers.water(), act("access.confirmed", utility="jm-water")),
        (callers("utility", "jm-gas"), act("access.confirmed", utility="jm-gas")),
    ):
        answer = await client.post(f"/v1/cases/{case['caseId']}/acts", json=body)
        assert answer.status_code == 201, answer.text
    moving.move_to(datetime(2026, 6, 4, 1, 30, tzinfo=UTC))
    return case


async def test_the_shares_of_a_case_sum_to_its_overrun(callers: Callers, moving: Clock) -> None:
    """Due at four: two hours on Wednesday and one on Thursday, half of it each company's."""
    case = await a_late_connection(callers, moving)
    answer = await callers.coordinator().get(f"/v1/cases/{case['caseId']}/delay-shares")
    assert answer.status_code == 200, answer.text
    shown = answer.json()
    assert shown["overrunSeconds"] == 3 * HOUR
    assert [(one["party"], one["seconds"]) for one in shown["parties"]] == [("jm-gas", 3 * HOUR // 2), ("jm-water", 3 * HOUR // 2)]
    assert {(one["rule"], one["month"]) for one in shown["shares"]} == {("half-day-connection", "2026-06")}
    assert sum(one["seconds"] for one in shown["shares"]) == shown["overrunSeconds"]


async def test_a_party_sees_its_own_share_alone_and_a_portal_none(callers: Callers, moving: Clock) -> None:
    case = await a_late_connection(callers, moving)
    shown = (await callers.water().get(f"/v1/cases/{case['caseId']}/delay-shares")).json()
    assert (shown["overrunSeconds"], [one["party"] for one in shown["parties"]]) == (None, ["jm-water"])
    assert {one["party"] for one in shown["shares"]} == {"jm-water"}
    assert (await callers("portal", "hb-portal").get(f"/v1/cases/{case['caseId']}/delay-shares")).status_code == 403
    assert (await callers("utility", "jm-power").get(f"/v1/cases/{case['caseId']}/delay-shares")).status_code == 404


async def test_what_the_service_asked_of_the_user_is_shown_beside_the_promise(callers: Callers, moving: Clock) -> None:
    """One application and one visit are two links; connected on Thursday at 9:30, after 6.5 hours of seven a day: 0.93."""
    case = await a_late_connection(callers, moving)
    assert (await record(callers.water(), case, "visit.required", requiredBy="jm-water")).status_code == 201
    assert (await record(callers.water(), case, "service.connected", utility="jm-water")).status_code == 201
    answer = await callers.water().get(f"/v1/cases/{case['caseId']}/service-figures")
    assert answer.status_code == 200, answer.text
    figures = {one["what"]: one for one in answer.json()["figures"]}
    assert {what: (one["value"], one["atMost"], one["kept"]) for what, one in figures.items()} == {
        "links": (2, 1, False),
        "materials": (0, 0, True),
        "visits": (1, 0, False),
        "fees": (0, 0, True),
        "working-days": (93, 50, False),
    }
    assert figures["links"]["cite"]["clause"] == "一"
    assert [one["party"] for one in figures["links"]["parts"]] == [None, "jm-water"]


async def test_an_enquiry_has_no_figures_of_a_connection(callers: Callers) -> None:
    body = {"act": "enquiry.received", "receiver": "jm-water", "class": "general", "reason": "一般", "subject": "问水压", "channel": "窗口"}
    answer = await callers.water().post("/v1/cases", json={"kind": "enquiry", "city": "420800", "body": body})
    assert answer.status_code == 201, answer.text
    shown = await callers.water().get(f"/v1/cases/{answer.json()['caseId']}/service-figures")
    assert shown.json()["figures"] == []
