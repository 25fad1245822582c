"""A party's findings in one of the rare states are found without reading all of its findings."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.engine import engine_finder

ID = "2026-11-22T05:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "an index of rare states"

RARE = """
CREATE INDEX finding_rare_ix ON finding (party, state, due_at DESC, finding_id DESC)
    WHERE state IN ('lapsed', 'objected', 'excused', 'withdrawn');
"""


async def forwards():
    manager = MigrationManager(migration_id=ID, app_name="lianban", description=DESCRIPTION)

    async def run():
        transaction = engine_finder().current_transaction.get()
        await transaction.connection.execute(RARE)

    manager.add_raw(run)
    return manager
