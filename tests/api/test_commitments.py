"""Works under an annual commitment go without prior review; a commitment that is not in force carries none."""

from tests.api.callers import JINGMEN, Body, Callers, opened, record


def commitment(utility: str, year: int) -> Body:
    act = {"act": "commitment.signed", "utility": utility, "department": "jm-cgw", "year": year}
    return {"kind": "commitment", "city": JINGMEN, "body": act | {"standard": "2026 版", "document": "告知承诺书"}}


async def surveyed(callers: Callers, utility: str) -> Body:
    case = await opened(callers.window())
    works = {"place": "白云大道", "utilities": [utility], "metres": 120, "does": ["pavement-excavation"]}
    survey = {"calledBy": "jm-spj", "participants": ["jm-water", "jm-gas"], "surveyed": [{"utility": utility, "feasible": True}]}
    answer = await record(callers.coordinator(), case, "survey.held", **survey, works=[works])
    assert answer.status_code == 201, answer.text
    return case


async def test_works_under_a_commitment_are_notified_and_decided_at_once(callers: Callers) -> None:
    signed = await opened(callers.water(), commitment("jm-water", 2026))
    case = await surveyed(callers, "jm-water")
    notice = {"utility": "jm-water", "departments": ["jm-cgw"], "commitment": signed["caseId"]}
    answer = await record(callers.water(), case, "commitment.notified", **notice)
    assert answer.status_code == 201, answer.text
    # J-02: at once is thirty minutes of office time from 10:00.
    due = {(one["rule"], one["party"]): one["dueAt"] for one in answer.json()["deadlines"]}
    assert due["commitment-decision", "jm-cgw"] == "2026-06-03T02:30:00Z"


async def test_without_a_commitment_for_the_year_there_is_no_such_route(callers: Callers) -> None:
    await opened(callers("utility", "jm-gas"), commitment("jm-gas", 2025))
    case = await surveyed(callers, "jm-gas")
    notice = {"utility": "jm-gas", "departments": ["jm-cgw"], "commitment": "2025"}
    answer = await record(callers("utility", "jm-gas"), case, "commitment.notified", **notice)
    assert (answer.status_code, answer.json()["type"]) == (422, "urn:lianban:problem:not-covered")


async def test_a_second_commitment_for_the_same_year_is_refused(callers: Callers) -> None:
    heat = callers("utility", "jm-heat-zhongjing")
    await opened(heat, commitment("jm-heat-zhongjing", 2026))
    assert (await heat.post("/v1/cases", json=commitment("jm-heat-zhongjing", 2026))).status_code == 409
