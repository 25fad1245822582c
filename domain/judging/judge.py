"""The one pure judge: from a case's ledger, its scheme and the calendars, which clocks ran, when due, what was missed.

It knows no moment of its own: what it finds holds at any later moment; only how it is shown depends on when one looks.
"""

from collections.abc import Sequence
from operator import attrgetter

from msgspec import Struct

from domain.acts import OPENS, tag_of
from domain.acts.kinds import CaseKind
from domain.clock import Clock
from domain.finding import Finding
from domain.judging.audit_marks import AuditMarks
from domain.judging.clocks.clocks import clocks_of
from domain.judging.findings import findings_of, leftover
from domain.judging.situation import Situation
from domain.judging.standards import broken
from domain.ledger import Entry
from domain.offices import Offices
from domain.schemes.rulebook import Rulebook

BySeq = attrgetter("seq")


class Judgement(Struct, frozen=True, gc=False):
    """What follows from a ledger."""

    clocks: tuple[Clock, ...]
    findings: tuple[Finding, ...]


def kind_of(entries: Sequence[Entry]) -> CaseKind:
    """Say what kind of case a ledger is of, by its first entry."""
    return OPENS[tag_of(min(entries, key=BySeq).act)]


def judge(book: Rulebook, entries: Sequence[Entry], offices: Offices) -> Judgement:
    """Judge a whole case; the entries are all that its ledger holds, in any order."""
    if not entries:
        return Judgement((), ())
    case = Situation(book, entries)
    flags = AuditMarks(case)
    kind = kind_of(entries)
    clocks = [*clocks_of(case, kind, flags, offices), *broken(case, kind, flags, offices)]
    if flags.opened:
        clocks.extend(leftover(case, clocks, flags, offices))
    return Judgement(tuple(clocks), findings_of(case, clocks, flags, offices))
