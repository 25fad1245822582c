"""What Piccolo has no words for: the feed's keys, who came into each case by which entry, and the mark's one row.

Of cases that are there already nobody knows the entry any more: their parties count as there from the first, and nobody was told yet.
"""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.engine import engine_finder

ID = "2026-12-01T16:40:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "each audience's feed, and the entry that brought a party into a case"

NO_DEFAULTS = """
DO $$
DECLARE each record;
BEGIN
    FOR each IN
        SELECT table_name, column_name FROM information_schema.columns
        WHERE table_schema = 'public' AND table_name IN ('case_party', 'feed_audience', 'feed', 'feed_mark', 'feed_again')
          AND column_default IS NOT NULL
    LOOP
        EXECUTE format('ALTER TABLE %I ALTER COLUMN %I DROP DEFAULT', each.table_name, each.column_name);
    END LOOP;
END $$;
"""

KEYS = """
ALTER TABLE case_party DROP CONSTRAINT case_party_pkey, ADD CONSTRAINT case_party_pk PRIMARY KEY (case_id, party);
CREATE INDEX case_party_party_ix ON case_party (party, case_id);
ALTER TABLE feed DROP CONSTRAINT feed_pkey, ADD CONSTRAINT feed_pk PRIMARY KEY (audience, n);
CREATE UNIQUE INDEX feed_seq_uq ON feed (case_id, audience, seq);
CREATE UNIQUE INDEX feed_k_uq ON feed (case_id, audience, k);
ALTER TABLE feed_audience RENAME CONSTRAINT feed_audience_pkey TO feed_audience_pk;
ALTER TABLE feed_audience ADD CONSTRAINT feed_audience_uq UNIQUE (city, party, sees);
ALTER TABLE feed_audience SET (fillfactor = 50);
ALTER TABLE feed_mark RENAME CONSTRAINT feed_mark_pkey TO feed_mark_pk;
ALTER TABLE feed_mark ADD CONSTRAINT feed_mark_ck_1 CHECK (number = 1);
ALTER TABLE feed_mark SET (fillfactor = 50);
ALTER TABLE feed_again RENAME CONSTRAINT feed_again_pkey TO feed_again_pk;
INSERT INTO feed_mark (number, era, xid, position) VALUES (1, 0, 0, 0);
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
INSERT INTO case_party (case_id, party, joined_seq) SELECT DISTINCT case_id, unnest(parties), 1 FROM cases;
"""


async def forwards():
    manager = MigrationManager(migration_id=ID, app_name="lianban", description=DESCRIPTION)

    async def run():
        transaction = engine_finder().current_transaction.get()
        for script in (NO_DEFAULTS, KEYS, PARTIES):
            await transaction.connection.execute(script)

    manager.add_raw(run)
    return manager
