"""A case told act by act in Shanghai's time, so that a test reads as what happened; holds no expected answers."""

import tomllib
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple, TypeVar
from uuid import UUID

import msgspec

from calendars import SHANGHAI, Edition, package_edition
from domain.acts import Acted, tag_of
from domain.acts.connection import (
    ApplicationAccepted,
    ApplicationPushed,
    ApprovalOpened,
    ApprovalPushed,
    MaterialsSubmitted,
    PlanIssued,
    SurveyHeld,
)
from domain.acts.parts import Applicant, Approval, Form, Stretch, Supply, Surveyed
from domain.clock import Clock
from domain.finding import Finding
from domain.findings.audit_acts import decide_about
from domain.judging.judge import Judgement, judge
from domain.judging.situation import Situation
from domain.ledger import AUDITOR, Actor, Entry, body_of
from domain.offices import Offices
from domain.schemes.rule import Rule
from domain.schemes.rulebook import Rulebook, compile_scheme
from schemes.reader import load_schemes

A = TypeVar("A", bound=Acted)
LINJIANG = Path(__file__).parents[1] / "cities" / "linjiang"
"""The folder of a made-up city's plan, which no room knows of."""
CASE = UUID("019a0000-0000-7000-8000-000000000001")
SERVICES = {"water": "water", "gas": "gas", "power": "power", "heat-zhongjing": "heat", "mobile": "network"}


@lru_cache
def book(scheme: str) -> Rulebook:
    return compile_scheme(load_schemes([LINJIANG]).by_id(scheme))


@lru_cache
def package() -> Edition:
    return package_edition()


@lru_cache
def offices() -> Offices:
    edition = package()
    return Offices({edition.id: edition}, edition.id)


def shanghai(text: str) -> datetime:
    """A moment as a clock on a Shanghai wall shows it, in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI).astimezone(UTC)


def said(moment: datetime | None) -> str | None:
    """The other way round; without the seconds where there are none."""
    return None if moment is None else f"{moment.astimezone(SHANGHAI):%Y-%m-%d %H:%M:%S}".removesuffix(":00")


class At(NamedTuple):
    """A moment of a story."""

    story: "Story"
    moment: datetime
    written: datetime

    def does(self, act: Acted, by: str, role: str | None = None, account: str = "person") -> Entry:
        """Write what happened; the role is the first that the plan gives the party for that act."""
        return self.story.write(act, self.moment, self.written, Actor(by, role or self.story.role(act, by), account))


class Story:
    """One case's ledger, judged as often as a test asks; nothing is refused here."""

    def __init__(self, scheme: str | Rulebook, places: Offices | None = None) -> None:
        self.book = book(scheme) if isinstance(scheme, str) else scheme
        self.offices = places or offices()
        self.entries: list[Entry] = []

    def at(self, moment: str, written: str | None = None) -> At:
        return At(self, shanghai(moment), shanghai(written or moment))

    def role(self, act: Acted, party: str) -> str:
        row, known = self.book.scheme.acts.get(tag_of(act)), self.book.parties.get(party)
        allowed = [role for role in row.roles if known and role in known.roles] if row else []
        return allowed[0] if allowed else "coordinator"

    def write(self, act: Acted, at: datetime, written: datetime, actor: Actor) -> Entry:
        entry = Entry(CASE, len(self.entries) + 1, at, written, actor, self.offices.newest, act, body_of(act))
        self.entries.append(entry)
        return entry

    def situation(self) -> Situation:
        return Situation(self.book, self.entries)

    def judged(self) -> Judgement:
        return judge(self.book, self.entries, self.offices)

    def clocks(self, rule: str, *keys: str) -> list[Clock]:
        """The clocks of one rule, in the order they started; those of these keys, where any are named."""
        return [clock for clock in self.judged().clocks if clock.rule == rule and keys in {(), clock.keys}]

    def clock(self, rule: str, *keys: str) -> Clock:
        found = self.clocks(rule, *keys)
        assert len(found) == 1, [(clock.rule, clock.keys, clock.state) for clock in self.judged().clocks]
        return found[0]

    def due(self, rule: str, *keys: str) -> str | None:
        return said(self.clock(rule, *keys).due)

    def state(self, rule: str, *keys: str) -> str:
        return self.clock(rule, *keys).state

    def swept(self, now: str) -> list[Finding]:
        """Let the auditor do everything that there is to do by then, moment by moment; give the findings."""
        until = shanghai(now)
        while True:
            waiting = [clock for clock in self.judged().clocks if clock.next_check_at and clock.next_check_at <= until]
            if not waiting:
                return list(self.judged().findings)
            self._sweep(min(waiting, key=lambda clock: (clock.next_check_at or until, clock.rule, clock.keys)), until)

    def _sweep(self, clock: Clock, until: datetime) -> None:
        last = max(entry.recorded_at for entry in self.entries)
        at = min(until, max(last, clock.next_check_at or until))
        known = {finding.finding_id: finding for finding in self.judged().findings}
        about = [one for one in known.values() if (one.rule, one.start_seq, one.keys, one.party) == _about(clock)]
        notified = bool(about) and about[0].notified_at is not None
        deed = decide_about(self.book, CASE, clock, at, ("00",), notified=notified)
        assert deed is not None
        self.write(deed.act, at, at, AUDITOR)

    def written(self, kind: type[A]) -> list[A]:
        """What was written of one kind of act."""
        return [entry.act for entry in self.entries if isinstance(entry.act, kind)]


