"""What becomes of a commitment in its year: its standard, its contractor, its officers, inspections and defects; no limit runs in it."""

from collections.abc import Iterator

from domain.acts import Acted, tag_of
from domain.acts.enforcement.supervision import (
    Checked,
    CommitmentSigned,
    ContractorEntrusted,
    DefectFound,
    InspectionHeld,
    OfficerNamed,
    StandardPublished,
)
from simulation.case_script import WRITING, Script
from simulation.people import person

VERSION = "样例标准2023版"
_ITEMS = ("样例：开挖前公示", "样例：围挡与交通导改", "样例：回填与路面恢复", "样例：绿地恢复")


Step = tuple[int, Acted, str]
"""When somebody does what."""


def supervise(script: Script, signed: CommitmentSigned, between: tuple[int, int], rounds: int = 1) -> None:
    """Let the year of a commitment pass, from its signature to its end or the last day; what the plan does not know is left out.

    There are so many rounds of inspections, the one after the other: nobody looks again before a defect is written down, for what
    two looks found unmet in between would be one defect written twice.
    """
    first, last = between
    at = script.after(first, 5, 200)
    steps, each, free = list(_begun(script, signed, at)), max(0, last - at) // rounds, at
    for number in range(rounds):
        until = at + (number + 1) * each if number + 1 < rounds else last
        found = list(_looked_at(script, signed, max(at + number * each, free), until))
        steps += found
        free = max([free, *(moment + WRITING for moment, act, _ in found if isinstance(act, DefectFound))])
    for moment, act, party in steps:
        if moment + WRITING < last and script.city.may(party, tag_of(act)):
            script.say(moment, act, party)


def _begun(script: Script, signed: CommitmentSigned, at: int) -> Iterator[Step]:
    utility, department = signed.utility, signed.department
    if script.chance(50):
        yield at, StandardPublished(department=department, version=VERSION, title="样例监管标准", items=_ITEMS), department
    if script.chance(30):
        scope = "样例：开挖、回填与恢复，由其作书面承诺"
        yield script.after(at, 5, 600), ContractorEntrusted(contractor="样例市政工程有限公司", scope=scope), utility
    for party in (utility, department):
        if script.chance(60):
            yield script.after(at, 5, 900), OfficerNamed(party=party, name=person(script.rng), post="样例科长"), party


def _looked_at(script: Script, signed: CommitmentSigned, at: int, last: int) -> Iterator[Step]:
    """Inspect works; what is found defective is mostly looked at once more."""
    if not script.chance(40):
        return
    department = signed.department
    looked = script.after(script.rng.randint(at, max(at, last)), 60, 400, department)
    unmet = script.rng.randint(1, len(_ITEMS)) if script.chance(50) else None
    yield looked, _inspection(script, signed, unmet), department
    if unmet is None:
        return
    defect = DefectFound(department=department, utility=signed.utility, item=unmet, text="样例：未达到承诺标准")
    yield script.after(looked, 5, 60, department), defect, department
    if script.chance(70):
        yield script.after(looked, 2000, 6000, department), _inspection(script, signed, None), department


def _inspection(script: Script, signed: CommitmentSigned, unmet: int | None) -> InspectionHeld:
    checked = tuple(Checked(item=item, met=item != unmet) for item in range(1, len(_ITEMS) + 1))
    inspectors = (person(script.rng), person(script.rng))
    return InspectionHeld(
        department=signed.department, utility=signed.utility, place="样例施工现场", inspectors=inspectors, checked=checked
    )
