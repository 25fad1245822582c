"""Each client's secret moves to a row of its own; one that was kept before counts as made at this moment."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.engine import engine_finder

ID = "2026-12-01T12:50:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "each client's secret in a row of its own"

MOVED = """
UPDATE client SET created_at = date_trunc('second', now());
INSERT INTO client_secret (secret_hash, client_id, made_at) SELECT secret_hash, client_id, created_at FROM client;
"""

NO_DEFAULTS = """
DO $$
DECLARE each record;
BEGIN
    FOR each IN
        SELECT table_name, column_name FROM information_schema.columns
        WHERE table_schema = 'public' AND table_name IN ('client', 'client_secret') AND column_default IS NOT NULL
    LOOP
        EXECUTE format('ALTER TABLE %I ALTER COLUMN %I DROP DEFAULT', each.table_name, each.column_name);
    END LOOP;
END $$;
"""

KEYS = """
ALTER TABLE client_secret RENAME CONSTRAINT client_secret_pkey TO client_secret_pk;
ALTER TABLE client_secret ADD CONSTRAINT client_secret_client_fk FOREIGN KEY (client_id) REFERENCES client (client_id);
CREATE INDEX client_secret_client_ix ON client_secret (client_id);
"""


async def forwards():
    manager = MigrationManager(migration_id=ID, app_name="lianban", description=DESCRIPTION)

    async def run():
        transaction = engine_finder().current_transaction.get()
        for script in (MOVED, NO_DEFAULTS, KEYS):
            await transaction.connection.execute(script)

    manager.add_raw(run)
    manager.drop_column(table_class_name="Client", tablename="client", column_name="secret_hash", db_column_name="secret_hash", schema=None)
    return manager
