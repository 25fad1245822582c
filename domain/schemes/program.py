"""A rule made ready to judge: its triggers, keys, limit and reading resolved once, at load."""

from collections.abc import Iterable
from datetime import datetime
from fractions import Fraction
from typing import Literal

from calendars import Limit, Reading, parse_limit
from domain.acts import ABOUT_FINDINGS, KINDS
from domain.acts.field import Acted
from domain.ledger import Entry
from domain.schemes.fields import Condition, Getter, KeyReader, WrongField, getter
from domain.schemes.rule import AlsoReadAs, Deadline, Filled, GivenLimit, Rule, Standard, Start, Trigger, Void
from domain.schemes.scheme import Scheme
from words import sentence

OF_CASE = ("route", "class", "business_environment")
"""The fields of a case that a condition may name: the route of the utility and department, the class in force, whether a
complaint touches the business environment."""

ENDING = ("case.withdrawn", "application.refused")
"""Acts after which nothing is owed to the applicant any more."""
Owed = Literal["key", "actor", "holder", "field"]


def limit_of(scheme: Scheme, text: str) -> Limit:
    """Read a limit; `at-once` is what the scheme says it is."""
    return parse_limit(scheme.at_once.limit if text == "at-once" else text)


class Triggering:
    """One act that starts, stops, voids or is counted."""

    def __init__(self, trigger: Trigger | Start | Void, keys: Iterable[str], *, partial: bool) -> None:
        """Resolve the act's fields; a fault names the field that it lacks."""
        if trigger.act is None or trigger.act not in KINDS:
            raise WrongField(sentence("there is no act {act!r}", act=trigger.act))
        self.tag: str = trigger.act
        self.kind: type[Acted] = KINDS[self.tag]
        self.keys = KeyReader(self.tag, keys, getattr(trigger, "each", None), partial=partial)
        self.when = Condition(trigger.when, self.kind, self.keys.element, OF_CASE)
        at = getattr(trigger, "at", None)
        self.at: Getter | None = getter(self.kind, at) if at else None
        self.since: str | None = getattr(trigger, "since", None)
        self.happened = self.at is None and self.since is None
        """Whether what counts is the moment at which the act happened."""
        named: tuple[str, ...] = getattr(trigger, "needs", ())
        self.needs: tuple[Getter, ...] = tuple(getter(self.kind, name) for name in named)
        self.filled_by = tuple(Filling(one, named) for one in getattr(trigger, "filled_by", ()))
        to_receiver: str | None = getattr(trigger, "to_receiver", None)
        self.to_receiver = None if to_receiver is None else named.index(to_receiver)
        self.all_of: tuple[str, ...] = getattr(trigger, "all_of", ())


class Filling:
    """Another act that tells one of a trigger's needed moments."""

    def __init__(self, filled: Filled, needs: tuple[str, ...]) -> None:
        """Resolve which moment it tells, and where it stands."""
        self.tag = filled.act
        self.need = needs.index(filled.need)
        self.at: Getter | None = getter(KINDS[filled.act], filled.at) if filled.at else None
        self.after = filled.after
        self.since_start = filled.since_start

    def moment(self, entry: Entry) -> datetime | None:
        """Read the moment that an entry tells, if it does."""
        at: datetime | None = self.at(entry.act) if self.at else entry.occurred_at
        return at


class Voiding(Triggering):
    """An act that makes a clock void."""

    def __init__(self, void: Void, keys: Iterable[str]) -> None:
        """Resolve the act, and the moment of it that must lie after the due moment."""
        super().__init__(void, (key for key in keys if key not in void.other), partial=True)
        self.other: tuple[tuple[str, Getter], ...] = tuple((name, getter(self.kind, name)) for name in void.other)
        self.past_due: Getter | None = getter(self.kind, void.past_due) if void.past_due else None
        self.before_too = void.before_too
        self.within: Limit | None = parse_limit(void.within) if void.within else None


def _trigger(what: str | Trigger) -> Trigger:
    return Trigger(act=what) if isinstance(what, str) else what


