"""Loads the sample cities into an empty database at the first start; makes none of their traffic itself."""

import asyncio
from datetime import UTC, datetime

import rich_click as click

from calendars import BeyondCalendar
from casework.settings import Settings, strong_data_keys
from cli.terminal.saying import message_of, said
from domain.refusals import Refusal
from domain.schemes.rulebook import compile_scheme
from schemes.reader import load_schemes
from simulation.traffic import TooShort
from storage.cases.cases import CaseFilter, list_cases
from storage.people.sealing import KeyRing
from storage.postgres.transaction import Database


def load_sample(settings: Settings) -> None:
    """Load the cities of the shipped plans where there is no case yet; a plan of one's own has no sample.

    Made-up cases keep nobody from starting: what cannot be made up on such a day is left out as a whole.
    """
    try:
        written = asyncio.run(_load(settings))
    except (Refusal, BeyondCalendar, TooShort) as fault:
        click.echo(said("without sample cities, which cannot be made up today: {fault}", fault=message_of(fault)), err=True)
        return
    if written:
        click.echo(said("sample cities: {count} cases", count=written), err=True)


async def _load(settings: Settings) -> int:
    database = await Database.open(settings.database_url or "")
    try:
        async with database.connection() as tx:
            if await list_cases(tx, CaseFilter(), None, 1):
                return 0
        click.echo(said("loading the sample cities"), err=True)
        return await _write(database, settings)
    finally:
        await database.close()


async def _write(database: Database, settings: Settings) -> int:
    from simulation.loading.sample import write_sample  # noqa: PLC0415 -- with the auditor's rooms: for a first start alone

    books, ring = [compile_scheme(one) for one in load_schemes().all], KeyRing(strong_data_keys(settings))
    return await write_sample(database, ring, books, datetime.now(UTC).replace(microsecond=0))
