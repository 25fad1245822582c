"""Makes the calendars that cases are judged by: as shipped, with what was imported, and every edition ever used."""

from datetime import datetime

from calendars import Edition, decode_edition, edition_with, encode_edition
from domain.offices import Offices
from storage.calendars.editions import ensure_edition, read_editions, read_imports
from storage.postgres.transaction import Tx


async def load_offices(tx: Tx, at: datetime) -> Offices:
    """Put the shipped days and the imports together, keep that edition, and give it with all that came before."""
    newest = edition_with((loaded.name, loaded.content) for loaded in await read_imports(tx))
    await ensure_edition(tx, newest.id, encode_edition(newest), at, "package")
    kept: dict[str, Edition] = {id_: decode_edition(data, id_) for id_, data in (await read_editions(tx)).items()}
    return Offices(kept | {newest.id: newest}, newest.id)
