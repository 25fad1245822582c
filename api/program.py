"""What requests need beside what every part of the product has: settings, keys, tokens, documents, and what keeps work apart."""

import asyncio
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager, suppress
from datetime import datetime

from msgspec import field

from api.archive import archive_of
from api.tokens import Proofs, Tokens
from casework.access.caller import Caller
from casework.keys import ring_that_fits
from casework.program import Program, books_of
from casework.settings import Settings, strong_secret
from schemes.printing.reader import Layouts, load_layouts
from schemes.reader import Schemes
from storage.access.clients import still_known
from storage.calendars.offices import load_offices
from storage.documents.archive import Archive
from storage.people.sealing import KeyRing
from storage.postgres.faults import DocumentsAway
from storage.postgres.transaction import Database, Tx

SECRETS_AT_ONCE = 2


class HttpProgram(Program, kw_only=True):
    """The program as requests are answered by it."""

    settings: Settings
    tokens: Tokens
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

    def transaction(self, caller: Caller) -> AbstractAsyncContextManager[Tx]:
        """Begin what a caller writes; a client that was disabled a moment ago gets no further (`CallerUnknown`), here as below."""
        return self.db.transaction(still_known(caller.client, caller.generation))

    def reading(self, caller: Caller) -> AbstractAsyncContextManager[Tx]:
        """Read for a caller, everything as of one moment."""
        return self.db.reading(still_known(caller.client, caller.generation))

    def connection(self, caller: Caller) -> AbstractAsyncContextManager[Tx]:
        """Read for a caller, statement by statement."""
        return self.db.connection(still_known(caller.client, caller.generation))

    async def must_know(self, caller: Caller) -> None:
        """Ask that alone, where nothing else is read."""
        async with self.connection(caller):
            pass


async def open_program(
    settings: Settings, schemes: Schemes, domain_clock: Callable[[], datetime], wall_clock: Callable[[], datetime], db: Database
) -> HttpProgram:
    """Make ready what requests need, with the database open."""
    tokens, ring = Tokens(strong_secret(settings)), await ring_that_fits(settings, db)
    async with db.transaction() as tx:
        offices = await load_offices(tx, domain_clock().replace(microsecond=0))
    archive = archive_of(settings)
    with suppress(DocumentsAway):  # it may be away when the program starts, and is tried again by each upload
        archive.objects.mark()
    return HttpProgram(
        schemes,
        books_of(schemes),
        domain_clock,
        wall_clock,
        db,
        offices,
        settings=settings,
        tokens=tokens,
        ring=ring,
        archive=archive,
        layouts=load_layouts(schemes, settings.schemes),
    )
