"""A scheme as whoever makes up traffic needs it: who supplies what, who takes applications, who approves, and the hours by hand."""

from collections.abc import Sequence
from random import Random

from calendars import Edition
from domain.ledger import Actor
from domain.offices import Offices
from domain.schemes.rulebook import Rulebook
from domain.schemes.scheme import Party
from simulation.duties import duties_of
from simulation.slow_calendar import SlowCalendar


class City:
    """One city's plan and calendar; made once for all its traffic."""

    def __init__(self, book: Rulebook, offices: Offices) -> None:
        """Sort the parties by what they do."""
        self.book = book
        self.duties = duties_of(book)
        """The plan's rule for each duty of the traffic that it knows."""
        self.offices = offices
        self.edition: Edition = offices.editions[offices.newest]
        self.region = book.scheme.city.code
        self.parties: Sequence[Party] = book.scheme.parties
        self.windows = [p for p in self.parties if {"window", "portal"} & set(p.roles)]
        self.leader = next(p.code for p in self.parties if "window" in p.roles and not p.supplies and p.kind != "hall")
        """Who calls the survey and opens the approval."""
        self.departments = [row.department for row in book.scheme.signoffs if row.dated]
        self.utilities = [p.code for p in self.parties if "utility" in p.roles]
        self.margin = book.entry_margin
        """Seconds after the due moment within which an entry is as good as at once."""
        self._hands: dict[tuple[tuple[int, int], ...], SlowCalendar] = {}
        self._actors: dict[tuple[str, str], Actor] = {}

    def hand(self, party: str | None = None) -> SlowCalendar:
        """Give the hours of a party, or of the plan's office."""
        sessions = self.book.sessions_of(party or self.leader)
        found = self._hands.get(sessions)
        if found is None:
            days = self.edition.calendar(self.region)
            found = self._hands[sessions] = SlowCalendar(days.is_working, sessions)
        return found

    def limit(self, duty: str) -> str:
        """Read a duty's limit as the plan writes it."""
        deadline = self.duties[duty].deadline
        if deadline is None or not isinstance(deadline.limit, str):
            raise ValueError(f"the limit of {duty} comes from an act")
        return self.book.scheme.at_once.limit if deadline.limit == "at-once" else deadline.limit

    def limit_by(self, duty: str, value: str) -> str:
        """Read the limit that a duty has for the class of a matter."""
        deadline = self.duties[duty].deadline
        if deadline is None or isinstance(deadline.limit, str):
            raise ValueError(f"the limit of {duty} does not depend on the act")
        return deadline.limit.of[value]

    def writable(self, hand: SlowCalendar, done: int) -> int:
        """Say until when an act is lawfully written down."""
        return hand.due(done, self.book.scheme.late_entry.limit)

    def suppliers(self, service: str, district: str | None) -> list[str]:
        """List the companies that supply a service there."""
        return [p.code for p in self.parties if service in p.supplies and (not p.districts or district in (None, *p.districts))]

    def with_role(self, *roles: str) -> list[str]:
        """List the parties that have one of these roles."""
        return [p.code for p in self.parties if set(roles) & set(p.roles)]

    def actor(self, party: str, tag: str) -> Actor:
        """Name the party's account in the role in which it may record such an act."""
        found = self._actors.get((party, tag))
        if found is None:
            roles = self.book.party(party).roles
            role = next((role for role in self.book.scheme.acts[tag].roles if role in roles), roles[0])
            found = self._actors[party, tag] = Actor(party, role, f"sample-{party}")
        return found

    def colleague(self, actor: Actor) -> Actor:
        """Name another account of the same party."""
        return Actor(actor.party, actor.role, f"{actor.account}-2")

    def knows(self, tag: str, kind: str) -> bool:
        """Say whether the plan knows such an act in such a case."""
        row = self.book.scheme.acts.get(tag)
        return row is not None and kind in row.case

    def may(self, party: str, tag: str) -> bool:
        """Say whether a party has a role in which it may record such an act."""
        row = self.book.scheme.acts.get(tag)
        return row is not None and not set(row.roles).isdisjoint(self.book.party(party).roles)

    def whoever_may(self, tag: str) -> list[str]:
        """List the parties that may record such an act."""
        return [party.code for party in self.parties if self.may(party.code, tag)]

    def district(self, rng: Random, zone: str | None) -> str | None:
        """Choose the district that a zone lies in."""
        lies = next((z.district for z in self.book.scheme.scope.zones if z.code == zone), None)
        districts = self.book.scheme.districts
        return lies or (rng.choice(districts).code if districts else None)
