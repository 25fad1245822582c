"""A rule of a plan as callers see it: its limit, who owes it, and the source's own sentence beside it."""

from collections.abc import Iterator
from typing import Any

from casework.shown import Shown
from domain.deadlines.estimate import in_words
from domain.schemes.citation import Cite
from domain.schemes.rule import Rule, Start, Trigger


class Words(Shown, frozen=True):
    """The source's own sentence."""

    clause: str
    quote: str
    document: str | None = None


class RuleShown(Shown, frozen=True):
    """One rule: a deadline or a counted standard."""

    id: str
    title: str
    carries_out: tuple[str, ...]
    stage: str
    cites: tuple[Words, ...]
    kind: str
    """`deadline` or `standard`."""
    cases: tuple[str, ...]
    owed_by: str
    limit: str | None = None
    """As the plan writes it; null where an act gives it."""
    starts: tuple[str, ...] = ()
    stops: tuple[str, ...] = ()
    counts: tuple[str, ...] = ()
    per: tuple[str, ...] = ()
    statutory: str | None = None
    also_read_as: str | None = None
    assumes: tuple[str, ...] = ()
    note: str | None = None


def words(cite: Cite) -> Words:
    """Show a citation."""
    return Words(cite.clause, cite.quote, cite.document)


def rule_shown(rule: Rule) -> RuleShown:
    return RuleShown(
        id=rule.id,
        title=rule.title,
        carries_out=rule.carries_out,
        stage=rule.stage,
        cites=tuple(words(cite) for cite in rule.cites),
        also_read_as=in_words(rule) or None,
        statutory=rule.statutory,
        assumes=rule.assumes,
        note=rule.note,
        **(_deadline(rule) if rule.deadline else _standard(rule)),
    )


def _deadline(rule: Rule) -> dict[str, Any]:
    deadline = rule.deadline
    assert deadline is not None  # noqa: S101 -- asked for deadlines alone
    return {
        "kind": "deadline",
        "cases": _several(deadline.case),
        "owed_by": deadline.owed_by,
        "limit": deadline.limit if isinstance(deadline.limit, str) else None,
        "starts": tuple(_start(deadline.starts)),
        "stops": (_act(deadline.stops),),
        "per": deadline.per,
    }


def _standard(rule: Rule) -> dict[str, Any]:
    standard = rule.standard
    assert standard is not None  # noqa: S101 -- a rule without a deadline has a standard
    counted = (standard.sums.act,) if standard.sums else _several(standard.counts)
    return {"kind": "standard", "cases": _several(standard.case), "owed_by": standard.owed_by, "counts": counted, "per": standard.per}


def _start(start: str | Start) -> Iterator[str]:
    if isinstance(start, str):
        yield start
    elif start.act is not None:
        yield start.act
    else:
        yield from (_act(one) for one in start.latest_of or start.any_of)


def _act(trigger: str | Trigger) -> str:
    return trigger if isinstance(trigger, str) else trigger.act


def _several(names: str | tuple[str, ...]) -> tuple[str, ...]:
    return (names,) if isinstance(names, str) else names
