"""The contract is what the code says, names everything it should, and points at nothing that is not there."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from api.contract import render
from api.permissions import TABLE
from casework.access.roles import SCOPES

DOCUMENT: dict[str, Any] = json.loads(render())
OPERATIONS = [(path, method, operation) for path, methods in DOCUMENT["paths"].items() for method, operation in methods.items()]
PROMISED = """
post /oauth/token
get /v1/schemes
get /v1/schemes/{schemeId}
get /v1/working-days
post /v1/deadlines
post /v1/cases
get /v1/cases
get /v1/cases/{caseId}
post /v1/cases/{caseId}/acts
get /v1/cases/{caseId}/acts
get /v1/cases/{caseId}/deadlines
post /v1/cases/{caseId}/sign-offs
get /v1/cases/{caseId}/sign-offs
get /v1/findings
get /v1/findings/{findingId}
get /v1/events
get /v1/openapi.json
get /health/live
get /health/ready
get /metrics
get /docs
"""


def everything(part: Any) -> Iterator[dict[str, Any]]:  # noqa: ANN401 -- any part of the document
    if isinstance(part, dict):
        yield part
        for one in part.values():
            yield from everything(one)
    elif isinstance(part, list):
        for one in part:
            yield from everything(one)


def test_the_committed_contract_is_what_the_code_says() -> None:
    assert Path("openapi/openapi.json").read_bytes() == render(), "run ./just openapi"


def test_what_others_rely_on_is_there() -> None:
    there = {f"{method} {path}" for path, method, _ in OPERATIONS}
    assert set(PROMISED.split("\n")) - {""} <= there


def test_no_reference_points_at_nothing() -> None:
    for address in set(re.findall(r'"\$ref": "#/([^"]+)"', render().decode())):
        part: Any = DOCUMENT
        for name in address.split("/"):
            part = part[name]
        assert part


def test_nothing_described_is_left_unused() -> None:
    text = render().decode()
    for kind in ("schemas", "responses"):
        for name in DOCUMENT["components"][kind]:
            used = f'"#/components/{kind}/{name}"' in text
            assert used or name in {"Problem412", "Problem503"}, name


@pytest.mark.parametrize(("path", "method", "operation"), OPERATIONS, ids=lambda one: one if isinstance(one, str) else "")
def test_an_operation_says_what_it_is_who_may_call_it_and_how_it_refuses(path: str, method: str, operation: dict[str, Any]) -> None:
    assert operation["operationId"] in TABLE
    assert operation["summary"]
    assert operation["description"]
    guarded = bool(TABLE[operation["operationId"]].roles)
    assert operation["security"] == ([{"token": [TABLE[operation["operationId"]].scope]}] if guarded else [])
    answers = operation["responses"]
    for status in (name for name in answers if name >= "400" and not (path == "/health/ready" and name == "503")):
        assert answers[status] == {"$ref": f"#/components/responses/Problem{status}"}
    expected = {"500"} | ({"401", "403", "503"} if guarded else set()) | ({"404"} if "{" in path else set())
    expected |= {"400", "413", "415"} if method == "post" else set()
    assert expected <= set(answers)


def test_every_problem_is_a_problem_document() -> None:
    for answer in DOCUMENT["components"]["responses"].values():
        assert list(answer["content"]) == ["application/problem+json"]
        assert answer["description"]


def test_path_parameters_are_named_after_what_they_name() -> None:
    for path, _, operation in OPERATIONS:
        named = re.findall(r"\{(\w+)\}", path)
        assert [one["name"] for one in operation["parameters"] if one["in"] == "path"] == named
        assert all(name.endswith(("Id", "Name")) for name in named)


def test_every_body_refuses_unknown_fields_and_has_an_example() -> None:
    for path, method, operation in OPERATIONS:
        if method != "post":
            continue
        contents = operation["requestBody"]["content"].values()
        if not any(contents):
            continue  # bytes of a document, taken as they are
        (content,) = contents
        assert content["examples"], path
        name = content["schema"]["$ref"].rsplit("/", 1)[1]
        assert DOCUMENT["components"]["schemas"][name]["additionalProperties"] is False


def test_every_moment_has_an_offset_and_no_text_may_hold_nul() -> None:
    sent = {name: schema for name, schema in DOCUMENT["components"]["schemas"].items() if name != "Problem"}
    for part in everything(sent):
        if part.get("type") == "string":
            assert {"format", "pattern", "enum"} & part.keys(), part


def test_the_scopes_are_those_that_tokens_have() -> None:
    assert set(DOCUMENT["components"]["securitySchemes"]["token"]["flows"]["clientCredentials"]["scopes"]) == set(SCOPES)


def test_the_contract_is_the_same_bytes_each_time() -> None:
    assert render() == render()
