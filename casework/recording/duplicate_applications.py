"""A further form for an open project: refused with the first case's number, or taken there as the application that its demand led to."""

from contextlib import suppress

from casework.access.caller import Caller
from casework.access.visibility import sees_case
from casework.cases.views import number_of
from casework.people.masking import opened_whole
from casework.program import Context
from casework.recording.recording import write_act
from domain.acts import Acted
from domain.acts.connection import ApplicationAccepted, DemandRegistered
from domain.acts.fact import FormDemanded
from domain.acts.forms import Applicant
from domain.case import Case
from domain.intake.identifiers import one_writing
from domain.recording.state import subject_of
from domain.refusals import AlreadyDone, NotAllowed
from storage.cases.cases import lock_case, open_case_about
from storage.cases.ledger import read_ledger
from storage.people.sealing import KeyRing
from storage.postgres.transaction import Tx
from words import Sentence, sentence


async def first_about(tx: Tx, case: Case) -> Case | None:
    """Find the open case about what a new one is about."""
    if case.subject is None or case.state != "open":
        return None
    return await open_case_about(tx, case.kind, case.city, case.subject)


async def first_applied_for(tx: Tx, case: Case, act: ApplicationAccepted) -> Case | None:
    """Find the case that has this application already: another open one about the project, or this one itself."""
    subject = subject_of(act)
    other = await open_case_about(tx, case.kind, case.city, subject) if subject else None
    if other is not None and other.case_id != case.case_id:
        return other
    ledger = await read_ledger(tx, case.case_id)
    return case if any(isinstance(entry.act, ApplicationAccepted) for entry in ledger) else None


async def awaits_application(tx: Tx, ring: KeyRing, first: Case, act: Acted) -> Case | None:
    """Take for writing the open case in which this very applicant's demand still waits for its application."""
    if not isinstance(act, ApplicationAccepted):
        return None
    held = await lock_case(tx, first.case_id)
    if held is None or held.state != "open":
        return None
    ledger = await read_ledger(tx, held.case_id)
    demands = [entry for entry in ledger if isinstance(entry.act, DemandRegistered)]
    if not demands or any(isinstance(entry.act, ApplicationAccepted) for entry in ledger):
        return None
    demand = await opened_whole(tx, ring, demands[-1])
    assert isinstance(demand, DemandRegistered)  # noqa: S101 -- opened, an act is still of its kind
    return held if _same(demand.form.applicant, act.form.applicant) else None


def _same(one: Applicant, other: Applicant) -> bool:
    """By the credit code where both have one, otherwise by the name as it is written."""
    if one.credit_code and other.credit_code:
        return one.credit_code == other.credit_code
    return one_writing(one.name) == one_writing(other.name)


async def second_form(tx: Tx, context: Context, ring: KeyRing, caller: Caller, first: Case, act: Acted) -> AlreadyDone:
    """Say why a second form for an open project is refused; who asked the applicant for it is kept on the first case."""
    demanded_by = getattr(act, "demanded_by", None)
    if demanded_by is not None:
        await _keep_demand(tx, context, ring, caller, first, FormDemanded(demanded_by=demanded_by))
    number = number_of(context, first)
    named = sentence("number {number}", number=number) if number else sentence("case {case_id}", case_id=first.case_id)
    message = sentence(
        "There is an open case about {subject!r} already, {named}. {where}",
        subject=first.subject or sentence("this"),
        named=named,
        where=_where(context, caller, first),
    )
    return AlreadyDone(message, caseId=str(first.case_id), number=number)


async def _keep_demand(tx: Tx, context: Context, ring: KeyRing, caller: Caller, first: Case, act: FormDemanded) -> None:
    """Write it on the first case; nobody comes to take part in a case, and to read it, by knowing its project's code."""
    held = await lock_case(tx, first.case_id) or first
    with suppress(NotAllowed):  # a role that may not record it is told of the first case all the same
        await write_act(tx, context, ring, caller, held, act, None)


def _where(context: Context, caller: Caller, first: Case) -> Sentence:
    if sees_case(caller, first):
        return sentence("Record what happens in that one: POST /v1/cases/{case_id}/acts.", case_id=first.case_id)
    opener = context.book(first.scheme).parties.get(first.opened_by)
    named = opener.name if opener else first.opened_by
    return sentence("Your party takes no part in it; it was opened by {opener}, to which the applicant can turn.", opener=named)
