"""The cities' plans as they are in force: rules with their quoted clauses, thresholds, parties and assumptions."""

from datetime import date
from typing import Any

from litestar import get

from api.wire.answer import Answer, reply
from api.wire.operation import ApiRequest, Operation, Query, Wire
from casework.schemes.forms import (
    FormShown,
    NumberingShown,
    ReadersShown,
    SurveyShown,
    form_shown,
    numbering_shown,
    personal_data_shown,
    survey_shown,
)
from casework.schemes.rules import RuleShown, Words, rule_shown, words
from casework.shown import CityCode, Shown
from domain.intake.boxes import written
from domain.refusals import NotFound
from domain.schemes.scheme import ActRule, Scheme


class PartyShown(Shown, frozen=True):
    """A responsible party."""

    code: str
    name: str
    roles: tuple[str, ...]
    supplies: tuple[str, ...]
    districts: tuple[str, ...]


class Place(Shown, frozen=True):
    """A district or zone."""

    code: str
    name: str


class Threshold(Shown, frozen=True):
    """Which works go which route."""

    commitment_under_metres: int
    joint_over_metres: int
    at_threshold: str
    otherwise: str
    cites: tuple[Words, ...]


class Covers(Shown, frozen=True):
    """Who may apply, and where."""

    applicants: tuple[str, ...]
    zones: tuple[Place, ...]
    needs_coverage: bool
    needs_installable: bool
    cite: Words


class Assumed(Shown, frozen=True):
    """Something the plan leaves open and the scheme decides, with its reason."""

    name: str
    text: str
    because: str


class ActShown(Shown, frozen=True):
    """Who may record an act, in which cases, after what."""

    act: str
    kind: str
    roles: tuple[str, ...]
    cases: tuple[str, ...]
    after: tuple[str, ...]
    expects: tuple[str, ...]
    """Fields that a person at a window fills; left open they are told as doubts."""
    halls_need: tuple[str, ...]
    """Fields without which a shared hall records no such act (定点、定窗、定人)."""


class SchemeBrief(Shown, frozen=True):
    """A plan by its names."""

    id: str
    city: str
    city_name: str
    title: str
    issued_by: str
    in_force_from: date
    until: date | None


class SchemeShown(SchemeBrief, frozen=True):
    """A whole plan."""

    validity: str
    utilities: tuple[str, ...]
    sessions: tuple[tuple[str, str], ...]
    at_once: str
    late_entry: str
    thresholds: Threshold
    scope: Covers
    districts: tuple[Place, ...]
    parties: tuple[PartyShown, ...]
    sign_offs: tuple[Place, ...]
    forms: tuple[FormShown, ...]
    numbering: NumberingShown | None
    survey: SurveyShown | None
    personal_data: ReadersShown | None
    complaint_channels: tuple[str, ...]
    """Where the plan says that complaints are taken (投诉渠道); any other is taken too."""
    acts: tuple[ActShown, ...]
    rules: tuple[RuleShown, ...]
    assumptions: tuple[Assumed, ...]


class SchemePage(Shown, frozen=True):
    """The plans that there are."""

    items: tuple[SchemeBrief, ...]
    next: None = None


class SchemesQuery(Wire, frozen=True):
    """Which plans."""

    city: CityCode | None = None
    on: date | None = None
    """Those in force on that day."""


_ASKED = Query[SchemesQuery](SchemesQuery)
LIST = Operation(reply=SchemePage, query=_ASKED, tag="plans")
READ = Operation(reply=SchemeShown, problems=(NotFound,), tag="plans")


@get("/v1/schemes", operation_id="listSchemes", summary="List the plans", opt=LIST.opt)
async def list_schemes(request: ApiRequest) -> Answer:
    """Answer with every plan, or those of a city or in force on a day."""
    asked = _ASKED.of(request)
    context = request.program.context()
    chosen = [book.scheme for book in context.books.values() if asked.city in {None, book.scheme.city.code}]
    return reply(SchemePage(tuple(_brief(scheme) for scheme in chosen if asked.on is None or _holds(scheme, asked.on))))


@get("/v1/schemes/{schemeId:str}", operation_id="readScheme", summary="Read a plan with its rules and citations", opt=READ.opt)
async def read_scheme(request: ApiRequest) -> Answer:
    """Answer with the whole plan."""
    context = request.program.context()
    return reply(_shown(context.book(request.path_params["schemeId"]).scheme))


def _holds(scheme: Scheme, on: date) -> bool:
    return scheme.in_force_from <= on and (scheme.until is None or on <= scheme.until)


def _brief(scheme: Scheme) -> SchemeBrief:
    return SchemeBrief(**_names(scheme))


def _names(scheme: Scheme) -> dict[str, Any]:
    return {
        "id": scheme.id,
        "city": scheme.city.code,
        "city_name": scheme.city.name,
        "title": scheme.document.title,
        "issued_by": scheme.document.issued_by,
        "in_force_from": scheme.in_force_from,
        "until": scheme.until,
    }


def _shown(scheme: Scheme) -> SchemeShown:
    return SchemeShown(
        **_names(scheme),
        validity=scheme.validity.assumption,
        utilities=scheme.utilities,
        sessions=scheme.office.sessions,
        at_once=scheme.at_once.limit,
        late_entry=scheme.late_entry.limit,
        thresholds=_thresholds(scheme),
        scope=_scope(scheme),
        districts=tuple(Place(one.code, one.name) for one in scheme.districts),
        parties=tuple(PartyShown(one.code, one.name, one.roles, one.supplies, one.districts) for one in scheme.parties),
        sign_offs=tuple(Place(one.department, one.title) for one in scheme.signoffs),
        forms=tuple(form_shown(name, form) for name, form in scheme.forms.items()),
        numbering=numbering_shown(scheme),
        survey=survey_shown(scheme),
        personal_data=personal_data_shown(scheme),
        complaint_channels=scheme.complaints.channels if scheme.complaints else (),
        acts=tuple(_act(act, row) for act, row in scheme.acts.items()),
        rules=tuple(rule_shown(rule) for rule in scheme.rule),
        assumptions=tuple(Assumed(name, one.text, one.because) for name, one in scheme.assumptions.items()),
    )


def _thresholds(scheme: Scheme) -> Threshold:
    route = scheme.route
    return Threshold(
        commitment_under_metres=route.commitment.under_metres,
        joint_over_metres=route.joint.over_metres,
        at_threshold=f"{route.at_threshold.route}: {route.at_threshold.because}",
        otherwise=f"{route.otherwise.route}: {route.otherwise.because}",
        cites=tuple(words(cite) for cite in (route.commitment.cite, route.joint.cite, route.none_cite)),
    )


def _scope(scheme: Scheme) -> Covers:
    scope = scheme.scope
    zones = tuple(Place(zone.code, zone.name) for zone in scope.zones)
    return Covers(scope.applicants, zones, scope.needs_coverage, scope.needs_installable, words(scope.cite))


def _act(act: str, row: ActRule) -> ActShown:
    return ActShown(act, row.kind, row.roles, row.case, row.after, tuple(map(written, row.expects)), tuple(map(written, row.halls_need)))
