"""The pieces that a line is made of, as the template reads them; chooses no words."""

import re
from typing import Any

Piece = dict[str, Any]
_RUN = re.compile(r"[!-,.-~]{24,}")
"""Letters and digits on end, longer than any code; a break is allowed anywhere in such a run."""
ON = "on"
"""What a check box that stands alone is set to."""
_ZERO_WIDTH_SPACE = "\u200b"


def words(text: str) -> Piece:
    """Words as they stand."""
    return {"t": breakable(text)}


def gap(value: str, wide: float, name: str | None = None) -> Piece:
    """A box within a line, at least so many characters wide; by its name a viewer fills it."""
    return {"v": breakable(value), "w": wide, "f": name}


def tick(chosen: bool, name: str, value: str, beside: str) -> Piece:  # noqa: FBT001 -- as the template has it
    """A check box and the words beside it; `name` and `value` are what a viewer's field is called and set to."""
    return {"c": chosen, "f": name, "on": value, "t": breakable(beside)}


def breakable(text: str) -> str:
    """Let a long run of letters break, which would leave its cell else."""
    return _RUN.sub(lambda found: _ZERO_WIDTH_SPACE.join(found[0]), text)
