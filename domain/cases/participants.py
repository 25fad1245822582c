"""Who comes to take part in a record by a later step: its subject once notified, departments once measures may be entered under it."""

from collections.abc import Sequence

from domain.acts import TAGS, Acted
from domain.acts.enforcement.accountability import AccountabilityNotified, AccountabilityProposed
from domain.acts.enforcement.credit import CreditDecided, CreditNotified, CreditProposed, MeasureEntered
from domain.ledger import Entry
from domain.schemes.rulebook import Rulebook


def joined_by(book: Rulebook, entries: Sequence[Entry], act: Acted) -> frozenset[str]:
    """Name the parties that see the case from this act on."""
    if isinstance(act, CreditNotified):
        return frozenset(one.act.party for one in entries if isinstance(one.act, CreditProposed) and one.act.party is not None)
    if isinstance(act, AccountabilityNotified):
        return frozenset(one.act.unit for one in entries if isinstance(one.act, AccountabilityProposed))
    if isinstance(act, CreditDecided) and act.outcome == "entered":
        return _with_measures(book)
    return frozenset()


def _with_measures(book: Rulebook) -> frozenset[str]:
    """Name the bodies whose roles may enter a joint measure (联合惩戒)."""
    rule = book.scheme.acts.get(TAGS[MeasureEntered])
    roles = frozenset(rule.roles if rule else ())
    return frozenset(code for code, party in book.parties.items() if not roles.isdisjoint(party.roles))
