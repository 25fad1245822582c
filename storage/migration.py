"""Writes a new migration from the tables as they are (`python -m storage.migration NAME`), or says what lacks; touches no database."""

import asyncio
import io
import sys
from contextlib import redirect_stdout

from piccolo.apps.migrations.commands.new import AutoMigrationManager, NoChanges, _create_new_migration

from storage import piccolo_conf
from storage.piccolo_app import APP_CONFIG


async def write_migration(name: str) -> str | None:
    """Write the migration that the tables need and give its path; None where they need none."""
    with piccolo_conf.named(), redirect_stdout(io.StringIO()):
        try:
            made = await _create_new_migration(APP_CONFIG, auto=True, description=name, auto_input="y")
        except NoChanges:
            return None
    return str(made.migration_path)


async def lacking() -> list[str]:
    """Say what the tables have that no migration makes; empty when the migrations are current."""
    with piccolo_conf.named(), redirect_stdout(io.StringIO()):
        statements = await AutoMigrationManager().get_alter_statements(app_config=APP_CONFIG)
    return [str(line) for each in statements for line in each.statements]


def main() -> int:
    """Give the path, or say that there is nothing to write."""
    path = asyncio.run(write_migration(" ".join(sys.argv[1:]) or "tables"))
    print(path or "the migrations are current: nothing to write")  # noqa: T201 -- a command's answer
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
