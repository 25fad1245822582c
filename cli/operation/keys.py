"""`lianban keys`: makes a key, says which keys wrap the cases', and wraps them all under the first; shows no key but the one just made."""

import re
import secrets
from collections.abc import Callable
from functools import partial

import msgspec
import rich_click as click

from casework.keys import ring_that_fits
from casework.settings import Settings
from cli.running.databases import with_database
from cli.running.secrets import key_line
from cli.terminal.exit_codes import WrongWords
from cli.terminal.progress import progress
from cli.terminal.saying import said
from storage.people.case_keys import Wraps, count_wraps, wrap_again
from storage.people.sealing import KeyRing
from storage.postgres.transaction import Database
from words import name_of, sentence

BATCH = 500
_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,31}")


class KeyStatus(msgspec.Struct, frozen=True):
    """One key: how many cases' keys it wraps, and whether it is among the settings'."""

    name: str
    cases: int
    place: str
    """first, kept, or missing."""


class Status(msgspec.Struct, frozen=True):
    """Every key, and how many cases' keys were destroyed."""

    keys: tuple[KeyStatus, ...]
    erased: int

    @property
    def missing(self) -> bool:
        return any(key.place == "missing" for key in self.keys)


@click.group(help=said("The keys that wrap the keys under which each case's persons are sealed (LIANBAN_DATA_KEYS)."))
def keys() -> None:
    """Nothing happens before a command is named."""


@keys.command(help=said("Make a key and write it as the setting takes it; it is shown this once and kept nowhere."))
@click.argument("name", metavar="[NAME]", required=False)
def new(name: str | None) -> None:
    name = name or f"key-{secrets.token_hex(3)}"
    if not _NAME.fullmatch(name):
        raise WrongWords(sentence("{name!r} is no name for a key: write up to 32 of a-z, 0-9 and -", name=name))
    click.echo(key_line(name))


@keys.command(help=said("Say how many cases are under which key; exit 1 where a key is missing from the settings."))
@click.option("--json", "as_json", is_flag=True, help=said("as JSON"))
def status(as_json: bool) -> int:
    found = with_database(_status)
    if as_json:
        click.echo(msgspec.json.encode(found))
    else:
        _show(found)
    return 1 if found.missing else 0


@keys.command(
    help=said("Wrap every case's key under the first of the settings' keys; may be stopped and begun again, beside a running API.")
)
def rotate() -> int:
    wrapped, found = with_database(_rotate)
    click.echo(said("wrapped anew: {count}", count=wrapped))
    _show(found)
    return 1 if found.missing else 0


async def _status(database: Database, settings: Settings) -> Status:
    return await _status_of(database, await ring_that_fits(settings, database))


async def _rotate(database: Database, settings: Settings) -> tuple[int, Status]:
    ring = await ring_that_fits(settings, database)
    with progress(said("wrapping anew")) as told:
        wrapped = await wrap_all_again(database, ring, told)
    return wrapped, await _status_of(database, ring)


async def wrap_all_again(database: Database, ring: KeyRing, told: Callable[[int], None] = lambda _: None) -> int:
    """Wrap under the first key what the settings' others wrap, some hundreds at a time; gives how many this run did."""
    wrapped, after = 0, None
    while True:
        async with database.transaction() as tx:
            done, after = await wrap_again(tx, ring.names[1:], after, BATCH, ring.again)
        if after is None:
            return wrapped
        wrapped += done
        told(done)


async def _status_of(database: Database, ring: KeyRing) -> Status:
    async with database.connection() as tx:
        wraps = await count_wraps(tx)
    names = (*ring.names, *(name for name in wraps.by if name not in ring.names))
    return Status(tuple(map(partial(_key_status, ring, wraps), names)), wraps.erased)


def _key_status(ring: KeyRing, wraps: Wraps, name: str) -> KeyStatus:
    place = "first" if name == ring.first else "kept" if name in ring.names else "missing"
    return KeyStatus(name, wraps.by.get(name, 0), place)


def _show(found: Status) -> None:
    for key in found.keys:
        place = name_of("key-place", key.place)
        told = said("{name}: {count} cases; {place}", name=key.name, count=key.cases, place=place)
        click.echo(told, err=key.place == "missing")
    click.echo(said("erased: {count} cases", count=found.erased))
