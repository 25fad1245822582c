"""The operator's commands about clients: listed, given another secret, disabled; a hash is never shown."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from api.tokens import fits
from storage.access.clients import ApiClient, find_client
from storage.postgres.transaction import Database
from tests.cli.conftest import Saying
from tests.database import Urls


@pytest.fixture
def made(on_database: Saying) -> dict[str, str]:
    """A client as `lianban token` makes it: its id and its secret."""
    said = on_database("token", "样例门户", "--party", "jm-water", "--role", "utility", "--scope", "cases:read", "--json")
    assert (said.status, said.err) == (0, "")
    given: dict[str, str] = said.json
    return given


def kept(urls: Urls, client_id: str) -> ApiClient:
    async def find() -> ApiClient | None:
        database = await Database.open(urls.app)
        try:
            async with database.connection() as tx:
                return await find_client(tx, client_id)
        finally:
            await database.close()

    found = asyncio.run(find())
    assert found is not None
    return found


def test_the_list_says_who_each_client_is_and_when_its_secrets_end(on_database: Saying, made: dict[str, str]) -> None:
    said = on_database("clients", "--json")
    assert (said.status, said.err) == (0, "")
    [one] = [one for one in said.json if one["clientId"] == made["client_id"]]
    assert (one["name"], one["city"], one["party"], one["role"], one["scopes"]) == (
        "样例门户",
        "420800",
        "jm-water",
        "utility",
        ["cases:read"],
    )
    assert (one["disabled"], one["secrets"]) == (False, [{"madeAt": one["createdAt"], "endsAt": None}])
    words = on_database("clients").out
    assert made["client_id"] in words
    assert "without end" in words
    assert "scrypt" not in words + said.out
    assert made["client_secret"] not in words + said.out


def test_another_secret_is_shown_once_and_the_old_one_gets_an_end(on_database: Saying, made: dict[str, str], fresh_urls: Urls) -> None:
    before = datetime.now(UTC).replace(microsecond=0)
    said = on_database("clients", "rotate", made["client_id"], "--old-ends-in", "3", "--json")
    assert (said.status, said.err) == (0, "")
    client = kept(fresh_urls, made["client_id"])
    new, old = client.secrets
    assert fits(said.json["client_secret"], new.hash)
    assert fits(made["client_secret"], old.hash)
    assert new.ends_at is None
    assert old.ends_at is not None
    assert timedelta(days=3) <= old.ends_at - before <= timedelta(days=3, minutes=5)
    assert said.json["old_ends_at"] == old.ends_at.isoformat().replace("+00:00", "Z")
    assert client.generation == 1, "nobody is cut off"
    assert "until 20" in on_database("clients").out


def test_a_third_secret_waits_for_the_first_ones_end(on_database: Saying, made: dict[str, str], fresh_urls: Urls) -> None:
    assert on_database("clients", "rotate", made["client_id"]).status == 0
    said = on_database("clients", "rotate", made["client_id"])
    assert (said.status, said.out) == (1, "")
    assert "--old-ends-in 0" in said.err
    assert len(kept(fresh_urls, made["client_id"]).secrets) == 2


def test_a_secret_that_leaked_ends_at_once_with_its_tokens(on_database: Saying, made: dict[str, str], fresh_urls: Urls) -> None:
    assert on_database("clients", "rotate", made["client_id"]).status == 0
    said = on_database("clients", "rotate", made["client_id"], "--old-ends-in", "0")
    assert (said.status, said.err) == (0, "")
    client = kept(fresh_urls, made["client_id"])
    [only] = client.secrets_at(datetime.now(UTC))
    assert fits(said.out.split("client_secret")[1].split()[0], only.hash)
    assert client.generation == 2


def test_a_disabled_client_is_shown_as_such_and_gets_no_other_secret(on_database: Saying, made: dict[str, str], fresh_urls: Urls) -> None:
    said = on_database("clients", "disable", made["client_id"])
    assert (said.status, said.err) == (0, "")
    client = kept(fresh_urls, made["client_id"])
    assert (client.disabled, client.generation) == (True, 2)
    [one] = [one for one in on_database("clients", "--json").json if one["clientId"] == made["client_id"]]
    assert (one["disabled"], one["secrets"]) == (True, [])
    refused = on_database("clients", "rotate", made["client_id"])
    assert (refused.status, refused.out) == (1, "")
    assert "lianban token" in refused.err


@pytest.mark.parametrize("words", [("disable", "lb-nobody"), ("rotate", "lb-nobody"), ("rotate", "lb-nobody", "--old-ends-in", "-1")])
def test_what_there_is_not_is_said_in_one_line(on_database: Saying, words: tuple[str, ...]) -> None:
    said = on_database("clients", *words)
    assert (said.status, said.out) == (2, "")
    assert said.err.count("\n") == 1
