"""An entry's moment is the database's: refused where it lies elsewhere, unless nothing in the database is real."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.engine import engine_finder

ID = "2026-12-01T16:41:07:000000"
VERSION = "1.38.0"
DESCRIPTION = "moments of the ledger by the database's clock"

MARK = """
ALTER TABLE made_up ALTER COLUMN marked DROP DEFAULT;
ALTER TABLE made_up RENAME CONSTRAINT made_up_pkey TO made_up_pk;
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
        transaction = engine_finder().current_transaction.get()
        for script in (MARK, MOMENTS):
            await transaction.connection.execute(script)

    manager.add_raw(run)
    return manager
