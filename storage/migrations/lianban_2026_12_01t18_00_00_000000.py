"""Of the first tables what Piccolo cannot say: keys of several columns, the ledger's place, indexes, and what the database refuses."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.engine import engine_finder

ID = "2026-12-01T18:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "keys, indexes and refusals of the first tables"

# Every writer says every value: a default would hide what was forgotten.
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
ALTER TABLE case_key RENAME CONSTRAINT case_key_pkey TO case_key_pk;
ALTER TABLE document RENAME CONSTRAINT document_pkey TO document_pk;
ALTER TABLE stretch DROP CONSTRAINT stretch_pkey, ADD CONSTRAINT stretch_pk PRIMARY KEY (case_id, seq, place, utility);
ALTER TABLE case_key ADD CONSTRAINT case_key_case_fk FOREIGN KEY (case_id) REFERENCES cases (case_id);
ALTER TABLE document ADD CONSTRAINT document_case_fk FOREIGN KEY (case_id) REFERENCES cases (case_id);
ALTER TABLE stretch ADD CONSTRAINT stretch_case_fk FOREIGN KEY (case_id) REFERENCES cases (case_id);
ALTER TABLE ground DROP CONSTRAINT ground_pkey, ADD CONSTRAINT ground_pk PRIMARY KEY (finding_id, case_id);
ALTER TABLE credit_record RENAME CONSTRAINT credit_record_pkey TO credit_record_pk;
ALTER TABLE works_cost DROP CONSTRAINT works_cost_pkey, ADD CONSTRAINT works_cost_pk PRIMARY KEY (case_id, utility);
ALTER TABLE ground ADD CONSTRAINT ground_case_fk FOREIGN KEY (case_id) REFERENCES cases (case_id);
ALTER TABLE credit_record ADD CONSTRAINT credit_record_case_fk FOREIGN KEY (case_id) REFERENCES cases (case_id);
ALTER TABLE works_cost ADD CONSTRAINT works_cost_case_fk FOREIGN KEY (case_id) REFERENCES cases (case_id);
ALTER TABLE client_secret RENAME CONSTRAINT client_secret_pkey TO client_secret_pk;
ALTER TABLE client_secret ADD CONSTRAINT client_secret_client_fk FOREIGN KEY (client_id) REFERENCES client (client_id);
ALTER TABLE case_party DROP CONSTRAINT case_party_pkey, ADD CONSTRAINT case_party_pk PRIMARY KEY (case_id, party);
ALTER TABLE feed DROP CONSTRAINT feed_pkey, ADD CONSTRAINT feed_pk PRIMARY KEY (audience, n);
ALTER TABLE feed_audience RENAME CONSTRAINT feed_audience_pkey TO feed_audience_pk;
ALTER TABLE feed_audience ADD CONSTRAINT feed_audience_uq UNIQUE (city, party, sees);
ALTER TABLE feed_mark RENAME CONSTRAINT feed_mark_pkey TO feed_mark_pk;
ALTER TABLE feed_mark ADD CONSTRAINT feed_mark_ck_1 CHECK (number = 1);
ALTER TABLE feed_again RENAME CONSTRAINT feed_again_pkey TO feed_again_pk;
ALTER TABLE made_up RENAME CONSTRAINT made_up_pkey TO made_up_pk;
"""
# Commit order is not position order: readers stop before the oldest transaction still at work.
PLACE = """
ALTER TABLE entry
    ADD COLUMN era integer NOT NULL DEFAULT 1,
    ADD COLUMN xid xid8 NOT NULL DEFAULT pg_current_xact_id(),
    ADD COLUMN position bigint NOT NULL GENERATED ALWAYS AS IDENTITY (SEQUENCE NAME entry_position_seq);
CREATE UNIQUE INDEX entry_feed_ix ON entry (era, xid, position);
INSERT INTO feed_mark (number, era, xid, position) VALUES (1, 0, 0, 0);
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
CREATE INDEX clock_look_ix ON clock (next_check_at, case_id) WHERE next_check_at IS NOT NULL;
CREATE INDEX finding_case_ix ON finding (case_id);
CREATE INDEX finding_due_ix ON finding (due_at DESC, finding_id DESC);
CREATE INDEX finding_city_ix ON finding (city, due_at DESC, finding_id DESC);
CREATE INDEX finding_district_ix ON finding (district, due_at DESC, finding_id DESC);
CREATE INDEX finding_party_ix ON finding (party, due_at DESC, finding_id DESC);
CREATE INDEX finding_rule_ix ON finding (rule, due_at DESC, finding_id DESC);
CREATE INDEX finding_stage_ix ON finding (stage, due_at DESC, finding_id DESC);
CREATE INDEX finding_state_ix ON finding (state, due_at DESC, finding_id DESC);
CREATE INDEX finding_light_ix ON finding (light, due_at DESC, finding_id DESC);
CREATE INDEX job_run_done_ix ON job_run (job, finished_at DESC) WHERE outcome = 'done';
CREATE INDEX idempotency_claimed_ix ON idempotency (claimed_at);
CREATE INDEX edition_number_ix ON edition (number DESC);
CREATE INDEX case_key_wrapped_ix ON case_key (wrapped_by) WHERE wrapped_by IS NOT NULL;
CREATE INDEX document_case_ix ON document (case_id, seq);
CREATE INDEX document_sha256_ix ON document (sha256);
CREATE INDEX stretch_place_ix ON stretch (city, utility, place, held_at);
CREATE INDEX ground_case_ix ON ground (case_id);
CREATE INDEX credit_record_code_ix ON credit_record (city, credit_code, proposed_at DESC);
CREATE INDEX credit_record_until_ix ON credit_record (shown_until) WHERE state = 'shown';
CREATE INDEX works_cost_place_ix ON works_cost (city, district, utility, occurred_at);
CREATE INDEX entry_watched_ix ON entry (act, recorded_at DESC, case_id)
    WHERE act IN ('warning.raised', 'light.turned', 'suspicion.raised', 'step.proposed');
CREATE INDEX finding_red_ix ON finding (red_at)
    WHERE light = 'yellow' AND state NOT IN ('lapsed', 'excused', 'withdrawn') AND (ended_at IS NULL OR ended_at > red_at);
CREATE INDEX finding_repeated_ix ON finding (party, rule, due_at, finding_id) WHERE state NOT IN ('lapsed', 'excused', 'withdrawn');
CREATE INDEX finding_overdue_ix ON finding (due_at, finding_id)
    WHERE ended_at IS NULL AND state NOT IN ('lapsed', 'excused', 'withdrawn');
CREATE INDEX clock_warned_ix ON clock (due, case_id) WHERE state = 'running' AND warn IS NOT NULL AND next_check_at > due;
CREATE INDEX clock_warned_party_ix ON clock (party, due, case_id) WHERE state = 'running' AND warn IS NOT NULL AND next_check_at > due;
CREATE INDEX clock_warned_rule_ix ON clock (rule, due, case_id) WHERE state = 'running' AND warn IS NOT NULL AND next_check_at > due;
CREATE INDEX entry_looked_into_ix ON entry (case_id, act) WHERE act IN ('suspicion.cleared', 'suspicion.confirmed');
CREATE INDEX entry_order_ix ON entry ((body::json ->> 'commitment')) WHERE act = 'rectification.ordered' AND seq = 1;
CREATE INDEX finding_rare_ix ON finding (party, state, due_at DESC, finding_id DESC)
    WHERE state IN ('lapsed', 'objected', 'excused', 'withdrawn');
CREATE INDEX client_secret_client_ix ON client_secret (client_id);
CREATE INDEX case_party_party_ix ON case_party (party, case_id);
CREATE UNIQUE INDEX feed_seq_uq ON feed (case_id, audience, seq);
CREATE UNIQUE INDEX feed_k_uq ON feed (case_id, audience, k);
"""
# Rows that change often leave room beside themselves, so that a change in place touches no index.
ROOM = """
ALTER TABLE cases SET (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.05);
ALTER TABLE clock SET (fillfactor = 85, autovacuum_vacuum_scale_factor = 0.05, autovacuum_analyze_scale_factor = 0.02);
ALTER TABLE finding SET (fillfactor = 90, autovacuum_analyze_scale_factor = 0.02);
ALTER TABLE idempotency SET (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.05);
ALTER TABLE feed_audience SET (fillfactor = 50);
ALTER TABLE feed_mark SET (fillfactor = 50);
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
# Whatever sets a case's parties is seen here, so no writer can forget it, and the program's role may not write it by hand.
PARTIES = """
CREATE FUNCTION keep_parties() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        INSERT INTO case_party (case_id, party, joined_seq) SELECT NEW.case_id, party, 1 FROM unnest(NEW.parties) AS party
        ON CONFLICT DO NOTHING;
        RETURN NULL;
    END IF;
    INSERT INTO case_party (case_id, party, joined_seq) SELECT NEW.case_id, party, NEW.seq FROM unnest(NEW.parties) AS party
    ON CONFLICT DO NOTHING;
    IF NEW.seq = OLD.seq THEN
        INSERT INTO feed_again (case_id, why) VALUES (NEW.case_id, 'joined') ON CONFLICT DO NOTHING;
    END IF;
    RETURN NULL;
