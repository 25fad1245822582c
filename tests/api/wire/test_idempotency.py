"""A request sent twice under one key happens once."""

import asyncio

from tests.api.callers import Callers, act, application, opened

KEY = "idempotency-key"


async def test_a_request_sent_again_gets_its_first_answer_and_changes_nothing(callers: Callers) -> None:
    window, form = callers.window(), application()
    first = await window.post("/v1/cases", json=form, headers={KEY: "once-1"})
    again = await window.post("/v1/cases", json=form, headers={KEY: "once-1"})
    assert (first.status_code, again.status_code) == (201, 201)
    assert again.content == first.content
    assert (again.headers["location"], again.headers["etag"]) == (first.headers["location"], first.headers["etag"])
    assert again.headers["idempotency-replayed"] == "true"
    assert "idempotency-replayed" not in first.headers


async def test_a_refusal_that_was_kept_is_given_again_as_the_problem_it_was(callers: Callers) -> None:
    window, form = callers.window(), application(zone="nowhere")
    first = await window.post("/v1/cases", json=form, headers={KEY: "once-2"})
    again = await window.post("/v1/cases", json=form, headers={KEY: "once-2"})
    assert (again.status_code, again.content) == (422, first.content)
    assert again.headers["content-type"] == "application/problem+json"


async def test_a_key_with_another_request_is_refused(callers: Callers) -> None:
    window = callers.window()
    await window.post("/v1/cases", json=application(), headers={KEY: "once-3"})
    other = await window.post("/v1/cases", json=application(), headers={KEY: "once-3"})
    assert (other.status_code, other.json()["type"]) == (422, "urn:lianban:problem:key-reused")


async def test_the_keys_of_two_clients_are_two_keys(callers: Callers) -> None:
    first = await callers.window().post("/v1/cases", json=application(), headers={KEY: "once-4"})
    second = await callers("window", "jm-hall-duodao").post("/v1/cases", json=application(), headers={KEY: "once-4"})
    assert (first.status_code, second.status_code) == (201, 201)


async def test_a_request_that_failed_may_be_mended_under_its_key(callers: Callers) -> None:
    window = callers.window()
    wrong = await window.post("/v1/cases", json=application() | {"occurredAt": "2030-01-01T00:00:00Z"}, headers={KEY: "once-5"})
    right = await window.post("/v1/cases", json=application(), headers={KEY: "once-5"})
    assert (wrong.status_code, right.status_code) == (422, 201)


async def test_five_at_once_under_one_key_open_one_case(callers: Callers) -> None:
    form = application()
    asked = [callers.window().post("/v1/cases", json=form, headers={KEY: "once-6"}) for _ in range(5)]
    answers = await asyncio.gather(*asked)
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.json()["caseId"] for answer in answers}) == 1
    assert sum("idempotency-replayed" in answer.headers for answer in answers) == 4


async def test_five_at_once_without_a_key_open_one_case_for_one_project(callers: Callers) -> None:
    form = application()
    answers = await asyncio.gather(*[callers.window().post("/v1/cases", json=form) for _ in range(5)])
    assert sorted(answer.status_code for answer in answers) == [201, 409, 409, 409, 409]
    assert len({(answer.json()["caseId"], answer.json()["number"]) for answer in answers}) == 1


async def test_many_at_once_on_one_case_are_numbered_without_gaps(callers: Callers) -> None:
    case = await opened(callers.window())
    path = f"/v1/cases/{case['caseId']}/acts"
    body = act("remark.made", text="记")
    answers = await asyncio.gather(*[callers.water().post(path, json=body) for _ in range(8)])
    assert {answer.status_code for answer in answers} == {201}
    assert sorted(answer.json()["version"] for answer in answers) == list(range(2, 10))


async def test_a_key_that_is_no_key_is_refused(callers: Callers) -> None:
    answer = await callers.window().post("/v1/cases", json=application(), headers={KEY: "with space"})
    assert answer.status_code == 400
