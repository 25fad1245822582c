"""Cases are opened by their first act, found and read."""

from tests.api.callers import Callers, application


async def test_an_accepted_application_opens_a_case_with_its_number_and_deadlines(callers: Callers) -> None:
    answer = await callers.window().post("/v1/cases", json=application())
    case = answer.json()
    assert answer.status_code == 201, answer.text
    assert answer.headers["location"] == f"/v1/cases/{case['caseId']}"
    assert answer.headers["etag"] == '"1"'
    assert case["number"] == "2026 (1) 号"
    assert case["state"] == "open"
    assert case["scheme"] == "jingmen-2023"
    assert {"jm-water", "jm-gas", "jm-spj"} <= set(case["parties"])
