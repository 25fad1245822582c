"""The steps of an accountability record, each once and in its turn: proposed on upheld findings, notified, heard, decided, concluded."""

from typing import Any

from domain.accountability.fairness import (
    check_decider,
    check_heard_in_time,
    check_in_own_name,
    check_not_own,
    check_other_eyes,
    check_statement_time,
)
from domain.accountability.grounds import check_upheld
from domain.accountability.state import Accountability as Record
from domain.accountability.state import AccountabilityState, accountability_of
from domain.acts import tag_of
from domain.acts.enforcement.accountability import (
    AccountabilityConcluded,
    AccountabilityDecided,
    AccountabilityHeard,
    AccountabilityNotified,
    AccountabilityProposed,
    AccountabilityWithdrawn,
)
from domain.cases.context import ActContext
from domain.cases.handlers import checks, checks_first
from domain.cases.other_cases import Opening
from domain.refusals import AlreadyDone, Malformed, NotCovered, OutOfOrder
from domain.schemes.enforcement import AccountabilityRules
from domain.schemes.rulebook import Rulebook
from words import any_of, sentence

PREPARED = (AccountabilityProposed, AccountabilityNotified)


def terms_of(book: Rulebook) -> AccountabilityRules:
    """Give the plan's rules of accountability; one without has none."""
    if book.scheme.accountability is None:
        message = sentence("{scheme} says nothing of accountability; nobody is held to account under it", scheme=book.id)
        raise NotCovered(message)
    return book.scheme.accountability


def answers(book: Rulebook, unit: str) -> bool:
    """Say whether a unit answers so: by its roles, and only where the plan has accountability."""
    terms, party = book.scheme.accountability, book.parties.get(unit)
    return terms is not None and party is not None and not frozenset(terms.roles).isdisjoint(party.roles)


@checks_first(AccountabilityProposed)
def check_proposed(opening: Opening, act: AccountabilityProposed) -> None:
    """Refuse a unit that does not answer so, and a ground that is not upheld against it."""
    terms = terms_of(opening.book)
    check_in_own_name(opening.actor, act, act.by)
    party = opening.book.party(act.unit)
    if not answers(opening.book, act.unit):
        message = sentence(
            "{name} is no {roles}; what other units miss goes into their assessment", name=party.name, roles=any_of(terms.roles)
        )
        raise NotCovered(message, clause=terms.cite.clause)
    check_upheld(opening.other_cases, act.grounds, act.unit)


def _begin(asked: ActContext, act: Any, *states: AccountabilityState) -> Record:  # noqa: ANN401 -- the table says which act
    """Work out how the record stands, and refuse a step that was taken, is out of its turn, or is taken for another."""
    record = accountability_of(asked.entries)
    check_in_own_name(asked.actor, act, act.by)
    if any(isinstance(entry.act, type(act)) for entry in asked.entries):
        message = sentence("{tag!r} is in this ledger already; it is recorded once", tag=tag_of(act))
        raise AlreadyDone(message)
    if record.state not in states:
        message = sentence(
            "the record is {state!r}; {tag!r} is for one that is {states}", state=record.state, tag=tag_of(act), states=any_of(states)
        )
        raise OutOfOrder(message, act=tag_of(act), state=record.state)
    return record


@checks(AccountabilityNotified)
def check_notified(asked: ActContext, act: AccountabilityNotified) -> None:
    """Notify it, with the plan's time for a statement by the unit's own hours; the unit does not notify itself."""
    record = _begin(asked, act, "proposed")
    check_not_own(act, act.by, record.proposed.unit)
    if act.served_at < record.proposed_at:
        message = sentence("it was served before it had been proposed; serve it again")
        raise Malformed(message, field="servedAt")
    check_statement_time(asked, terms_of(asked.book).statement, record.proposed.unit, act.served_at, act.statement_until)


@checks(AccountabilityHeard)
def check_heard(asked: ActContext, act: AccountabilityHeard) -> None:
    """Hear whoever is to answer, or end the hearing once its time has run out; the unit does not hear itself."""
    record = _begin(asked, act, "notified")
    assert record.notified is not None  # noqa: S101 -- it is notified
    check_not_own(act, act.by, record.proposed.unit)
    check_heard_in_time(asked, record.notified.statement_until, act.statement)


@checks(AccountabilityDecided)
def check_decided(asked: ActContext, act: AccountabilityDecided) -> None:
    """Decide, once, by whom the plan names, not by who prepared it, and with the rule behind any measure but criticism."""
    record = _begin(asked, act, "heard")
    check_decider(asked.book, act, act.by, record.proposed.unit)
    check_other_eyes(asked, act, PREPARED)
    if act.measure in {"discipline", "liability"} and act.basis is None:
        message = sentence("{measure!r} rests on a rule; name it in 'basis'", measure=act.measure)
        raise Malformed(message, field="basis")


@checks(AccountabilityConcluded)
def check_concluded(asked: ActContext, act: AccountabilityConcluded) -> None:
    """Say what came of a measure: the unit itself, or whoever decides about it."""
    record = _begin(asked, act, "decided")
    assert record.decided is not None  # noqa: S101 -- it is decided
    if record.decided.measure == "none":
        message = sentence("nothing was imposed; there is nothing to conclude")
        raise OutOfOrder(message, act=tag_of(act))
    if act.by != record.proposed.unit:
        check_decider(asked.book, act, act.by, record.proposed.unit)


@checks(AccountabilityWithdrawn)
def check_withdrawn(asked: ActContext, act: AccountabilityWithdrawn) -> None:
    """Withdraw it, by whom the plan lets decide, and by another account than decided it."""
    record = _begin(asked, act, "proposed", "notified", "heard", "decided", "concluded")
    check_decider(asked.book, act, act.by, record.proposed.unit)
    check_other_eyes(asked, act, (*PREPARED, AccountabilityDecided))
