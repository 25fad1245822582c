"""The persons of a case read whole, for a reason that the ledger keeps, or erased for good; shows them to nobody by itself."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from casework.access.caller import Caller
from casework.program import Context
from casework.recording.recording import actor_of, locked, write_act
from domain.acts import tag_of
from domain.acts.fact import PersonalDataErased, PersonalDataRead
from domain.case import Case
from domain.people.particulars import MARK
from domain.people.readers import Held, check_may_erase, check_may_read, held_in
from domain.refusals import AlreadyDone, NotFound
from storage.cases.ledger import read_ledger
from storage.people.case_keys import destroy_key, read_key
from storage.people.sealing import CaseSeal, KeyRing
from storage.postgres.faults import KeyLost
from storage.postgres.transaction import Tx
from words import sentence


class Particular(NamedTuple):
    """One particular, as the entry of that number had it."""

    seq: int
    act: str
    field: str
    value: str


class WholeRead(NamedTuple):
    """The case after the reading was written down, and what was read: whole, and as it is masked."""

    case: Case
    whole: tuple[Particular, ...]
    masked: tuple[Particular, ...]


class Erased(NamedTuple):
    """The case after its persons were erased, and the entries that were written before anything was sealed."""

    case: Case
    erased_at: datetime
    kept_plain: tuple[int, ...]


async def read_whole(
    tx: Tx, context: Context, ring: KeyRing, caller: Caller, about: tuple[UUID, str | None], reason: str, fields: Sequence[str]
) -> WholeRead:
    """Read particulars by their fields' names, all where none is named, once it is written who read which, and why."""
    case = await locked(tx, caller, *about)
    ledger = await read_ledger(tx, case.case_id)
    check_may_read(context.book(case.scheme), case, ledger, actor_of(caller))
    held = held_in(ledger, tuple(fields))
    seal = await _seal_of(tx, ring, case.case_id)
    plain = [(field.mask, _whole(one, seal)) for one in held for _, field, _ in [one]]
    act = PersonalDataRead(reason=reason, fields=tuple(sorted({field.name for _, field, _ in held})))
    made, _ = await write_act(tx, context, ring, caller, case, act, None)
    return WholeRead(made.case, tuple(one for _, one in plain), tuple(one._replace(value=mask(one.value)) for mask, one in plain))


async def erase(tx: Tx, context: Context, ring: KeyRing, caller: Caller, about: tuple[UUID, str | None], reason: str) -> Erased:
    """Destroy the key of a case that is over; the ledger stays whole, and its persons are gone with their key."""
    case = await locked(tx, caller, *about)
    check_may_erase(context.book(case.scheme), case, actor_of(caller))
    held = held_in(await read_ledger(tx, case.case_id))
    if not await destroy_key(tx, case.case_id, context.now):
        raise AlreadyDone(sentence("The persons of this case were erased before."))
    made, _ = await write_act(tx, context, ring, caller, case, PersonalDataErased(reason=reason), None)
    return Erased(made.case, context.now, tuple(sorted({entry.seq for entry, _, text in held if not text.startswith(MARK)})))


async def _seal_of(tx: Tx, ring: KeyRing, case_id: UUID) -> CaseSeal | None:
    """Give what opens the case's particulars; None where all of them were written before anything was sealed."""
    kept = await read_key(tx, case_id)
    if kept is not None and kept.erased_at is not None:
        raise NotFound(sentence("The persons of this case were erased at {erased_at}.", erased_at=kept.erased_at.isoformat()))
    return ring.seal_of(case_id, kept.wrapped) if kept and kept.wrapped else None


def _whole(held: Held, seal: CaseSeal | None) -> Particular:
    entry, field, text = held
    if seal is None and text.startswith(MARK):
        raise KeyLost(sentence("case {case_id} has sealed particulars and no key", case_id=entry.case_id))
    return Particular(entry.seq, tag_of(entry.act), field.name, seal.opened(field.name, text) if seal else text)
