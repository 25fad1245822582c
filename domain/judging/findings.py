"""The findings of a case as its ledger tells them: what was opened, how it stands now, and what no longer holds."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from domain.acts.enforcement.audit import FindingOpened
from domain.clock import Clock
from domain.finding import Finding, FindingState
from domain.judging.audit_marks import AuditMarks
from domain.judging.situation import Situation
from domain.ledger import Entry
from domain.offices import Offices
from domain.schemes.program import StandardProgram


def findings_of(case: Situation, clocks: Iterable[Clock], flags: AuditMarks, offices: Offices) -> tuple[Finding, ...]:
    """Build every finding that was opened from its entry and its clock."""
    if not flags.opened:
        return ()
    rules = {mark[0] for mark, _ in flags.opened}
    by_mark = {((clock.rule, clock.start_seq, clock.keys), clock.party): clock for clock in clocks if clock.rule in rules}
    return tuple(_finding(case, entry, by_mark[about], flags, offices) for about, entry in flags.opened.items())


def _finding(case: Situation, entry: Entry, clock: Clock, flags: AuditMarks, offices: Offices) -> Finding:
    act = entry.act
    assert isinstance(act, FindingOpened)  # noqa: S101 -- flags hold nothing else
    due = clock.due or act.due_at  # a stop told late but lawfully has moved it
    return Finding(
        finding_id=act.finding_id,
        case_id=entry.case_id,
        rule=act.rule,
        keys=act.keys,
        party=act.party,
        start_seq=act.started_seq,
        started_at=act.started_at,
        due_at=due,
        state=_state(act, flags),
        opened_seq=entry.seq,
        opened_at=entry.occurred_at,
        red_at=red_at(case, act.party, entry.edition, due, offices),
        also_due_at=clock.also_due,
        statutory_due_at=clock.statutory_due,
        ended_at=clock.ended_at,
        late_entry=clock.late_entry,
        provisional=act.provisional and (clock.provisional or (act.rule, act.started_seq, act.keys) not in flags.again),
        withdrawal_proposed=act.finding_id in flags.proposed,
        notified_at=flags.notified.get(act.finding_id),
        objected_at=_at(flags.objected.get(act.finding_id)),
        light="red" if act.finding_id in flags.turned else "yellow",
        decided_at=_at(flags.decided.get(act.finding_id, (None, None))[0]),
    )


def red_at(case: Situation, party: str, edition: str, due: datetime, offices: Offices) -> datetime:
    """Say from when on an overrun that still lasts is 红."""
    red = offices.of(case.book, party, edition).due(due, case.book.red_after)
    return due if red is None else red


def _state(act: FindingOpened, flags: AuditMarks) -> FindingState:
    about = act.finding_id
    if about in flags.lapsed:
        return "lapsed"
    if about in flags.decided:
        outcome = flags.decided[about][1].outcome
        return "disposed" if outcome == "upheld" and about in flags.disposed else outcome
    if about in flags.objected:
        return "objected"
    return "notified" if about in flags.notified else "open"


def _at(entry: Entry | None) -> datetime | None:
    return None if entry is None else entry.occurred_at


def leftover(case: Situation, clocks: Iterable[Clock], flags: AuditMarks, offices: Offices) -> Iterator[Clock]:
    """Give a void clock for each finding whose clock is no longer there for that party, so that the auditor ends it."""
    rules = {mark[0] for mark, _ in flags.opened}
    there = {((clock.rule, clock.start_seq, clock.keys), clock.party) for clock in clocks if clock.rule in rules}
    for about, entry in flags.opened.items():
        act: Any = entry.act
        if about not in there:
            cause = _cause(case, entry)
            ended = flags.ended(act.finding_id)
            yield Clock(
                rule=act.rule,
                keys=act.keys,
                party=act.party,
                start_seq=act.started_seq,
                started=act.started_at,
                due=act.due_at,
                state="void",
                edition=entry.edition if entry.edition in offices.editions else offices.newest,
                ended_seq=cause.seq,
                ended_at=cause.occurred_at,
                next_check_at=None if ended else cause.recorded_at,
                counted=isinstance(case.book.programs.get(act.rule), StandardProgram),
            )


def _cause(case: Situation, opened: Entry) -> Entry:
    """Name the entry that made the difference: the first that a person wrote after the finding was opened."""
    later = [entry for entry in case.entries if entry.seq > opened.seq and entry.actor.role != "auditor"]
    return min(later, key=lambda entry: entry.seq, default=opened)
