"""What Piccolo has no words for: composite keys, partial indexes, room for updates in place, the feed's columns, and the refusals."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.engine import engine_finder

ID = "2026-11-21T20:40:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "keys, indexes, the feed's columns, and a ledger that refuses change"

# Piccolo fills a column that nobody gave with '' or 0; here that is an error instead.
NO_DEFAULTS = """
DO $$
DECLARE each record;
BEGIN
    FOR each IN
        SELECT table_name, column_name FROM information_schema.columns
        WHERE table_schema = 'public' AND table_name <> 'migration' AND column_default IS NOT NULL
          AND column_default NOT LIKE 'nextval(%'
    LOOP
        EXECUTE format('ALTER TABLE %I ALTER COLUMN %I DROP DEFAULT', each.table_name, each.column_name);
    END LOOP;
END $$;
"""

KEYS = """
ALTER TABLE entry DROP CONSTRAINT entry_pkey, ADD CONSTRAINT entry_pk PRIMARY KEY (case_id, seq);
ALTER TABLE clock DROP CONSTRAINT clock_pkey,
    ADD CONSTRAINT clock_pk PRIMARY KEY (case_id, rule, start_seq, keys, party);
ALTER TABLE counter DROP CONSTRAINT counter_pkey, ADD CONSTRAINT counter_pk PRIMARY KEY (scheme, year);
ALTER TABLE seal_head DROP CONSTRAINT seal_head_pkey, ADD CONSTRAINT seal_head_pk PRIMARY KEY (case_id, day);
ALTER TABLE idempotency DROP CONSTRAINT idempotency_pkey, ADD CONSTRAINT idempotency_pk PRIMARY KEY (client_id, key);
ALTER TABLE audit_shard DROP CONSTRAINT audit_shard_pkey, ADD CONSTRAINT audit_shard_pk PRIMARY KEY (run_id, number);
ALTER TABLE cases RENAME CONSTRAINT cases_pkey TO cases_pk;
ALTER TABLE finding RENAME CONSTRAINT finding_pkey TO finding_pk;
ALTER TABLE era RENAME CONSTRAINT era_pkey TO era_pk;
ALTER TABLE seal RENAME CONSTRAINT seal_pkey TO seal_pk;
ALTER TABLE client RENAME CONSTRAINT client_pkey TO client_pk;
ALTER TABLE edition RENAME CONSTRAINT edition_pkey TO edition_pk;
ALTER TABLE calendar_import RENAME CONSTRAINT calendar_import_pkey TO calendar_import_pk;
ALTER TABLE job_run RENAME CONSTRAINT job_run_pkey TO job_run_pk;
ALTER TABLE heartbeat RENAME CONSTRAINT heartbeat_pkey TO heartbeat_pk;
ALTER TABLE entry ADD CONSTRAINT entry_case_fk FOREIGN KEY (case_id) REFERENCES cases (case_id);
ALTER TABLE audit_shard ADD CONSTRAINT audit_shard_run_fk FOREIGN KEY (run_id) REFERENCES job_run (run_id) ON DELETE CASCADE;
"""

# Commit order is not position order: readers stop before the oldest transaction still at work.
FEED = """
ALTER TABLE entry
    ADD COLUMN era integer NOT NULL DEFAULT 1,
    ADD COLUMN xid xid8 NOT NULL DEFAULT pg_current_xact_id(),
    ADD COLUMN position bigint NOT NULL GENERATED ALWAYS AS IDENTITY (SEQUENCE NAME entry_position_seq);
CREATE UNIQUE INDEX entry_feed_ix ON entry (era, xid, position);
"""

INDEXES = """
CREATE UNIQUE INDEX cases_subject_uq ON cases (kind, city, subject) WHERE state = 'open' AND subject IS NOT NULL;
CREATE UNIQUE INDEX cases_number_uq ON cases (scheme, year, number) WHERE number IS NOT NULL;
CREATE INDEX cases_subject_ix ON cases (subject) WHERE subject IS NOT NULL;
CREATE INDEX cases_opened_ix ON cases (opened_at DESC, case_id DESC);
CREATE INDEX cases_city_ix ON cases (city, opened_at DESC, case_id DESC);
CREATE INDEX cases_district_ix ON cases (district, opened_at DESC, case_id DESC);
CREATE INDEX cases_kind_ix ON cases (kind, opened_at DESC, case_id DESC);
CREATE INDEX cases_state_ix ON cases (state, opened_at DESC, case_id DESC);
CREATE INDEX cases_parties_ix ON cases USING gin (parties);
CREATE INDEX clock_look_ix ON clock (look_at, case_id) WHERE look_at IS NOT NULL;
CREATE INDEX finding_case_ix ON finding (case_id);
CREATE INDEX finding_due_ix ON finding (due_at DESC, finding_id DESC);
CREATE INDEX finding_city_ix ON finding (city, due_at DESC, finding_id DESC);
CREATE INDEX finding_district_ix ON finding (district, due_at DESC, finding_id DESC);
CREATE INDEX finding_party_ix ON finding (party, due_at DESC, finding_id DESC);
CREATE INDEX finding_rule_ix ON finding (rule, due_at DESC, finding_id DESC);
CREATE INDEX finding_stage_ix ON finding (stage, due_at DESC, finding_id DESC);
CREATE INDEX finding_state_ix ON finding (state, due_at DESC, finding_id DESC);
CREATE INDEX finding_light_ix ON finding (light, due_at DESC, finding_id DESC);
CREATE INDEX finding_red_ix ON finding (red_at) WHERE light = 'yellow' AND ended_at IS NULL;
CREATE INDEX job_run_done_ix ON job_run (job, finished_at DESC) WHERE outcome = 'done';
CREATE INDEX idempotency_claimed_ix ON idempotency (claimed_at);
CREATE INDEX edition_number_ix ON edition (number DESC);
"""

# Rows that change often leave room beside themselves, so that a change in place touches no index.
ROOM = """
ALTER TABLE cases SET (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.05);
ALTER TABLE clock SET (fillfactor = 85, autovacuum_vacuum_scale_factor = 0.05, autovacuum_analyze_scale_factor = 0.02);
ALTER TABLE finding SET (fillfactor = 90, autovacuum_analyze_scale_factor = 0.02);
ALTER TABLE idempotency SET (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.05);
"""

# ALWAYS: the refusal holds under session_replication_role as well.
REFUSALS = """
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% on % is refused: what is written in it stays as it is', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation', HINT = 'Append a new entry that says what is right.';
END $$;
CREATE TRIGGER entry_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON entry EXECUTE FUNCTION refuse_change();
CREATE TRIGGER seal_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON seal EXECUTE FUNCTION refuse_change();
CREATE TRIGGER seal_head_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON seal_head EXECUTE FUNCTION refuse_change();
ALTER TABLE entry ENABLE ALWAYS TRIGGER entry_stays;
ALTER TABLE seal ENABLE ALWAYS TRIGGER seal_stays;
ALTER TABLE seal_head ENABLE ALWAYS TRIGGER seal_head_stays;
"""


async def forwards():
    manager = MigrationManager(migration_id=ID, app_name="lianban", description=DESCRIPTION)

    async def run():
        transaction = engine_finder().current_transaction.get()
        for script in (NO_DEFAULTS, KEYS, FEED, INDEXES, ROOM, REFUSALS):
            await transaction.connection.execute(script)

    manager.add_raw(run)
    return manager
