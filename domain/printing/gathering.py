"""Which forms a city prints, and the content of one of them from a case's acts; a form whose act is missing is refused."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, get_args

from msgspec.structs import replace

from calendars import local_day
from domain.acts import tag_of
from domain.acts.enforcement.ladder import InterviewArranged, PenaltyReferred
from domain.acts.enforcement.supervision import CommitmentSigned, ContractorEntrusted, InterviewCalled, RectificationOrdered
from domain.acts.service import NoticeIssued
from domain.case import Case
from domain.ledger import Entry
from domain.printing.intake import form_in, intake_of, numbered_year
from domain.printing.records import CommitmentLetter, Interview, OneTimeNotice, PrintedForm, Record, Rectification, Referral
from domain.printing.sheet import sheet_of
from domain.refusals import Malformed, NotFound
from domain.schemes.rulebook import Rulebook
from domain.schemes.scheme import Scheme
from words import any_of, listed, sentence

FORMS: tuple[PrintedForm, ...] = get_args(PrintedForm)
NAMES: dict[PrintedForm, str] = {
    "demand": "需求信息采集单",
    "application": "联合报装业务申请表",
    "sheet": "综合审批意见单",
    "commitment": "告知承诺书",
    "notice": "提示告知单",
    "rectification": "责令限期整改通知书",
    "interview": "约谈通知书",
    "arranged": "约谈通知书（其他事由）",
    "referral": "移送函",
    "statement": "半年结算单",
    "yearend": "年终体制结算单",
}
"""What each is called where no plan names it."""
_OWN: dict[PrintedForm, tuple[str, ...]] = {
    "commitment": ("commitment.signed", "contractor.entrusted"),
    "notice": ("notice.issued",),
    "rectification": ("rectification.ordered",),
    "interview": ("interview.called",),
    "arranged": ("interview.arranged",),
    "referral": ("penalty.referred",),
    "statement": ("statement.submitted",),
    "yearend": ("yearend.opened",),
}

SETTLED: frozenset[PrintedForm] = frozenset({"statement", "yearend"})
"""Sheets of a settlement: other cases' ledgers belong to them."""


def printed_forms(scheme: Scheme) -> tuple[PrintedForm, ...]:
    """Name the forms that a city has: its intake forms, the sheet where departments sign, the notices whose acts it knows."""
    has: set[PrintedForm] = {*scheme.forms, *(form for form, acts in _OWN.items() if acts[0] in scheme.acts)}
    return tuple(form for form in FORMS if form in has or (form == "sheet" and scheme.signoffs))


def printed_form(scheme: Scheme, name: str) -> PrintedForm:
    """Find a form by its name."""
    for form in printed_forms(scheme):
        if form == name:
            return form
    raise NotFound(
        sentence(
            "There is no printed form {name!r} in {scheme}; there are: {forms}.",
            name=name,
            scheme=scheme.id,
            forms=listed(printed_forms(scheme)),
        )
    )


def acts_of(scheme: Scheme, form: PrintedForm) -> tuple[str, ...]:
    """Name the acts that are printed on a form; the sheet is of the whole case."""
    intake = scheme.forms.get(form) if form == "demand" or form == "application" else None  # noqa: PLR1714 -- narrows the type
    return intake.acts if intake else _OWN.get(form, ())


def record_of(book: Rulebook, case: Case, entries: Sequence[Entry], form: PrintedForm, seq: int | None = None) -> Record:
    """Gather what is printed: of the entry that is named, or else of the act of its kind that happened last."""
    if form in SETTLED:
        raise NotFound(
            sentence(
                "{form} is printed with its sums, which one case alone does not hold: "
                "GET /v1/settlements/{case_id}/sheet.pdf, or lianban settlements print.",
                form=form,
                case_id=case.case_id,
            )
        )
    if form == "sheet":
        _needs_form(entries)
        _refuse_entry(seq)
        return sheet_of(book, case, entries)
    entry = _chosen(book.scheme, entries, form, seq)
    if form in {"demand", "application"}:
        return intake_of(case, entry)
    return _GATHER[tag_of(entry.act)](book, case, entries, entry)


def _needs_form(entries: Sequence[Entry]) -> None:
    if form_in(entries) is None:
        raise NotFound(sentence("The sheet cannot be printed: this case has no demand.registered or application.accepted."), missing=_FORMS)


def _refuse_entry(seq: int | None) -> None:
    if seq is not None:
        raise Malformed(sentence("The sheet is of the whole case, not of entry {seq}. Leave seq out.", seq=seq), field="seq")


_FORMS = ["demand.registered", "application.accepted"]


