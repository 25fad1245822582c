"""Puts the statement of a keyset list together: what is chosen, from behind which place, in which order; every value is bound."""

from collections.abc import Sequence
from typing import Any, Literal

from storage.postgres.cursor import Place
from storage.postgres.transaction import Tx

Order = Literal["newest", "oldest"]
"""By the moment that the list goes by."""
_WAYS = {"newest": ("<", "DESC"), "oldest": (">", "ASC")}


class Listing:
    """One list: rows of a table, sorted by a moment and, within it, by an id."""

    def __init__(self, select: str, moment: str, id_: str, order: Order = "newest", then: Sequence[str] = ()) -> None:
        """Sort by `then` too, where several rows share the moment and the id."""
        self._select, self._key = select, (moment, id_, *then)
        self._than, self._way = _WAYS[order]
        self._conditions: list[str] = []
        self._values: list[Any] = []

    def only(self, condition: str, value: Any = None) -> None:  # noqa: ANN401 -- whatever the column holds
        """Leave out what the condition (`city =`) does not hold for; None leaves out nothing."""
        if value is not None:
            self._conditions.append(f"{condition} {self.bound(value)}")

    def among(self, column: str, values: Sequence[str] | None) -> None:
        """Leave out what is none of these; None leaves out nothing."""
        if values is not None:
            self._conditions.append(f"{column} = ANY({self.bound(list(values))})")

    def where(self, condition: str) -> None:
        """Leave out what a condition that needs no value does not hold for."""
        self._conditions.append(condition)

    async def page(self, tx: Tx, after: Place | None, limit: int) -> list[Any]:
        """Read so many rows from behind a place."""
        if after is not None:
            place = ", ".join(map(self.bound, (after.at, after.id, *after.then)))
            self._conditions.append(f"({', '.join(self._key)}) {self._than} ({place})")
        order = f"ORDER BY {', '.join(f'{column} {self._way}' for column in self._key)} LIMIT {self.bound(limit)}"
        return await self.all(tx, order)

    async def all(self, tx: Tx, ending: str) -> list[Any]:
        """Read every row that is not left out; `ending` stands behind the conditions."""
        where = f" WHERE {' AND '.join(self._conditions)}" if self._conditions else ""
        rows: list[Any] = await tx.fetch(f"{self._select}{where} {ending}", *self._values)
        return rows

    def bound(self, value: Any) -> str:  # noqa: ANN401 -- whatever the column holds
        """Give the place that a value takes in the statement."""
        self._values.append(value)
        return f"${len(self._values)}"
