"""The one table of who may call what: route by role, with the party rule in words; a route without a row does not start."""

import sys
from collections.abc import Mapping
from typing import Any, NamedTuple, get_args

from litestar.connection import ASGIConnection
from litestar.handlers.base import BaseRouteHandler

from api.program import HttpProgram
from casework.access.caller import NotAuthenticated
from casework.access.roles import CITY_WIDE
from domain.refusals import NotAllowed
from domain.schemes.enforcement import Role
from words import language_of, listed, sentence, speak

_EVERYBODY = frozenset(get_args(Role))
_RECORDING = _EVERYBODY - {"admin"}
_OFFICE = _EVERYBODY - {"portal"}
_REACHING = _RECORDING - {"portal", "finance"}
_OWN_CASES = "all of its city for coordinator, inspector, supervisor and admin; for others the cases that its party takes part in"
_EVIDENCE = "evidence of a finding only who sees the finding"

_OWN_RECORDS = "all of its city for coordinator, inspector, supervisor and admin; for others those of its party: about itself once notified"
_OWN_COMMITMENTS = "all of its city for coordinator, inspector, supervisor and admin; for others the commitments of its party"

_OWN_SETTLEMENTS = "all of its city for coordinator, inspector, supervisor, admin and the city's finance; for others those of its party"


class Permission(NamedTuple):
    """Who may call an operation."""

    roles: frozenset[str]
    """Empty: anybody, without a token."""
    scope: str
    sees: str


PUBLIC = Permission(frozenset(), "", "published to everybody")

TABLE: Mapping[str, Permission] = {
    "issueToken": Permission(frozenset(), "", "a client with its own secret"),
    "listSchemes": PUBLIC,
    "readScheme": PUBLIC,
    "printBlank": PUBLIC,
    "listPublications": PUBLIC,
    "listWorkingDays": PUBLIC,
    "estimateDeadline": PUBLIC,
    "readContract": PUBLIC,
    "readDocs": PUBLIC,
    "readDocsFile": PUBLIC,
    "readIcon": PUBLIC,
    "readLiveness": PUBLIC,
    "readReadiness": PUBLIC,
    "readMetrics": PUBLIC,
    "openCase": Permission(_RECORDING, "cases:write", "in its own city, by the acts that the scheme gives its role"),
    "listCases": Permission(_EVERYBODY, "cases:read", f"{_OWN_CASES}; portals connections, enquiries and complaints alone"),
    "readCase": Permission(_EVERYBODY, "cases:read", f"{_OWN_CASES}; portals connections, enquiries and complaints alone"),
    "recordAct": Permission(_RECORDING, "cases:write", f"{_OWN_CASES}; by the acts that the scheme gives its role, in its own name"),
    "listActs": Permission(
        _EVERYBODY, "cases:read", f"{_OWN_CASES}; portals without the auditor's acts, parties with those about themselves once notified"
    ),
    "listCaseDeadlines": Permission(_EVERYBODY, "cases:read", f"{_OWN_CASES}; portals without what was missed"),
    "readDelayShares": Permission(_OFFICE, "cases:read", f"{_OWN_CASES}; a party its own shares"),
    "readServiceFigures": Permission(_OFFICE, "cases:read", _OWN_CASES),
    "readPlan": Permission(_EVERYBODY, "cases:read", _OWN_CASES),
    "attachDocument": Permission(_RECORDING, "cases:write", f"{_OWN_CASES}; by the roles that the scheme lets attach documents"),
    "readDocument": Permission(_EVERYBODY, "cases:read", f"of {_OWN_CASES}; {_EVIDENCE}"),
    "listDocuments": Permission(_EVERYBODY, "cases:read", f"of {_OWN_CASES}; {_EVIDENCE}"),
    "readPersonalData": Permission(
        _REACHING, "cases:write", f"{_OWN_CASES}; by the roles that the scheme shows persons to, of a complaint by the body that handles it"
    ),
    "erasePersonalData": Permission(
        _REACHING, "cases:write", f"{_OWN_CASES}; by the roles that the scheme lets erase, once the case is over"
    ),
    "readCaseRegisters": Permission(_OFFICE, "cases:read", f"{_OWN_CASES}; findings as the acts of a case"),
    "listRegisters": Permission(_OFFICE, "cases:read", f"{_OWN_CASES}; findings as the acts of a case"),
    "giveSignOff": Permission(frozenset({"department"}), "cases:write", "in its own name, in cases that it takes part in"),
    "readSignOffs": Permission(_EVERYBODY, "cases:read", _OWN_CASES),
    "printForm": Permission(_EVERYBODY, "cases:read", f"{_OWN_CASES}; the acts that a caller sees, persons masked"),
    "listWarnings": Permission(
        _OFFICE,
        "findings:read",
        "as the list of findings; a party the warnings about itself at once",
    ),
    "listSuspicions": Permission(CITY_WIDE, "findings:read", "all of its city"),
    "listFindings": Permission(
        _OFFICE,
        "findings:read",
        "all of its city for coordinator, inspector (of what its plan gives it to inspect), supervisor and admin; "
        "for others its own, once notified",
    ),
    "exportFindingsCsv": Permission(_OFFICE, "findings:read", "as the list"),
    "exportFindingsXlsx": Permission(_OFFICE, "findings:read", "as the list"),
    "groupFindings": Permission(_OFFICE, "findings:read", "as the list"),
    "printDossier": Permission(CITY_WIDE, "findings:read", "as the list, of one party of its city"),
    "packFindings": Permission(CITY_WIDE, "findings:read", "as the list, with the whole ledgers of their cases, persons sealed"),
    "packFinding": Permission(CITY_WIDE, "findings:read", "as the list, with the whole ledger of its case, persons sealed"),
    "readFinding": Permission(_OFFICE, "findings:read", "as the list"),
    "notifyFinding": Permission(frozenset({"coordinator", "supervisor"}), "cases:write", "as the list; once late entries had their time"),
    "objectToFinding": Permission(_REACHING | {"finance"}, "cases:write", "its own finding alone, once notified, within its days"),
    "decideFinding": Permission(
        frozenset({"supervisor"}), "cases:write", "as the list; as the scheme's decider about that party, never in its own cause"
    ),
    "disposeFinding": Permission(
        frozenset({"coordinator", "supervisor", "inspector"}), "cases:write", "as the list; never of a finding against itself"
    ),
    "listCommitments": Permission(_OFFICE, "cases:read", _OWN_COMMITMENTS),
    "listInspections": Permission(_OFFICE, "cases:read", _OWN_COMMITMENTS),
    "listCreditRecords": Permission(_OFFICE, "cases:read", f"{_OWN_RECORDS}; departments those in use; persons masked"),
    "readCreditRecord": Permission(_OFFICE, "cases:read", "as the list"),
    "listCreditChanges": Permission(CITY_WIDE, "cases:read", "what was published or shared in its own city; persons masked"),
    "listAccountabilityRecords": Permission(_OFFICE, "cases:read", f"{_OWN_RECORDS}; persons masked"),
    "readAccountabilityRecord": Permission(_OFFICE, "cases:read", "as the list"),
    "readScorecard": Permission(
        _OFFICE, "findings:read", "all of its city for coordinator, inspector, supervisor and admin; for others its own row"
    ),
    "sealScorecard": Permission(
        frozenset({"coordinator", "supervisor"}), "cases:write", "the rows that its party assesses, never its own; once the year is over"
    ),
    "listSettlements": Permission(_OFFICE, "cases:read", _OWN_SETTLEMENTS),
    "readSettlement": Permission(_OFFICE, "cases:read", _OWN_SETTLEMENTS),
    "printSettlement": Permission(_OFFICE, "cases:read", _OWN_SETTLEMENTS),
    "exportSettlement": Permission(_OFFICE, "cases:read", _OWN_SETTLEMENTS),
    "listSupervision": Permission(_OFFICE, "cases:read", f"{_OWN_CASES}; the next rung as the office and who may take it see it"),
    "listInspectionPlans": Permission(_OFFICE, "cases:read", _OWN_CASES),
    "listEvents": Permission(_EVERYBODY, "events:read", f"{_OWN_CASES}; as the acts of a case, without their persons"),
}


