"""Brings the tables up to this release by Piccolo's migrations and gives the application's role its narrow rights; the owner runs it."""

import asyncio
import io
from contextlib import redirect_stdout
from importlib import import_module
from pathlib import Path
from typing import Any

import asyncpg
from piccolo.apps.migrations.commands.forwards import ForwardsMigrationManager
from piccolo.apps.migrations.tables import Migration
from piccolo.conf.apps import AppConfig, MigrationModule

from storage import piccolo_conf
from storage.piccolo_app import APP_CONFIG, APP_NAME
from storage.postgres.engine import SafeEngine
from storage.postgres.era import follow_cluster
from storage.postgres.faults import DatabaseAway, OldSchema
from storage.postgres.rights import grant_rights
from storage.postgres.transaction import AWAY, Database, where
from words import listed, sentence

_FOLDER = Path(__file__).parent / "migrations"
_ONE_AT_A_TIME = 0x6C69616E62616E  # "lianban": the advisory lock of its migrations


class _Forwards(ForwardsMigrationManager):
    """Piccolo's own, with our migrations read as modules of this package: no path of the interpreter is changed."""

    def get_app_config(self, app_name: str) -> AppConfig:  # noqa: ARG002 -- there is one
        return APP_CONFIG

    def get_migration_modules(self, folder_path: str) -> dict[str, MigrationModule]:  # noqa: ARG002 -- it is this package's
        return migration_modules()


def migration_modules() -> dict[str, Any]:
    """Every migration of this release by its id."""
    names = sorted(path.stem for path in _FOLDER.glob("lianban_*.py"))
    modules = [import_module(f"storage.migrations.{name}") for name in names]
    return {module.ID: module for module in modules}


async def migrate(owner_url: str, app_role: str) -> list[str]:
    """Apply what is missing, give the rights, and follow the cluster's era; gives the ids applied. Twice at once is safe."""
    try:
        guard = await asyncpg.connect(owner_url)
    except AWAY as fault:
        raise DatabaseAway(
            sentence("the database at {where} does not let the owner in: start it, or mend LIANBAN_OWNER_URL", where=where(owner_url))
        ) from fault
    try:
        await guard.execute("SELECT pg_advisory_lock($1)", _ONE_AT_A_TIME)
        before = await _applied(guard)
        _refuse_others(before)
        await _forwards(owner_url)
        async with guard.transaction():
            await grant_rights(guard, app_role)
            await follow_cluster(guard)
        return sorted(await _applied(guard) - before)
    finally:
        await guard.close()


async def check_schema(database: Database) -> None:
    """Refuse a database whose tables are older than this release, or that has moved to another cluster since."""
    async with database.connection() as tx:
        missing = sorted(set(migration_modules()) - await _applied(tx))
        moved = not missing and await _has_moved(tx)
    if missing:
        raise OldSchema(sentence("the database lacks the migrations {missing}: run `lianban migrate` first", missing=listed(missing)))
    if moved:
        raise OldSchema(sentence("the database has been moved to another cluster: run `lianban migrate` once, which notes it"))


def _refuse_others(applied: set[str]) -> None:
    """Tables are only ever added to from the first release on: what another program made is not worked on."""
    unknown = sorted(applied - set(migration_modules()))
    if unknown:
        message = sentence(
            "the database was made by another program than this, of before the first release or newer: it has {unknown}. Run that one, "
            "or begin with an empty database",
            unknown=listed(unknown),
        )
        raise OldSchema(message)


async def _applied(tx: Any) -> set[str]:  # noqa: ANN401 -- asyncpg comes without types
    if await tx.fetchval("SELECT to_regclass('public.migration') IS NULL"):
        return set()
    rows = await tx.fetch("SELECT name FROM migration WHERE app_name = $1", APP_NAME)
    return {row["name"] for row in rows}


async def _has_moved(tx: Any) -> bool:  # noqa: ANN401 -- asyncpg comes without types
    return not await tx.fetchval(
        "SELECT system_identifier = (SELECT system_identifier FROM pg_control_system()) FROM era ORDER BY number DESC LIMIT 1"
    )


async def _forwards(owner_url: str) -> None:
    """Piccolo finds its engine in one place for the whole process, so it is put there for as long as this runs."""
    engine = SafeEngine(owner_url)
    async with _turn:
        piccolo_conf.DB = engine
        Migration._meta.db = engine  # noqa: SLF001 -- Piccolo has no other door
        with piccolo_conf.named(), redirect_stdout(io.StringIO()):
            result = await _Forwards(app_name=APP_NAME).run()
    if not result.success:
        raise OldSchema(sentence("the migrations stopped: {why}", why=result.message))


_turn = asyncio.Lock()
