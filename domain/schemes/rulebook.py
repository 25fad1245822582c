"""A scheme compiled: parties by code, rules by slug and by kind of case; made once, at load, and never changed."""

from collections.abc import Iterable
from datetime import timedelta
from functools import lru_cache
from typing import TypeVar

from domain.ledger import Actor
from domain.refusals import Malformed, NotComputable
from domain.schemes.fields import WrongField
from domain.schemes.program import DeadlineProgram, StandardProgram, limit_of
from domain.schemes.rule import Rule
from domain.schemes.scheme import Party, Scheme, Sessions
from words import listed, sentence

Prog = TypeVar("Prog", DeadlineProgram, StandardProgram)
_SHAPES = 4096
"""Cases with the same kinds of act ask the same rules; so many such shapes are remembered."""
Seconds = tuple[tuple[int, int], ...]


class BadRule(ValueError):
    """A rule cannot be made ready: which, and why."""

    def __init__(self, slug: str, why: str) -> None:
        """Name the rule by its slug."""
        super().__init__(sentence("rule {slug}: {why}", slug=slug, why=why))
        self.slug, self.why = slug, why


class Rulebook:
    """One scheme, ready to judge cases by."""

    def __init__(self, scheme: Scheme) -> None:
        """Compile every rule; the first that cannot be is named in `BadRule`."""
        self.scheme = scheme
        self.id = scheme.id
        self.parties = {party.code: party for party in scheme.parties}
        self.front = next((party.code for party in scheme.parties if "window" in party.roles), None)
        """The window that answers for what comes through a portal."""
        self.rules = {rule.id: rule for rule in scheme.rule}
        self.stages: dict[str, str] = {rule.id: rule.stage for rule in scheme.rule}
        self.programs = {rule.id: _program(scheme, rule) for rule in scheme.rule}
        self.about_findings = frozenset(slug for slug, one in self.programs.items() if isinstance(one, DeadlineProgram) and one.outlasts)
        """Rules whose clocks run about a finding: they outlast the case, and others do not see them."""
        self.late_entry = limit_of(scheme, scheme.late_entry.limit)
        self.red_after = limit_of(scheme, scheme.lights.red_after)
        self.entry_margin = scheme.entry_margin
        self.margin = timedelta(seconds=scheme.entry_margin)
        self.deadlines: dict[str, tuple[DeadlineProgram, ...]] = _by_case(self.programs.values(), DeadlineProgram)
        self.standards: dict[str, tuple[StandardProgram, ...]] = _by_case(self.programs.values(), StandardProgram)
        self._office = _seconds(scheme.office.sessions)
        self._started = lru_cache(_SHAPES)(self._started_by)
        self._broken = lru_cache(_SHAPES)(self._broken_by)
        self._sessions = {code: _seconds(party.sessions) for code, party in self.parties.items() if party.sessions}

    def deadlines_of(self, kind: str, tags: Iterable[str]) -> tuple[DeadlineProgram, ...]:
        """Give the deadlines that some of these acts start."""
        return self._started(kind, frozenset(tags))

    def standards_of(self, kind: str, tags: Iterable[str]) -> tuple[StandardProgram, ...]:
        """Give the standards that some of these acts can break."""
        return self._broken(kind, frozenset(tags))

    def sessions_of(self, party: str) -> Seconds:
        """Say when a party's office is open, in seconds of the local day."""
        return self._sessions.get(party, self._office)

    def _started_by(self, kind: str, tags: frozenset[str]) -> tuple[DeadlineProgram, ...]:
        return tuple(program for program in self.deadlines.get(kind, ()) if not program.start_tags.isdisjoint(tags))

    def _broken_by(self, kind: str, tags: frozenset[str]) -> tuple[StandardProgram, ...]:
        return tuple(program for program in self.standards.get(kind, ()) if not program.tags.isdisjoint(tags))

    def party(self, code: str) -> Party:
        """Find a party of the scheme."""
        found = self.parties.get(code)
        if found is None:
            message = sentence(
                "{code!r} is no party of {scheme}; its parties are {parties}",
                code=code,
                scheme=self.id,
                parties=listed(sorted(self.parties)),
            )
            raise Malformed(message)
        return found

    def name_of(self, code: str) -> str:
        """Call a party by its name; one that the scheme does not know by its code."""
        found = self.parties.get(code)
        return code if found is None else found.name

    def inspected_by(self, code: str) -> tuple[str, ...] | None:
        """Say whose findings an inspector's plan gives it to see; None is everybody's."""
        party = self.parties.get(code)
        if party is None or not party.inspects:
            return None
        return tuple(one.code for one in self.scheme.parties if not set(one.supplies).isdisjoint(party.inspects))

    def answering(self, actor: Actor) -> str:
        """Say who answers for what somebody took in: a portal is a machine, and the window behind it answers."""
        return self.front or actor.party if actor.role == "portal" else actor.party

    def rule(self, name: str) -> Rule:
        """Find a rule by its slug or by an obligation id that it alone carries."""
        if name in self.rules:
            return self.rules[name]
        carrying = [rule for rule in self.rules.values() if name in rule.carries_out]
        if len(carrying) == 1:
            return carrying[0]
        message = (
            sentence("{name!r} is carried by several rules; name one of: {rules}", name=name, rules=listed(rule.id for rule in carrying))
            if carrying
            else sentence("{name!r} is no rule of {scheme}; name one of: {rules}", name=name, scheme=self.id, rules=listed(self.rules))
        )
        raise NotComputable(message)


def compile_scheme(scheme: Scheme) -> Rulebook:
    """Make a scheme ready to judge by."""
    return Rulebook(scheme)


def _program(scheme: Scheme, rule: Rule) -> DeadlineProgram | StandardProgram:
    try:
        if rule.deadline is not None:
            return DeadlineProgram(scheme, rule, rule.deadline)
        if rule.standard is not None:
            return StandardProgram(rule, rule.standard)
    except (WrongField, ValueError) as fault:
        raise BadRule(rule.id, fault.args[0]) from fault
    raise BadRule(rule.id, sentence("has neither a deadline nor a standard"))


def _by_case(programs: Iterable[DeadlineProgram | StandardProgram], kind: type[Prog]) -> dict[str, tuple[Prog, ...]]:
    found: dict[str, list[Prog]] = {}
    for program in programs:
        if isinstance(program, kind):
            for case in program.rule.cases:
                found.setdefault(case, []).append(program)
    return {case: tuple(those) for case, those in found.items()}


def _seconds(sessions: Sessions) -> Seconds:
    return tuple((_second(start), _second(end)) for start, end in sessions)


def _second(hour: str) -> int:
    hours, minutes = hour.split(":")
    return int(hours) * 3600 + int(minutes) * 60
