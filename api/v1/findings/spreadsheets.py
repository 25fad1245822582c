"""The non-compliance list as a file for spreadsheets: CSV or a workbook, the same lines as the list's own; chooses nothing anew."""

import asyncio
import tempfile
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterable, Iterator
from io import SEEK_END
from itertools import islice
from typing import IO, Protocol

from litestar import get

from api.wire.answer import ALWAYS
from api.wire.download import Streamed, attachment
from api.wire.finding_filters import FindingsChosen, chosen_of
from api.wire.operation import ApiRequest, Operation, Query
from calendars import local_day
from casework.access.visibility import is_city_wide, sees_nothing_of
from casework.findings.views import COLUMNS, FindingShown, findings_shown
from casework.program import Context
from domain.refusals import Malformed, NotAllowed
from exports.spreadsheets.csv_lines import CommaSeparated
from exports.spreadsheets.workbook import MOST_ROWS, TooManyRows, Workbook
from storage.findings.findings import FindingRow
from storage.findings.pages import page_after
from words import sentence

CSV = "text/csv"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TITLE = "违规清单"
_IN_MEMORY = 1 << 20
_PIECE = 1 << 16
_AT_ONCE = 100
"""Lines that are formatted before others have their turn: some milliseconds."""

_ASKED = Query[FindingsChosen](FindingsChosen)
_PROBLEMS = (NotAllowed, Malformed, TooManyRows)
AS_CSV = Operation(reply=CSV, query=_ASKED, problems=_PROBLEMS, headers=("Content-Disposition",), tag="findings")
AS_XLSX = Operation(reply=XLSX, query=_ASKED, problems=_PROBLEMS, headers=("Content-Disposition",), tag="findings")


class FindingSheet(Protocol):
    """Takes lines a page at a time and gives the whole as a file."""

    def add(self, lines: Iterable[FindingShown]) -> None: ...

    def finish(self) -> IO[bytes]: ...


class CsvSheet:
    """Columns by the names that the wire has, for programs as well as people."""

    def __init__(self) -> None:
        self._lines = CommaSeparated(COLUMNS.head)
        self._file: IO[bytes] = tempfile.SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 -- closed by whoever takes it

    def add(self, lines: Iterable[FindingShown]) -> None:
        self._file.write(self._lines.take(map(COLUMNS.cells, lines)))

    def finish(self) -> IO[bytes]:
        self._file.write(self._lines.take(()))
        self._file.seek(0)
        return self._file


class XlsxSheet:
    """Columns and words in Chinese, for people."""

    def __init__(self) -> None:
        self._book = Workbook(TITLE, COLUMNS.head_for_people)

    def add(self, lines: Iterable[FindingShown]) -> None:
        self._book.add(map(COLUMNS.cells_for_people, lines))

    def finish(self) -> IO[bytes]:
        return self._book.finish()


@get("/v1/findings.csv", operation_id="exportFindingsCsv", summary="Export findings for a spreadsheet, as CSV", opt=AS_CSV.opt)
async def export_csv(request: ApiRequest) -> Streamed:
    """Answer with every finding that the list would show with these filters, as of one moment."""
    return await _sent(request, CsvSheet, CSV, "csv")


@get("/v1/findings.xlsx", operation_id="exportFindingsXlsx", summary="Export findings for a spreadsheet, as a workbook", opt=AS_XLSX.opt)
async def export_xlsx(request: ApiRequest) -> Streamed:
    """Answer with every finding that the list would show with these filters, as of one moment; headings in Chinese, codes as text."""
    return await _sent(request, XlsxSheet, XLSX, "xlsx")


async def _sent(request: ApiRequest, make: Callable[[], FindingSheet], media: str, ending: str) -> Streamed:
    """Write it whole before it is sent: who reads slowly keeps no connection of the database, and a fault is told as one."""
    asked = _ASKED.of(request)
    program = request.program
    context = program.context()
    async with program.exporting:
        sheet = make()
        try:
            if sees_nothing_of(request.user, asked.city, asked.party):
                await program.must_know(request.user)
            else:
                await _fill(context, request, asked, sheet)
        except BaseException:
            sheet.finish().close()
            raise
        file = await asyncio.to_thread(sheet.finish)
    size = file.seek(0, SEEK_END)
    file.seek(0)
    name = f"{TITLE}-{local_day(context.now)}.{ending}"
    return Streamed(pieces(file), size, media, 200, {**ALWAYS, "content-disposition": attachment(name)})


async def _fill(context: Context, request: ApiRequest, asked: FindingsChosen, sheet: FindingSheet) -> None:
    """Write page after page as of one moment; while one is formatted the database looks for the next."""
    chosen, wide = chosen_of(context, request.user, asked), is_city_wide(request.user)
    rows = 0
    async with request.program.reading(request.user) as tx:
        page = await page_after(tx, chosen, asked.order, None)
        while page:
            rows += len(page)
            _must_fit(rows)
            lines = await findings_shown(tx, context, page, wide=wide)
            page = await _meanwhile(page_after(tx, chosen, asked.order, page), _write(sheet, lines))


async def _write(sheet: FindingSheet, lines: Iterator[FindingShown]) -> None:
    """Format a few lines at a time, with room for others in between: a thread would have the interpreter no sooner."""
    while some := [*islice(lines, _AT_ONCE)]:
        sheet.add(some)
        await asyncio.sleep(0)


async def _meanwhile(read: Awaitable[list[FindingRow]], write: Awaitable[None]) -> list[FindingRow]:
    """Wait for both, also where one fails: what is read ends before its connection is given back."""
    found, fault = await asyncio.gather(read, write, return_exceptions=True)
    for one in (found, fault):
        if isinstance(one, BaseException):
            raise one
    assert isinstance(found, list)  # noqa: S101 -- it is no exception
    return found


def _must_fit(rows: int) -> None:
    if rows > MOST_ROWS:
        message = sentence(
            "There are more than {most_rows} findings, and a sheet has no more rows. Choose fewer by from, to, party or rule.",
            most_rows=MOST_ROWS,
        )
        raise TooManyRows(message)


async def pieces(file: IO[bytes]) -> AsyncGenerator[bytes, None]:
    """Give a file piece by piece, and close it at the end."""
    with file:
        while piece := file.read(_PIECE):
            yield piece
