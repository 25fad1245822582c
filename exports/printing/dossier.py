"""The dossier of an interview (约谈材料) as paper shows it: tables of words, in their order; gathers nothing and accuses nobody."""

from pathlib import Path

import msgspec
from msgspec import Struct

from exports.printing.forms import print_page

Table = tuple[tuple[str, ...], ...]
"""Its first row is its head."""
Pairs = tuple[tuple[str, str], ...]


class FindingPage(Struct, frozen=True, kw_only=True):
    """One finding with what it rests on."""

    title: str
    facts: Pairs
    days: Table
    history: Table
    relied: Table


class Dossier(Struct, frozen=True, kw_only=True):
    """One party's findings."""

    title: str
    plan: str
    party: str
    about: Pairs
    rules: Table
    delay_shares: Table
    rungs: Table
    findings: tuple[FindingPage, ...]


def print_dossier(dossier: Dossier, fonts: Path | None) -> bytes:
    """Make the PDF."""
    return print_page(msgspec.to_builtins(dossier), fonts, "dossier.typ")
