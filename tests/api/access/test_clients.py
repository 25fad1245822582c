"""A client's end is told by the database in each request: disabled, or given another secret, its tokens are over at once."""

import re
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from litestar import Litestar
from litestar.handlers import HTTPRouteHandler

from api.contract import path_of
from api.permissions import TABLE
from api.routes import HANDLERS
from api.tokens import hash_secret, make_secret
from casework.access.caller import Caller
from casework.access.roles import SCOPES
from domain.schemes.enforcement import Role
from storage.access.clients import Secret, add_client, add_secret, disable_client, end_secrets, end_tokens
from storage.postgres.transaction import Database
from tests.api.callers import JINGMEN, Body, act, application, client_of, opened, over_asgi, signed_in
from tests.api.conftest import START
from tests.conftest import Clock
from tests.database import Urls

NOBODYS = "00000000-0000-4000-8000-000000000000"
NAMED = {"partyId": "jm-water", "formName": "application"}
READS = [one for one in HANDLERS if TABLE[str(one.operation_id)].roles and "GET" in one.http_methods]
ASKING = {"readScorecard": "?period=2026"}


@pytest.fixture
async def office(fresh_urls: Urls) -> AsyncIterator[Database]:
    """The database as a command of the operator's has it, in another process."""
    database = await Database.open(fresh_urls.app)
    yield database
    await database.close()


def somebody(name: str, role: Role = "window", party: str = "jm-spj") -> Caller:
    return Caller(name, JINGMEN, party, role, frozenset(SCOPES))


async def disabled(office: Database, name: str) -> None:
    async with office.transaction() as tx:
        assert await disable_client(tx, name)


def is_refused(answer: httpx.Response) -> bool:
    problem = answer.headers["content-type"] == "application/problem+json" and answer.json()["type"]
    return (answer.status_code, problem) == (401, "urn:lianban:problem:not-authenticated") and "www-authenticate" in answer.headers


async def test_a_token_that_worked_a_moment_ago_is_refused_in_the_very_next_request(app: Litestar, office: Database) -> None:
    leaked, other = (signed_in(app, somebody(name), START) for name in ("leaked", "other"))
    case = await opened(leaked)
    assert (await leaked.get(f"/v1/cases/{case['caseId']}")).status_code == 200
    assert (await other.get(f"/v1/cases/{case['caseId']}")).status_code == 200
    await disabled(office, "leaked")
    assert is_refused(await leaked.get(f"/v1/cases/{case['caseId']}"))
    assert is_refused(await leaked.post("/v1/cases", json=application()))
    assert is_refused(await leaked.post(f"/v1/cases/{case['caseId']}/acts", json=act("remark.made", text="已电话联系用户")))
    assert (await other.get(f"/v1/cases/{case['caseId']}")).json()["version"] == case["version"], "nothing was written"
    assert (await other.post(f"/v1/cases/{case['caseId']}/acts", json=act("remark.made", text="已电话联系用户"))).status_code == 201


@pytest.fixture(scope="module")
async def gone(app: Litestar) -> httpx.AsyncClient:
    """A client of the city's office that was disabled after its token was made."""
    async with app.state.program.db.transaction() as tx:
        await add_client(tx, client_of(somebody("gone", "coordinator"), START))
        await disable_client(tx, "gone")
    token = app.state.program.tokens.issue(somebody("gone", "coordinator"), START)
    return over_asgi(app, {"authorization": f"Bearer {token}"})


@pytest.mark.parametrize("handler", READS, ids=lambda handler: handler.operation_id)
async def test_nothing_is_read_by_a_disabled_client(gone: httpx.AsyncClient, handler: HTTPRouteHandler) -> None:
    path = re.sub(r"\{(\w+)\}", lambda found: NAMED.get(found[1], NOBODYS), path_of(handler))
    assert is_refused(await gone.get(path + ASKING.get(str(handler.operation_id), "")))


@pytest.mark.parametrize(
    "path", ["cases", "findings", "findings/grouped", "findings.csv", "warnings", "commitments", "credit-records/changes"]
)
async def test_a_disabled_client_is_not_even_told_that_a_list_is_empty(gone: httpx.AsyncClient, path: str) -> None:
    assert is_refused(await gone.get(f"/v1/{path}?city=420281"))


