"""The plan of one made-up case: who does what when, which duties that starts, and which of them are missed on purpose."""

from collections.abc import Mapping, Sequence
from random import Random
from typing import NamedTuple
from uuid import UUID

from msgspec import Struct

from domain.acts import Acted, tag_of
from domain.acts.service import ReceiptConfirmed
from domain.case import Case
from domain.ledger import Actor, Entry
from simulation.city import City
from simulation.ground import Dug, Ground
from simulation.slow_calendar import SlowCalendar, Stop, moment

WRITING = 40
"""It takes fewer seconds than this to write an act down."""
HOUR = 3600


Commitments = Mapping[tuple[str, str, int], Case]
"""The commitments in force, by utility, department and year."""


class Answer(Struct, frozen=True, rename="camel"):
    """One breach that must be found."""

    case_id: UUID
    rule: str
    keys: dict[str, str]
    party: str
    due_at: str


class Simulated(Struct, frozen=True):
    """A case as it is to be kept, and the breaches that must be found in it."""

    case: Case
    entries: tuple[Entry, ...]
    answers: tuple[Answer, ...]


LATE_ENTRIES = 30
"""How many of a thousand acts that may be written down late are."""


class Said(NamedTuple):
    """An act, when it happened, when it is written down at the earliest, and by whom."""

    at: int
    entered: int
    act: Acted
    actor: Actor
    about: int | None = None
    """Which of the acts that were said before it is about, where its entry has to be named."""


class Promise(NamedTuple):
    """A duty that the acts start: from when, until when, when it was done and written down, or what made it void."""

    rule: str
    keys: tuple[str, ...]
    party: str
    start: int
    due: int
    end: int | None
    entered: int | None = None
    void: int | None = None
    hours: str = ""
    """Whose office hours it is counted by, where that is not the party's: who owed it first."""


class Kept(NamedTuple):
    """When a duty is done (None: never), and when that is written down."""

    end: int | None
    entered: int | None = None
    due: int = 0


class Wanted(NamedTuple):
    """How the case is to go: how many duties of a thousand are missed, and how much is written down late."""

    breaches: int
    late_entries: int


