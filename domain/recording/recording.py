"""Recording an act in an open case: allowed, in order, and true to what the ledger already says."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

import msgspec
from msgspec import Struct

from calendars import local_day
from domain.acts import ABOUT_FINDINGS, Acted, tag_of
from domain.acts.enforcement.audit import SuspicionRaised
from domain.acts.enforcement.supervision import StandardPublished
from domain.case import Case
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
from domain.recording.state import state_after, subject_after, who_comes
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
    check_parties(book, act)
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
    joined = joining(asked, act)
    act, district, doubts = take_in(book, rule, act, actor, case.district, entries)
    doubts += doubts_of(asked, act)
    check_named(entries, act)
    said: list[Said] = [(act, at, actor), *((one, recorded_at, AUDITOR) for one in beside_act(asked, act))]
    if missing:
        said.append((_suspicion(rule.cite.clause if rule.cite else None, act, case.seq + 1, missing), recorded_at, AUDITOR))
    numbered = case.number is None and gives_number(book.scheme, act)
    moved = msgspec.structs.replace(
        case,
        state=state_after(case.state, act),
        parties=tuple(sorted(who_comes(act, actor.party).union(case.parties, joined))),
        subject=subject_after(case.subject, act),
        district=district,
        year=local_day(at).year if numbered else case.year,
    )
    written, made = write(moved, said, recorded_at, offices.newest, digest, seal=seal, origin=origin)
    return Recorded(written, made, doubts, numbered)


def _suspicion(clause: str | None, act: Acted, seq: int, missing: Sequence[str]) -> SuspicionRaised:
    return SuspicionRaised(about="out-of-order", seqs=(seq,), clause=clause or f"{tag_of(act)} without {' or '.join(missing)}")
