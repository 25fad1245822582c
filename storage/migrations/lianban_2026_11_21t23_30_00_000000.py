"""The keys and indexes of particulars, documents and places; a column that nobody filled is an error here too."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.engine import engine_finder

ID = "2026-11-21T23:30:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "keys and indexes of particulars, documents and places"

NO_DEFAULTS = """
DO $$
DECLARE each record;
BEGIN
    FOR each IN
        SELECT table_name, column_name FROM information_schema.columns
        WHERE table_schema = 'public' AND table_name IN ('case_key', 'document', 'stretch') AND column_default IS NOT NULL
    LOOP
        EXECUTE format('ALTER TABLE %I ALTER COLUMN %I DROP DEFAULT', each.table_name, each.column_name);
    END LOOP;
END $$;
"""

KEYS = """
ALTER TABLE case_key RENAME CONSTRAINT case_key_pkey TO case_key_pk;
ALTER TABLE document RENAME CONSTRAINT document_pkey TO document_pk;
ALTER TABLE stretch DROP CONSTRAINT stretch_pkey, ADD CONSTRAINT stretch_pk PRIMARY KEY (case_id, seq, place, utility);
ALTER TABLE case_key ADD CONSTRAINT case_key_case_fk FOREIGN KEY (case_id) REFERENCES cases (case_id);
ALTER TABLE document ADD CONSTRAINT document_case_fk FOREIGN KEY (case_id) REFERENCES cases (case_id);
ALTER TABLE stretch ADD CONSTRAINT stretch_case_fk FOREIGN KEY (case_id) REFERENCES cases (case_id);
"""

INDEXES = """
CREATE INDEX case_key_wrapped_ix ON case_key (wrapped_by) WHERE wrapped_by IS NOT NULL;
CREATE INDEX document_case_ix ON document (case_id, seq);
CREATE INDEX document_sha256_ix ON document (sha256);
CREATE INDEX stretch_place_ix ON stretch (city, utility, place, held_at);
"""


async def forwards():
    manager = MigrationManager(migration_id=ID, app_name="lianban", description=DESCRIPTION)

    async def run():
        transaction = engine_finder().current_transaction.get()
        for script in (NO_DEFAULTS, KEYS, INDEXES):
            await transaction.connection.execute(script)

    manager.add_raw(run)
    return manager
