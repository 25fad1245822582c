"""The database that a command works on: the one that is named, or the embedded one for as long as it runs; knows no table."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar
from urllib.parse import unquote, urlsplit

import msgspec
import rich_click as click

from casework.settings import SettingFault, Settings
from cli.running.environment import here
from cli.running.secrets import with_data_keys
from cli.servers import Addresses, running
from cli.terminal.saying import said
from storage.migrate import check_schema, migrate
from storage.postgres.faults import OldSchema
from storage.postgres.transaction import Database
from words import sentence

APP_ROLE = "lianban_app"
"""The role of the embedded servers' own making, and the name that is advised elsewhere."""

Result = TypeVar("Result")


def with_database(work: Callable[[Database, Settings], Awaitable[Result]]) -> Result:
    """Do a command's work on the open database, its tables those of this release."""
    settings = here()
    with served(settings) as ready:
        return asyncio.run(_work(work, ready, ours=settings.database_url is None))


@contextmanager
def served(settings: Settings) -> Iterator[Settings]:
    """Fill in the addresses of the embedded servers where none are named, and their folder's keys, and have those up meanwhile."""
    if settings.database_url is not None:
        yield settings
        return
    with running(settings.data, waiting=say_waiting) as addresses:
        yield with_data_keys(with_addresses(settings, addresses))


def with_addresses(settings: Settings, addresses: Addresses) -> Settings:
    return msgspec.structs.replace(
        settings,
        database_url=addresses.database_url,
        owner_url=addresses.owner_url,
        redis_url=settings.redis_url or addresses.redis_url,
    )


def say_waiting() -> None:
    click.echo(said("waiting for other commands that still use the database"), err=True)


async def bring_up_to_date(settings: Settings) -> list[str]:
    """Apply the migrations that are missing, as the owner; gives their ids."""
    if settings.owner_url is None:
        mend = sentence("Name the role that owns the tables; the application's own may not change them")
        raise SettingFault("LIANBAN_OWNER_URL", sentence("it is missing"), mend)
    return await migrate(settings.owner_url, _role(settings))


def _role(settings: Settings) -> str:
    return unquote(urlsplit(settings.database_url or "").username or APP_ROLE)


async def _work(work: Callable[[Database, Settings], Awaitable[Result]], settings: Settings, *, ours: bool) -> Result:
    if settings.database_url is None:
        raise SettingFault("LIANBAN_DATABASE_URL", sentence("it is missing"), sentence("Name the database"))
    database = await Database.open(settings.database_url, min_size=0)  # a pool that has to keep one reports each that it lost
    try:
        await _check(database, settings, ours=ours)
        return await work(database, settings)
    finally:
        await database.close()


async def _check(database: Database, settings: Settings, *, ours: bool) -> None:
    """The embedded database is this command's own to mend; one that was named is its owner's."""
    try:
        await check_schema(database)
    except OldSchema:
        if not ours:
            raise
        await bring_up_to_date(settings)
