"""What the auditor is about to write of one locked case: its entries, its findings, when to look again; writes nothing itself."""

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

import msgspec
from msgspec import Struct

from casework.program import Context
from domain.acts import Acted
from domain.acts.enforcement.audit import FindingLapsed, FindingOpened, LightTurned, WarningRaised
from domain.case import Case
from domain.cases.appending import Said, write
from domain.clock import Clock
from domain.finding import finding_id
from domain.findings.audit_acts import AuditDecision, decide_about, finding_of
from domain.judging.warning import waits
from domain.ledger import AUDITOR, SHA256, Entry
from domain.warnings.lights import Because
from storage.findings.findings import FindingRow, listed
from storage.findings.sweep import DueCase, DueClock, NextCheck


class Planned(Struct, frozen=True):
    """A decision about one of a case's clocks, with the finding that it would open."""

    due: DueCase
    clock: Clock
    decision: AuditDecision
    row: FindingRow | None


class Written(Struct):
    """Everything of a batch, ready to be stored set by set."""

    cases: list[Case] = msgspec.field(default_factory=list)
    entries: list[Entry] = msgspec.field(default_factory=list)
    looks: list[NextCheck] = msgspec.field(default_factory=list)
    changed: list[FindingRow] = msgspec.field(default_factory=list)
    renumbered: list[tuple[UUID, int]] = msgspec.field(default_factory=list)
    warnings: int = 0
    opened: int = 0
    lapsed: int = 0
    turned_red: int = 0
    waiting: int = 0
    """Cases with a warning that waits for the office to open."""


def plan(context: Context, due: DueCase) -> tuple[list[Planned], bool]:
    """Decide about each clock of a locked case, and say whether a warning waits; entries are numbered as if every finding were new."""
    book = context.books[due.case.scheme]
    notified = {row.finding.finding_id for row in due.findings if row.finding.state != "open"}
    planned: list[Planned] = []
    waiting = False
    for one in due.clocks:
        clock = one.clock
        about = finding_id(due.case.case_id, clock.rule, clock.start_seq, clock.keys, clock.party)
        decision = decide_about(book, due.case.case_id, clock, context.now, _relied_on(one), notified=about in notified)
        if (
            decision is not None
            and isinstance(decision.act, WarningRaised)
            and waits(book, decision.act, clock.edition, context.offices, context.now)
        ):
            waiting = True
        elif decision is not None:
            row = _row(context, due.case, clock, decision, due.case.seq + len(planned) + 1)
            planned.append(Planned(due, clock, decision, row))
    return planned, waiting


def _relied_on(one: DueClock) -> Sequence[str]:
    ended = [] if one.ended_hash is None or one.clock.ended_seq == one.clock.start_seq else [one.ended_hash.hex()]
    return [one.start_hash.hex(), *ended]


def _row(context: Context, case: Case, clock: Clock, decision: AuditDecision, seq: int) -> FindingRow | None:
    if not isinstance(decision.act, FindingOpened):
        return None
    found = finding_of(context.books[case.scheme], case.case_id, clock, decision.act, seq, context.now, context.offices)
    return listed(case, found, context.books[case.scheme].stages)


def with_light(row: FindingRow, red: Mapping[UUID, Because]) -> FindingRow:
    """Give the finding with its light as it is from the start."""
    found = row.finding
    return msgspec.structs.replace(row, finding=msgspec.structs.replace(found, light="red")) if found.finding_id in red else row


def write_all(context: Context, planned: Iterable[Planned], new: frozenset[UUID], red: Mapping[UUID, Because]) -> Written:
    """Chain the decisions onto their cases, `red` from the start; a finding that was there already is not entered again."""
    written = Written()
    case: Case | None = None
    for one in planned:
        if case is None or case.case_id != one.due.case.case_id:
            _done(written, case)
            case = one.due.case
        written.looks.append(NextCheck(case.case_id, one.clock, one.decision.next_check_at))
        if one.decision.finding_id is None or one.decision.finding_id in new:
            said: list[Said] = [(act, context.now, AUDITOR) for act in _acts(one, red)]
            case, entries = write(case, said, context.now, one.clock.edition, SHA256)
            written.entries.extend(entries)
            written.turned_red += len(said) - 1
            _count(written, one, entries[0])
    _done(written, case)
    return written


def _acts(one: Planned, red: Mapping[UUID, Because]) -> Iterable[Acted]:
    yield one.decision.act
    about = one.decision.finding_id
    if about is not None and about in red:
        yield LightTurned(finding_id=about, party=one.clock.party, because=red[about])


def _done(written: Written, case: Case | None) -> None:
    if case is not None:
        written.cases.append(case)


def _count(written: Written, one: Planned, entry: Entry) -> None:
    act: Acted = one.decision.act
    written.warnings += isinstance(act, WarningRaised)
    if one.row is not None:
        written.opened += 1
        if one.row.finding.opened_seq != entry.seq:
            written.renumbered.append((one.row.finding.finding_id, entry.seq))
    elif not isinstance(act, WarningRaised):
        written.lapsed += 1
        written.changed.extend(_ended(one, act))


def _ended(one: Planned, act: Acted) -> Iterable[FindingRow]:
    """Give the finding as it is once it has lapsed, or once its withdrawal is proposed."""
    for row in one.due.findings:
        if row.finding.finding_id == getattr(act, "finding_id", None):
            change = {"state": "lapsed"} if isinstance(act, FindingLapsed) else {"withdrawal_proposed": True}
            yield msgspec.structs.replace(row, finding=msgspec.structs.replace(row.finding, **change))
