"""The end of a window: what the auditor writes on the first day after it, once."""

from collections.abc import Sequence
from datetime import date, timedelta

from domain.acts.enforcement.credit import CreditExpired
from domain.credit.state import credit_of
from domain.ledger import Entry


def expiry_of(entries: Sequence[Entry], on: date) -> CreditExpired | None:
    """Say that the entry's window has ended by that day; nothing where it has not, or where it ended otherwise or was said."""
    credit = credit_of(entries, on)
    if credit.state != "expired" or credit.expired is not None or credit.published is None:
        return None
    return CreditExpired(on=credit.published.until + timedelta(days=1))
