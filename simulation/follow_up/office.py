"""The office at simulated moments: opens cases and records acts by the functions that answer requests; checks nothing itself."""

from collections.abc import Sequence
from datetime import datetime
from random import Random
from uuid import UUID

from casework.access.caller import Caller
from casework.program import Context
from casework.recording.opening import NewCase, begin_case
from casework.recording.recording import write_act
from domain.acts import Acted, tag_of
from domain.case import Case
from domain.findings.process import decider_on
from domain.ledger import Entry, Origin
from domain.refusals import NotFound
from domain.schemes.rulebook import Rulebook
from simulation.city import City
from simulation.people import case_id
from simulation.slow_calendar import SlowCalendar, moment
from storage.cases.cases import lock_case, open_case_about
from storage.cases.ledger import read_ledger
from storage.people.sealing import KeyRing
from storage.postgres.transaction import Database


class Office:
    """Everybody of one city who takes part, and the moment that it is for them."""

    def __init__(self, database: Database, ring: KeyRing, city: City, neighbours: Sequence[Rulebook] = ()) -> None:
        """Take what its acts are written with; nobody signs in. The auditor knows the plans of neighbouring cities too."""
        self.city, self.database, self.at = city, database, 0
        self._ring, self._books = ring, {one.id: one for one in (city.book, *neighbours)}

    @property
    def hand(self) -> SlowCalendar:
        """Give the plan's own hours."""
        return self.city.hand()

    def now(self) -> datetime:
        """Tell the simulated moment."""
        return moment(self.at)

    def context(self) -> Context:
        """Give what is decided by at that moment."""
        return Context(self._books, self.city.offices, self.now(), Origin("made"))

    def later(self, rng: Random, least: int, most: int) -> int:
        """Choose an office moment so many working days from now."""
        opens = self.hand.workday(self.at, rng.randint(least, most))
        return self.hand.ahead(opens, rng.randrange(self.hand.full_day // 2))

    def heard_until(self) -> int:
        """Give time for a statement: two working days more than the plans ask for."""
        return self.hand.due(self.at, "7wd")

    def decider(self, party: str | None) -> str:
        """Say who decides about a party."""
        return decider_on(self.city.book, party or "").by

    def somebody(self, tag: str, but: str | None = None) -> str:
        """Choose who does such a thing, and is not the one whom it is about."""
        return next(one for one in self.city.whoever_may(tag) if one != but)

    async def open(self, rng: Random, party: str, act: Acted, account: int = 1) -> UUID:
        """Open a case by an act of a party."""
        about = case_id(rng, self.at)
        asked = NewCase(self.city.region, act)
        async with self.database.transaction() as tx:
            await begin_case(tx, self.context(), self._ring, self._caller(party, act, account), asked, about)
        return about

    async def record(self, about: UUID, party: str, act: Acted, account: int = 1) -> int:
        """Let an account of a party record an act now; gives its entry's number."""
        async with self.database.transaction() as tx:
            case = await lock_case(tx, about)
            if case is None:
                raise NotFound(f"there is no case {about}")
            made, _ = await write_act(tx, self.context(), self._ring, self._caller(party, act, account), case, act, None)
        return made.entries[0].seq

    async def ledger(self, about: UUID) -> Sequence[Entry]:
        """Read a case's ledger."""
        async with self.database.connection() as tx:
            return await read_ledger(tx, about)

    async def about(self, kind: str, subject: str) -> Case | None:
        """Find the open case about a subject."""
        async with self.database.connection() as tx:
            return await open_case_about(tx, kind, self.city.region, subject)

    def _caller(self, party: str, act: Acted, account: int) -> Caller:
        actor = self.city.actor(party, tag_of(act))
        client = actor.account if account == 1 else f"{actor.account}-{account}"
        return Caller(client, self.city.region, party, actor.role, frozenset())  # type: ignore[arg-type]  # a role of the plan's
