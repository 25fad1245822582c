"""Tokens: given for a client's own secret, short-lived, and refused when anything about them is not ours."""

import asyncio
from datetime import timedelta
from typing import Any

import httpx
import jwt
import pytest
from litestar import Litestar

from api.tokens import AUDIENCE, ISSUER, fits, hash_secret, make_secret
from casework.access.caller import Caller
from casework.access.roles import SCOPES
from storage.access.clients import add_client, disable_client
from tests.api.callers import JINGMEN, Callers, client_of, over_asgi
from tests.api.conftest import START
from tests.conftest import Clock

SECRET = make_secret()
FORM = {"grant_type": "client_credentials", "client_id": "water", "client_secret": SECRET}


@pytest.fixture(scope="module", autouse=True)
async def _clients(app: Litestar) -> None:
    """Two clients: one that may ask, one that may no longer."""
    async with app.state.program.db.transaction() as tx:
        for name in ("water", "former"):
            caller = Caller(name, JINGMEN, "jm-water", "utility", frozenset({"cases:read", "findings:read"}))
            await add_client(tx, client_of(caller, START, SECRET))
        await add_client(tx, client_of(Caller("x", JINGMEN, "jm-spj", "coordinator", frozenset(SCOPES)), START))
        await disable_client(tx, "former")


async def test_a_clients_secret_gives_a_token_of_ten_minutes(anybody: httpx.AsyncClient) -> None:
    answer = await anybody.post("/oauth/token", data=FORM)
    given = answer.json()
    assert answer.status_code == 200, answer.text
    assert answer.headers["cache-control"] == "no-store"
    assert (given["token_type"], given["expires_in"], given["scope"]) == ("Bearer", 600, "cases:read findings:read")
    read = await anybody.get("/v1/cases", headers={"authorization": f"Bearer {given['access_token']}"})
    assert read.status_code == 200


async def test_a_flood_of_wrong_secrets_keeps_no_known_client_waiting(app: Litestar, anybody: httpx.AsyncClient) -> None:
    assert (await anybody.post("/oauth/token", data=FORM)).status_code == 200
    async with app.state.program.checking, app.state.program.checking:  # as many as are compared at once are being compared
        async with asyncio.timeout(5):
            assert (await anybody.post("/oauth/token", data=FORM)).status_code == 200
        wrong = asyncio.create_task(anybody.post("/oauth/token", data=FORM | {"client_secret": "wrong"}))
        await asyncio.sleep(0.2)
        assert not wrong.done()
    assert (await wrong).status_code == 401


async def test_http_basic_is_taken_as_well(anybody: httpx.AsyncClient) -> None:
    answer = await anybody.post("/oauth/token", data={"grant_type": "client_credentials"}, auth=("water", SECRET))
    assert answer.status_code == 200


async def test_fewer_scopes_may_be_asked_for_and_no_others(anybody: httpx.AsyncClient) -> None:
    fewer = await anybody.post("/oauth/token", data=FORM | {"scope": "cases:read"})
    assert fewer.json()["scope"] == "cases:read"
    more = await anybody.post("/oauth/token", data=FORM | {"scope": "cases:read cases:write"})
    assert (more.status_code, more.json()["error"]) == (403, "invalid_scope")


@pytest.mark.parametrize(
    ("form", "status"),
    [
        (FORM | {"client_secret": "wrong"}, 401),
        (FORM | {"client_id": "nobody"}, 401),
        (FORM | {"client_id": "former"}, 401),
        ({"grant_type": "client_credentials"}, 401),
        (FORM | {"grant_type": "password"}, 400),
        (FORM | {"unknown": "1"}, 400),
        (FORM | {"client_id": "\0"}, 400),
        ({}, 400),
    ],
)
async def test_what_does_not_fit_gives_no_token(anybody: httpx.AsyncClient, form: dict[str, str], status: int) -> None:
    answer = await anybody.post(
        "/oauth/token", content=httpx.QueryParams(form).__str__(), headers={"content-type": "application/x-www-form-urlencoded"}
    )
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    assert "access_token" not in answer.text


@pytest.mark.parametrize("header", ["Basic !!!", "Basic AAAA", "Basic /w==", "Basic ADo="])
async def test_a_broken_basic_header_gives_no_token(anybody: httpx.AsyncClient, header: str) -> None:
    form = {"grant_type": "client_credentials"}
    answer = await anybody.post("/oauth/token", data=form, headers={"authorization": header})
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"].startswith("Bearer")