class Script:
    """One case being planned; the acts may be added in any order."""

    def __init__(
        self, city: City, rng: Random, wanted: Wanted, commitments: Commitments, ground: Ground | None = None, *, mark: str = ""
    ) -> None:
        """Start with nothing said and nothing owed; without a ground nothing is dug where others dug."""
        self.city, self.rng, self.wanted, self.commitments, self.ground = city, rng, wanted, commitments, ground
        self.mark = mark
        """What no other case's places bear."""
        self.said: list[Said] = []
        self.promises: list[Promise] = []
        self.counted: list[Promise] = []
        self.district: str | None = None
        self.over: int | None = None
        """When the case was withdrawn or refused."""
        self.surveyed: int | None = None
        """When it was first surveyed."""
        self.dug: Dug | None = None

    def say(self, at: int, act: Acted, party: str, *, entered: int | None = None, actor: Actor | None = None) -> int:
        """Let a party do something at a moment; give the moment back."""
        self.said.append(Said(at, max(at, entered or at), act, actor or self.city.actor(party, tag_of(act))))
        return at

    def confirm(self, party: str, percent: int) -> None:
        """Let a party sometimes say of what was said last that it arrived, or did not; that changes nothing."""
        sent, about = self.said[-1], len(self.said) - 1
        if sent.actor.party == party or not self.chance(percent) or not self.city.may(party, "receipt.confirmed"):
            return
        at = self.after(sent.entered + WRITING, 1, 240, party)
        receipt = ReceiptConfirmed(seq=1, party=party, received_at=moment(at) if self.chance(90) else None)
        self.said.append(Said(at, at, receipt, self.city.actor(party, "receipt.confirmed"), about))

    def unlucky(self, share: int = 1000) -> bool:
        """Decide whether something goes wrong: at the rate that was asked for, or a share of it in thousandths."""
        return self.rng.randrange(1_000_000) < self.wanted.breaches * share

    def chance(self, percent: int) -> bool:
        """Decide something that breaks no rule."""
        return self.rng.randrange(100) < percent

    def after(self, at: int, least: int, most: int, party: str | None = None) -> int:
        """Choose an office moment so many office minutes later."""
        return self.city.hand(party).ahead(at, self.rng.randint(least * 60, most * 60))

    def keep(  # noqa: PLR0913 -- each is a fact of the one duty
        self,
        rule: str,
        keys: Sequence[str],
        party: str,
        start: int,
        *,
        due: int | None = None,
        since: int | None = None,
        sure: bool = False,
        missing: bool = False,
        entry: bool = False,
    ) -> Kept:
        """Plan when a duty is done, from `since` on, and promise it; one that the plan does not know is done some time.

        `sure` duties are met, `missing` ones may never be done, `entry` ones may be written down late.
        """
        hand = self.city.hand(party)
        if rule not in self.city.duties:
            return Kept(hand.ahead(since or start, self.rng.randint(300, hand.full_day)))
        due = self.due(rule, party, start) if due is None else due
        first = start if since is None else max(since, start)
        kept = self._sure(hand, first, due) if sure else self._fate(hand, first, due, missing=missing, entry=entry)
        self.promise(rule, keys, party, start, due, kept)
        return kept._replace(due=due)

    def due(self, rule: str, party: str, start: int, stops: Sequence[Stop] = ()) -> int:
        """Count by hand when a duty comes due."""
        return self.city.hand(party).due(start, self.city.limit(rule), stops)

    def promise(self, rule: str, keys: Sequence[str], party: str, start: int, due: int, kept: Kept, *, void: int | None = None) -> None:
        """Write down a duty; one that the plan does not know is none."""
        if rule in self.city.duties:
            self.promises.append(Promise(rule, tuple(keys), party, start, due, kept.end, kept.entered, void))

    def excuse(self, rule: str, keys: Sequence[str], at: int) -> None:
        """Take a duty back that has become void before it was due."""
        named = (rule, tuple(keys))
        self.promises = [
            one._replace(void=at) if (one.rule, one.keys) == named and one.start <= at <= one.due else one for one in self.promises
        ]

    def count(self, rule: str, party: str, at: int, keys: Sequence[str] = ()) -> None:
        """Write down that a counted standard is broken by an act at that moment; the first of a party is the finding."""
        if rule in self.city.duties:
            self.counted.append(Promise(rule, tuple(keys), party, at, at, at))

    def _sure(self, hand: SlowCalendar, first: int, due: int) -> Kept:
        if first >= due:
            return Kept(first)
        spare = hand.between(first, due)
        if spare == 0:
            return Kept(self.rng.randint(first + 1, due))
        if self.rng.randrange(40) == 0:
            return Kept(due)
        return Kept(hand.ahead(first, max(1, spare * self.rng.randint(2, 95) // 100)))

    def _fate(self, hand: SlowCalendar, first: int, due: int, *, missing: bool, entry: bool) -> Kept:
        if self.unlucky():
            return Kept(None) if missing and self.chance(20) else self._late(hand, first, due, entry=entry)
        if entry and self.rng.randrange(1000) < self.wanted.late_entries:
            return self._entered_late(hand, first, due)
        return self._sure(hand, first, due)

    def _late(self, hand: SlowCalendar, first: int, due: int, *, entry: bool) -> Kept:
        kind = self.rng.randrange(10)
        late = max(first, due)
        if kind == 0:
            return Kept(late + 1)
        if kind == 1 and entry and first < due:
            done = self._sure(hand, first, due).end or due
            lawful = max(due + self.city.margin, self.city.writable(hand, done))
            return Kept(done, lawful + self.rng.randint(1, 2 * 86_400))
        return Kept(hand.ahead(late, self.rng.randint(60, 6 * HOUR if kind < 8 else 14 * HOUR)))  # noqa: PLR2004 -- most are late by hours

    def _entered_late(self, hand: SlowCalendar, first: int, due: int) -> Kept:
        """Do it in time, within the last office hour, and write it down after the due moment, yet as soon as the plan asks."""
        done = max(first, due - self.rng.randint(0, HOUR))
        lawful = self.city.writable(hand, done) - WRITING
        if done > due or lawful <= due + self.city.margin:
            return self._sure(hand, first, due)
        return Kept(done, self.rng.randint(due + self.city.margin + 1, lawful) if self.chance(80) else lawful)

    @property
    def last(self) -> int:
        """Say when everything has been done, written down and come due."""
        moments = [said.entered for said in self.said]
        for one in self.promises:
            moments += [one.due, one.end or one.due, one.entered or one.due]
        return max(moments)

    def close(self, act: Acted, party: str) -> int | None:
        """End the case once nothing is left to be done; a case in which something is missing stays open."""
        if any(one.end is None and one.void is None for one in self.promises):
            return None
        self.city.actor(party, tag_of(act))
        return self.say(self.after(self.last, 5, 120), act, party)
