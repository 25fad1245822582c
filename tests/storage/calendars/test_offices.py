"""The calendars that cases are judged by, as the database keeps them."""

from storage.calendars.editions import read_editions
from storage.calendars.offices import load_offices
from storage.postgres.transaction import Tx
from tests.storage.making import AT


async def test_calendars_are_the_shipped_days_with_every_edition_ever_kept(tx: Tx) -> None:
    first = await load_offices(tx, AT)
    again = await load_offices(tx, AT)
    assert again.newest == first.newest
    kept = await read_editions(tx)
    assert first.newest in kept
