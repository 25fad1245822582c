"""Findings added up by party and rule, with what came of them; whom to call in, people decide."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import groupby

from casework.access.caller import Caller
from casework.access.visibility import is_city_wide
from casework.program import Context
from casework.shown import Shown
from storage.findings.choices import FindingFilter
from storage.findings.pages import Resting, Tally, resting, tallies
from storage.postgres.transaction import Tx

FELL = frozenset({"lapsed", "excused", "withdrawn"})
"""States of findings that are held against nobody."""


class RuleGroup(Shown, frozen=True):
    """What one party missed under one rule."""

    rule: str
    title: str
    clause: str
    findings: int
    standing: int
    """Those that neither lapsed nor were excused or withdrawn."""
    natural_seconds: int
    """How far past due all together; of those that stand."""
    longest_seconds: int


class RestingShown(Shown, frozen=True):
    """What came of a party's findings."""

    act: str
    """What was opened on them: an order (`rectification.ordered`), an interview, credit, accountability."""
    records: int
    findings: int
    """On so many of the findings."""


class PartyGroup(Shown, frozen=True):
    """What one party missed; the counts by state and light are of all its findings that were asked for."""

    party: str
    party_name: str
    findings: int
    standing: int
    states: dict[str, int]
    lights: dict[str, int]
    """Of those that stand."""
    natural_seconds: int
    longest_seconds: int
    first_due_at: datetime
    last_due_at: datetime
    rules: tuple[RuleGroup, ...]
    records: tuple[RestingShown, ...]
    """For those who see the whole city."""


async def grouped(tx: Tx, context: Context, caller: Caller, chosen: FindingFilter) -> tuple[PartyGroup, ...]:
    """Add up what was chosen, the parties with most findings that stand first."""
    counted = await tallies(tx, chosen, context.now)
    came = await resting(tx, chosen) if is_city_wide(caller) else []
    groups = [_group(context, party, [*those], came) for party, those in groupby(counted, key=lambda one: one.party)]
    return tuple(sorted(groups, key=lambda group: (-group.standing, -group.findings, group.party)))


def _group(context: Context, party: str, those: Sequence[Tally], came: Iterable[Resting]) -> PartyGroup:
    standing = [one for one in those if one.state not in FELL]
    return PartyGroup(
        party=party,
        party_name=context.book(those[-1].scheme).name_of(party),
        findings=_count(those),
        standing=_count(standing),
        states=_counted((one.state, one.findings) for one in those),
        lights=_counted((one.light, one.findings) for one in standing),
        natural_seconds=_seconds(standing),
        longest_seconds=_longest(standing),
        first_due_at=min(one.first_due for one in those),
        last_due_at=max(one.last_due for one in those),
        rules=tuple(_rule(context, scheme, rule, [*of]) for (scheme, rule), of in groupby(those, key=lambda one: (one.scheme, one.rule))),
        records=tuple(RestingShown(one.act, one.records, one.findings) for one in came if one.party == party),
    )


def _rule(context: Context, scheme: str, rule: str, those: Sequence[Tally]) -> RuleGroup:
    standing = [one for one in those if one.state not in FELL]
    about = context.book(scheme).rules[rule]
    return RuleGroup(rule, about.title, about.cites[0].clause, _count(those), _count(standing), _seconds(standing), _longest(standing))


def _count(those: Iterable[Tally]) -> int:
    return sum(one.findings for one in those)


def _seconds(those: Iterable[Tally]) -> int:
    return sum(one.natural_seconds for one in those)


def _longest(those: Iterable[Tally]) -> int:
    return max((one.longest_seconds for one in those), default=0)


def _counted(pairs: Iterable[tuple[str, int]]) -> dict[str, int]:
    counts: Counter[str] = Counter()
    for name, number in pairs:
        counts[name] += number
    return dict(sorted(counts.items()))
