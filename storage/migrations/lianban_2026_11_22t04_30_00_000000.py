"""The orders under a commitment are found without reading the ledger."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.engine import engine_finder

ID = "2026-11-22T04:30:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "an index of orders"

ORDERS = """
CREATE INDEX entry_order_ix ON entry ((body::json ->> 'commitment')) WHERE act = 'rectification.ordered' AND seq = 1;
"""


async def forwards():
    manager = MigrationManager(migration_id=ID, app_name="lianban", description=DESCRIPTION)

    async def run():
        transaction = engine_finder().current_transaction.get()
        await transaction.connection.execute(ORDERS)

    manager.add_raw(run)
    return manager
