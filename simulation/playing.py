"""Plays a planned case through the domain, act by act, so that everything made up is something the office would have taken."""

from collections.abc import Sequence
from random import Random
from typing import NamedTuple
from uuid import UUID

from msgspec.structs import replace

from domain.acts import Acted, row_of
from domain.acts.connection import CommitmentNotified, SurveyHeld
from domain.acts.service import ReceiptConfirmed
from domain.case import Case
from domain.cases.other_cases import NOTHING, Dug, OtherCases
from domain.clock import Clock
from domain.judging.judge import judge
from domain.ledger import Entry, Origin
from domain.recording.opening import open_case
from domain.recording.recording import record
from domain.works.places import dug_by, places_of
from simulation.case_script import WRITING, Said, Script, Simulated
from simulation.expected_breaches import answers
from simulation.people import case_id, ids_from
from simulation.slow_calendar import day_of, moment


class Neighbours:
    """What the stores would know of other cases' works as a survey is recorded."""

    def __init__(self) -> None:
        """Begin with none."""
        self._dug: dict[str, list[Dug]] = {}

    def add(self, one: Simulated) -> None:
        """Keep what a case digs; what was withdrawn or refused digs nothing."""
        if one.case.state in {"open", "closed"}:
            for dug in dug_by(one.entries):
                self._dug.setdefault(dug.place, []).append(dug)

    def near(self, act: Acted) -> Sequence[Dug]:
        """Give what other cases dig at the places of a survey."""
        return [dug for place in sorted(places_of(act)) for dug in self._dug.get(place, ())] if isinstance(act, SurveyHeld) else ()


class Written(NamedTuple):
    """An act as it was written down: which of those that were planned, and when."""

    number: int
    said: Said
    entered: int


class Played:
    """A case's ledger as it grows."""

    def __init__(self, script: Script, about: UUID, first: Written, neighbours: Neighbours, other_cases: OtherCases = NOTHING) -> None:
        """Open the case."""
        self.script, self.neighbours, self.other_cases = script, neighbours, other_cases
        self._origin = Origin("made", ids_from(Random(about.int)))  # noqa: S311 -- repeatable numbers, not secrets
        opened = open_case(
            script.city.book,
            first.said.act,
            case_id=about,
            occurred_at=moment(first.said.at),
            recorded_at=moment(first.entered),
            actor=first.said.actor,
            edition=script.city.offices.newest,
            district=script.district,
            other_cases=other_cases,
            origin=self._origin,
        )
        self.case, self.entries = opened.case, list(opened.entries)
        self.numbers = {first.number: 1}
        """The entry of each act that was planned."""

    def record(self, one: Written) -> None:
        """Take the next act into the ledger; a receipt of what was not sent is left out."""
        act = self._named(one.said)
        if act is None:
            return
        made = record(
            self.script.city.book,
            self.case,
            self.entries,
            act,
            occurred_at=moment(one.said.at),
            recorded_at=moment(one.entered),
            actor=one.said.actor,
            offices=self.script.city.offices,
            clocks=self._clocks(act),
            commitments=self._resting_on(act, one.said.at),
            nearby=self.neighbours.near(act),
            other_cases=self.other_cases,
            origin=self._origin,
        )
        self.numbers[one.number] = made.entries[0].seq
        self.case = made.case
        self.entries += made.entries

    def _named(self, said: Said) -> Acted | None:
        if not isinstance(said.act, ReceiptConfirmed):
            return said.act
        sent = None if said.about is None else self.numbers.get(said.about)
        return None if sent is None else replace(said.act, seq=sent)

    def _clocks(self, act: Acted) -> Sequence[Clock]:
        if "following" not in row_of(act).checked:
            return ()
        return judge(self.script.city.book, self.entries, self.script.city.offices).clocks

    def _resting_on(self, act: Acted, at: int) -> Sequence[Case]:
        if not isinstance(act, CommitmentNotified):
            return ()
        year = day_of(at).year
        found = [self.script.commitments.get((act.utility, department, year)) for department in act.departments]
        return [one for one in found if one is not None]


def play(script: Script, neighbours: Neighbours | None = None, *, until: int | None = None, other_cases: OtherCases = NOTHING) -> Simulated:
    """Write the case's ledger as the acts were written down; `until` cuts it off in the middle, `beside` is what it rests on elsewhere."""
    first, *others = _written(script, until)
    about = case_id(script.rng, first.entered)
    played = Played(script, about, first, neighbours or Neighbours(), other_cases)
    for one in others:
        played.record(one)
    entries: tuple[Entry, ...] = tuple(played.entries)
    return Simulated(played.case, entries, answers(script, about) if until is None else ())


def _written(script: Script, until: int | None) -> list[Written]:
    """Order the acts as they were written down, each some seconds after it happened or after the one before."""
    over = script.over
    kept = [(number, one) for number, one in enumerate(script.said) if over is None or one.at <= over]
    latest, rows = 0, list[Written]()
    for number, one in sorted(kept, key=lambda row: (row[1].entered, row[1].at)):
        if until is None or one.entered <= until:
            latest = max(latest, one.entered + script.rng.randrange(WRITING))
            rows.append(Written(number, one, latest if until is None else min(latest, until)))
    return rows
