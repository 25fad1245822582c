"""What a request needs of the running program: the database, the schemes made ready, the calendars, the clock; made once at start."""

import asyncio
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime

from msgspec import Struct, field

from api.archive import archive_of
from api.tokens import Proofs, Tokens
from calendars import local_day
from casework.running.settings import SettingFault, Settings, strong_data_keys, strong_secret
from domain.offices import Offices
from domain.refusals import NotFound
from domain.schemes.rulebook import Rulebook, compile_scheme
from schemes.printing_reader import Layouts, load_layouts
from schemes.reader import Schemes
from storage.calendars.editions import newest_edition
from storage.calendars.offices import load_offices
from storage.documents.archive import Archive
from storage.people.case_keys import check_keys
from storage.people.sealing import KeyRing
from storage.postgres.faults import DocumentsAway, KeyLost
from storage.postgres.transaction import Database

SECRETS_AT_ONCE = 2


class Running(Struct):
    """Made before the first request; the calendars are made anew when an edition is added."""

    settings: Settings
    schemes: Schemes
    books: Mapping[str, Rulebook]
    tokens: Tokens
    clock: Callable[[], datetime]
    offices: Offices
    db: Database
    ring: KeyRing
    """Wraps and unwraps the cases' keys."""
    archive: Archive
    checking: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(SECRETS_AT_ONCE))
    """Comparing a secret takes 16 MB and some 50 ms on purpose, so few are compared at once."""
    proofs: Proofs = field(default_factory=Proofs)
    layouts: Layouts = field(default_factory=dict)
    """How each city's forms look on paper."""
    blanks: dict[tuple[str, str, bool], bytes] = field(default_factory=dict)
    """A city's empty forms as they were set the first time: by scheme, form, and whether they have fields."""
    printing: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(1))
    """Setting a form takes a processor for some ten milliseconds, so one is set at a time."""
    exporting: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(1))
    """A long list takes a processor for seconds and room on the disk, so one is written at a time."""

    def now(self) -> datetime:
        """Give the moment, in whole seconds."""
        return self.clock().replace(microsecond=0)

    def book_in_force(self, city: str, at: datetime) -> Rulebook:
        """Find the scheme that a new case of that city falls under."""
        return self.books[self.schemes.in_force(city, local_day(at)).id]

    def book(self, scheme: str) -> Rulebook:
        """Find a scheme by its id."""
        found = self.books.get(scheme)
        if found is None:
            raise NotFound(f"There is no scheme {scheme!r}. There are: {', '.join(sorted(self.books))}.")
        return found

    async def renew(self) -> None:
        """Take up the editions that were added meanwhile; mostly there are none."""
        async with self.db.transaction() as tx:
            newest = await newest_edition(tx)
            if newest is None or newest[0] != self.offices.newest:
                self.offices = await load_offices(tx, self.now())


async def open_running(settings: Settings, schemes: Schemes, clock: Callable[[], datetime], db: Database) -> Running:
    """Make ready what requests need, with the database open."""
    books = {scheme.id: compile_scheme(scheme) for scheme in schemes.all}
    tokens, ring = Tokens(strong_secret(settings)), await ring_that_fits(settings, db)
    async with db.transaction() as tx:
        offices = await load_offices(tx, clock().replace(microsecond=0))
    archive = archive_of(settings)
    with suppress(DocumentsAway):  # it may be away when the program starts, and is tried again by each upload
        archive.objects.mark()
    return Running(
        settings,
        schemes,
        books,
        tokens,
        clock,
        offices,
        db,
        ring,
        archive=archive,
        layouts=load_layouts(schemes, settings.schemes),
    )


async def ring_that_fits(settings: Settings, db: Database) -> KeyRing:
    """Take the settings' keys; one that is another than its name says stops the start, before persons are sealed under it."""
    ring = KeyRing(strong_data_keys(settings))
    try:
        async with db.connection() as tx:
            await check_keys(tx, ring)
    except KeyLost as fault:
        raise SettingFault("LIANBAN_DATA_KEYS", str(fault), "Put the right key back; a new key gets a name of its own") from fault
    return ring
