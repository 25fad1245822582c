"""Persons at the edge: sealed before they are written, masked before they are shown, left out of what is fed; whole they are elsewhere."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any
from uuid import UUID

import structlog
from msgspec import Raw
from msgspec.structs import replace

from casework.access.caller import Caller
from casework.access.visibility import visible
from domain.acts import Acted, encode_act
from domain.acts.connection import ApplicationAccepted, ApplicationRefused, DemandRegistered
from domain.acts.enforcement.accountability import AccountabilityProposed
from domain.acts.enforcement.credit import CreditProposed
from domain.acts.enforcement.ladder import InterviewArranged, InterviewHeld
from domain.acts.enforcement.supervision import InterviewCalled
from domain.acts.fact import DocumentAttached
from domain.acts.parts import Applicant, Form
from domain.acts.service import ComplaintReceived, EnquiryReceived
from domain.case import Case
from domain.ledger import Entry, body_of
from domain.people.fields import is_about_somebody, is_somebody
from domain.people.particulars import ERASED, MARK, UNREADABLE, Seal, masked, may_hold, particulars, replaced
from domain.people.readers import handler_of
from domain.refusals import OutOfOrder
from storage.cases.ledger import read_ledger
from storage.people.case_keys import KeptKey, read_key
from storage.people.sealing import CaseSeal, KeyRing, NewSeal
from storage.postgres.faults import KeyLost
from storage.postgres.transaction import Tx
from words import sentence

LEFT_OUT = "—"
"""Stands where a resident's own name and address would."""
_log = structlog.get_logger("lianban.api")


async def seal_for(tx: Tx, ring: KeyRing, case_id: UUID, act: Acted) -> CaseSeal | NewSeal:
    """Give what seals an act in a locked case; the key of a case that has none yet has to be kept after the writing."""
    kept = await read_key(tx, case_id) if may_hold(act) else None
    if kept is None:
        return NewSeal(ring, case_id)
    if kept.wrapped is None:
        raise OutOfOrder(sentence("The persons of this case were erased; nothing about persons is recorded in it any more."))
    return ring.seal_of(case_id, kept.wrapped)


async def shown_masked(tx: Tx, ring: KeyRing, caller: Caller, entries: Sequence[Entry], ledger: Sequence[Entry] = ()) -> list[Entry]:
    """Give one case's entries as the caller may see them; whatever shows an act's fields shows these."""
    return await masked_for(tx, ring, caller.party, entries, ledger)


async def entries_masked(tx: Tx, ring: KeyRing, caller: Caller, case: Case) -> list[Entry]:
    """Read a whole ledger as the caller may see it."""
    ledger = await read_ledger(tx, case.case_id)
    return await shown_masked(tx, ring, caller, visible(caller, ledger), ledger)


async def masked_for(tx: Tx, ring: KeyRing, party: str | None, entries: Sequence[Entry], ledger: Sequence[Entry] = ()) -> list[Entry]:
    """Give one case's entries with every particular masked, or said to be gone, and never as it is kept.

    Who complained is shown to the body that handles it alone, which the `ledger` tells (the entries themselves, where it is left
    out). The key is read once, and only where there is something to open.
    """
    handler = handler_of(ledger or entries)
    found = [_without_reporter(entry, party, handler) for entry in entries]
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


def without_persons(entry: Entry) -> Raw:
    """Give an act's body without the applicant's contact, telephone, papers and legal representative, and without who asked or complained.

    An applicant who is a person is left out altogether, and so is a document's name, which is often somebody's (张三身份证.jpg), and
    who is to be asked about an interview and who came.
    """
    without = _WITHOUT.get(type(entry.act))
    return Raw(entry.body) if without is None else Raw(encode_act(without(entry.act)))


def _subject(act: Any) -> Acted:  # noqa: ANN401 -- the table says which act
    """An enterprise is named by its credit code; a person is not."""
    nobody: Acted = replace(act, subject=replace(act.subject, name=LEFT_OUT, id_number=None)) if is_about_somebody(act) else act
    return nobody


def _form(form: Form) -> Form:
    applicant = replace(form.applicant, contact=None, phone=None, legal_representative=None, id_number=None)
    if not is_somebody(applicant):
        return replace(form, applicant=applicant)
    nowhere = replace(form, address=LEFT_OUT, house_number=None, connection_place=None, project_name=None, other=None)
    return replace(nowhere, applicant=_nobody(applicant))


def _nobody(applicant: Applicant) -> Applicant:
    return replace(applicant, name=LEFT_OUT, credit_code=None)


_WITHOUT: Mapping[type[Acted], Callable[[Any], Acted]] = {
    **dict.fromkeys((ApplicationAccepted, ApplicationRefused, DemandRegistered), lambda act: replace(act, form=_form(act.form))),
    EnquiryReceived: lambda act: replace(act, customer=None),
    ComplaintReceived: lambda act: replace(act, reporter=None),
    DocumentAttached: lambda act: replace(act, name=f"{LEFT_OUT}.{act.name.rpartition('.')[2]}"),
    CreditProposed: _subject,
    AccountabilityProposed: lambda act: replace(act, person=None),
    **dict.fromkeys((InterviewArranged, InterviewCalled), lambda act: replace(act, contact=None)),
    InterviewHeld: lambda act: replace(act, attended=()),
}


def _without_reporter(entry: Entry, party: str | None, handler: str | None) -> Entry:
    act = entry.act
    if not isinstance(act, ComplaintReceived) or act.reporter is None or (party is not None and party == handler):
        return entry
    return _with_act(entry, replace(act, reporter=None))


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
