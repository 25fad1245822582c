"""What audiences were told is compared with the fold of every ledger: nothing that is lacking, doubled or out of place goes unseen."""

import pytest

from auditor.audit.feed import FeedVerified, verify_feed
from domain.access.audience import Audience
from storage.feed.audiences import open_audience
from storage.postgres.transaction import Database
from tests.database import Urls, execute
from tests.storage.making import stored


@pytest.fixture
async def told(db: Database) -> FeedVerified:
    """Two audiences and a case that both take part in."""
    async with db.transaction() as tx:
        await open_audience(tx, Audience("420800", "water", "own"))
        await open_audience(tx, Audience("420800", "hall", "city"))
        await stored(tx, 4)
    return await verify_feed(db)


async def test_what_was_told_is_as_the_ledgers_say(told: FeedVerified) -> None:
    assert (told.broken, told.cases, told.rows) == ([], 1, 8)


@pytest.mark.parametrize(
    ("harm", "wrong"),
    [
        ("DELETE FROM feed WHERE audience = 1 AND n = 2", "otherwise than its ledger says"),
        ("UPDATE feed SET seq = 9 WHERE audience = 1 AND n = 1", "otherwise than its ledger says"),
        ("UPDATE feed SET k = 90 - k WHERE audience = 1", "otherwise than its ledger says"),
        ("UPDATE feed_audience SET last = last + 1 WHERE id = 2", "without gaps"),
    ],
)
async def test_what_was_told_otherwise_is_named(told: FeedVerified, db: Database, urls: Urls, harm: str, wrong: str) -> None:
    await execute(urls.owner, harm)
    found = await verify_feed(db)
    assert told.broken == []
    assert any(wrong in what for _, what in found.broken)
