"""The auditor's seal on what was settled, and whether a sheet still gives the digest that was sealed."""

from collections.abc import Iterable

from msgspec.structs import replace

from domain.acts.settlement import PeriodSealed, StatementSettled, YearEndSettled
from domain.cases.context import ActContext
from domain.cases.handlers import notes
from domain.schemes.rulebook import Rulebook
from domain.settlement.sheet import Sheet, digest_of, half_year_sheet, year_end_sheet
from domain.settlement.state import HalfYear, Settlement, halves_in
from domain.settlement.statement import half_year_of
from domain.settlement.year_end import year_end_of


@notes(StatementSettled)
def seal_half_year(asked: ActContext, act: StatementSettled) -> tuple[PeriodSealed, ...]:
    """Give the seal that the auditor writes beside a payment: of the sheet with it."""
    sheet = half_year_sheet(asked.book, replace(half_year_of(asked), paid=act))
    return (PeriodSealed(kind="half-year", digest=digest_of(sheet)),)


@notes(YearEndSettled)
def seal_year_end(asked: ActContext, act: YearEndSettled) -> tuple[PeriodSealed, ...]:
    """Give the same of a year's end."""
    sheet = year_end_sheet(asked.book, replace(year_end_of(asked), paid=act), halves_in(asked.other_cases.ledgers))
    return (PeriodSealed(kind="year-end", digest=digest_of(sheet)),)


def sheet_of(book: Rulebook, stands: Settlement, halves: Iterable[HalfYear]) -> Sheet:
    """Write the sheet of a settlement; `halves` are the district's of the year, which a year's end is made of."""
    return half_year_sheet(book, stands) if isinstance(stands, HalfYear) else year_end_sheet(book, stands, halves)


def seal_holds(stands: Settlement, sheet: Sheet) -> bool | None:
    """Say whether a settled sheet gives the digest that was sealed; None where nothing is settled yet."""
    if stands.paid is None:
        return None
    return stands.seal is not None and stands.seal.digest == digest_of(sheet)