async def admit(connection: ASGIConnection[Any, Any, Any, Any], handler: BaseRouteHandler) -> None:
    """Let a caller through whose token, scope and role allow the operation; Litestar calls it before the handler."""
    speak(language_of(connection.headers.get("accept-language")))
    row: Permission = handler.opt["permission"]
    if not row.roles:
        return
    scheme, _, token = connection.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token:
        raise NotAuthenticated(
            sentence("No token came with the request. Ask POST /oauth/token for one and send it as: Authorization: Bearer …")
        )
    program: HttpProgram = connection.app.state.program
    caller = connection.scope["user"] = program.tokens.caller(token, program.wall_now())
    if row.scope not in caller.scopes:
        raise NotAllowed(
            sentence(
                "Your token lacks the scope {scope!r}; it has {scopes}. Ask for a token with that scope.",
                scope=row.scope,
                scopes=listed(sorted(caller.scopes)) or sentence("none"),
            )
        )
    if caller.role not in row.roles:
        raise NotAllowed(
            sentence("The role {role!r} may not do this. It is for: {roles}.", role=caller.role, roles=listed(sorted(row.roles)))
        )


def render() -> str:
    """Write the table as `docs/permissions.md` shows it."""
    roles = get_args(Role)
    head = ["operation", "scope", *roles, "what it sees"]
    lines = [_line(head), _line(["---"] * len(head))]
    for name, row in TABLE.items():
        marks = ["●" if not row.roles or role in row.roles else "" for role in roles]
        lines.append(_line([name, row.scope or "(public)", *marks, row.sees]))
    return f"{_OPENING_WORDS}\n\n" + "\n".join(lines) + "\n"


_OPENING_WORDS = """# Who may call what

Made from `api/permissions.py` (`python -m api.permissions > docs/permissions.md`).
A test compares the two and fails on a route without a row.

A dot: the role may call the operation, with a token of that scope.
Which acts a role may record, and in whose name, says each scheme's table `acts`.
What is not a caller's to see is answered as if it did not exist (404).
A caller belongs to one city and sees nothing of others.
A report (举报) is closed to the party that it is about, whatever its role, and to portals."""


def _line(cells: list[str]) -> str:
    return "| " + " | ".join(cells) + " |"


if __name__ == "__main__":
    sys.stdout.write(render())
