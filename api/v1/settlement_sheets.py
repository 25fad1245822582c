"""The half-year's statement and the year-end sheet as files: PDF for the seal, a workbook for calculating on; decides nothing."""

import asyncio
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from litestar import get

from api.answer import ALWAYS, Answer
from api.download import attachment
from api.operation import Asking, Operation
from api.printing.fonts import NoFont
from api.printing.sheets import print_form
from api.printing.typesetting import TooMuch
from api.running import Running
from api.sheets.cells import Cell
from api.sheets.workbook import Workbook
from api.v1.settlement_lines import Standing
from api.v1.settlements import seen_settlement
from domain.plan.rulebook import Rulebook
from domain.printed.money import yuan
from domain.printed.records import PrintedForm
from domain.printed.settlements import HALVES, belonging, settlement_paper
from domain.refusals import NotAllowed, NotFound
from domain.settlement.sheet import HalfYearSheet, Sheet, YearEndSheet
from schemes.printing_reader import Layouts

PDF = "application/pdf"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Row = tuple[Cell, ...]
_HALF_HEAD = ("序号", "案件", "项目", "补报", "金额（元）", "金额（分）")
_YEAR_HEAD = ("序号", "公用事业企业", "结算期", "拨付日期", "拨付文号", "金额（元）", "金额（分）")

_PROBLEMS = (NotAllowed, NotFound)
AS_PDF = Operation(reply=PDF, problems=(*_PROBLEMS, TooMuch, NoFont), headers=("Content-Disposition",), tag="supervision")
AS_XLSX = Operation(reply=XLSX, problems=_PROBLEMS, headers=("Content-Disposition",), tag="supervision")


@get("/v1/settlements/{caseId:uuid}/sheet.pdf", operation_id="printSettlement", summary="Print a settlement's sheet", opt=AS_PDF.opt)
async def print_settlement(request: Asking) -> Answer:
    """Answer with the PDF of the statement or of the year-end sheet, as it stands; a settled one bears the auditor's digest."""
    running: Running = request.app.state.running
    one = await _seen(request)
    async with running.printing:
        made = await asyncio.to_thread(pdf_of, one, running.layouts, running.settings.fonts)
    return _sent(one, made, PDF, "pdf")


@get("/v1/settlements/{caseId:uuid}/sheet.xlsx", operation_id="exportSettlement", summary="Export a settlement's sheet", opt=AS_XLSX.opt)
async def export_settlement(request: Asking) -> Answer:
    """Answer with the same sheet as a workbook: codes are text, sums stand in 元 and as whole 分."""
    one = await _seen(request)
    return _sent(one, await asyncio.to_thread(xlsx_of, one), XLSX, "xlsx")


async def _seen(request: Asking) -> Standing:
    running: Running = request.app.state.running
    async with running.db.reading() as tx:
        return await seen_settlement(tx, running, request)


def _sent(one: Standing, made: bytes, media: str, ending: str) -> Answer:
    return Answer(body=made, media_type=media, headers={**ALWAYS, "content-disposition": attachment(f"{name_of(one)}.{ending}")})


def name_of(one: Standing) -> str:
    """Name the file after the parties and the time."""
    sheet, names = one.sheet, one.book.name_of
    if isinstance(sheet, HalfYearSheet):
        return f"半年结算单-{names(sheet.district)}-{names(sheet.utility)}-{sheet.year}-{sheet.half}"
    return f"年终体制结算单-{names(sheet.district)}-{sheet.year}"


def pdf_of(one: Standing, layouts: Layouts, fonts: Path | None) -> bytes:
    """Set the sheet on paper."""
    form: PrintedForm = "statement" if isinstance(one.sheet, HalfYearSheet) else "yearend"
    return print_form(layouts[one.book.id][form], settlement_paper(one.book, one.sheet, _digest(one)), fonts)


def xlsx_of(one: Standing) -> bytes:
    """Write the sheet as a workbook."""
    sheet = one.sheet
    book = Workbook("结算单", _HALF_HEAD if isinstance(sheet, HalfYearSheet) else _YEAR_HEAD)
    book.add(_half_rows(sheet) if isinstance(sheet, HalfYearSheet) else _year_rows(one.book, sheet))
    book.add(_end_rows(one, sheet))
    with book.finish() as file:
        return file.read()


def _half_rows(sheet: HalfYearSheet) -> Iterator[Row]:
    for number, item in enumerate(sheet.items, start=1):
        yield (number, str(item.case_id), item.project or "", belonging(item.belongs_to), yuan(item.amount), item.amount)
    yield ("合计", "", "", "", yuan(sheet.amount), sheet.amount)


def _year_rows(book: Rulebook, sheet: YearEndSheet) -> Iterator[Row]:
    for number, item in enumerate(sheet.items, start=1):
        paid = (item.paid_on.isoformat(), item.reference)
        yield (number, book.name_of(item.utility), HALVES[item.half], *paid, yuan(item.amount), item.amount)
    for words, amount in (("区级已结算合计", sheet.settled), ("市级承担", sheet.city_share), ("区级承担", sheet.district_share)):
        yield (words, "", "", "", "", yuan(amount), amount)


def _end_rows(one: Standing, sheet: Sheet) -> Iterator[Row]:
    """Tell below the sums of the payment and the seal."""
    yield ("区（管委会）", one.book.name_of(sheet.district))
    if isinstance(sheet, HalfYearSheet):
        yield ("公用事业企业", one.book.name_of(sheet.utility))
        yield ("结算期", f"{sheet.year}年{HALVES[sheet.half]}")
        yield ("报送日期", _day(sheet.submitted_on))
        yield ("核对日期", _day(sheet.checked_on))
    else:
        yield ("结算年度", f"{sheet.year}年")
    yield ("拨付日期", _day(sheet.paid_on))
    yield ("拨付文号", sheet.reference or "")
    yield ("结算单摘要", _digest(one) or "")


def _day(on: date | None) -> str:
    return "" if on is None else on.isoformat()


def _digest(one: Standing) -> str | None:
    return one.stands.seal.digest if one.stands.seal else None
