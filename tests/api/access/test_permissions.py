"""Every route, for every role: let in or refused as the table says, and the table is the one that is published."""

import re
from pathlib import Path
from typing import get_args

import httpx
import pytest
from litestar import Litestar
from litestar.handlers import HTTPRouteHandler

from api.contract import path_of
from api.permissions import TABLE, render
from api.routes import HANDLERS
from casework.access.roles import CITY_WIDE, SCOPES
from domain.schemes.enforcement import Role
from tests.api.callers import Callers

ROLES: tuple[Role, ...] = get_args(Role)
ALL: set[str] = set(ROLES)
GUARDED = [handler for handler in HANDLERS if TABLE[str(handler.operation_id)].roles]
NOBODYS = "00000000-0000-4000-8000-000000000000"

LET_IN: dict[str, set[str]] = {
    "openCase": {"coordinator", "window", "registrar", "utility", "department", "inspector", "supervisor", "finance", "portal"},
    "recordAct": {"coordinator", "window", "registrar", "utility", "department", "inspector", "supervisor", "finance", "portal"},
    "readPersonalData": {"coordinator", "window", "registrar", "utility", "department", "inspector", "supervisor"},
    "erasePersonalData": {"coordinator", "window", "registrar", "utility", "department", "inspector", "supervisor"},
    "attachDocument": ALL - {"admin"},
    "readDocument": ALL,
    "listDocuments": ALL,
    "giveSignOff": {"department"},
    "listWarnings": ALL - {"portal"},
    "listSuspicions": {"coordinator", "inspector", "supervisor", "admin"},
    "listFindings": ALL - {"portal"},
    "readFinding": ALL - {"portal"},
    "notifyFinding": {"coordinator", "supervisor"},
    "objectToFinding": ALL - {"admin", "portal"},
    "decideFinding": {"supervisor"},
    "disposeFinding": {"coordinator", "supervisor", "inspector"},
    "exportFindingsCsv": ALL - {"portal"},
    "groupFindings": ALL - {"portal"},
    "printDossier": {"coordinator", "inspector", "supervisor", "admin"},
    "packFindings": {"coordinator", "inspector", "supervisor", "admin"},
    "packFinding": {"coordinator", "inspector", "supervisor", "admin"},
    "exportFindingsXlsx": ALL - {"portal"},
    "listCases": ALL,
    "readCase": ALL,
    "listActs": ALL,
    "listCaseDeadlines": ALL,
    "readSignOffs": ALL,
    "readPlan": ALL,
    "readDelayShares": ALL - {"portal"},
    "readServiceFigures": ALL - {"portal"},
    "readScorecard": ALL - {"portal"},
    "sealScorecard": {"coordinator", "supervisor"},
    "readCaseRegisters": ALL - {"portal"},
    "listRegisters": ALL - {"portal"},
    "printForm": ALL,
    "listCommitments": ALL - {"portal"},
    "listInspections": ALL - {"portal"},
    "listSupervision": ALL - {"portal"},
    "listInspectionPlans": ALL - {"portal"},
    "listCreditRecords": ALL - {"portal"},
    "readCreditRecord": ALL - {"portal"},
    "listCreditChanges": {"coordinator", "inspector", "supervisor", "admin"},
    "listAccountabilityRecords": ALL - {"portal"},
    "readAccountabilityRecord": ALL - {"portal"},
    "listSettlements": ALL - {"portal"},
    "readSettlement": ALL - {"portal"},
    "printSettlement": ALL - {"portal"},
    "exportSettlement": ALL - {"portal"},
    "listEvents": ALL,
}
"""Written out here once more, so that no change of the table goes unnoticed."""


NAMED = {"caseId": NOBODYS, "findingId": NOBODYS, "documentId": NOBODYS, "partyId": "nobody"}


def asked(handler: HTTPRouteHandler) -> tuple[str, str]:
    method = next(str(method) for method in ("GET", "POST") if method in handler.http_methods)
    return method, re.sub(r"\{(\w+)\}", lambda found: NAMED.get(found[1], found[0]), path_of(handler))


def test_every_route_has_a_row_and_every_row_a_route() -> None:
    assert {handler.operation_id for handler in HANDLERS} == set(TABLE)
    assert {handler.operation_id for handler in GUARDED} == set(LET_IN)


def test_the_application_has_no_other_routes(app: Litestar) -> None:
    served = {
        handler.operation_id
        for route in app.routes
        if hasattr(route, "route_handler_map")
        for method, (handler, _) in route.route_handler_map.items()
        if method != "OPTIONS" and "permission" in handler.opt
    }
    assert served == set(TABLE)


def test_the_published_table_is_the_one_in_force() -> None:
    assert Path("docs/permissions.md").read_text("utf-8") == render()


def test_every_scope_opens_something() -> None:
    assert {row.scope for row in TABLE.values() if row.roles} == set(SCOPES)


def test_those_who_see_a_whole_city_are_few() -> None:
    assert {"coordinator", "inspector", "supervisor", "admin"} == CITY_WIDE


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("handler", GUARDED, ids=lambda handler: handler.operation_id)
async def test_a_role_is_let_in_or_refused_as_the_table_says(callers: Callers, handler: HTTPRouteHandler, role: Role) -> None:
    method, path = asked(handler)
    answer = await callers(role, "jm-spj").request(method, path, json={} if method == "POST" else None)
    if role in LET_IN[str(handler.operation_id)]:
        assert answer.status_code in {200, 400, 404}, "past the door, an empty body or an unknown id is what is wrong"
    else:
        assert (answer.status_code, answer.json()["type"]) == (403, "urn:lianban:problem:not-allowed")


@pytest.mark.parametrize("handler", GUARDED, ids=lambda handler: handler.operation_id)
async def test_nobody_comes_in_without_a_token_or_with_another_scope(
    callers: Callers, anybody: httpx.AsyncClient, handler: HTTPRouteHandler
) -> None:
    method, path = asked(handler)
    assert (await anybody.request(method, path)).status_code == 401
    others = tuple(scope for scope in SCOPES if scope != TABLE[str(handler.operation_id)].scope)
    for role in ROLES:
        answer = await callers(role, "jm-spj", scopes=others).request(method, path)
        assert answer.status_code == 403
