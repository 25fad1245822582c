"""Every operation there is, in the contract's order; one without a row in the table of permissions does not start."""

from litestar import HttpMethod, route
from litestar.handlers import HTTPRouteHandler

from api.permissions import PUBLIC, TABLE
from api.system import docs, health, metrics, token
from api.v1.accountability import records as accountability_records
from api.v1.assessment import delay_shares, scorecards
from api.v1.calendars import working_days
from api.v1.cases import acts, cases, opening
from api.v1.cases import deadlines as case_deadlines
from api.v1.commitments import commitments, inspections
from api.v1.credit import platform_file
from api.v1.credit import records as credit_records
from api.v1.documents import documents, printed_forms
from api.v1.feed import events
from api.v1.findings import dossiers, evidence_packs, findings, groups, spreadsheets, steps, suspicions, warnings
from api.v1.people import personal_data
from api.v1.schemes import estimates, publications, schemes
from api.v1.service import registers
from api.v1.settlement import settlements, statements
from api.v1.supervision import inspection_plans, supervision
from api.v1.works import sign_offs, works_plan
from api.wire.answer import Answer

HANDLERS: tuple[HTTPRouteHandler, ...] = (
    token.issue_token,
    schemes.list_schemes,
    schemes.read_scheme,
    publications.list_publications,
    printed_forms.print_of_scheme,
    working_days.list_working_days,
    estimates.estimate_deadline,
    opening.open_case,
    cases.list_cases,
    cases.read_one,
    acts.record_act,
    acts.list_acts,
    case_deadlines.list_case_deadlines,
    delay_shares.read_delay_shares,
    delay_shares.read_service_figures,
    registers.read_case_registers,
    registers.list_registers,
    works_plan.read_plan,
    documents.attach_document,
    documents.read_document,
    documents.list_documents,
    personal_data.read_personal_data,
    personal_data.erase_personal_data,
    sign_offs.give_sign_off,
    sign_offs.read_sign_offs,
    printed_forms.print_of_case,
    warnings.list_warnings,
    suspicions.list_suspicions,
    findings.list_findings,
    spreadsheets.export_csv,
    spreadsheets.export_xlsx,
    groups.group_findings,
    dossiers.print_of_party,
    evidence_packs.pack_findings,
    evidence_packs.pack_finding,
    findings.read_finding,
    steps.notify_finding,
    steps.object_to_finding,
    steps.decide_finding,
    steps.dispose_finding,
    commitments.list_commitments,
    inspections.list_inspections,
    supervision.list_supervision,
    inspection_plans.list_inspection_plans,
    credit_records.list_credit_records,
    credit_records.read_credit_record,
    platform_file.list_credit_changes,
    accountability_records.list_accountability_records,
    accountability_records.read_accountability_record,
    scorecards.read_scorecard,
    scorecards.seal_scorecard,
    settlements.list_settlements,
    settlements.read_settlement,
    statements.print_settlement,
    statements.export_settlement,
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
