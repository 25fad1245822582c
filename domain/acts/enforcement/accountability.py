"""Accountability records (责任追究): per unit and, where a person answers for it, per person; proposed on upheld findings only."""

from typing import Annotated, Literal

from msgspec import Meta

from domain.acts.enforcement.process import Ground
from domain.acts.field import Acted, Code, Moment, Part, Text
from domain.acts.forms import Sealed
from domain.acts.kinds import FIRST, FOLLOWING, PARTIES, Field, kind, read_by
from domain.acts.parts import Documents


class Official(Part, kw_only=True):
    """Who answers for it; the name is kept sealed."""

    name: Sealed
    post: Text


@kind(
    "提请责任追究",
    PARTIES,
    {
        **read_by(PARTIES, "unit", "by", "conduct", "facts", "grounds.finding_id", "grounds.case_id"),
        "person.name": Field(PARTIES, person="name", fed="never"),
        "person.post": Field(PARTIES, fed="never"),
    },
    opens="accountability",
    checked=FIRST,
    feeds=frozenset({"ground"}),
    needs=("grounds",),
)
class AccountabilityProposed(Acted, tag="accountability.proposed", kw_only=True):
    """What a unit, or a person of it, is to answer for."""

    unit: Code
    by: Code
    person: Official | None = None
    conduct: Literal["slow", "inaction", "other"]
    """慢作为, 不作为, or what the facts say."""
    facts: Text
    grounds: Annotated[tuple[Ground, ...], Meta(min_length=1, max_length=200)]
    """Upheld findings."""


@kind("责任追究告知", PARTIES, read_by(PARTIES, "by", "served_at", "statement_until"), checked=FOLLOWING)
class AccountabilityNotified(Acted, tag="accountability.notified", kw_only=True):
    """Served on whoever is to answer, with time for a statement."""

    by: Code
    served_at: Moment
    statement_until: Moment


@kind("听取责任陈述", PARTIES, read_by(PARTIES, "by", "statement", "documents"), checked=FOLLOWING)
class AccountabilityHeard(Acted, tag="accountability.heard", kw_only=True):
    """The statement; nothing, once its time has run out."""

    by: Code
    statement: Text | None = None
    documents: Documents = ()


@kind("责任追究决定", PARTIES, read_by(PARTIES, "by", "measure", "basis", "reason", "documents"), checked=FOLLOWING)
class AccountabilityDecided(Acted, tag="accountability.decided", kw_only=True):
    """批评教育, 处理处罚, 责任追究, or nothing; by the deciding body, with reasons."""

    by: Code
    measure: Literal["criticism", "discipline", "liability", "none"]
    basis: Text | None = None
    """The rule that the measure rests on; needed for any but criticism."""
    reason: Text
    documents: Documents = ()


@kind("责任追究办结", PARTIES, read_by(PARTIES, "by", "outcome", "documents"), checked=FOLLOWING)
class AccountabilityConcluded(Acted, tag="accountability.concluded", kw_only=True):
    """What came of it."""

    by: Code
    outcome: Text
    documents: Documents = ()


@kind("撤销责任追究", PARTIES, read_by(PARTIES, "reason", "by"), checked=FOLLOWING)
class AccountabilityWithdrawn(Acted, tag="accountability.withdrawn", kw_only=True):
    """Withdrawn, as what it rested on has fallen."""

    reason: Text
    by: Code | None = None
    """Who; nobody where the auditor withdraws it because a finding under it was withdrawn."""


__all__ = [name for name, value in list(globals().items()) if isinstance(value, type) and issubclass(value, Acted)]
