"""The indexes of warnings, lights and suspicions."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.engine import engine_finder

ID = "2026-11-22T03:20:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "indexes of warnings, lights and suspicions"

LIGHTS = """
DROP INDEX finding_red_ix;
CREATE INDEX finding_red_ix ON finding (red_at)
    WHERE light = 'yellow' AND state NOT IN ('lapsed', 'excused', 'withdrawn') AND (ended_at IS NULL OR ended_at > red_at);
CREATE INDEX finding_repeated_ix ON finding (party, rule, due_at, finding_id) WHERE state NOT IN ('lapsed', 'excused', 'withdrawn');
CREATE INDEX finding_overdue_ix ON finding (due_at, finding_id)
    WHERE ended_at IS NULL AND state NOT IN ('lapsed', 'excused', 'withdrawn');
"""

WARNINGS = """
CREATE INDEX clock_warned_ix ON clock (due, case_id) WHERE state = 'running' AND warn IS NOT NULL AND look_at > due;
CREATE INDEX clock_warned_party_ix ON clock (party, due, case_id) WHERE state = 'running' AND warn IS NOT NULL AND look_at > due;
CREATE INDEX clock_warned_rule_ix ON clock (rule, due, case_id) WHERE state = 'running' AND warn IS NOT NULL AND look_at > due;
"""

SUSPICIONS = """
CREATE INDEX entry_looked_into_ix ON entry (case_id, act) WHERE act IN ('suspicion.cleared', 'suspicion.confirmed');
"""


async def forwards():
    manager = MigrationManager(migration_id=ID, app_name="lianban", description=DESCRIPTION)

    async def run():
        transaction = engine_finder().current_transaction.get()
        for script in (LIGHTS, WARNINGS, SUSPICIONS):
            await transaction.connection.execute(script)

    manager.add_raw(run)
    return manager