def claims(at: int, **changes: object) -> dict[str, Any]:
    good = {"iss": ISSUER, "aud": AUDIENCE, "sub": "x", "jti": "x", "iat": at, "exp": at + 600}
    good |= {"city": JINGMEN, "party": "jm-spj", "role": "coordinator", "scope": " ".join(SCOPES), "gen": 1}
    return {name: value for name, value in (good | changes).items() if value is not None}


@pytest.mark.parametrize(
    "changes",
    [
        {"iss": "other"},
        {"aud": "other"},
        {"aud": [AUDIENCE, "other"]},
        {"iss": None},
        {"aud": None},
        {"jti": None},
        {"sub": None},
        {"exp": None},
        {"party": None},
        {"city": None},
        {"role": "owner"},
        {"role": None},
        {"scope": None},
        {"scope": 1},
        {"gen": None},
        {"gen": 0},
        {"gen": 2},
        {"gen": "1"},
        {"gen": 2**70},
        {"party": 1},
        {"exp": "soon"},
        {"exp": 2**70},
        {"lasts": 901},
        {"lasts": -1},
        {"begins": 31},
    ],
)
async def test_a_token_that_we_would_not_have_made_is_refused(
    app: Litestar, anybody: httpx.AsyncClient, moving: Clock, changes: dict[str, Any]
) -> None:
    at = int(moving().timestamp()) + changes.pop("begins", 0)
    changes = changes | ({"exp": at + changes["lasts"], "lasts": None} if "lasts" in changes else {})
    key = app.state.program.tokens._key  # noqa: SLF001 -- as if it were one of ours
    token = jwt.encode(claims(at, **changes), key, algorithm="HS256")
    answer = await anybody.get("/v1/cases", headers={"authorization": f"Bearer {token}"})
    assert (answer.status_code, answer.json()["type"]) == (401, "urn:lianban:problem:not-authenticated")


async def test_a_good_token_of_that_making_is_taken(app: Litestar, anybody: httpx.AsyncClient, moving: Clock) -> None:
    key = app.state.program.tokens._key  # noqa: SLF001 -- as if it were one of ours
    token = jwt.encode(claims(int(moving().timestamp())), key, algorithm="HS256")
    assert (await anybody.get("/v1/cases", headers={"authorization": f"Bearer {token}"})).status_code == 200


async def test_a_token_from_a_machine_whose_clock_is_ahead_is_taken(app: Litestar, anybody: httpx.AsyncClient, moving: Clock) -> None:
    key = app.state.program.tokens._key  # noqa: SLF001 -- as if it were one of ours
    token = jwt.encode(claims(int(moving().timestamp()) + 30), key, algorithm="HS256")
    assert (await anybody.get("/v1/cases", headers={"authorization": f"Bearer {token}"})).status_code == 200


async def test_an_unsigned_or_otherwise_signed_token_is_refused(anybody: httpx.AsyncClient, moving: Clock) -> None:
    at = int(moving().timestamp())
    for token in (
        jwt.encode(claims(at), "", algorithm="none"),
        jwt.encode(claims(at), "another-key-that-is-long-enough-for-hs256", algorithm="HS256"),
        "not.a.token",
        "",
    ):
        answer = await anybody.get("/v1/cases", headers={"authorization": f"Bearer {token}"})
        assert answer.status_code == 401


async def test_a_token_ends_with_its_time_though_it_was_read_before(callers: Callers, moving: Clock) -> None:
    office = callers.coordinator()
    assert (await office.get("/v1/cases")).status_code == 200
    moving.advance(timedelta(seconds=599))
    assert (await office.get("/v1/cases")).status_code == 200
    moving.advance(timedelta(seconds=1))
    assert (await office.get("/v1/cases")).status_code == 401


async def test_another_scheme_of_authorization_is_refused(app: Litestar) -> None:
    async with over_asgi(app, {"authorization": "Basic d2F0ZXI6eA=="}) as client:
        assert (await client.get("/v1/cases")).status_code == 401


def test_a_secret_is_kept_only_as_its_hash() -> None:
    secret = make_secret()
    kept = hash_secret(secret)
    assert secret not in kept
    assert hash_secret(secret) != kept
    assert fits(secret, kept)
    assert not fits(secret + "x", kept)
