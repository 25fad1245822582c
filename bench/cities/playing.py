"""Plays whole cases of the sample city through the domain, judged as they would be kept; every benchmark's rows are copies of these."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

import msgspec

from bench.cities.acts import AGENT, FORM, Step
from bench.serving import DATA_KEYS
from calendars import Edition, package_edition
from casework.settings import Settings, strong_data_keys
from domain.case import Case
from domain.cases.appending import sealed_anew
from domain.judging.judge import judge
from domain.ledger import SHA256, Actor, Entry, Origin
from domain.offices import Offices
from domain.people.particulars import sealing
from domain.recording.opening import open_case
from domain.recording.recording import record
from domain.recording.state import as_it_follows, header_of
from domain.schemes.rulebook import Rulebook, compile_scheme
from schemes.reader import SHIPPED, read_scheme
from storage.loading.bulk import Written
from storage.people.sealing import KeyRing, NewSeal

TEMPLATE = UUID(int=0x8000_4000_8000_0000_0000_0000)
RING = KeyRing(strong_data_keys(Settings(data_keys=DATA_KEYS)))
MADE = Origin("made")
__all__ = ["FORM", "Stage", "copied"]


class Stage:
    """One city's plan and calendar, on which cases are played."""

    def __init__(self, scheme: str = "jingmen-2023") -> None:
        """Read the plan as shipped."""
        self.book: Rulebook = compile_scheme(read_scheme(SHIPPED / f"{scheme}.toml"))
        edition: Edition = package_edition()
        self.offices = Offices({edition.id: edition}, edition.id)

    def play(self, start: datetime, steps: Sequence[Step]) -> Written:
        """Open a case with the first step and record the others, each so many minutes after the start."""
        first, *others = steps
        at = start + timedelta(minutes=first.minutes)
        opened = open_case(
            self.book,
            first.act,
            case_id=TEMPLATE,
            occurred_at=at,
            recorded_at=at,
            actor=self._actor(first),
            edition=self.offices.newest,
            district="jm-dongbao",
            origin=MADE,
        )
        case, entries = opened.case, list(opened.entries)
        for step in others:
            case = self._next(case, entries, step, start)
        clocks = judge(self.book, entries, self.offices).clocks
        header = header_of(self.book, case, entries, clocks, self.offices)
        case = msgspec.structs.replace(as_it_follows(case, header), number=1 if header.numbered else None)
        return Written(case, tuple(entries), clocks)

    def _next(self, case: Case, entries: list[Entry], step: Step, start: datetime) -> Case:
        at = start + timedelta(minutes=step.minutes)
        done = record(
            self.book, case, entries, step.act, occurred_at=at, recorded_at=at, actor=self._actor(step), offices=self.offices, origin=MADE
        )
        entries.extend(done.entries)
        return done.case

    def _actor(self, step: Step) -> Actor:
        return Actor(step.party, step.role, AGENT)


def copied(template: Written, case_id: UUID, number: int | None = None) -> Written:
    """Copy a case under another id, with its persons sealed under a key of its own and its chain hashed anew."""
    seal = NewSeal(RING, case_id)
    moved = [msgspec.structs.replace(entry, case_id=case_id) for entry in template.entries]
    case = msgspec.structs.replace(template.case, case_id=case_id, number=number)
    case, entries = sealed_anew(case, moved, sealing(seal.seal), SHA256)
    return Written(case, entries, template.clocks, template.findings, key=seal.kept)
