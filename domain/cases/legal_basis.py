"""A legal basis that somebody enters: a law by its title and article, not empty words; whether it bears the act, people judge."""

import re

from domain.refusals import Malformed
from words import sentence

_LAW = re.compile(r"《[^《》]{2,}》.*第\s*[〇零一二三四五六七八九十百千\d]+\s*条", re.DOTALL)


def check_basis(text: str, field: str) -> None:
    """Refuse a basis that names no document in 《》 with the number of an article."""
    if _LAW.search(text) is None:
        message = sentence(
            "{text!r} names no legal basis: give the law's title in 《》 and its article, such as 《…法》第六十九条", text=text[:60]
        )
        raise Malformed(message, field=field)
