"""The key ring that the settings name, checked against the database; persons are sealed and opened elsewhere."""

from casework.settings import SettingFault, Settings, strong_data_keys
from storage.people.case_keys import check_keys
from storage.people.sealing import KeyRing
from storage.postgres.faults import KeyLost
from storage.postgres.transaction import Database
from words import sentence


async def ring_that_fits(settings: Settings, db: Database) -> KeyRing:
    """Take the settings' keys; one that is another than its name says stops the start, before persons are sealed under it."""
    ring = KeyRing(strong_data_keys(settings))
    try:
        async with db.connection() as tx:
            await check_keys(tx, ring)
    except KeyLost as fault:
        raise SettingFault(
            "LIANBAN_DATA_KEYS", fault.args[0], sentence("Put the right key back; a new key gets a name of its own")
        ) from fault
    return ring