class DeadlineProgram:
    """A deadline ready to judge."""

    def __init__(self, scheme: Scheme, rule: Rule, deadline: Deadline) -> None:
        """Resolve everything that does not depend on a case."""
        self.rule = rule
        self.slug = rule.id
        self.per = deadline.per
        self.starts, self.latest = self._starts(deadline)
        self.start_tags = frozenset(start.tag for start in self.starts)
        stop = _trigger(deadline.stops)
        self.stop = Triggering(stop, self.per, partial=True)
        # A decision answers what came before it; only a fact that has happened already meets a clock that starts later.
        self.early = stop.act not in scheme.acts or scheme.acts[stop.act].kind == "fact"
        self.stop_at = tuple(self.per.index(key) for key in self.stop.keys.named)
        self.undone = Triggering(stop.undone_by, self.per, partial=True) if stop.undone_by else None
        self.voids = tuple(Voiding(void, self.per) for void in deadline.void_by)
        self.outlasts = self.start_tags <= ABOUT_FINDINGS
        """Whether it is about a finding, and goes on when the applicant no longer asks for anything; others do not see it."""
        self.void_tags = frozenset({*(() if self.outlasts else ENDING), *(void.tag for void in self.voids)})
        self.when = tuple(Condition(deadline.when, start.kind, start.keys.element, OF_CASE) for start in self.starts)
        asked = zip(self.starts, self.when, strict=True)
        self.asked = tuple(tuple(one for one in (start.when, when) if not one.always) for start, when in asked)
        self.may_stop = frozenset(deadline.may_stop)
        self.permitted_key = self.per.index("utility") if deadline.once_permitted else None
        """Which key names the company whose permits have to be there."""
        self.warn = _share(deadline.warn)
        self.reading, self.statutory = _reading(scheme, rule.also_read_as), None
        if rule.statutory:
            self.statutory = parse_limit(rule.statutory)
        self.given, self.limit = self._limit(scheme, deadline)
        self.owed: Owed = _owed(deadline.owed_by, self.per)
        self.owed_key = self.per.index(deadline.owed_by) if self.owed == "key" else 0
        self.owed_field = tuple(_owed_field(s, deadline.owed_by) for s in self.starts) if self.owed == "field" else ()

    def _starts(self, deadline: Deadline) -> tuple[tuple[Triggering, ...], bool]:
        start = deadline.starts
        if isinstance(start, str):
            return (Triggering(Trigger(act=start), self.per, partial=False),), False
        several = start.latest_of or start.any_of
        given = tuple(_trigger(one) for one in several) if several else (start,)
        return tuple(Triggering(one, self.per, partial=False) for one in given), bool(start.latest_of)

    def _limit(self, scheme: Scheme, deadline: Deadline) -> "tuple[Given | None, Limit | None]":
        limit = deadline.limit
        if isinstance(limit, GivenLimit):
            return Given(scheme, limit, self.starts), None
        made = limit_of(scheme, limit)
        if deadline.first_day == "counts":
            made = Limit(measure=made.measure, amount=made.amount, text=made.text, per=made.per, first_day_counts=True)
        return None, made


class Given:
    """A limit that an act gives: a moment or day in one of its fields, or a limit by the value of a field."""

    def __init__(self, scheme: Scheme, limit: GivenLimit, starts: Iterable[Triggering]) -> None:
        """Resolve the fields on the element or the act of each start."""
        self.otherwise = limit.otherwise
        names = (limit.field,) if isinstance(limit.field, str) else limit.field
        self.fields = tuple(tuple(_on(start, name) for name in names) for start in starts)
        self.by = limit.by
        self.of = {value: limit_of(scheme, text) for value, text in limit.of.items()}


class StandardProgram:
    """A counted standard ready to judge."""

    def __init__(self, rule: Rule, standard: Standard) -> None:
        """Resolve the acts that are counted, or required before others."""
        self.rule = rule
        self.slug = rule.id
        self.per = standard.per
        self.at_most = standard.at_most
        tags = (standard.counts,) if isinstance(standard.counts, str) else standard.counts
        if standard.sums is not None:
            tags = (standard.sums.act,)
        tags = tags or standard.before
        self.acts = tuple(Triggering(Trigger(act=tag), standard.per, partial=False) for tag in tags)
        self.when = tuple(Condition(standard.when, act.kind, act.keys.element, OF_CASE) for act in self.acts)
        self.value = getter(self.acts[0].kind, standard.sums.field) if standard.sums is not None else None
        self.lacking = tuple(getter(act.kind, standard.lacking) for act in self.acts) if standard.lacking else ()
        self.anew = getter(self.acts[0].kind, standard.anew) if standard.anew else None
        self.requires = Triggering(_trigger(standard.requires), (), partial=True) if standard.requires else None
        self.after = tuple(Triggering(one, (), partial=True) for one in standard.after)
        self.between = tuple(Triggering(Trigger(act=tag), ("utility", "department"), partial=False) for tag in standard.between or ())
        self.tags = frozenset(act.tag for act in self.acts)
        self.pair = tuple(_pair(act.kind) for act in self.acts)
        self.owed: Owed = _owed(standard.owed_by, standard.per)
        self.owed_key = standard.per.index(standard.owed_by) if self.owed == "key" else 0
        self.owed_field = tuple(_owed_field(act, standard.owed_by) for act in self.acts) if self.owed == "field" else ()


def _pair(kind: type[Acted]) -> Getter | None:
    fields = kind.__struct_fields__
    if "utility" in fields and "department" in fields:
        return lambda act: (act.utility, act.department)
    return None


def _owed(owed_by: str, per: tuple[str, ...]) -> Owed:
    if owed_by in per:
        return "key"
    return "actor" if owed_by == "actor" else "holder" if owed_by == "holder" else "field"


def _owed_field(start: Triggering, name: str) -> tuple[bool, Getter]:
    return _on(start, name)


def _on(start: Triggering, name: str) -> tuple[bool, Getter]:
    """Say whether a field stands on the element, and read it."""
    element = start.keys.element
    if element is not None and name in element.__struct_fields__:
        return True, getter(element, name)
    return False, getter(start.kind, name)


def _share(warn: str | None) -> tuple[int, int] | None:
    return None if warn is None else (Fraction(warn).numerator, Fraction(warn).denominator)


def _reading(scheme: Scheme, other: AlsoReadAs | None) -> Reading | None:
    if other is None:
        return None
    return Reading(
        limit=limit_of(scheme, other.limit) if other.limit else None,
        closes_at_midnight=other.closes is not None,
        rest_day_starts_next=other.rest_day_start is not None,
        half_is_session=other.half is not None,
        until_close=other.until is not None,
    )


Program = DeadlineProgram | StandardProgram
