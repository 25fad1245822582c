"""The steps above an order to rectify: interviews (约谈) and referrals (移送), and a department's plan of supervision with its samples."""

from typing import Annotated, Literal
from uuid import UUID

from msgspec import Meta

from domain.acts.enforcement.process import Grounds
from domain.acts.enforcement.supervision import Year
from domain.acts.field import Acted, Code, Moment, Part, Text
from domain.acts.kinds import ALL, BOTH, FOLLOWING, Field, kind, read_by
from domain.acts.parts import Documents

Share = Annotated[int, Meta(ge=0, le=100)]
"""Per cent."""
Risk = Literal["low", "middle", "high"]


@kind(
    "安排约谈",
    ALL,
    {
        **read_by(ALL, "party", "by", "ground", "findings.finding_id", "findings.case_id", "held_for", "place"),
        "contact": Field(ALL, fed="never"),
    },
    opens="supervision",
    checked=BOTH,
    feeds=frozenset({"ground"}),
    needs=("grounds",),
)
class InterviewArranged(Acted, tag="interview.arranged", kw_only=True):
    """约谈 on another ground than the ladder's, which its officer gives; never proposed by the auditor."""

    party: Code
    by: Code
    ground: Text
    findings: Grounds = ()
    """From the inspector's list, where it rests on findings."""
    held_for: Moment
    place: Text
    contact: Text | None = None


@kind("约谈", ALL, {**read_by(ALL, "party", "by", "outcome", "documents"), "attended": Field(ALL, fed="never")}, checked=FOLLOWING)
class InterviewHeld(Acted, tag="interview.held", kw_only=True):
    """What came of an interview."""

    party: Code
    by: Code
    attended: Annotated[tuple[Text, ...], Meta(max_length=50)] = ()
    """Who came; nobody is an outcome too."""
    outcome: Text
    documents: Documents = ()


@kind("移送处罚", ALL, read_by(ALL, "utility", "department", "authority", "law", "facts", "documents"), checked=FOLLOWING)
class PenaltyReferred(Acted, tag="penalty.referred", kw_only=True):
    """情节严重的按照相关规定予以处理: referred to the authority that has the power, naming its law."""

    utility: Code
    department: Code
    authority: Text
    law: Text
    """The law's title and article that give that authority the power."""
    facts: Text
    documents: Documents = ()


@kind("移送答复", ALL, read_by(ALL, "department", "outcome", "documents"))
class ReferralAnswered(Acted, tag="referral.answered", kw_only=True):
    """What the authority did with it."""

    department: Code
    outcome: Text
    documents: Documents = ()


class Sampled(Part, kw_only=True):
    """Works of one risk: how many there were, and which were drawn."""

    risk: Risk
    share: Share
    drawn_from: Annotated[tuple[UUID, ...], Meta(max_length=10_000)]
    """The cases drawn from, in the order of their ids."""
    drawn: Annotated[tuple[UUID, ...], Meta(max_length=10_000)]


@kind(
    "制定检查计划",
    ALL,
    read_by(ALL, "department", "year", "title", "items", "low", "middle", "high", "documents"),
    opens="oversight",
    checked=BOTH,
)
class SupervisionPlanned(Acted, tag="supervision.planned", kw_only=True):
    """具体监管方案: how a department supervises works under commitment in a year."""

    department: Code
    year: Year
    title: Text
    items: Annotated[tuple[Text, ...], Meta(max_length=200)] = ()
    """What inspections look at."""
    low: Share
    middle: Share
    high: Share
    """How many per cent of the works of each risk are inspected."""
    documents: Documents = ()


@kind(
    "随机抽取",
    ALL,
    read_by(ALL, "department", "seed", "strata.risk", "strata.share", "strata.drawn_from", "strata.drawn"),
    checked=FOLLOWING,
    needs=("ladder",),
)
class SampleDrawn(Acted, tag="sample.drawn", kw_only=True):
    """抽查: a draw that anybody can repeat from its seed."""

    department: Code
    seed: Annotated[str, Meta(min_length=1, max_length=100)]
    """What the drawer chose and told beforehand."""
    strata: Annotated[tuple[Sampled, ...], Meta(max_length=3)] = ()
    """Filled in by the draw itself; nobody writes it."""


__all__ = [name for name, value in list(globals().items()) if isinstance(value, type) and issubclass(value, Acted)]
