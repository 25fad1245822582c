"""What may not be done, named after what happened; the edge alone knows which status answers it."""

from collections.abc import Mapping
from typing import Any


class Refusal(Exception):
    """Understood, but may not be done: what was received, why not, what to do."""

    def __init__(self, message: str, **extra: Any) -> None:  # noqa: ANN401 -- whatever JSON can carry
        """Keep the words for people and the members for programs apart."""
        super().__init__(message)
        self.message = message
        self.extra: Mapping[str, Any] = extra


class NotFound(Refusal):
    """There is no such thing, or it is not yours to see."""


class NotAllowed(Refusal):
    """The role or the party may not do this."""


class OutOfOrder(Refusal):
    """A steering act at the wrong place; the message says what may come next."""


class AlreadyDone(Refusal):
    """It has been done, and only once is right."""


class StaleVersion(Refusal):
    """The case has moved on since it was read."""


class HistoryRestored(Refusal):
    """What was read up to here is not what the database holds: it was put back from a copy, or the place was never given."""


class NotCovered(Refusal):
    """The plan does not cover this; the clause says so."""


class Malformed(Refusal):
    """Understood as JSON, but a value cannot be right: a moment ahead, a check digit, a party that does not exist."""


class KeyReused(Refusal):
    """The same idempotency key came with another request."""


class NotComputable(Refusal):
    """A moment that only an act can give, or an id that several rules carry."""
