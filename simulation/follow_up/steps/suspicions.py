"""Suspicions that the traffic raised, answered by others than whom they are about; stops struck out, with what falls due by that."""

from collections.abc import Iterator
from random import Random
from typing import Literal

from domain.acts.enforcement.process import StopStruckOut, SuspicionCleared, SuspicionConfirmed
from simulation.city import City
from simulation.connections.opinions import RULE
from simulation.follow_up.office import Office
from simulation.follow_up.schedule import Track
from simulation.follow_up.shares import dealt
from simulation.follow_up.starting_points import Raised, Stopped

Answered = Literal["left", "cleared", "confirmed", "falsified"]
_DECK: dict[Answered, int] = {"left": 1, "cleared": 3, "confirmed": 1, "falsified": 1}


class Looked:
    """One suspicion, and how it is answered."""

    def __init__(self, office: Office, raised: Raised, answered: Answered, rng: Random) -> None:
        """Take what was raised."""
        self.office, self.raised, self.answered, self.rng = office, raised, answered, rng
        self.done: int | None = None
        """When it was answered."""

    async def track(self) -> Track:
        """Answer it some day of the first two months."""
        if self.answered == "left":
            return
        yield self.office.later(self.rng, 1, 40)
        seq, party = self.raised.seq, self.raised.party
        if self.answered == "cleared":
            act: SuspicionCleared | SuspicionConfirmed = SuspicionCleared(raised_seq=seq, reason="样例：经核查属正常")
        else:
            false = self.answered == "falsified"
            act = SuspicionConfirmed(raised_seq=seq, reason="样例：经核查属实", falsified=false, party=party if false else None)
        await self.office.record(self.raised.case_id, self.office.somebody("suspicion.cleared", party), act)
        self.done = self.office.at


def looked_into(office: Office, raised: list[Raised], rng: Random) -> Iterator[Looked]:
    """Deal an answer to each suspicion; only what is somebody's doing is a falsification."""
    answers = dealt(rng, _DECK)
    for one in raised:
        answered = next(answers)
        yield Looked(office, one, "confirmed" if answered == "falsified" and one.party is None else answered, Random(rng.random()))  # noqa: S311 -- repeatable numbers, not secrets


def unlawful(city: City, stops: list[Stopped], rng: Random) -> list[tuple[Stopped, bool]]:
    """Choose stops to be struck out, with whether their clock is missed without them, as counted by hand."""
    chosen = [one for one in stops if rng.randrange(100) < 40]  # noqa: PLR2004 -- per cent
    return [(one, missed_without(city, one)) for one in chosen]


def missed_without(city: City, one: Stopped) -> bool:
    """Say whether a clock that was kept is missed once its stop is gone."""
    return city.hand(one.department).due(one.started, city.limit(RULE)) < one.ended


async def struck(office: Office, one: Stopped, rng: Random) -> Track:
    """Strike a stop out, by whoever decides about the department."""
    yield office.later(rng, 5, 60)
    by = office.decider(one.department)
    await office.record(one.case_id, by, StopStruckOut(stopped_seq=one.seq, by=by, reason="样例：暂停计时理由不成立"), account=2)
