"""Who is told of a warning or a light: the party, with yellow its head too, with red the coordination office as well; tells nobody."""

from typing import Literal, NamedTuple

from domain.finding import Light
from domain.schemes.rulebook import Rulebook

Shade = Literal["warning"] | Light
"""预警, 黄, 红."""
Post = Literal["handler", "head", "office"]
"""经办, 单位负责人, 协调办."""


class Recipient(NamedTuple):
    """Somebody who is told: a post in a party."""

    party: str
    post: Post


def recipients(book: Rulebook, party: str, shade: Shade) -> tuple[Recipient, ...]:
    """Say who is told; each light is told to whom the one before was, and to more."""
    told = [Recipient(party, "handler")]
    if shade != "warning":
        told.append(Recipient(party, "head"))
    if shade == "red":
        told += [Recipient(one.code, "office") for one in book.scheme.parties if "coordinator" in one.roles]
    return tuple(told)
