"""What was written before has format 1; what is written from now on says its own format, and nothing is filled in."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.engine import engine_finder

ID = "2026-12-01T16:20:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "no defaults in the ledger's new columns"

NO_DEFAULTS = """
ALTER TABLE entry
    ALTER COLUMN format DROP DEFAULT,
    ALTER COLUMN entry_id DROP DEFAULT,
    ALTER COLUMN provenance DROP DEFAULT,
    ALTER COLUMN person DROP DEFAULT,
    ALTER COLUMN post DROP DEFAULT,
    ALTER COLUMN on_behalf_of DROP DEFAULT;
"""


async def forwards():
    manager = MigrationManager(migration_id=ID, app_name="lianban", description=DESCRIPTION)

    async def run():
        await engine_finder().current_transaction.get().connection.execute(NO_DEFAULTS)

    manager.add_raw(run)
    return manager
