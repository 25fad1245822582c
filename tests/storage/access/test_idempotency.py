"""Replies under a client's own key: given again for a day, to the same request alone, whoever comes at once."""

import asyncio
from datetime import timedelta

import pytest

from domain.refusals import KeyReused
from storage.access.idempotency import Replay, claim, forget, keep
from storage.postgres.transaction import Database, Tx
from tests.storage.making import AT

PRINT = b"p" * 32


async def answer(tx: Tx, key: str) -> Replay | None:
    replay = await claim(tx, "client", key, PRINT, now=AT)
    if replay is None:
        await keep(tx, "client", key, 201, {"location": "/v1/cases/1"}, b'{"caseId":1}')
    return replay


async def test_a_reply_is_given_again_as_it_was(database: Database) -> None:
    async with database.transaction() as tx:
        assert await answer(tx, "again") is None
    async with database.transaction() as tx:
        assert await answer(tx, "again") == Replay(201, {"location": "/v1/cases/1"}, b'{"caseId":1}')


async def test_another_request_under_the_same_key_is_refused(database: Database) -> None:
    async with database.transaction() as tx:
        await answer(tx, "reused")
    with pytest.raises(KeyReused):
        async with database.transaction() as tx:
            await claim(tx, "client", "reused", b"q" * 32, now=AT)


async def test_two_clients_may_use_the_same_key(tx: Tx) -> None:
    assert await claim(tx, "one", "same", PRINT, now=AT) is None
    assert await claim(tx, "two", "same", PRINT, now=AT) is None


async def test_of_many_at_once_one_does_the_work(database: Database) -> None:
    async def request() -> Replay | None:
        async with database.transaction() as tx:
            return await answer(tx, "race")

    replies = await asyncio.gather(*(request() for _ in range(8)))
    assert replies.count(None) == 1


async def test_a_request_that_failed_leaves_its_key_free(database: Database) -> None:
    with pytest.raises(ZeroDivisionError):  # noqa: PT012 -- a whole transaction is undone
        async with database.transaction() as tx:
            await answer(tx, "failed")
            raise ZeroDivisionError
    async with database.transaction() as tx:
        assert await answer(tx, "failed") is None


async def test_a_key_is_free_again_after_a_day(database: Database) -> None:
    async with database.transaction() as tx:
        await answer(tx, "old")
    async with database.transaction() as tx:
        assert await claim(tx, "client", "old", b"q" * 32, now=AT + timedelta(hours=24)) is None
        assert await forget(tx, now=AT + timedelta(hours=47)) >= 0
        assert await forget(tx, now=AT + timedelta(hours=48)) == 1
