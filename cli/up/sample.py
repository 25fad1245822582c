"""Loads the sample cities into an empty database at the first start; makes none of their traffic itself."""

import asyncio
from datetime import UTC, datetime

import rich_click as click

from casework.settings import Settings, strong_data_keys
from domain.schemes.rulebook import compile_scheme
from schemes.reader import load_schemes
from simulation.loading.sample import write_sample
from storage.people.sealing import KeyRing
from storage.postgres.transaction import Database


def load_sample(settings: Settings) -> None:
    """Load the cities of the shipped plans where there is no case yet; a plan of one's own has no sample."""
    written = asyncio.run(_load(settings.database_url or "", KeyRing(strong_data_keys(settings))))
    if written:
        click.echo(f"样例城市 sample cities: {written} 案件 cases", err=True)


async def _load(url: str, ring: KeyRing) -> int:
    books = [compile_scheme(scheme) for scheme in load_schemes().all]
    database = await Database.open(url)
    try:
        return await write_sample(database, ring, books, datetime.now(UTC).replace(microsecond=0))
    finally:
        await database.close()
