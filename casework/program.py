"""What every running part of the product has, and what one transaction or job decides by; holds no key and no token."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from typing import Self

from msgspec import Struct, field
from msgspec.structs import replace

from domain.case import Case
from domain.ledger import TOLD, Entry, Origin
from domain.offices import Offices
from domain.refusals import NotFound
from domain.schemes.in_force import scheme_in_force
from domain.schemes.rulebook import Rulebook, compile_scheme
from schemes.reader import Schemes
from storage.calendars.editions import newest_edition
from storage.calendars.offices import load_offices
from storage.feed.deriving import Progress
from storage.postgres.transaction import Database, Tx
from words import listed, sentence


class Context(Struct, frozen=True):
    """What one transaction or job decides by: the schemes made ready, the calendars, and its moment; taken once, at its start."""

    books: Mapping[str, Rulebook]
    offices: Offices
    now: datetime
    """UTC, in whole seconds."""
    origin: Origin = TOLD
    """How what people say here comes into the ledger: told, unless it is played."""

    def book(self, scheme: str) -> Rulebook:
        """Find a scheme by its id."""
        found = self.books.get(scheme)
        if found is None:
            raise NotFound(sentence("There is no scheme {scheme!r}. There are: {books}.", scheme=scheme, books=listed(sorted(self.books))))
        return found

    def book_in_force(self, city: str, on: date) -> Rulebook:
        """Find the scheme that a new case of that city falls under on a local day."""
        return self.books[scheme_in_force([book.scheme for book in self.books.values()], city, on).id]

    def at(self, now: datetime) -> Self:
        """Give the same at another moment."""
        return replace(self, now=now)

    def holding(self, *cases: Case) -> Self:
        """Give the same at the moment at which the last of these cases was taken for writing, where the database has said it."""
        held = [case.held_at for case in cases if case.held_at is not None]
        return self.at(max(held)) if held else self


class Program(Struct):
    """Made once, before the first request or job; the calendars are taken up anew when an edition is added."""

    schemes: Schemes
    books: Mapping[str, Rulebook]
    domain_clock: Callable[[], datetime]
    """The office's: what acts, limits and pages go by. A sandbox may move it."""
    wall_clock: Callable[[], datetime]
    """The machine's: what leases, kept replies, heartbeats, records of runs, tokens and secrets go by; nobody moves it."""
    db: Database
    offices: Offices
    telling: Progress = field(default_factory=Progress)
    """How far this process has told audiences what came into the ledgers."""

    def domain_now(self) -> datetime:
        """Give the office's moment, in whole seconds."""
        return self.domain_clock().replace(microsecond=0)

    def wall_now(self) -> datetime:
        """Give the machine's moment, in whole seconds."""
        return self.wall_clock().replace(microsecond=0)

    def context(self) -> Context:
        """Take what a transaction decides by, as it is now."""
        return Context(self.books, self.offices, self.domain_now())

    async def renew(self) -> None:
        """Take up the editions that were added meanwhile; mostly there are none."""
        async with self.db.transaction() as tx:
            newest = await newest_edition(tx)
            if newest is None or newest[0] != self.offices.newest:
                self.offices = await load_offices(tx, self.domain_now())


def books_of(schemes: Schemes) -> dict[str, Rulebook]:
    """Make every plan ready to judge by."""
    return {scheme.id: compile_scheme(scheme) for scheme in schemes.all}


async def read_context(db: Database, books: Mapping[str, Rulebook], now: datetime) -> Context:
    """Take what a job decides by, with the calendars as the database has them."""
    async with db.transaction() as tx:
        return Context(books, await load_offices(tx, now), now)


async def knowing(tx: Tx, context: Context, entries: Iterable[Entry]) -> Context:
    """Take up the calendars that these entries were written under: another process may have brought a newer one."""
    if all(entry.edition in context.offices.editions for entry in entries):
        return context
    return replace(context, offices=await load_offices(tx, context.now))