async def test_an_answer_that_was_given_is_not_given_again_to_a_disabled_client(app: Litestar, office: Database) -> None:
    client, body, key = signed_in(app, somebody("repeating"), START), application(), {"idempotency-key": "once"}
    first = await client.post("/v1/cases", json=body, headers=key)
    again = await client.post("/v1/cases", json=body, headers=key)
    assert (first.status_code, again.headers["idempotency-replayed"]) == (201, "true")
    await disabled(office, "repeating")
    assert is_refused(await client.post("/v1/cases", json=body, headers=key))


def test_every_operation_opens_the_database_for_its_caller() -> None:
    """`program.transaction`, `reading` and `connection` ask whether the caller is still known; `program.db` does not."""
    sources = [Path("api/wire/idempotency.py"), *Path("api/v1").rglob("*.py")]
    assert [str(path) for path in sources if re.search(r"\bdb\.", path.read_text("utf-8"))] == []


async def test_a_token_of_a_client_that_nobody_knows_is_refused(app: Litestar) -> None:
    token = app.state.program.tokens.issue(somebody("o'nobody"), START)
    async with over_asgi(app, {"authorization": f"Bearer {token}"}) as client:
        assert is_refused(await client.get("/v1/cases"))


async def token_for(anybody: httpx.AsyncClient, name: str, secret: str) -> Body | None:
    form = {"grant_type": "client_credentials", "client_id": name, "client_secret": secret}
    answer = await anybody.post("/oauth/token", data=form)
    assert answer.status_code in {200, 401}
    given: Body = answer.json()
    return given if answer.status_code == 200 else None


async def reads(app: Litestar, given: Body | None) -> bool:
    assert given is not None
    async with over_asgi(app, {"authorization": f"Bearer {given['access_token']}"}) as client:
        return (await client.get("/v1/cases")).status_code == 200


async def test_of_two_secrets_the_old_one_gives_tokens_until_its_end_and_not_after(
    app: Litestar, anybody: httpx.AsyncClient, office: Database, moving: Clock
) -> None:
    old, new, end = make_secret(), make_secret(), START + timedelta(days=7)
    async with office.transaction() as tx:
        await add_client(tx, client_of(somebody("portal"), START - timedelta(days=90), old))
        await end_secrets(tx, "portal", end)
        await add_secret(tx, "portal", Secret(hash_secret(new), START))
    assert await reads(app, await token_for(anybody, "portal", old))
    assert await reads(app, await token_for(anybody, "portal", new))
    assert await token_for(anybody, "portal", "wrong") is None
    moving.move_to(end - timedelta(seconds=5))
    last = await token_for(anybody, "portal", old)
    assert last is not None
    assert last["expires_in"] == 5, "no token outlives its secret"
    assert await reads(app, last)
    moving.move_to(end)
    assert not await reads(app, last)
    assert await token_for(anybody, "portal", old) is None
    assert await reads(app, await token_for(anybody, "portal", new))


async def test_a_secret_changed_without_overlap_ends_the_old_one_and_its_tokens_at_once(
    app: Litestar, anybody: httpx.AsyncClient, office: Database
) -> None:
    old, new = make_secret(), make_secret()
    async with office.transaction() as tx:
        await add_client(tx, client_of(somebody("company"), START, old))
    given = await token_for(anybody, "company", old)
    assert await reads(app, given)
    async with office.transaction() as tx:
        await end_secrets(tx, "company", START)
        await add_secret(tx, "company", Secret(hash_secret(new), START))
        await end_tokens(tx, "company")
    assert not await reads(app, given)
    assert await token_for(anybody, "company", old) is None
    assert await reads(app, await token_for(anybody, "company", new))


async def test_a_disabled_client_gets_no_token_by_any_secret(anybody: httpx.AsyncClient, office: Database) -> None:
    secret = make_secret()
    async with office.transaction() as tx:
        await add_client(tx, client_of(somebody("ended"), START, secret))
    assert await token_for(anybody, "ended", secret) is not None
    await disabled(office, "ended")
    assert await token_for(anybody, "ended", secret) is None