def _about(clock: Clock) -> tuple[str, int, tuple[str, ...], str]:
    return clock.rule, clock.start_seq, clock.keys, clock.party


def form(*utilities: str, kind: str = "enterprise", **more: str | bool) -> Form:
    """An application's form for these companies, in a place that Jingmen's plan covers."""
    applicant = Applicant(name="荆楚精密制造有限公司", kind=kind)  # type: ignore[arg-type]  # a test may try any kind
    supplies = tuple(Supply(service=SERVICES[one.split("-", 1)[1]], utility=one) for one in utilities)
    return Form(applicant=applicant, supplies=supplies, address="子陵铺镇工业路1号", zone="ziling", **more)  # type: ignore[arg-type]  # by name


def accepted(*utilities: str) -> ApplicationAccepted:
    return ApplicationAccepted(form=form(*utilities))


def surveyed(
    by: str, *utilities: str, metres: int = 400, does: Sequence[str] = (), reason: str | None = None, needed: bool = True
) -> SurveyHeld:
    """A joint survey that finds one stretch of works, shared by all, or (not `needed`) none."""
    works = Stretch(place="工业路", utilities=utilities, metres=metres, does=tuple(does))  # type: ignore[arg-type]  # words of the plan
    found = tuple(Surveyed(utility=one, feasible=True, works_needed=needed) for one in utilities)
    return SurveyHeld(called_by=by, participants=utilities, surveyed=found, works=(works,) if needed else (), reason=reason)


def opened(*approvals: tuple[str, str]) -> ApprovalOpened:
    return ApprovalOpened(approvals=tuple(Approval(utility=one, department=other) for one, other in approvals))


def connection(scheme: str, *utilities: str, at: str = "2026-11-16 09:00", window: str | None = None) -> Story:
    """A connection case whose application was accepted and at once pushed to its utilities."""
    story = Story(scheme)
    window = window or ("jm-spj" if scheme == "jingmen-2023" else "dy-zsj")
    story.at(at).does(accepted(*utilities), by=window)
    story.at(at).does(ApplicationPushed(utilities=utilities), by=window)
    return story


def approval(at: str = "2026-11-16 10:00", scheme: str = "jingmen-2023") -> Story:
    """A joint approval of the water company's works, all in order, with its materials submitted at that moment."""
    water, department, office = _AT[scheme]
    story = connection(scheme, water)
    story.at("2026-11-16 09:10").does(surveyed(office, water), by=office)
    story.at("2026-11-16 09:15").does(PlanIssued(utility=water), by=water)
    story.at("2026-11-16 09:20").does(opened((water, department)), by=office)
    story.at("2026-11-16 09:20").does(ApprovalPushed(utility=water, departments=(department,)), by=water)
    story.at(at).does(MaterialsSubmitted(utility=water, department=department), by=water)
    return story


_AT = {"jingmen-2023": ("jm-water", "jm-cgw", "jm-spj"), "daye-2023": ("dy-water", "dy-jtj", "dy-cgj")}


def summary(findings: Iterable[Finding]) -> list[tuple[str, tuple[str, ...], str, str]]:
    """What a person asks of findings first: which rule, about what, against whom, how it stands."""
    return sorted((one.rule, one.keys, one.party, one.state) for one in findings)


def with_rules(*tables: str, scheme: str = "jingmen-2023") -> Rulebook:
    """A city's plan with rules of the test's own instead of its rules, for what neither plan has."""
    rules = tuple(msgspec.convert(_RULE | tomllib.loads(table), Rule) for table in tables)
    return compile_scheme(msgspec.structs.replace(book(scheme).scheme, rule=rules))


_RULE = {
    "id": "made-up",
    "title": "试拟",
    "carries_out": ["J-01"],
    "stage": "service",
    "cite": {"clause": "一", "quote": "试拟"},
}
