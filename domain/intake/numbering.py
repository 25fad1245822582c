"""The running number of a year (联合报装编号, 编号): by which act a case gets it, and how its form prints it; counts nothing."""

from collections.abc import Iterable

from domain.acts import Acted, tag_of
from domain.ledger import Entry
from domain.schemes.scheme import Scheme


def gives_number(scheme: Scheme, act: Acted) -> bool:
    """Say whether a case without a number gets one by this act."""
    return scheme.numbering is not None and tag_of(act) in scheme.numbering.by


def numbered_by(scheme: Scheme, entries: Iterable[Entry]) -> Entry | None:
    """Find the entry by which a case gets its number: the first that was written of those that give one."""
    return next((entry for entry in entries if gives_number(scheme, entry.act)), None)


def number_text(scheme: Scheme, year: int, number: int) -> str:
    """Write a number as the city's form prints it: `2026 (7) 号`."""
    text = scheme.numbering.text if scheme.numbering else "{year} ({number})"
    return text.format(year=year, number=number)
