"""Persons at the edge: sealed before they are written, masked before they are shown, left out of what is fed; whole they are elsewhere."""

from collections.abc import Sequence
from uuid import UUID

import structlog
from msgspec import Raw
from msgspec.structs import replace

from casework.access.caller import Caller
from domain.access.audience import Audience
from domain.access.visibility import Standing, standing_in, visible, withheld
from domain.acts import Acted, encode_act
from domain.case import Case
from domain.ledger import Entry, body_of
from domain.people.particulars import ERASED, MARK, UNREADABLE, Seal, masked, particulars, replaced
from domain.people.withholding import as_fed, without
from domain.refusals import OutOfOrder
from storage.cases.ledger import read_ledger
from storage.people.case_keys import KeptKey, read_key
from storage.people.sealing import CaseSeal, KeyRing, NewSeal
from storage.postgres.faults import KeyLost
from storage.postgres.transaction import Tx
from words import sentence

_log = structlog.get_logger("lianban.api")


async def seal_for(tx: Tx, ring: KeyRing, case_id: UUID) -> CaseSeal | NewSeal:
    """Give what seals an act in a locked case; the key of a case that has none yet has to be kept after the writing."""
    kept = await read_key(tx, case_id)
    if kept is None:
        return NewSeal(ring, case_id)
    if kept.wrapped is None:
        raise OutOfOrder(sentence("The persons of this case were erased; nothing about persons is recorded in it any more."))
    return ring.seal_of(case_id, kept.wrapped)


async def shown_masked(tx: Tx, ring: KeyRing, caller: Caller, entries: Sequence[Entry], ledger: Sequence[Entry] = ()) -> list[Entry]:
    """Give one case's entries as the caller may see them; whatever shows an act's fields shows these."""
    return await masked_for(tx, ring, caller.audience, entries, ledger)


async def entries_masked(tx: Tx, ring: KeyRing, caller: Caller, case: Case) -> list[Entry]:
    """Read a whole ledger as the caller may see it."""
    ledger = await read_ledger(tx, case.case_id)
    return await shown_masked(tx, ring, caller, visible(caller.audience, ledger), ledger)


async def masked_for(tx: Tx, ring: KeyRing, who: Audience, entries: Sequence[Entry], ledger: Sequence[Entry] = ()) -> list[Entry]:
    """Give one case's entries with every particular masked, or said to be gone, and never as it is kept.

    What their rows withhold is left out: who complained is shown to the body that handles it alone, which the `ledger` tells (the
    entries themselves, where it is left out). The key is read once, and only where there is something to open.
    """
    standing = standing_in(who.party, ledger or entries)
    found = [_with_act(entry, without(entry.act, withheld(who, standing, entry))) for entry in entries]
    if not any(particulars(entry.act) for entry in found):
        return found
    opened = _opened(ring, found[0].case_id, await read_key(tx, found[0].case_id))
    return [_with_act(entry, masked(entry.act, opened)) for entry in found]


async def opened_whole(tx: Tx, ring: KeyRing, entry: Entry) -> Acted:
    """Give an act as it was said, to compare another with it; it is neither shown nor kept."""
    if not particulars(entry.act):
        return entry.act
    opened = _opened(ring, entry.case_id, await read_key(tx, entry.case_id))
    return replaced(entry.act, lambda field, value: opened(field.name, value))


def fed_body(who: Audience, entry: Entry, standing: Standing | None = None) -> Raw:
    """Give an act's body as the feed carries it to somebody, by its kind's row; `standing` is of its whole case, where that matters.

    Without the applicant's contact, telephone, papers and legal representative, and without who asked or complained. An applicant who
    is a person is left out altogether, and so is a document's name, which is often somebody's (张三身份证.jpg), and who is to be
    asked about an interview and who came. What only the body that handles a complaint may know, it tells nobody.
    """
    known = (standing or standing_in(who.party, (entry,)))._replace(handler=None)
    fed = as_fed(without(entry.act, withheld(who, known, entry)))
    return Raw(entry.body if fed is entry.act else encode_act(fed))


def _opened(ring: KeyRing, case_id: UUID, kept: KeptKey | None) -> Seal:
    """Open what can be opened; of a ledger whose key is lost everything else is still to be read."""
    if kept is None:
        return lambda _, text: UNREADABLE if text.startswith(MARK) else text
    if kept.wrapped is None:
        return lambda _name, _text: ERASED
    try:
        seal = ring.seal_of(case_id, kept.wrapped)
    except KeyLost as fault:
        _log.error("key-missing", case=str(case_id), why=str(fault))
        return lambda _name, _text: UNREADABLE

    def opened(name: str, text: str) -> str:
        try:
            return seal.opened(name, text)
        except KeyLost as fault:
            _log.error("key-missing", case=str(case_id), why=str(fault))
            return UNREADABLE

    return opened


def _with_act(entry: Entry, act: Acted) -> Entry:
    return entry if act is entry.act else replace(entry, act=act, body=body_of(act))
