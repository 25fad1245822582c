"""A clock's next moment to be looked at has the name that the glossary gives it: `next_check_at`."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.constraints import Check

ID = "2026-12-01T12:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "next_check_at"

MOMENTS = " AND ".join(f"(isfinite({name}) AND {name} = date_trunc('second', {name}))" for name in ("started", "due", "ended_at", "next_check_at"))


async def forwards():
    manager = MigrationManager(migration_id=ID, app_name="lianban", description=DESCRIPTION)
    clock = {"table_class_name": "Clock", "tablename": "clock"}
    manager.drop_constraint(**clock, constraint_name="clock_moments_ck_1", schema=None)
    manager.rename_column(**clock, old_column_name="look_at", new_column_name="next_check_at", schema=None)
    manager.add_constraint(
        **clock, constraint_name="clock_moments_ck_2", constraint_class=Check, params={"condition": MOMENTS}, schema=None
    )
    return manager
