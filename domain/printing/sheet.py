"""The consolidated sheet (综合审批意见单) as it stands: whose works, where, when, and each department's opinions; for print and for JSON.

`sheet_of(book, case, entries)` is the one gathering of it: `signings` has a row for each box that the scheme's `signoffs` name,
in their order, then one for each further department that was asked; a utility that withdrew its request is no matter here.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from msgspec.structs import replace

from domain.acts.connection import ApprovalNotNeeded, ApprovalOpened, CommitmentNotified, SignoffGiven, SurveyHeld
from domain.acts.forms import Form
from domain.case import Case
from domain.ledger import Entry
from domain.printing.intake import form_in, numbered_year, particulars
from domain.printing.records import Opinion, Sheet, Signing
from domain.schemes.rulebook import Rulebook
from domain.schemes.scheme import Scheme, Signoff

Pair = tuple[str, str]
"""A utility and a department."""


def sheet_of(book: Rulebook, case: Case, entries: Iterable[Entry]) -> Sheet:
    """Gather the sheet from the acts; an opinion given again after new materials replaces the earlier one."""
    told = sorted(entries, key=lambda entry: (entry.occurred_at, entry.seq))
    begins, ends = _works(told)
    signings = tuple(_signings(book, told))
    form = form_in(told)
    sheet = Sheet(
        number=case.number,
        year=numbered_year(case),
        project_code=case.subject,
        works_from=begins,
        works_until=ends,
        connection_place=_places(told),
        signings=signings,
    )
    return sheet if form is None else _of_form(book, sheet, particulars(form))


def blank_sheet(scheme: Scheme) -> Sheet:
    """Give a sheet of which nothing is known but who signs it."""
    return Sheet(signings=tuple(Signing(department=row.department, title=row.title, dated=row.dated) for row in scheme.signoffs))


def _of_form(book: Rulebook, sheet: Sheet, form: Form) -> Sheet:
    applicant = form.applicant
    return replace(
        sheet,
        project_code=form.project_code or sheet.project_code,
        applicant=applicant.name,
        legal_representative=applicant.legal_representative,
        address=_address(form),
        contact=applicant.contact,
        phone=applicant.phone,
        zone=_zone(book, form),
        connection_place=form.connection_place or sheet.connection_place,
    )


def _address(form: Form) -> str | None:
    return form.address or "".join(part for part in (form.town, form.road, form.house_number) if part) or None


def _zone(book: Rulebook, form: Form) -> str | None:
    named = {zone.code: zone.name for zone in book.scheme.scope.zones}
    return named.get(form.zone or "", form.town)


def _works(entries: Sequence[Entry]) -> tuple[date | None, date | None]:
    """Give the span of all works: from the first beginning to the last end."""
    acts = [entry.act for entry in entries if isinstance(entry.act, CommitmentNotified | ApprovalOpened)]
    begins = [act.works_from for act in acts if act.works_from is not None]
    ends = [act.works_until for act in acts if act.works_until is not None]
    return min(begins, default=None), max(ends, default=None)


def _places(entries: Sequence[Entry]) -> str | None:
    surveys = [entry.act for entry in entries if isinstance(entry.act, SurveyHeld)]
    stretches = surveys[-1].works if surveys else ()
    return "；".join(dict.fromkeys(stretch.place for stretch in stretches)) or None


def _signings(book: Rulebook, entries: Sequence[Entry]) -> Iterator[Signing]:
    given, asked = _given(book, entries), set(_asked(entries))
    pairs = asked | given.keys()
    rows = list(book.scheme.signoffs)
    named = {row.department for row in rows}
    rows += [Signoff(department=one, title=f"{book.party(one).name}意见") for one in sorted({of for _, of in pairs} - named)]
    for row in rows:
        ours = sorted(utility for utility, department in pairs if department == row.department)
        yield Signing(
            department=row.department,
            title=row.title,
            dated=row.dated,
            opinions=tuple(given[one, row.department] for one in ours if (one, row.department) in given),
            awaited=tuple(one for one in ours if (one, row.department) not in given),
        )


def _asked(entries: Sequence[Entry]) -> Iterator[Pair]:
    """Name each permit that was asked for."""
    for entry in entries:
        act = entry.act
        if isinstance(act, ApprovalOpened):
            yield from ((one.utility, one.department) for one in act.approvals)
        elif isinstance(act, CommitmentNotified):
            yield from ((act.utility, department) for department in act.departments)


def _given(book: Rulebook, entries: Sequence[Entry]) -> dict[Pair, Opinion]:
    """Give the last word on each permit."""
    found = {}
    for entry in entries:
        act = entry.act
        if isinstance(act, SignoffGiven | ApprovalNotNeeded):
            found[act.utility, act.department] = _opinion(book, entry, act)
    return found


def _opinion(book: Rulebook, entry: Entry, act: SignoffGiven | ApprovalNotNeeded) -> Opinion:
    name = book.party(act.utility).name
    if isinstance(act, ApprovalNotNeeded):
        return Opinion(utility=act.utility, name=name, outcome="not-needed", text=act.reason, signed_at=entry.occurred_at)
    return Opinion(
        utility=act.utility, name=name, outcome=act.outcome, text=act.opinion, signatory=act.signatory, signed_at=entry.occurred_at
    )