END $$;
REVOKE EXECUTE ON FUNCTION keep_parties() FROM PUBLIC;
CREATE TRIGGER cases_parties_begun AFTER INSERT ON cases FOR EACH ROW EXECUTE FUNCTION keep_parties();
CREATE TRIGGER cases_parties_kept AFTER UPDATE OF parties ON cases FOR EACH ROW
    WHEN (OLD.parties IS DISTINCT FROM NEW.parties) EXECUTE FUNCTION keep_parties();
"""
MARK = """
CREATE FUNCTION refuse_late_mark() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM entry) AND NOT EXISTS (SELECT FROM made_up) THEN
        RAISE EXCEPTION 'the ledger has begun, and what is in it is real' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER made_up_begins BEFORE INSERT ON made_up FOR EACH ROW EXECUTE FUNCTION refuse_late_mark();
CREATE TRIGGER made_up_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON made_up EXECUTE FUNCTION refuse_change();
ALTER TABLE made_up ENABLE ALWAYS TRIGGER made_up_stays;
CREATE FUNCTION refuse_seal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM made_up) THEN
        RAISE EXCEPTION 'this database is made up: no day of it is sealed as real' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER seal_is_real BEFORE INSERT ON seal FOR EACH ROW EXECUTE FUNCTION refuse_seal();
