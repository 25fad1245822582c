"""What is to become of each finding, chosen before there is any; it looks at no judgement."""

from collections.abc import Collection, Iterable
from random import Random
from typing import Literal, NamedTuple
from uuid import UUID

from cli.simulate.city import City
from cli.simulate.following.deck import dealt
from cli.simulate.script import Answer

End = Literal["open", "notified", "upheld", "disposed", "excused", "withdrawn"]


class Way(NamedTuple):
    """How a finding ends, whether its party objects, and whether it is withdrawn after all."""

    end: End
    objected: bool = False
    fallen: bool = False
    late: bool = False
    """It is decided after the decider's own days have run out: that is missed in its turn."""

    @property
    def state(self) -> End:
        """Say how it stands in the end."""
        return "withdrawn" if self.fallen else self.end


class Fate(NamedTuple):
    """One known breach, and what becomes of its finding."""

    number: int
    answer: Answer
    way: Way


WAYS = {
    Way("open"): 3,
    Way("notified"): 3,
    Way("upheld"): 8,
    Way("disposed"): 4,
    Way("upheld", objected=True): 4,
    Way("disposed", objected=True): 2,
    Way("upheld", objected=True, late=True): 1,
    Way("excused", objected=True): 4,
    Way("excused"): 1,
    Way("withdrawn", objected=True): 2,
    Way("withdrawn"): 2,
    Way("upheld", fallen=True): 2,
}


def fates(city: City, answers: Iterable[Answer], punctual: Collection[UUID], rng: Random) -> list[Fate]:
    """Deal a fate to each breach.

    A party that may not object stays silent. Where acts were written down late a withdrawal takes others' evidence: it is excused.
    """
    ways = dealt(rng, WAYS)
    known = sorted(answers, key=lambda one: (one.due_at, str(one.case_id), one.rule, one.party, sorted(one.keys.items())))
    return [Fate(number, one, _fitting(city, one, next(ways), late=one.case_id not in punctual)) for number, one in enumerate(known)]


def _fitting(city: City, answer: Answer, way: Way, *, late: bool) -> Way:
    if way.objected and not city.may(answer.party, "finding.objected"):
        way = way._replace(objected=False, late=False)
    if not late:
        return way
    return Way("excused") if way.end == "withdrawn" else way._replace(fallen=False)