def _chosen(scheme: Scheme, entries: Iterable[Entry], form: PrintedForm, seq: int | None) -> Entry:
    acts = acts_of(scheme, form)
    fitting = [entry for entry in entries if tag_of(entry.act) in acts and seq in {None, entry.seq}]
    if not fitting:
        where = sentence("this case has none") if seq is None else sentence("entry {seq} is none", seq=seq)
        raise NotFound(
            sentence("{form} cannot be printed: it prints {acts}, and {where}.", form=form, acts=any_of(acts), where=where),
            missing=list(acts),
        )
    return max(fitting, key=lambda entry: (entry.occurred_at, entry.seq))


def _commitment(book: Rulebook, case: Case, entries: Sequence[Entry], entry: Entry) -> Record:
    """A contractor writes its own letter, under the commitment that was signed last before it was entrusted."""
    told = [one for one in entries if isinstance(one.act, CommitmentSigned) and one.seq <= entry.seq]
    signed: Any = max(told, key=lambda one: (one.occurred_at, one.seq)).act
    letter = _letter(book, case, entry, signed)
    return letter if isinstance(entry.act, CommitmentSigned) else _by_contractor(letter, _act(entry))


def _letter(book: Rulebook, case: Case, entry: Entry, signed: CommitmentSigned) -> CommitmentLetter:
    return CommitmentLetter(
        number=case.number,
        year=numbered_year(case),
        utility=book.party(signed.utility).name,
        department=book.party(signed.department).name,
        of_year=signed.year,
        standard=signed.standard,
        document=signed.document,
        scope=signed.scope,
        signatory=signed.signatory,
        signed_on=local_day(entry.occurred_at),
    )


def _by_contractor(letter: CommitmentLetter, act: ContractorEntrusted) -> CommitmentLetter:
    return replace(letter, contractor=act.contractor, contractor_code=act.credit_code, scope=act.scope or letter.scope, signatory=None)


def _notice(book: Rulebook, case: Case, entries: Sequence[Entry], entry: Entry) -> Record:
    act: NoticeIssued = _act(entry)
    return OneTimeNotice(
        number=case.number,
        year=numbered_year(case),
        addressee=_addressee(entries),
        matter=act.matter,
        materials=act.materials,
        place=act.place,
        procedure=act.procedure,
        issuer=book.party(entry.actor.party).name,
        issued_on=local_day(entry.occurred_at),
    )


def _addressee(entries: Sequence[Entry]) -> str | None:
    form = form_in(entries)
    return None if form is None else form.applicant.name


def _rectification(book: Rulebook, case: Case, _entries: Sequence[Entry], entry: Entry) -> Record:
    act: RectificationOrdered = _act(entry)
    return Rectification(
        number=case.number,
        year=numbered_year(case),
        utility=book.party(act.utility).name,
        department=book.party(act.department).name,
        defect=act.defect,
        due_on=act.due_on,
        ordered_on=local_day(entry.occurred_at),
    )


def _interview(book: Rulebook, case: Case, _entries: Sequence[Entry], entry: Entry) -> Record:
    act: InterviewCalled = _act(entry)
    return Interview(
        number=case.number,
        year=numbered_year(case),
        utility=book.party(act.utility).name,
        department=book.party(act.department).name,
        grounds=act.grounds,
        held_for=act.held_for,
        place=act.place,
        contact=act.contact,
        called_on=local_day(entry.occurred_at),
    )


def _arranged(book: Rulebook, case: Case, _entries: Sequence[Entry], entry: Entry) -> Record:
    act: InterviewArranged = _act(entry)
    return Interview(
        number=case.number,
        year=numbered_year(case),
        utility=book.party(act.party).name,
        department=book.party(act.by).name,
        grounds=act.ground,
        held_for=act.held_for,
        place=act.place,
        contact=act.contact,
        called_on=local_day(entry.occurred_at),
    )


def _referral(book: Rulebook, case: Case, _entries: Sequence[Entry], entry: Entry) -> Record:
    act: PenaltyReferred = _act(entry)
    return Referral(
        number=case.number,
        year=numbered_year(case),
        authority=act.authority,
        utility=book.party(act.utility).name,
        department=book.party(act.department).name,
        facts=act.facts,
        law=act.law,
        referred_on=local_day(entry.occurred_at),
    )


def _act(entry: Entry) -> Any:  # noqa: ANN401 -- the table says which act
    return entry.act


_GATHER: dict[str, Callable[[Rulebook, Case, Sequence[Entry], Entry], Record]] = {
    "commitment.signed": _commitment,
    "contractor.entrusted": _commitment,
    "notice.issued": _notice,
    "rectification.ordered": _rectification,
    "interview.called": _interview,
    "interview.arranged": _arranged,
    "penalty.referred": _referral,
}
