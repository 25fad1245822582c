"""Recording an act in an open case: allowed, in order, and true to what the ledger already says."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

import msgspec
from msgspec import Struct

from domain.acts import ABOUT_FINDINGS, Acted, tag_of
from domain.acts.audit import SuspicionRaised
from domain.acts.connection import ApplicationAccepted, CaseWithdrawn, DemandRegistered
from domain.acts.service import CaseClosed
from domain.acts.supervision import StandardPublished
from domain.asked import Asked
from domain.case import Case, CaseState
from domain.checks import check_act
from domain.clock import Clock
from domain.ledger import AUDITOR, SHA256, Actor, Entry
from domain.moments import check_moment, settle
from domain.naming import check_parties, check_supplies
from domain.offices import Offices
from domain.opening import doubts_about, refusal_of, subject_of
from domain.order import check_allowed, lacks, out_of_order
from domain.refusals import NotCovered, OutOfOrder
from domain.rulebook import Rulebook
from domain.works.places import Dug
from domain.works.told import beside_act, doubts_of_works
from domain.writing import Said, Step, as_it_is, write


class Recorded(Struct, frozen=True):
    """The case after an act, the entries that it made, and what is doubtful about it."""

    case: Case
    entries: tuple[Entry, ...]
    doubts: tuple[str, ...] = ()


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
    digest: Callable[[bytes], Any] = SHA256,
    seal: Step = as_it_is,
) -> Recorded:
    """Take an act into the ledger, or refuse it; a fact out of order is taken and marked.

    `clocks` are the case's clocks before the act; `commitments` those in force that a commitment.notified may rest on;
    `nearby` what other cases dig at the places of a survey; `standards` what the department of a commitment published in others.
    """
    at = check_moment(occurred_at, recorded_at, "occurredAt")
    act = settle(act, recorded_at)
    rule = check_allowed(book, act, case.kind, actor)
    parties = check_parties(book, act) | {actor.party}
    steering = rule.kind == "steering"
    if steering and case.state != "open" and tag_of(act) not in ABOUT_FINDINGS:
        message = f"the case is {case.state}; only facts and remarks can still be recorded"
        raise OutOfOrder(message, act=tag_of(act))
    missing = lacks(rule, act, at, entries)
    if missing and steering:
        raise out_of_order(book, act, missing, entries, case.kind)
    doubts = _check_form(book, case, act, actor)
    asked = Asked(book, case, entries, at, recorded_at, actor, clocks, commitments, offices, standards, nearby)
    check_act(asked, act)
    doubts += doubts_of_works(asked, act)
    said: list[Said] = [(act, at, actor), *((one, recorded_at, AUDITOR) for one in beside_act(asked, act))]
    if missing:
        said.append((_suspicion(rule.cite.clause if rule.cite else None, act, case.seq + 1, missing), recorded_at, AUDITOR))
    moved = msgspec.structs.replace(
        case,
        state=_state(case.state, act),
        parties=tuple(sorted(parties.union(case.parties))),
        subject=_subject(case, act),
    )
    written, made = write(moved, said, recorded_at, offices.newest, digest, seal=seal)
    return Recorded(written, made, doubts)


def _check_form(book: Rulebook, case: Case, act: Acted, actor: Actor) -> tuple[str, ...]:
    if not isinstance(act, DemandRegistered | ApplicationAccepted):
        return ()
    refused = refusal_of(book, act, actor) if isinstance(act, ApplicationAccepted) else None
    if refused is not None:
        message = f"{refused.reason} ({refused.clause}); record application.refused with it"
        raise NotCovered(message, clause=refused.clause, reason=refused.reason)
    check_supplies(book, act.form, case.district)
    return doubts_about(book, act)


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


def _subject(case: Case, act: Acted) -> str | None:
    if isinstance(act, ApplicationAccepted) and case.subject is None:
        return subject_of(act)
    return case.subject
