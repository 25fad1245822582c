from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns.column_types import Boolean
from piccolo.columns.indexes import IndexMethod
from piccolo.constraints import Check

ID = "2026-12-01T16:36:45:203222"
VERSION = "1.38.0"
DESCRIPTION = "made up"


async def forwards():
    manager = MigrationManager(
        migration_id=ID, app_name="lianban", description=DESCRIPTION
    )

    manager.add_table(
        class_name="MadeUp", tablename="made_up", schema=None, columns=None
    )

    manager.add_column(
        table_class_name="MadeUp",
        tablename="made_up",
        column_name="marked",
        db_column_name="marked",
        column_class_name="Boolean",
        column_class=Boolean,
        params={
            "default": False,
            "null": False,
            "primary_key": True,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema=None,
    )

    manager.add_constraint(
        table_class_name="MadeUp",
        tablename="made_up",
        constraint_name="made_up_marked_ck_1",
        constraint_class=Check,
        params={"condition": "marked"},
        schema=None,
    )

    return manager
