"""Who does what in the year after the traffic, and what must be there when it is over; it is all chosen before the first sweep."""

from collections.abc import Iterator, Sequence
from datetime import date
from random import Random

from domain.accountability.checks import answers as answers_so
from simulation.case_script import Answer
from simulation.follow_up.expected import Expected
from simulation.follow_up.outcomes import fates
from simulation.follow_up.period import Year
from simulation.follow_up.schedule import Track
from simulation.follow_up.shares import dealt
from simulation.follow_up.starting_points import Noted
from simulation.follow_up.steps import accountability as answering
from simulation.follow_up.steps import credit as filing
from simulation.follow_up.steps.assessment import assessors, drawn, seal
from simulation.follow_up.steps.due_process import Process
from simulation.follow_up.steps.settlement import Bill, bills, by_year, costed, settled, stated, year_end
from simulation.follow_up.steps.supervision import Climb, Ladder, arranged
from simulation.follow_up.steps.suspicions import Looked, looked_into, struck, unlawful
from simulation.slow_calendar import day_of, midnight

TAIL = 75
"""Working days that the longest way may still take after a finding is served."""
_CLIMBS: dict[Climb, int] = {"mended": 2, "unreported": 1, "interview": 2, "referral": 1}
_LADDERS, _ARRANGED, _FILED = 12, 3, 20


