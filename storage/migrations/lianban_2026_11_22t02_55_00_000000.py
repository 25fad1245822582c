"""The keys and indexes of supervision; a column that nobody filled is an error here too."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.engine import engine_finder

ID = "2026-11-22T02:55:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "keys and indexes of supervision"

NO_DEFAULTS = """
DO $$
DECLARE each record;
BEGIN
    FOR each IN
        SELECT table_name, column_name FROM information_schema.columns
        WHERE table_schema = 'public' AND table_name IN ('finding', 'ground', 'credit_record', 'works_cost')
            AND column_default IS NOT NULL
    LOOP
        EXECUTE format('ALTER TABLE %I ALTER COLUMN %I DROP DEFAULT', each.table_name, each.column_name);
    END LOOP;
END $$;
"""

KEYS = """
ALTER TABLE ground DROP CONSTRAINT ground_pkey, ADD CONSTRAINT ground_pk PRIMARY KEY (finding_id, case_id);
ALTER TABLE credit_record RENAME CONSTRAINT credit_record_pkey TO credit_record_pk;
ALTER TABLE works_cost DROP CONSTRAINT works_cost_pkey, ADD CONSTRAINT works_cost_pk PRIMARY KEY (case_id, utility);
ALTER TABLE ground ADD CONSTRAINT ground_case_fk FOREIGN KEY (case_id) REFERENCES cases (case_id);
ALTER TABLE credit_record ADD CONSTRAINT credit_record_case_fk FOREIGN KEY (case_id) REFERENCES cases (case_id);
ALTER TABLE works_cost ADD CONSTRAINT works_cost_case_fk FOREIGN KEY (case_id) REFERENCES cases (case_id);
"""

INDEXES = """
CREATE INDEX ground_case_ix ON ground (case_id);
CREATE INDEX credit_record_code_ix ON credit_record (city, credit_code, proposed_at DESC);
CREATE INDEX credit_record_until_ix ON credit_record (shown_until) WHERE state = 'shown';
CREATE INDEX works_cost_place_ix ON works_cost (city, district, utility, occurred_at);
CREATE INDEX entry_watched_ix ON entry (act, recorded_at DESC, case_id)
    WHERE act IN ('warning.raised', 'light.turned', 'suspicion.raised', 'step.proposed');
"""


async def forwards():
    manager = MigrationManager(migration_id=ID, app_name="lianban", description=DESCRIPTION)

    async def run():
        transaction = engine_finder().current_transaction.get()
        for script in (NO_DEFAULTS, KEYS, INDEXES):
            await transaction.connection.execute(script)

    manager.add_raw(run)
    return manager