"""
# Not ALWAYS: what a replica or a restored copy takes over was looked at where it was written.
MOMENTS = """
CREATE FUNCTION refuse_moment() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM made_up) THEN
        RAISE EXCEPTION 'entry % of case % says that it is written at %, and it is %', NEW.seq, NEW.case_id, NEW.recorded_at, clock_timestamp()
            USING ERRCODE = 'restrict_violation', HINT = 'Set the clocks of the servers right; nothing was written.';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER entry_moment BEFORE INSERT ON entry FOR EACH ROW
    WHEN (NEW.recorded_at NOT BETWEEN clock_timestamp() - interval '60 seconds' AND clock_timestamp() + interval '60 seconds')
    EXECUTE FUNCTION refuse_moment();
CREATE FUNCTION refuse_backwards() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.recorded_at < (SELECT recorded_at FROM entry WHERE case_id = NEW.case_id AND seq = NEW.seq - 1)
            AND NOT EXISTS (SELECT FROM made_up) THEN
        RAISE EXCEPTION 'entry % of case % says that it is written before the one that it follows', NEW.seq, NEW.case_id
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER entry_forwards BEFORE INSERT ON entry FOR EACH ROW WHEN (NEW.seq > 1) EXECUTE FUNCTION refuse_backwards();
"""


async def forwards():
    manager = MigrationManager(migration_id=ID, app_name="lianban", description=DESCRIPTION)

    async def run():
        connection = engine_finder().current_transaction.get().connection
        for statements in (NO_DEFAULTS, KEYS, PLACE, INDEXES, ROOM, REFUSALS, PARTIES, MARK, MOMENTS):
            await connection.execute(statements)

    manager.add_raw(run)
    return manager
