"""What is published (公开) of each plan, for everybody: rules, guide, forms, places, hours, complaints, law; all from the plan's data."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import get_args

from litestar import get

from api.program import HttpProgram
from api.wire.answer import Answer, reply
from api.wire.operation import ApiRequest, Operation, Query, Wire
from casework.findings.titles import STAGES
from casework.schemes.forms import INTAKE
from casework.schemes.rules import RuleShown, Words, rule_shown, words
from casework.shown import CityCode, Shown
from domain.intake.boxes import BOXES
from domain.printing.gathering import NAMES, printed_forms
from domain.schemes.cited_law import laws_of
from domain.schemes.rule import Stage
from domain.schemes.scheme import IntakeForm, Party, Scheme


class Guide(Shown, frozen=True):
    """What is to happen at one stage, by when, by whom (办事指南)."""

    stage: str
    title: str
    rules: tuple[RuleShown, ...]


class Sample(Shown, frozen=True):
    """A form with its blank (样表), as PDF."""

    form: str
    title: str
    annex: str | None
    blank: str
    """Where the empty form is."""
    fillable: str | None
    """Where the one to fill on a screen is; intake forms alone."""
    required: tuple[str, ...]
    """The boxes that have to be filled, as they are called on paper; of several joined by 或 one."""
    cite: Words | None


class Where(Shown, frozen=True):
    """A window, hall or portal where one applies or asks, in the plan's own words."""

    code: str
    name: str
    kind: str
    """`hall` (共享营业厅), `window` or `portal`."""
    districts: tuple[str, ...]
    hours: tuple[tuple[str, str], ...]
    """On working days; a portal is always open."""
    cite: Words | None
    """For a hall its address."""


class Law(Shown, frozen=True):
    """A law that the plan's rules rest on, with the clauses that they cite."""

    document: str
    clauses: tuple[Words, ...]


class Publication(Shown, frozen=True):
    """All that is published of one plan."""

    scheme: str
    city: str
    city_name: str
    title: str
    number: str | None
    issued_by: str
    issued_on: date | None
    in_force_from: date
    until: date | None
    validity: str
    whole: str
    """Where the whole plan is, with every rule, threshold and assumption."""
    applicants: tuple[str, ...]
    applicants_cite: Words
    hours: tuple[tuple[str, str], ...]
    hours_cite: Words | None
    guides: tuple[Guide, ...]
    forms: tuple[Sample, ...]
    places: tuple[Where, ...]
    complaint_channels: tuple[str, ...]
    complaints_cite: Words | None
    laws: tuple[Law, ...]


class PublicationPage(Shown, frozen=True):
    """Every plan's."""

    items: tuple[Publication, ...]
    next: None = None


class PublicationsQuery(Wire, frozen=True):
    """Which plans."""

    city: CityCode | None = None


_ASKED = Query[PublicationsQuery](PublicationsQuery)
LIST = Operation(reply=PublicationPage, query=_ASKED, tag="plans")


@get("/v1/publications", operation_id="listPublications", summary="List what is published: rules, guides, forms, law", opt=LIST.opt)
async def list_publications(request: ApiRequest) -> Answer:
    """Answer with what each plan says to everybody, in its own words."""
    asked = _ASKED.of(request)
    program = request.program
    chosen = [scheme for scheme in program.schemes.all if asked.city in {None, scheme.city.code}]
    return reply(PublicationPage(tuple(_published(program, scheme) for scheme in chosen)))


def _published(program: HttpProgram, scheme: Scheme) -> Publication:
    document, complaints, hours = scheme.document, scheme.complaints, scheme.office.cite
    return Publication(
        scheme=scheme.id,
        city=scheme.city.code,
        city_name=scheme.city.name,
        title=document.title,
        number=document.number,
        issued_by=document.issued_by,
        issued_on=document.issued_on,
        in_force_from=scheme.in_force_from,
        until=scheme.until,
        validity=scheme.validity.assumption,
        whole=f"/v1/schemes/{scheme.id}",
        applicants=scheme.scope.applicants,
        applicants_cite=words(scheme.scope.cite),
        hours=scheme.office.sessions,
        hours_cite=None if hours is None else words(hours),
        guides=tuple(_guides(scheme)),
        forms=tuple(_samples(program, scheme)),
        places=tuple(_places(scheme)),
        complaint_channels=complaints.channels if complaints else (),
        complaints_cite=words(complaints.cite) if complaints else None,
        laws=tuple(Law(document, tuple(map(words, cites))) for document, cites in laws_of(scheme).items()),
    )


def _guides(scheme: Scheme) -> Iterator[Guide]:
    for stage in get_args(Stage):
        rules = tuple(rule_shown(rule) for rule in scheme.rule if rule.stage == stage)
        if rules:
            yield Guide(stage, STAGES[stage], rules)


def _samples(program: HttpProgram, scheme: Scheme) -> Iterator[Sample]:
    intakes = {str(name): form for name, form in scheme.forms.items()}
    for form in printed_forms(scheme):
        path = f"/v1/schemes/{scheme.id}/printed/{form}"
        intake = intakes.get(form)
        layout = program.layouts[scheme.id].get(form)
        yield Sample(
            form=form,
            title="".join(layout.title) if layout else NAMES[form],
            annex=intake.annex if intake else None,
            blank=path,
            fillable=f"{path}?fillable=true" if form in INTAKE else None,
            required=tuple(_required(intake)) if intake else (),
            cite=words(intake.cite) if intake and intake.cite else None,
        )


def _required(form: IntakeForm) -> Iterator[str]:
    for box in form.required:
        yield BOXES[box] if isinstance(box, str) else "或".join(BOXES[one] for one in box)


def _places(scheme: Scheme) -> Iterable[Where]:
    return (_where(scheme, party) for party in scheme.parties if {"window", "portal"} & set(party.roles))


def _where(scheme: Scheme, party: Party) -> Where:
    kind = "portal" if "portal" in party.roles else "hall" if party.kind == "hall" else "window"
    hours = () if kind == "portal" else party.sessions or scheme.office.sessions
    return Where(party.code, party.name, kind, party.districts, hours, words(party.cite) if party.cite else None)
