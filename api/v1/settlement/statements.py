"""The half-year's statement and the year-end sheet as files: PDF for the seal, a workbook for calculating on; decides nothing."""

import asyncio

from litestar import get

from api.wire.answer import ALWAYS, Answer
from api.wire.download import attachment
from api.wire.operation import ApiRequest, Operation
from casework.settlement.files import name_of, pdf_of, xlsx_of
from casework.settlement.reading import seen_settlement
from casework.settlement.views import Standing
from domain.refusals import NotAllowed, NotFound
from exports.printing.fonts import NoFont
from exports.printing.typesetting import TooMuch

PDF = "application/pdf"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

_PROBLEMS = (NotAllowed, NotFound)
AS_PDF = Operation(reply=PDF, problems=(*_PROBLEMS, TooMuch, NoFont), headers=("Content-Disposition",), tag="supervision")
AS_XLSX = Operation(reply=XLSX, problems=_PROBLEMS, headers=("Content-Disposition",), tag="supervision")


@get("/v1/settlements/{caseId:uuid}/sheet.pdf", operation_id="printSettlement", summary="Print a settlement's sheet", opt=AS_PDF.opt)
async def print_settlement(request: ApiRequest) -> Answer:
    """Answer with the PDF of the statement or of the year-end sheet, as it stands; a settled one bears the auditor's digest."""
    program = request.program
    one = await _seen(request)
    async with program.printing:
        made = await asyncio.to_thread(pdf_of, one, program.layouts, program.settings.fonts)
    return _sent(one, made, PDF, "pdf")


@get("/v1/settlements/{caseId:uuid}/sheet.xlsx", operation_id="exportSettlement", summary="Export a settlement's sheet", opt=AS_XLSX.opt)
async def export_settlement(request: ApiRequest) -> Answer:
    """Answer with the same sheet as a workbook: codes are text, sums stand in 元 and as whole 分."""
    one = await _seen(request)
    return _sent(one, await asyncio.to_thread(xlsx_of, one), XLSX, "xlsx")


async def _seen(request: ApiRequest) -> Standing:
    program = request.program
    context = program.context()
    async with program.reading(request.user) as tx:
        return await seen_settlement(tx, context, request.user, request.path_params["caseId"])


def _sent(one: Standing, made: bytes, media: str, ending: str) -> Answer:
    return Answer(body=made, media_type=media, headers={**ALWAYS, "content-disposition": attachment(f"{name_of(one)}.{ending}")})