class Plan:
    """Everything that is chosen."""

    def __init__(self, year: Year, noted: Noted, answers: Sequence[Answer]) -> None:
        """Take what the traffic left."""
        self.year, self.office, self.noted, self.answers = year, year.office, noted, answers
        self.expected = Expected()

    def tracks(self) -> Iterator[Track]:
        """Give everybody's track."""
        processes, looked = self._processes(), list(looked_into(self.office, self.noted.raised, self._rng("suspicions")))
        yield from (one.track() for one in processes)
        yield from self._suspicions(looked)
        yield from self._stops()
        ladders = self._ladders()
        yield from (one.track() for one in ladders)
        yield from self._arranged(processes)
        yield from self._records(processes)
        yield from self._credit(ladders, looked)
        yield from self._money()
        yield from self._plans()
        yield from self._seals()

    def _rng(self, what: str) -> Random:
        return self.year.rng(what)

    def _knows(self, tag: str, kind: str) -> bool:
        return self.office.city.knows(tag, kind)

    def _processes(self) -> list[Process]:
        spread, made = max(1, self.year.workdays - TAIL), list[Process]()
        for fate in fates(self.office.city, self.answers, self.noted.punctual, self._rng("fates")):
            self.expected.add("finding", fate.way.state)
            if fate.way.late:
                self.expected.add("finding", "open")
            rng = self._rng(f"finding {fate.number}")
            made.append(Process(self.office, fate, rng, spread=spread, fall=self.year.last - 20 * 86_400))
        return made

    def _suspicions(self, looked: list[Looked]) -> Iterator[Track]:
        for one in looked:
            if one.answered != "left":
                self.expected.add("suspicion", "confirmed" if one.answered == "falsified" else one.answered)
            yield one.track()

    def _stops(self) -> Iterator[Track]:
        if not self._knows("stop.struck_out", "connection"):
            return
        rng = self._rng("stops")
        for one, missed in unlawful(self.office.city, self.noted.stops, rng):
            self.expected.add("stop", "struck-out")
            if missed:
                self.expected.add("finding", "open")
            yield struck(self.office, one, rng)

    def _ladders(self) -> list[Ladder]:
        if self.office.city.book.scheme.ladder is None:
            return []
        climbs, made = dealt(self._rng("climbs"), _CLIMBS), list[Ladder]()
        last = max((key[2] for key in self.noted.commitments), default=0)
        under = sorted((key, about) for key, about in self.noted.commitments.items() if key[2] == last)[:_LADDERS]
        for key, about in under:
            one = Ladder(self.office, key, about, next(climbs), self._rng(f"ladder {key}"))
            self._expect_rungs(one.climb)
            made.append(one)
        return made

    def _expect_rungs(self, climb: Climb) -> None:
        up = climb in {"interview", "referral"}
        self.expected.add("rung", "rectification.ordered", 2 if up else 1)
        if up:
            self.expected.add("rung", "interview.called")
        if climb == "referral":
            self.expected.add("rung", "penalty.referred")
        if climb != "mended":  # what is not in place by its day is missed, be it reported or not
            self.expected.add("finding", "open")

    def _arranged(self, processes: list[Process]) -> Iterator[Track]:
        if self._knows("interview.arranged", "supervision"):
            rules = self.office.city.book.rules
            named = [one for one in processes if one.fate.way.end == "notified" and "complaint" not in rules[one.fate.answer.rule].cases]
            for one in named[:_ARRANGED]:  # what may be of a report is closed to whom it is about, and named to nobody
                self.expected.add("rung", "interview.arranged")
                yield arranged(self.office, one, self._rng(f"arranged {one.fate.number}"))

    def _records(self, processes: list[Process]) -> Iterator[Track]:
        upheld = [one for one in processes if one.fate.way.end in {"upheld", "disposed"} and not one.fate.way.late]
        fates_of = dealt(self._rng("records"), answering.DECK)
        for one in [one for one in upheld if answers_so(self.office.city.book, one.fate.answer.party)][::2]:
            held = answering.Held(self.office, one, next(fates_of), self._rng(f"record {one.fate.number}"))
            self.expected.add("accountability", held.state)
            yield held.track()

    def _credit(self, ladders: list[Ladder], looked: list[Looked]) -> Iterator[Track]:
        if self.office.city.book.scheme.credit is None:
            return
        far, rng = dealt(self._rng("credit"), filing.DECK), self._rng("entries")
        grounds = [filing.free()] * _FILED + [filing.under(one) for one in ladders if one.climb == "referral"]
        utilities = set(self.office.city.utilities)
        grounds += [filing.because(one) for one in looked if one.answered == "falsified" and one.raised.party in utilities][:_FILED]
        for ready in grounds:
            filed = next(far)
            self.expected.add("credit", filed)
            yield filing.Entry(self.office, filed, ready, Random(rng.random())).track()  # noqa: S311 -- repeatable numbers, not secrets

    def _money(self) -> Iterator[Track]:
        terms = self.office.city.book.scheme.settlement
        if terms is None:
            return
        costs = costed(self.office, self.noted.works, self._rng("costs"))
        found = bills(costs, self.noted.halves, self.year.first, self.year.last)
        yield from (stated(self.office, one) for one in costs)
        paid = set[Bill]()
        for bill in found:
            self.expected.add("settled", f"{bill.district} {bill.half[0]}", bill.amount)
            yield settled(self.office, bill, self._rng(f"bill {bill.subject}"), paid)
        for about, those in by_year(found, self.year.last).items():
            total = sum(one.amount for one in those)
            self.expected.add("city-share", f"{about[0]} {about[1]}", total * terms.city_percent // 100)
            yield year_end(self.office, those, paid, terms.city_percent, self._rng(f"year's end {about}"))

    def _plans(self) -> Iterator[Track]:
        oversight = self.office.city.book.scheme.oversight
        for department in oversight.planned_by if oversight else ():
            rng = self._rng(f"plan {department}")
            at = self.office.later(rng, 3, 6)  # which may be in the year after
            works = (department, day_of(at).year) in self.noted.notified
            self.expected.add("oversight", "drawn" if works else "planned")
            yield drawn(self.office, department, at, rng, works=works)

    def _seals(self) -> Iterator[Track]:
        for on in range(day_of(self.year.first).year, day_of(self.year.last).year):
            if midnight(date(on + 1, 3, 1)) <= self.year.last:
                for by in assessors(self.office):
                    self.expected.add("sealed", str(on))
                    yield seal(self.office, by, on, self._rng(f"seal {on} {by}"))
