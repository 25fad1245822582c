"""Forms on paper: a case's own as PDF, and a city's blanks for everybody; decides nothing and opens no seal."""

import asyncio
from collections.abc import Callable
from typing import Annotated, Literal

from litestar import get
from msgspec import Meta

from api.program import HttpProgram
from api.wire.answer import ALWAYS, Answer
from api.wire.operation import ApiRequest, Operation, Query, Wire
from casework.access.visibility import seen_case, visible
from casework.people.masking import shown_masked
from domain.printing.gathering import printed_form, record_of
from domain.refusals import Malformed, NotAllowed, NotFound
from exports.printing.fonts import NoFont
from exports.printing.forms import print_blank, print_form
from exports.printing.typesetting import TooMuch
from storage.cases.cases import read_case
from storage.cases.ledger import read_ledger
from words import sentence

PDF = "application/pdf"
INTAKE = frozenset({"demand", "application"})


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
    asked = _FORM.of(request)
    program = request.program
    context = program.context()
    async with program.reading(request.user) as tx:
        case = await seen_case(tx, request.user, await read_case(tx, request.path_params["caseId"]))
        ledger = await read_ledger(tx, case.case_id)
        entries = await shown_masked(tx, program.ring, request.user, visible(request.user, ledger), ledger)
    book = context.book(case.scheme)
    form = printed_form(book.scheme, request.path_params["formName"])
    record = record_of(book, case, entries, form, asked.seq)
    layout = program.layouts[case.scheme][form]
    return pdf_named(form, await set_aside(program, lambda: print_form(layout, record, program.settings.fonts)))


@get("/v1/schemes/{schemeId:str}/printed/{formName:str}", operation_id="printBlank", summary="Print a city's blank form", opt=BLANK.opt)
async def print_of_scheme(request: ApiRequest) -> Answer:
    """Answer with the PDF of the empty form, as the hall hands it out; set once, so that no flood of askers keeps a case waiting."""
    asked = _BLANK.of(request)
    program = request.program
    context = program.context()
    scheme = context.book(request.path_params["schemeId"]).scheme
    form, fillable = printed_form(scheme, request.path_params["formName"]), asked.fillable == "true"
    if fillable and form not in INTAKE:
        raise Malformed(
            sentence("{form} is written by an office: only the intake forms are filled in on a screen. Leave fillable out.", form=form),
            field="fillable",
        )
    made = program.blanks.get((scheme.id, form, fillable))
    if made is None:
        layout = program.layouts[scheme.id][form]
        made = await set_aside(program, lambda: print_blank(scheme, form, layout, program.settings.fonts, fillable=fillable))
        program.blanks[scheme.id, form, fillable] = made
    return pdf_named(form, made)


async def set_aside(program: HttpProgram, make: Callable[[], bytes]) -> bytes:
    """Set it aside from the loop, one at a time: it is work for a processor."""
    async with program.printing:
        return await asyncio.to_thread(make)


def pdf_named(name: str, made: bytes) -> Answer:
    return Answer(body=made, media_type=PDF, headers={**ALWAYS, "content-disposition": f'inline; filename="{name}.pdf"'})
