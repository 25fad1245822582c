"""Bad requests are refused in words, and nothing of them is kept."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

import api.wire.operation
from tests.api.callers import Callers, act, application, opened

PROBLEM = "application/problem+json"
FROM = "2026-09-30T16:00:00+08:00"


def deadline(**changes: object) -> bytes:
    return json.dumps({"scheme": "jingmen-2023", "rule": "J-04", "from": FROM} | changes).encode()


@pytest.mark.parametrize(
    ("body", "status", "word"),
    [
        (deadline(**{"from": "2026-09-30T16:00:00"}), 400, "timezone"),
        (deadline(**{"from": "2026-09-30"}), 400, "RFC3339"),
        (deadline(**{"from": 1759219200}), 400, "datetime"),
        (deadline(**{"from": "0001-01-01T00:00:00+14:00"}), 422, "2015"),
        (deadline(**{"from": "9999-12-31T23:59:59-14:00"}), 422, "2015"),
        (deadline(unknown=1), 400, "unknown"),
        (deadline(rule="J-99"), 422, "joint-approval"),
        (deadline(rule="J-10"), 422, "day or moment"),
        (deadline(rule="J-05", stops=[{"from": FROM, "to": "2026-09-30T17:00:00+08:00"}]), 422, "may not be stopped"),
        (deadline(stops=[{"from": FROM, "to": FROM}]), 422, "ends before it begins"),
        (deadline(party="nobody"), 422, "jm-water"),
        (deadline(scheme="nowhere-2023"), 404, "jingmen-2023"),
        (b"", 400, "truncated"),
        (b"{", 400, "truncated"),
        (b"[]", 400, "object"),
        (b"null", 400, "object"),
        (b'{"scheme": "jingmen-2023"', 400, "truncated"),
        (b'{"scheme": "\\u0000"}', 400, "NUL"),
        (b'{"scheme": "\\\\\\u0000"}', 400, "NUL"),
        (b'{"scheme": "\xff\xfe"}', 400, "UTF-8"),
        (b'{"scheme": "\\ud800 and more text behind it"}', 400, "surrogate"),
        (b'{"x":' + b"[" * 100_000, 400, ""),
        (b'"' + b"x" * 1_000_000 + b'"', 413, "1000000 bytes"),
    ],
)
async def test_a_body_that_cannot_be_right_is_refused_in_words(anybody: httpx.AsyncClient, body: bytes, status: int, word: str) -> None:
    answer = await anybody.post("/v1/deadlines", content=body, headers={"content-type": "application/json"})
    assert (answer.status_code, answer.headers["content-type"]) == (status, PROBLEM), answer.text
    assert word in answer.json()["detail"]


async def test_the_word_for_nul_within_a_text_is_no_nul(anybody: httpx.AsyncClient) -> None:
    body = b'{"scheme": "jingmen-2023", "rule": "\\\\u0000", "from": "2026-09-30T16:00:00Z"}'
    answer = await anybody.post("/v1/deadlines", content=body, headers={"content-type": "application/json"})
    assert answer.status_code == 422, "a rule of that name is not known, but it can be read"


@pytest.mark.parametrize("media", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", ""])
async def test_a_body_of_another_media_type_is_refused(anybody: httpx.AsyncClient, media: str) -> None:
    answer = await anybody.post("/v1/deadlines", content=deadline(), headers={"content-type": media})
    assert (answer.status_code, answer.headers["content-type"]) == (415, PROBLEM)


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/v1/schemes?unknown=1", 400),
        ("/v1/cases?unknown=1", 400),
        ("/v1/cases?limit=0", 400),
        ("/v1/cases?limit=201", 400),
        ("/v1/cases?limit=1e2", 400),
        ("/v1/cases?limit=99999999999999999999", 400),
        ("/v1/cases?limit=%D9%A1", 400),  # an Arabic digit
        ("/v1/cases?limit=1&limit=2", 400),
        ("/v1/cases?state=closed%00", 400),
        ("/v1/cases?party=%FF", 400),
        ("/v1/cases?city=42080%D9%A0", 400),
        ("/v1/cases?after=!!!", 400),
        ("/v1/cases?after=AAAA", 422),
        ("/v1/findings?after=WzEsMl0", 422),
        ("/v1/findings?from=2026-13-01", 400),
        ("/v1/findings?from=9999-12-31", 422),
        ("/v1/findings?to=9999-12-31", 422),
        ("/v1/findings?light=green", 400),
        ("/v1/events?after=WzEsMl0", 422),
        ("/v1/working-days?from=2026-01-01&to=2025-12-31", 422),
        ("/v1/working-days?from=2026-01-01&to=2028-01-01", 422),
        ("/v1/working-days?from=0001-01-01&to=0001-01-02", 422),
        ("/v1/working-days?from=9999-12-31&to=9999-12-31", 422),
        ("/v1/working-days", 400),
        ("/v1/cases/not-a-uuid", 404),
        ("/v1/cases/%00", 404),
        ("/v1/schemes/%FF", 404),
        ("/v1/nothing", 404),
    ],
)
async def test_an_address_or_parameter_that_cannot_be_right_is_refused(callers: Callers, path: str, status: int) -> None:
    answer = await callers.coordinator().get(path)
    assert (answer.status_code, answer.headers["content-type"]) == (status, PROBLEM), answer.text
    assert answer.json()["detail"]


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "HEAD", "TRACE"])
async def test_another_method_is_refused_with_those_that_are_taken(callers: Callers, method: str) -> None:
    answer = await callers.coordinator().request(method, "/v1/cases")
    assert answer.status_code == 405
    assert {one.strip() for one in answer.headers["allow"].split(",")} == {"GET", "POST", "OPTIONS"}


async def test_options_names_every_method_of_an_address(anybody: httpx.AsyncClient) -> None:
    answer = await anybody.options("/v1/cases")
    assert (answer.status_code, answer.headers["allow"]) == (204, "GET, OPTIONS, POST")


@pytest.mark.parametrize(
    "fields",
    [
        {"amount": 10**15 + 1},
        {"amount": 2**63},
        {"amount": 10**40},
        {"amount": -1},
        {"amount": 1.5},
        {"amount": "1"},
        {"amount": True},
        {"works": "elsewhere"},
        {"chargedBy": "Jm Water"},
        {"chargedBy": ""},
        {"unknown": 1},
    ],
)
async def test_a_value_past_its_column_or_of_another_type_leaves_the_case_as_it_was(callers: Callers, fields: dict[str, Any]) -> None:
    case = await opened(callers.window())
    body = act("fee.charged", **({"chargedBy": "jm-water", "amount": 1, "works": "off-site"} | fields))
    answer = await callers.water().post(f"/v1/cases/{case['caseId']}/acts", json=body)
    assert answer.status_code == 400, answer.text
    assert answer.json()["errors"][0]["at"].startswith("$")
    assert (await callers.water().get(f"/v1/cases/{case['caseId']}")).json()["version"] == 1


@pytest.mark.parametrize(
    "occurred_at", ["2026-06-03T10:00:01+08:00", "2026-06-03T02:00:01Z", "9999-12-31T23:59:59Z", "0001-01-01T00:00:00Z"]
)
async def test_a_moment_ahead_or_out_of_all_calendars_opens_no_case(callers: Callers, occurred_at: str) -> None:
    form = application()
    answer = await callers.window().post("/v1/cases", json=form | {"occurredAt": occurred_at})
    assert answer.status_code == 422, answer.text
    subject = form["body"]["form"]["projectCode"]
    assert (await callers.window().get(f"/v1/cases?subject={subject}")).json()["items"] == []


async def test_a_moment_in_an_act_that_no_calendar_holds_is_refused(callers: Callers) -> None:
    case = await opened(callers.window())
    answer = await callers.window().post(
        f"/v1/cases/{case['caseId']}/acts", json=act("survey.scheduled", scheduledFor="0001-01-01T00:00:00+14:00")
    )
    assert answer.status_code == 422


async def test_a_party_that_does_not_exist_is_refused_with_those_that_do(callers: Callers) -> None:
    case = await opened(callers.window())
    answer = await callers.window().post(f"/v1/cases/{case['caseId']}/acts", json=act("application.pushed", utilities=["jm-nobody"]))
    assert answer.status_code == 422
    assert "jm-water" in answer.json()["detail"]


async def test_an_answer_names_no_query_and_no_inside(callers: Callers) -> None:
    answer = await callers.coordinator().get("/v1/cases?limit=x&subject=secret-project")
    assert "secret-project" not in answer.text
    assert "api/" not in answer.text


async def test_a_body_that_does_not_come_is_not_waited_for(callers: Callers, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(api.wire.operation, "PATIENCE", 0.05)

    async def slowly() -> AsyncIterator[bytes]:
        yield b'{"kind":'
        await asyncio.sleep(1)
        yield b"}"

    answer = await callers.window().post("/v1/cases", content=slowly(), headers={"content-type": "application/json"})
    assert (answer.status_code, answer.json()["type"]) == (408, "urn:lianban:problem:too-slow")
    assert answer.headers["connection"] == "close"
