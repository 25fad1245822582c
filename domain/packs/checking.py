"""Checks what a pack says of a case: its chain, its seal, and whether its findings follow from its ledger; accuses nobody."""

from collections.abc import Iterator, Sequence

import msgspec

from domain.acts.enforcement.audit import FindingOpened
from domain.finding import Finding
from domain.judging.judge import judge
from domain.ledger import GENESIS, Entry, chain_hash
from domain.offices import Offices
from domain.packs.pack import KeptCase, KeptFinding, entry_of
from domain.schemes.rulebook import Rulebook
from words import sentence


class Broken(ValueError):
    """The ledger is not what was written; the message says where."""


def ledger_of(case: KeptCase) -> list[Entry]:
    """Read a case's entries, hashing each again; `Broken` at the first that is not what was written."""
    entries: list[Entry] = []
    head = GENESIS
    for expected, kept in enumerate(case.entries, 1):
        if kept.seq != expected:
            raise Broken(sentence("entry {expected} is missing: entry {seq} stands in its place", expected=expected, seq=kept.seq))
        try:
            entry = entry_of(case.case_id, kept)
            head = chain_hash(head, entry)
        except (ValueError, RecursionError) as fault:
            raise Broken(sentence("entry {seq} cannot be read: {fault}", seq=kept.seq, fault=fault)) from fault
        if head != entry.hash:
            raise Broken(sentence("entry {seq} is not what was written: its fields make another hash", seq=kept.seq))
        entries.append(entry)
    if (case.seq, case.head) != (len(entries), head.hex()):
        raise Broken(sentence("its ledger has {count} entries; the case names {seq} and another head", count=len(entries), seq=case.seq))
    return entries


def wrong_seal(case: KeptCase) -> Iterator[str]:
    """Say where the day's seal names another entry than the ledger has."""
    sealed = case.sealed
    if sealed is None:
        return
    there = next((entry.hash for entry in case.entries if entry.seq == sealed.seq), None)
    if there != sealed.head:
        yield sentence("the seal of {day} names another entry {seq} than the ledger has", day=sealed.day, seq=sealed.seq)


def missing_editions(entries: Sequence[Entry], offices: Offices) -> list[str]:
    """Name the calendar editions that entries were written under and that the pack has not."""
    return sorted({entry.edition for entry in entries} - set(offices.editions))


def wrong_findings(book: Rulebook, entries: Sequence[Entry], offices: Offices, kept: Sequence[KeptFinding]) -> Iterator[str]:
    """Judge the case again and say which finding does not follow from its ledger, and in what."""
    judged = {finding.finding_id: finding for finding in judge(book, entries, offices).findings}
    hashes = {entry.hash.hex() for entry in entries}
    for finding in kept:
        right = judged.get(finding.finding_id)
        if right is None:
            yield sentence("finding {finding_id} does not follow from the ledger", finding_id=finding.finding_id)
            continue
        yield from _differences(finding, right)
        opened = entries[right.opened_seq - 1].act
        if isinstance(opened, FindingOpened) and not hashes.issuperset(opened.relied_on):
            yield sentence("finding {finding_id} rests on an entry that the ledger has not", finding_id=finding.finding_id)


def _differences(kept: KeptFinding, right: Finding) -> Iterator[str]:
    for name, value in msgspec.structs.asdict(right).items():
        said = getattr(kept, name)
        if said != value:
            yield sentence(
                "finding {finding_id}: {name} is {said}; from the ledger follows {follows}",
                finding_id=kept.finding_id,
                name=name,
                said=said,
                follows=value,
            )
