"""Every operation there is, in the contract's order; one without a row in the table of permissions does not start."""

from litestar import HttpMethod, route
from litestar.handlers import HTTPRouteHandler

from api.permissions import PUBLIC, TABLE
from api.system import docs, health, metrics, token
from api.v1.accountability import records as accountability_records
from api.v1.assessment import delay_shares as batons
from api.v1.assessment import scorecards
from api.v1.calendars import working_days
from api.v1.cases import acts, cases, opening
from api.v1.cases import deadlines as case_deadlines
from api.v1.commitments import commitments, inspections
from api.v1.credit import platform_file as credit_feed
from api.v1.credit import records as credit_records
from api.v1.documents import documents
from api.v1.documents import printed_forms as printed
from api.v1.feed import events
from api.v1.findings import dossiers, findings, suspicions, warnings
from api.v1.findings import evidence_packs as packs
from api.v1.findings import groups as finding_groups
from api.v1.findings import spreadsheets as finding_exports
from api.v1.findings import steps as finding_steps
from api.v1.people import personal_data
from api.v1.schemes import estimates as deadlines
from api.v1.schemes import publications, schemes
from api.v1.service import registers as ledgers
from api.v1.settlement import settlements
from api.v1.settlement import statements as settlement_sheets
from api.v1.supervision import inspection_plans as oversight
from api.v1.supervision import supervision
from api.v1.works import sign_offs
from api.v1.works import works_plan as plans
from api.wire.answer import Answer

HANDLERS: tuple[HTTPRouteHandler, ...] = (
    token.issue_token,
    schemes.list_schemes,
    schemes.read_scheme,
    publications.list_publications,
    printed.print_of_scheme,
    working_days.list_working_days,
    deadlines.estimate_deadline,
    opening.open_case,
    cases.list_cases,
    cases.read_one,
    acts.record_act,
    acts.list_acts,
    case_deadlines.list_case_deadlines,
    batons.read_baton,
    batons.read_service_figures,
    ledgers.read_case_ledgers,
    ledgers.list_ledgers,
    plans.read_plan,
    documents.attach_document,
    documents.read_document,
    documents.list_documents,
    personal_data.read_personal_data,
    personal_data.erase_personal_data,
    sign_offs.give_sign_off,
    sign_offs.read_sign_offs,
    printed.print_of_case,
    warnings.list_warnings,
    suspicions.list_suspicions,
    findings.list_findings,
    finding_exports.export_csv,
    finding_exports.export_xlsx,
    finding_groups.group_findings,
    dossiers.print_of_party,
    packs.pack_findings,
    packs.pack_finding,
    findings.read_finding,
    finding_steps.notify_finding,
    finding_steps.object_to_finding,
    finding_steps.decide_finding,
    finding_steps.dispose_finding,
    commitments.list_commitments,
    inspections.list_inspections,
    supervision.list_supervision,
    oversight.list_oversight,
    credit_records.list_credit_records,
    credit_records.read_credit_record,
    credit_feed.list_credit_changes,
    accountability_records.list_accountability_records,
    accountability_records.read_accountability_record,
    scorecards.read_scorecard,
    scorecards.seal_scorecard,
    settlements.list_settlements,
    settlements.read_settlement,
    settlement_sheets.print_settlement,
    settlement_sheets.export_settlement,
    events.list_events,
    docs.read_contract,
    docs.read_docs,
    docs.read_docs_file,
    docs.read_icon,
    health.read_liveness,
    health.read_readiness,
    metrics.read_metrics,
)


def answers_to_options() -> list[HTTPRouteHandler]:
    """Say at each address which methods it takes; what Litestar would add by itself names one of several."""
    methods: dict[str, set[str]] = {}
    for handler in HANDLERS:
        methods.setdefault(min(handler.paths), {"OPTIONS"}).update(method.value for method in map(HttpMethod, handler.http_methods))
    return [_options(path, ", ".join(sorted(taken))) for path, taken in methods.items()]


def _options(path: str, allow: str) -> HTTPRouteHandler:
    async def say_methods() -> Answer:
        return Answer(status_code=204, headers={"allow": allow})

    return route(path, http_method="OPTIONS", opt={"permission": PUBLIC})(say_methods)


for _handler in HANDLERS:
    _handler.opt["permission"] = TABLE[str(_handler.operation_id)]
