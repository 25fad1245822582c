"""The half-year's statement and the year-end sheet as they are printed: names instead of codes, 元 instead of 分."""

from domain.printing.money import capital, yuan
from domain.printing.records import Statement, StatementLine, YearEndLine, YearEndPaper
from domain.schemes.rulebook import Rulebook
from domain.settlement.sheet import HalfYearSheet, Sheet, YearEndItem, YearEndSheet

HALVES = {1: "上半年", 2: "下半年"}


def settlement_paper(book: Rulebook, sheet: Sheet, digest: str | None) -> Statement | YearEndPaper:
    """Gather what is printed; `digest` is the auditor's seal, none while it is not settled."""
    return _statement(book, sheet, digest) if isinstance(sheet, HalfYearSheet) else _year_end(book, sheet, digest)


def belonging(half: str | None) -> str:
    """Write an earlier half-year (2026-1) in words; nothing for a cost of the statement's own."""
    if half is None:
        return ""
    year, _, number = half.partition("-")
    return f"{year}年{HALVES[int(number)]}"


def _statement(book: Rulebook, sheet: HalfYearSheet, digest: str | None) -> Statement:
    lines = [
        StatementLine(
            number=number,
            case_id=str(item.case_id),
            project=item.project,
            belongs_to=belonging(item.belongs_to) or None,
            amount=yuan(item.amount),
        )
        for number, item in enumerate(sheet.items, start=1)
    ]
    return Statement(
        period=f"{sheet.year}年{HALVES[sheet.half]}",
        district=book.name_of(sheet.district),
        utility=book.name_of(sheet.utility),
        items=tuple(lines),
        cases=len(lines),
        amount=yuan(sheet.amount),
        capital=capital(sheet.amount),
        submitted_on=sheet.submitted_on,
        checked_on=sheet.checked_on,
        paid_on=sheet.paid_on,
        reference=sheet.reference,
        digest=digest,
    )


def _year_end(book: Rulebook, sheet: YearEndSheet, digest: str | None) -> YearEndPaper:
    return YearEndPaper(
        of_year=sheet.year,
        city=book.scheme.city.name,
        district=book.name_of(sheet.district),
        items=tuple(_line(book, number, item) for number, item in enumerate(sheet.items, start=1)),
        settled=yuan(sheet.settled),
        percent=sheet.city_percent,
        city_share=yuan(sheet.city_share),
        capital=capital(sheet.city_share),
        district_share=yuan(sheet.district_share),
        paid_on=sheet.paid_on,
        reference=sheet.reference,
        digest=digest,
    )


def _line(book: Rulebook, number: int, item: YearEndItem) -> YearEndLine:
    return YearEndLine(
        number=number,
        utility=book.name_of(item.utility),
        half=HALVES[item.half],
        paid_on=item.paid_on,
        reference=item.reference,
        amount=yuan(item.amount),
    )
