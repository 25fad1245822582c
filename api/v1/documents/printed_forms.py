"""Forms on paper: a case's own as PDF, and a city's blanks for everybody; decides nothing and opens no seal."""

from typing import Annotated, Literal

from litestar import get
from msgspec import Meta

from api.program import HttpProgram
from api.wire.answer import Answer
from api.wire.operation import ApiRequest, Operation, Query, Wire
from api.wire.pdf import PDF, pdf_named, set_aside
from casework.access.visibility import seen_case
from casework.people.masking import entries_masked
from casework.schemes.forms import INTAKE
from domain.printing.gathering import printed_form, record_of
from domain.printing.records import PrintedForm
from domain.refusals import Malformed, NotAllowed, NotFound
from domain.schemes.scheme import Scheme
from exports.printing.fonts import NoFont
from exports.printing.forms import print_blank, print_form
from exports.printing.typesetting import TooMuch
from storage.cases.cases import read_case
from words import sentence


class FormQuery(Wire, frozen=True):
    """Which of a case's acts is printed."""

    seq: Annotated[int, Meta(ge=1, le=2**31 - 1, description="The entry to print; without it the last of its kind.")] | None = None


class BlankQuery(Wire, frozen=True):
    """What kind of blank."""

    fillable: Annotated[Literal["true", "false"], Meta(description="With fields to fill on a screen; intake forms alone.")] = "false"


_FORM, _BLANK = Query[FormQuery](FormQuery), Query[BlankQuery](BlankQuery)
PRINT = Operation(reply=PDF, query=_FORM, problems=(NotAllowed, NotFound, Malformed, TooMuch, NoFont), tag="printed")
BLANK = Operation(reply=PDF, query=_BLANK, problems=(NotFound, Malformed, NoFont), tag="printed")


@get("/v1/cases/{caseId:uuid}/printed/{formName:str}", operation_id="printForm", summary="Print a form or notice of a case", opt=PRINT.opt)
async def print_of_case(request: ApiRequest) -> Answer:
    """Answer with the PDF, persons masked: demand, application, sheet, commitment, notice, rectification or interview."""
    asked, program = _FORM.of(request), request.program
    async with program.reading(request.user) as tx:
        case = await seen_case(tx, request.user, await read_case(tx, request.path_params["caseId"]))
        entries = await entries_masked(tx, program.ring, request.user, case)
    book = program.context().book(case.scheme)
    form = printed_form(book.scheme, request.path_params["formName"])
    record, layout = record_of(book, case, entries, form, asked.seq), program.layouts[case.scheme][form]
    return pdf_named(form, await set_aside(program, lambda: print_form(layout, record, program.settings.fonts)))


@get("/v1/schemes/{schemeId:str}/printed/{formName:str}", operation_id="printBlank", summary="Print a city's blank form", opt=BLANK.opt)
async def print_of_scheme(request: ApiRequest) -> Answer:
    """Answer with the PDF of the empty form, as the hall hands it out; set once, so that no flood of askers keeps a case waiting."""
    asked, scheme = _BLANK.of(request), request.program.context().book(request.path_params["schemeId"]).scheme
    form, fillable = printed_form(scheme, request.path_params["formName"]), asked.fillable == "true"
    if fillable and form not in INTAKE:
        raise Malformed(
            sentence("{form} is written by an office: only the intake forms are filled in on a screen. Leave fillable out.", form=form),
            field="fillable",
        )
    return pdf_named(form, await _blank(request.program, scheme, form, fillable=fillable))


async def _blank(program: HttpProgram, scheme: Scheme, form: PrintedForm, *, fillable: bool) -> bytes:
    made = program.blanks.get((scheme.id, form, fillable))
    if made is None:
        layout = program.layouts[scheme.id][form]
        made = await set_aside(program, lambda: print_blank(scheme, form, layout, program.settings.fonts, fillable=fillable))
        program.blanks[scheme.id, form, fillable] = made
    return made
