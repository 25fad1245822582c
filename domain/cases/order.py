"""Who may record which act, and after what: steering acts out of order are refused, facts are always taken."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from domain.acts import AUDITOR_ALONE, Acted, tag_of
from domain.ledger import Actor, Entry
from domain.refusals import NotAllowed, OutOfOrder
from domain.schemes.rulebook import Rulebook
from domain.schemes.scheme import ActRule
from words import any_of, listed, sentence

FOR_OTHERS = frozenset({"window", "portal", "coordinator", "admin"})
"""Roles that may write for others; every other role records its own doings alone."""


def check_allowed(book: Rulebook, act: Acted, kind: str, actor: Actor) -> ActRule:
    """Refuse an act that the plan does not know, or that the role or party may not record."""
    tag = tag_of(act)
    rule = book.scheme.acts.get(tag)
    if tag in AUDITOR_ALONE or rule is None:
        message = sentence("{tag!r} is not recorded by people under {scheme}", tag=tag, scheme=book.id)
        raise NotAllowed(message, act=tag)
    if kind not in rule.case:
        message = sentence("{tag!r} belongs to {kinds} cases; this is one of {kind}", tag=tag, kinds=listed(rule.case), kind=kind)
        raise OutOfOrder(message, act=tag)
    if actor.role not in rule.roles:
        message = sentence("{tag!r} is recorded by {roles}; you are here as {role}", tag=tag, roles=listed(rule.roles), role=actor.role)
        raise NotAllowed(message, act=tag)
    _check_role(book, actor)
    _check_own(rule, act, tag, actor)
    return rule


def _check_role(book: Rulebook, actor: Actor) -> None:
    """Whatever a token says: a party acts in the roles alone that its plan gives it."""
    party = book.parties.get(actor.party)
    if party is None or actor.role not in party.roles:
        has = sentence("it is {roles}", roles=listed(party.roles)) if party else sentence("it is no party of that plan")
        message = sentence("{party} is no {role} under {scheme}; {has}", party=actor.party, role=actor.role, scheme=book.id, has=has)
        raise NotAllowed(message, role=actor.role)


def _check_own(rule: ActRule, act: Acted, tag: str, actor: Actor) -> None:
    if rule.own is None or actor.role in FOR_OTHERS:
        return
    value: Any = getattr(act, rule.own, None)
    named = (value,) if isinstance(value, str) else value or ()
    if actor.party not in named:
        message = (
            sentence(
                "{party} may record {tag!r} for itself alone; {field!r} names {named!r}",
                party=actor.party,
                tag=tag,
                field=rule.own,
                named=listed(named),
            )
            if named
            else sentence("{party} may record {tag!r} for itself alone; {field!r} names None", party=actor.party, tag=tag, field=rule.own)
        )
        raise NotAllowed(message, act=tag)


def lacks(rule: ActRule, act: Acted, at: datetime, entries: Iterable[Entry]) -> tuple[str, ...]:
    """Say what had to come first and had not happened by then; nothing where the order holds."""
    earlier = (entry.act for entry in entries if entry.occurred_at <= at and tag_of(entry.act) in rule.after)
    return () if not rule.after or any(_same(act, one) for one in earlier) else rule.after


def out_of_order(book: Rulebook, act: Acted, missing: Sequence[str], entries: Sequence[Entry], kind: str) -> OutOfOrder:
    """Say what is missing before this act, and what may come next."""
    tag = tag_of(act)
    following = may_follow(book, entries, kind)
    message = sentence(
        "{tag!r} comes after {missing}, which is not in this case for the same parties by then; next may be: {following}",
        tag=tag,
        missing=any_of(missing),
        following=listed(following) or sentence("nothing"),
    )
    return OutOfOrder(message, act=tag, missing=list(missing), next=list(following))


def may_follow(book: Rulebook, entries: Sequence[Entry], kind: str) -> tuple[str, ...]:
    """List the steering acts whose predecessors are there."""
    done = {tag_of(entry.act) for entry in entries}
    rows = book.scheme.acts.items()
    return tuple(
        sorted(tag for tag, row in rows if kind in row.case and row.kind == "steering" and row.after and not done.isdisjoint(row.after))
    )


def _same(act: Acted, earlier: Acted) -> bool:
    """Say whether two acts are about the same utility and department, where both name them; an approval is of both together."""
    opened, utility, department = getattr(earlier, "approvals", ()), getattr(act, "utility", None), getattr(act, "department", None)
    if opened and utility is not None and department is not None:
        return any((one.utility, one.department) == (utility, department) for one in opened)
    return all(
        _meet(_names(act, one, many), _names(earlier, one, many)) for one, many in (("utility", "utilities"), ("department", "departments"))
    )


def _meet(a: frozenset[str], b: frozenset[str]) -> bool:
    return not a or not b or not a.isdisjoint(b)


def _names(act: Any, one: str, many: str) -> frozenset[str]:  # noqa: ANN401 -- any act
    single = getattr(act, one, None)
    if single is not None:
        return frozenset({single})
    several = getattr(act, many, None) or tuple(getattr(e, one) for e in getattr(act, "approvals", ()))
    if one == "utility" and not several:
        several = tuple(e.utility for e in getattr(act, "surveyed", ())) or tuple(
            s.utility for s in getattr(getattr(act, "form", None), "supplies", ())
        )
    return frozenset(several)
