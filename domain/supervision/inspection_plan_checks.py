"""What a plan of supervision and its draws must be true to: the departments that the scheme names, and works of the plan's year."""

from collections.abc import Iterable
from uuid import UUID

from msgspec.structs import replace

from calendars import local_day
from domain.acts.enforcement.ladder import SampleDrawn, SupervisionPlanned
from domain.acts.enforcement.supervision import CommitmentSigned
from domain.cases.context import ActContext
from domain.cases.handlers import checks, checks_first, completes
from domain.cases.other_cases import Opening, Works
from domain.commitments.commitment import open_defects
from domain.ledger import Entry
from domain.refusals import AlreadyDone, Malformed, NotAllowed, OutOfOrder
from domain.schemes.enforcement import Oversight
from domain.schemes.rulebook import Rulebook
from domain.supervision.drawing import draw
from words import listed, sentence


@checks_first(SupervisionPlanned)
def check_planned(opening: Opening, act: SupervisionPlanned) -> None:
    """Let the departments plan that the scheme names, for this year or the next, and no riskier works be looked at less."""
    oversight = _oversight(opening.book)
    if act.department not in oversight.planned_by:
        message = sentence(
            "plans of supervision are made by {planned_by} ({clause}), not by {department}",
            planned_by=listed(oversight.planned_by),
            clause=oversight.cite.clause,
            department=act.department,
        )
        raise NotAllowed(message)
    year = local_day(opening.at).year
    if act.year not in {year, year + 1}:
        message = sentence(
            "year is {year}; a plan of supervision is made for {this_year} or {next_year}",
            year=act.year,
            this_year=year,
            next_year=year + 1,
        )
        raise Malformed(message, field="year")
    if not act.low <= act.middle <= act.high:
        message = sentence(
            "the shares are {low}, {middle} and {high} per cent; riskier works are inspected at least as often",
            low=act.low,
            middle=act.middle,
            high=act.high,
        )
        raise Malformed(message, field="high" if act.low <= act.middle else "middle")


@checks(SupervisionPlanned)
def check_second_plan(_: ActContext, act: SupervisionPlanned) -> None:
    """Refuse a second plan in a case."""
    message = sentence(
        "this case is a plan of supervision already; the plan of {department} for {year} opens a case of its own",
        department=act.department,
        year=act.year,
    )
    raise AlreadyDone(message)


@checks(SampleDrawn)
def check_drawn(asked: ActContext, act: SampleDrawn) -> None:
    """Let the plan's department draw, from works that no earlier draw was made from."""
    planned = plan_of(asked.entries)
    if planned.department != act.department:
        message = sentence(
            "this is the plan of {department}; {named} draws under its own", department=planned.department, named=act.department
        )
        raise NotAllowed(message)
    if act.strata:
        message = sentence("the strata are filled in by the draw itself; leave them out")
        raise Malformed(message, field="strata")
    if any(isinstance(one.act, SampleDrawn) and one.act.seed == act.seed for one in asked.entries):
        message = sentence("the seed {seed!r} has been drawn with under this plan; tell another one", seed=act.seed)
        raise AlreadyDone(message, field="seed")
    if not _undrawn(asked):
        message = sentence(
            "there are no works of {year} notified to {department} that no earlier draw was made from",
            year=planned.year,
            department=act.department,
        )
        raise OutOfOrder(message, missing=["commitment.notified"])


@completes(SampleDrawn)
def drawn(asked: ActContext, act: SampleDrawn) -> SampleDrawn:
    """Fill in what the seed draws."""
    planned = plan_of(asked.entries)
    shares = {"low": planned.low, "middle": planned.middle, "high": planned.high}
    high = _oversight(asked.book).high_defects
    return replace(act, strata=draw(act.seed, _undrawn(asked), _defects(asked, act.department), high, shares))  # type: ignore[arg-type]  # its keys are the risks


def plan_of(entries: Iterable[Entry]) -> SupervisionPlanned:
    """Give the plan that a case was opened with."""
    return next(one.act for one in entries if isinstance(one.act, SupervisionPlanned))


def drawn_from(entries: Iterable[Entry]) -> frozenset[UUID]:
    """Give the works that earlier draws were made from: nobody draws again until the result suits."""
    strata = (stratum for one in entries if isinstance(one.act, SampleDrawn) for stratum in one.act.strata)
    return frozenset(case_id for stratum in strata for case_id in stratum.drawn_from)


def _undrawn(asked: ActContext) -> list[Works]:
    before = drawn_from(asked.entries)
    return [one for one in asked.other_cases.works if one.case_id not in before]


def _defects(asked: ActContext, department: str) -> dict[str, int]:
    """Count each utility's open defects under its commitments to this department, of whatever year."""
    counted: dict[str, int] = {}
    for ledger in asked.other_cases.ledgers.values():
        for signed in (one.act for one in ledger if isinstance(one.act, CommitmentSigned) and one.act.department == department):
            counted[signed.utility] = counted.get(signed.utility, 0) + len(open_defects(ledger))
    return counted


def _oversight(book: Rulebook) -> Oversight:
    if book.scheme.oversight is None:
        message = sentence("{scheme} names no department that plans supervision", scheme=book.id)
        raise NotAllowed(message)
    return book.scheme.oversight
