"""Callers for tests: a client of any role and party of Jingmen or Daye, and the bodies that they send."""

import asyncio
from collections.abc import Callable
from datetime import datetime
from itertools import count
from typing import Any, cast

import httpx
from litestar import Litestar

from api.tokens import hash_secret
from casework.access.caller import Caller
from casework.access.roles import SCOPES
from domain.schemes.enforcement import Role
from storage.access.clients import ApiClient, Secret, add_client, find_client

SECRET = "a-secret-of-the-tests-7f3b9c1e-longer-than-32"
DATA_KEYS = "tests:a2V5cy1vZi10aGUtdGVzdHMtYW5kLW5vYm9keS1lbHM="
JINGMEN, DAYE = "420800", "420281"
CREDIT_CODE = "91350100M000100Y43"
Body = dict[str, Any]
_projects = count(1)


def over_asgi(app: Litestar, headers: dict[str, str] | None = None) -> httpx.AsyncClient:
    """Speak to an application without a socket, and in English: what is refused is read by its words."""
    transport = httpx.ASGITransport(cast("Any", app))  # the two libraries name the same protocol differently
    return httpx.AsyncClient(transport=transport, base_url="http://lianban.test", headers={"accept-language": "en"} | (headers or {}))


def signed_in(app: Litestar, caller: Caller, at: datetime) -> httpx.AsyncClient:
    """A client with a token; that it is known to the database is seen to before its first request."""
    token = app.state.program.tokens.issue(caller, at)
    client = over_asgi(app, {"authorization": f"Bearer {token}"})

    async def be_known(_: httpx.Request) -> None:
        kept, keeping = app.state.setdefault("kept_clients", (set(), asyncio.Lock()))
        async with keeping:
            if caller.client not in kept:
                await _keep(app, client_of(caller, at))
                kept.add(caller.client)

    client.event_hooks["request"].append(be_known)
    return client


async def _keep(app: Litestar, client: ApiClient) -> None:
    async with app.state.program.db.transaction() as tx:
        if await find_client(tx, client.client_id) is None:
            await add_client(tx, client)


def client_of(caller: Caller, at: datetime, *secrets: str) -> ApiClient:
    """The client that a caller's token would have been given to."""
    kept = tuple(Secret(hash_secret(secret), at) for secret in secrets)
    return ApiClient(
        client_id=caller.client,
        name=caller.client,
        city=caller.city,
        party=caller.party,
        role=caller.role,
        scopes=tuple(sorted(caller.scopes)),
        created_at=at,
        generation=caller.generation,
        secrets=kept,
    )


class Callers:
    """Makes callers of one application."""

    def __init__(self, app: Litestar, now: Callable[[], datetime]) -> None:
        self._app, self._now = app, now

    def __call__(
        self, role: Role, party: str, city: str = JINGMEN, scopes: tuple[str, ...] = SCOPES, account: str = "test"
    ) -> httpx.AsyncClient:
        caller = Caller(f"{account}-{party}-{role}", city, party, role, frozenset(scopes))
        return signed_in(self._app, caller, self._now())

    def window(self) -> httpx.AsyncClient:
        """行政审批局的专窗."""
        return self("window", "jm-spj")

    def coordinator(self) -> httpx.AsyncClient:
        """荆门市协调办."""
        return self("coordinator", "jm-spj")

    def water(self) -> httpx.AsyncClient:
        """城市水务集团."""
        return self("utility", "jm-water")


def new_project() -> str:
    """A project code that no other test uses."""
    return f"2026-420802-44-03-{next(_projects):06d}"


def application(project: str | None = None, **changes: object) -> Body:
    """An application that the plan covers: an enterprise in 主城区 that wants water and gas."""
    form = {
        "applicant": {"name": "荆门某某制造有限公司", "creditCode": CREDIT_CODE},
        "supplies": [{"service": "water", "utility": "jm-water"}, {"service": "gas", "utility": "jm-gas"}],
        "projectCode": project or new_project(),
        "address": "白云大道62号",
        "zone": "zhuchengqu",
    }
    act = {"act": "application.accepted", "form": form | changes, "place": "市民中心", "window": "3", "officer": "李四"}
    return {"kind": "connection", "city": JINGMEN, "body": act}


def act(tag: str, **fields: object) -> Body:
    """An act that happened now."""
    return {"body": {"act": tag, **fields}}


async def opened(client: httpx.AsyncClient, body: Body | None = None) -> Body:
    """Open a case and give it as the answer shows it."""
    answer = await client.post("/v1/cases", json=body or application())
    assert answer.status_code == 201, answer.text
    case: Body = answer.json()
    return case


async def record(client: httpx.AsyncClient, case: Body, tag: str, **fields: object) -> httpx.Response:
    """Record an act in a case."""
    return await client.post(f"/v1/cases/{case['caseId']}/acts", json=act(tag, **fields))
