"""What the first act of a case must be true to beyond its form: one table by the kind of act, as for the acts that follow."""

from collections.abc import Callable, Mapping
from typing import Any

from domain.acts import Acted
from domain.desk.beside import Opening

OPENINGS: Mapping[type[Acted], Callable[[Opening, Any], None]] = {}
"""By the kind of act that opens a case; one that is not here needs nothing beyond its form."""


def check_opening(opening: Opening, act: Acted) -> None:
    """Refuse what may not open a case."""
    check = OPENINGS.get(type(act))
    if check is not None:
        check(opening, act)
