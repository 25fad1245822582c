"""What is to become of each finding, chosen before there is any; it looks at no judgement."""

from collections import Counter
from collections.abc import Collection, Iterable
from random import Random
from typing import Literal, NamedTuple
from uuid import UUID

from simulation.case_script import Answer
from simulation.city import City
from simulation.follow_up.shares import dealt

End = Literal["open", "notified", "objected", "upheld", "disposed", "excused", "withdrawn"]


class Way(NamedTuple):
    """How a finding ends, whether its party objects, and whether it is withdrawn after all."""

    end: End
    objected: bool = False
    fallen: bool = False
    late: bool = False
    """It is decided after the decider's own days have run out, or never: that is missed in its turn."""

    @property
    def state(self) -> End:
        """Say how it stands in the end."""
        return "withdrawn" if self.fallen else self.end


class Fate(NamedTuple):
    """One known breach, and what becomes of its finding."""

    number: int
    answer: Answer
    way: Way
    twin: int = 0
    """How many breaches before it are told in the very same words: two requests of one day may both be due at its close."""


WAYS = {
    Way("open"): 3,
    Way("notified"): 3,
    Way("objected", objected=True, late=True): 2,
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
    ways, told, made = dealt(rng, WAYS), Counter[tuple[object, ...]](), list[Fate]()
    for number, one in enumerate(sorted(answers, key=_words)):
        way = _fitting(city, one, next(ways), late=one.case_id not in punctual)
        made.append(Fate(number, one, way, told[_words(one)]))
        told[_words(one)] += 1
    return made


def _words(one: Answer) -> tuple[str, str, str, str, tuple[tuple[str, str], ...]]:
    return one.due_at, str(one.case_id), one.rule, one.party, tuple(sorted(one.keys.items()))


def _fitting(city: City, answer: Answer, way: Way, *, late: bool) -> Way:
    if way.objected and not city.may(answer.party, "finding.objected"):
        way = Way("notified") if way.end == "objected" else way._replace(objected=False, late=False)
    if not late:
        return way
    return Way("excused") if way.end == "withdrawn" else way._replace(fallen=False)
