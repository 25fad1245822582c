"""The desk that takes a worked case act by act, with every check in the way; holds no expected answers of its own."""

from collections.abc import Iterator
from uuid import uuid5

import msgspec
import pytest

from domain.acts import OPENS, Acted, tag_of
from domain.acts.connection import CommitmentNotified
from domain.acts.enforcement.audit import SuspicionRaised
from domain.acts.enforcement.ladder import SampleDrawn
from domain.case import Case
from domain.cases.other_cases import Dug, OtherCases, Works, grounds_of
from domain.clock import is_contested, shown_state
from domain.intake.numbering import gives_number
from domain.judging.situation import Situation
from domain.ledger import Actor
from domain.recording.opening import open_case
from domain.recording.recording import record
from domain.refusals import Refusal
from domain.works.places import dug_by
from tests.domain.stories import CASE, Story, said, shanghai
from tests.domain.worked_cases.worked import STILL, Act, Deadline, Example, Found, Way, check_doubts


class WorkedDesk:
    """Takes a file's acts with every check in the way, as the minute's sweep looks on."""

    def __init__(self, example: Example, *, swept: bool) -> None:
        self.example, self.swept = example, swept
        self.stories: dict[str, Story] = {}
        self.cases: dict[str, Case] = {}
        for act in example.acts:
            self.take(act)

    def take(self, act: Act) -> None:
        if self.swept:
            self.sweep(act.written or act.at)
        body = act.body({name: str(case.case_id) for name, case in self.cases.items()})
        if act.refused is None:
            check_doubts(act, self._write(act, body))
            return
        with pytest.raises(Refusal) as caught:
            self._write(act, body)
        assert type(caught.value).__name__ == act.refused.kind
        assert act.refused.says in caught.value.message

    def sweep(self, now: str) -> None:
        for name, story in self.stories.items():
            story.swept(now)
            self.cases[name] = msgspec.structs.replace(self.cases[name], seq=len(story.entries))

    def _write(self, act: Act, body: Acted) -> tuple[str, ...]:
        return self._record(act, body) if act.case in self.cases else self._open(act, body)

    def _open(self, act: Act, body: Acted) -> tuple[str, ...]:
        assert tag_of(body) in OPENS, f"{act.case!r} is opened by {tag_of(body)}"
        story = Story(self.example.scheme)
        number = 1 + sum(case.number is not None for case in self.cases.values()) if gives_number(story.book.scheme, body) else None
        made = open_case(
            story.book,
            body,
            case_id=uuid5(CASE, act.case),
            occurred_at=act.moment,
            recorded_at=act.recorded,
            actor=self._actor(story, act, body),
            edition=story.offices.newest,
            district=act.district,
            number=number,
            other_cases=self._beside(act.case, body),
        )
        story.entries.extend(made.entries)
        self.stories[act.case], self.cases[act.case] = story, made.case
        return made.doubts

    def _record(self, act: Act, body: Acted) -> tuple[str, ...]:
        story = self.stories[act.case]
        made = record(
            story.book,
            self.cases[act.case],
            story.entries,
            body,
            occurred_at=act.moment,
            recorded_at=act.recorded,
            actor=self._actor(story, act, body),
            offices=story.offices,
            clocks=story.judged().clocks,
            commitments=[case for case in self.cases.values() if case.kind == "commitment" and case.state == "open"],
            nearby=[dug for name, case in self.cases.items() if name != act.case for dug in self._digs(name, case)],
            other_cases=self._beside(act.case, body),
        )
        story.entries.extend(made.entries)
        self.cases[act.case] = made.case
        return made.doubts

    def _beside(self, about: str, body: Acted) -> OtherCases:
        """Read what every other case of the file says."""
        others = {name: story for name, story in self.stories.items() if name != about}
        found = [one for story in others.values() for one in story.judged().findings] if grounds_of(body) else []
        works = [self._notified(name) for name in others if isinstance(body, SampleDrawn) and self.cases[name].kind == "connection"]
        return OtherCases(
            findings={one.finding_id: one for one in found},
            ledgers={self.cases[name].case_id: story.entries for name, story in others.items()},
            works=[one for one in works if one.utilities],
        )

    def _notified(self, name: str) -> Works:
        notices = self.stories[name].written(CommitmentNotified)
        return Works(self.cases[name].case_id, frozenset(one.utility for one in notices))

    def _digs(self, name: str, case: Case) -> tuple[Dug, ...]:
        return dug_by(self.stories[name].entries) if case.state in {"open", "closed"} else ()

    def _actor(self, story: Story, act: Act, body: Acted) -> Actor:
        return Actor(act.by, act.role or story.role(body, act.by), f"{act.by} {act.account}")

    def deadlines(self) -> Iterator[Deadline]:
        now = shanghai(self.example.now)
        for name, story in self.stories.items():
            for one in story.judged().clocks:
                if not one.counted:
                    yield Deadline(one.rule, one.keys, one.party, said(one.due) or STILL, shown_state(one, now), name)

    def findings(self) -> Iterator[Found]:
        for name, story in self.stories.items():
            for one in story.swept(self.example.now):
                disputed = is_contested(one.due_at, one.also_due_at, one.ended_at, shanghai(self.example.now))
                yield Found(one.rule, one.keys, one.party, said(one.due_at) or "", one.state, name, disputed)

    def suspicions(self) -> Iterator[tuple[str, str]]:
        for name, story in self.stories.items():
            yield from ((name, one.about) for one in story.written(SuspicionRaised))

    def ways(self) -> Iterator[Way]:
        for one in self.example.routes:
            route = Situation(self.stories[one.case].book, self.stories[one.case].entries).route(one.utility)
            yield Way(one.utility, route.route, route.metres, one.case)

    def numbers(self) -> dict[str, int]:
        return {name: case.number for name, case in self.cases.items() if case.number is not None}
