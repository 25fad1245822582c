"""Statements of settlement as PDF and workbook."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from casework.settlement.views import Standing
from domain.printing.money import yuan
from domain.printing.records import PrintedForm
from domain.printing.settlements import HALVES, belonging, settlement_paper
from domain.schemes.rulebook import Rulebook
from domain.settlement.sheet import HalfYearSheet, Sheet, YearEndSheet
from exports.printing.forms import print_form
from exports.spreadsheets.cells import Cell
from exports.spreadsheets.workbook import Workbook
from schemes.printing.reader import Layouts

Row = tuple[Cell, ...]


_HALF_HEAD = ("序号", "办件", "项目", "补报", "金额（元）", "金额（分）")


_YEAR_HEAD = ("序号", "公用事业企业", "结算期", "拨付日期", "拨付文号", "金额（元）", "金额（分）")


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
