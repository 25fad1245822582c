"""Recording an act in an open case: allowed, in order, and true to what the ledger already says."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

import msgspec
from msgspec import Struct

from calendars import local_day
from domain.acts import ABOUT_FINDINGS, Acted, tag_of
from domain.acts.connection import ApplicationAccepted, CaseWithdrawn
from domain.acts.enforcement.audit import SuspicionRaised
from domain.acts.enforcement.supervision import StandardPublished
from domain.acts.service import CaseClosed
from domain.case import Case, CaseState
from domain.cases.appending import Said, Step, as_it_is, write
from domain.cases.context import ActContext
from domain.cases.moments import check_days_ahead, check_moment, settle
from domain.cases.order import check_allowed, lacks, out_of_order
from domain.cases.other_cases import NOTHING, Dug, OtherCases
from domain.cases.parties import check_parties
from domain.cases.wording import check_wording
from domain.clock import Clock
from domain.documents import check_named
from domain.intake.acceptance import take_in
from domain.intake.numbering import gives_number
from domain.ledger import AUDITOR, SHA256, TOLD, Actor, Entry, Origin
from domain.offices import Offices
from domain.recording.checks import check_act
from domain.recording.notes import beside_act, completed, doubts_of, joining
from domain.recording.opening import subject_of
from domain.refusals import OutOfOrder
from domain.schemes.rulebook import Rulebook
from words import sentence


class Recorded(Struct, frozen=True):
    """The case after an act, the entries that it made, and what is doubtful about it."""

    case: Case
    entries: tuple[Entry, ...]
    doubts: tuple[str, ...] = ()
    numbered: bool = False
    """It gets the next running number of its case's year."""


def record(  # noqa: PLR0913 -- each is a fact of the one act
    book: Rulebook,
    case: Case,
    entries: Sequence[Entry],
    act: Acted,
    *,
    occurred_at: datetime,
    recorded_at: datetime,
    actor: Actor,
    offices: Offices,
    clocks: Sequence[Clock] = (),
    commitments: Sequence[Case] = (),
    nearby: Sequence[Dug] = (),
    standards: Sequence[StandardPublished] = (),
    other_cases: OtherCases = NOTHING,
    digest: Callable[[bytes], Any] = SHA256,
    seal: Step = as_it_is,
    origin: Origin = TOLD,
) -> Recorded:
    """Take an act into the ledger, or refuse it; a fact out of order is taken and marked.

    `clocks` are the case's clocks before the act; `commitments` those in force that a commitment.notified may rest on;
    `nearby` what other cases dig at the places of a survey; `standards` what the department of a commitment published in others;
    `other_cases` what else it rests on in other cases.
    """
    at = check_moment(occurred_at, recorded_at, "occurredAt")
    check_wording(act)
    check_days_ahead(act, at)
    act = settle(act, recorded_at)
    rule = check_allowed(book, act, case.kind, actor)
    parties = check_parties(book, act) | {actor.party}
    steering = rule.kind == "steering"
    if steering and case.state != "open" and tag_of(act) not in ABOUT_FINDINGS:
        message = sentence("the case is {state}; only facts and remarks can still be recorded", state=case.state)
        raise OutOfOrder(message, act=tag_of(act))
    missing = lacks(rule, act, at, entries)
    if missing and steering:
        raise out_of_order(book, act, missing, entries, case.kind)
    asked = ActContext(book, case, entries, at, recorded_at, actor, clocks, commitments, offices, standards, nearby, other_cases)
    check_act(asked, act)
    act = completed(asked, act)
    parties = parties.union(joining(asked, act))
    act, district, doubts = take_in(book, rule, act, actor, case.district, entries)
    doubts += doubts_of(asked, act)
    check_named(entries, act)
    said: list[Said] = [(act, at, actor), *((one, recorded_at, AUDITOR) for one in beside_act(asked, act))]
    if missing:
        said.append((_suspicion(rule.cite.clause if rule.cite else None, act, case.seq + 1, missing), recorded_at, AUDITOR))
    numbered = case.number is None and gives_number(book.scheme, act)
    moved = msgspec.structs.replace(
        case,
        state=_state(case.state, act),
        parties=_taking_part(case, act, parties),
        subject=_subject(case, act),
        district=district,
        year=local_day(at).year if numbered else case.year,
    )
    written, made = write(moved, said, recorded_at, offices.newest, digest, seal=seal, origin=origin)
    return Recorded(written, made, doubts, numbered)


def _suspicion(clause: str | None, act: Acted, seq: int, missing: Sequence[str]) -> SuspicionRaised:
    return SuspicionRaised(about="out-of-order", seqs=(seq,), clause=clause or f"{tag_of(act)} without {' or '.join(missing)}")


def _state(state: CaseState, act: Acted) -> CaseState:
    if state != "open":
        return state
    if isinstance(act, CaseWithdrawn):
        return "withdrawn"
    if isinstance(act, CaseClosed):
        return "closed"
    return "refused" if tag_of(act) == "application.refused" else "open"


def _taking_part(case: Case, act: Acted, named: frozenset[str]) -> tuple[str, ...]:
    """Whoever deals with a finding of a case does not come to see the case by that."""
    return case.parties if tag_of(act) in ABOUT_FINDINGS else tuple(sorted(named.union(case.parties)))


def _subject(case: Case, act: Acted) -> str | None:
    """The application's project code counts, where a demand named none or another."""
    return (subject_of(act) if isinstance(act, ApplicationAccepted) else None) or case.subject
