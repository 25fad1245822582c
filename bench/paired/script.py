"""What both checkouts are asked, in words of the wire alone: the same requests in the same order; imports nothing of the product."""

import json
from collections.abc import Iterator, Sequence
from itertools import count, product
from typing import Any

from bench.asking import get, post

CITY, OFFICE, SCHEME = "420800", "jm-spj", "jingmen-2023"
UTILITIES = {"water": "jm-water", "gas": "jm-gas", "power": "jm-power", "network": "jm-mobile", "heat": "jm-heat-zhongjing"}
DEPARTMENTS = ("jm-cgw", "jm-zgj")
MORNING = "2025-09-08T09:%02d:00+08:00"
"""A Monday long past: whatever is to be done by then and is not, the next sweep finds."""
SCOPES = ("cases:read", "cases:write", "findings:read")
PAGE = 100
_FORM = {
    "applicant": {"name": "样例机械制造有限公司", "creditCode": "91350100M000100Y43", "contact": "样例联系人", "phone": "07240000000"},
    "supplies": [{"service": service, "utility": utility} for service, utility in UTILITIES.items()],
    "zone": "zhuchengqu",
}
_ACCEPTED = {"act": "application.accepted", "place": "市民中心", "window": "3", "officer": "样例受理员"}
_numbers = count(1)

Acts = tuple[dict[str, Any], ...]


def openings(token: str, many: int) -> Iterator[bytes]:
    """Open so many cases, each about a project of its own."""
    for number in (next(_numbers) for _ in range(many)):
        form = _FORM | {"projectCode": f"2025-420802-44-03-{number:06d}", "address": f"样例大道{number}号"}
        yield _post("/v1/cases", token, 0, {"kind": "connection", "city": CITY, "body": _ACCEPTED | {"form": form}})


def acts(tokens: dict[str, str], cases: Sequence[str]) -> Iterator[bytes]:
    """Record one act in each case, then the next in each; after the last, twenty clocks of a case have run out."""
    steps = (("window", 0, _pushed), ("coordinator", 1, _surveyed), ("coordinator", 2, _approved))
    for (role, minute, act), (number, case_id) in product(steps, enumerate(cases)):
        yield _post(f"/v1/cases/{case_id}/acts", tokens[role], minute, {"body": act(number, case_id)})


def pages(token: str, cursors: Sequence[str], many: int) -> Iterator[bytes]:
    """Ask for first pages of findings and later ones, all and a party's."""
    parties = (None, *UTILITIES.values())
    asked = [page_of(cursor, party) for cursor, party in product(("", *cursors), parties)]
    for number in range(many):
        yield get(asked[number % len(asked)], token)


def page_of(cursor: str, party: str | None = None) -> str:
    """Name one page of the list of findings."""
    words = {"limit": PAGE, "after": cursor, "party": party}
    return "/v1/findings?" + "&".join(f"{name}={value}" for name, value in words.items() if value)


def _pushed(_: int, __: str) -> dict[str, Any]:
    return {"act": "application.pushed", "utilities": [*UTILITIES.values()]}


def _surveyed(number: int, case_id: str) -> dict[str, Any]:
    """Each at a place of its own, or each would be held against all others nearby."""
    those = [*UTILITIES.values()]
    works = {"place": f"样例大道{number}号 {case_id}", "utilities": those, "metres": 500, "does": ["pavement-excavation"]}
    surveyed = [{"utility": each, "feasible": True} for each in those]
    return {"act": "survey.held", "calledBy": OFFICE, "participants": those, "surveyed": surveyed, "works": [works]}


def _approved(_: int, __: str) -> dict[str, Any]:
    pairs = product(UTILITIES.values(), DEPARTMENTS)
    return {"act": "approval.opened", "approvals": [{"utility": one, "department": other} for one, other in pairs]}


def _post(path: str, token: str, minute: int, body: dict[str, Any]) -> bytes:
    return post(path, token, json.dumps(body | {"occurredAt": MORNING % minute}, ensure_ascii=False).encode())
