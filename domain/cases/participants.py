"""Who comes to take part in a record by a later step: its subject once notified, departments once measures may be entered under it."""

from collections.abc import Iterable

from domain.acts import TAGS
from domain.acts.enforcement.accountability import AccountabilityNotified, AccountabilityProposed
from domain.acts.enforcement.credit import CreditDecided, CreditNotified, CreditProposed, MeasureEntered
from domain.cases.context import ActContext
from domain.cases.handlers import joins
from domain.schemes.rulebook import Rulebook


@joins(CreditNotified)
def subject(asked: ActContext, _: CreditNotified) -> Iterable[str]:
    """Bring in the party that a credit file is about."""
    return (one.act.party for one in asked.entries if isinstance(one.act, CreditProposed) and one.act.party is not None)


@joins(AccountabilityNotified)
def unit(asked: ActContext, _: AccountabilityNotified) -> Iterable[str]:
    """Bring in the unit that is to answer."""
    return (one.act.unit for one in asked.entries if isinstance(one.act, AccountabilityProposed))


@joins(CreditDecided)
def departments(asked: ActContext, act: CreditDecided) -> Iterable[str]:
    """Bring in whoever may enter a joint measure once the record is entered."""
    return _with_measures(asked.book) if act.outcome == "entered" else ()


def _with_measures(book: Rulebook) -> frozenset[str]:
    """Name the bodies whose roles may enter a joint measure (联合惩戒)."""
    rule = book.scheme.acts.get(TAGS[MeasureEntered])
    roles = frozenset(rule.roles if rule else ())
    return frozenset(code for code, party in book.parties.items() if not roles.isdisjoint(party.roles))
