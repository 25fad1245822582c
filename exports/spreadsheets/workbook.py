"""Writes a sheet as a workbook (ECMA-376, the parts that it must have): the head stays in sight and filters; holds no formula."""

import re
import tempfile
import zipfile
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import IO
from xml.sax.saxutils import escape

from calendars import SHANGHAI
from domain.refusals import Refusal
from exports.spreadsheets.cells import Cell

MOST_ROWS = 1_048_575
"""A sheet has no more (ECMA-376), beside its head."""
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_LINKS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_TEXT, _MOMENT, _HEAD = 1, 2, 3
_PARTS = {
    "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_KIND}.sheet.main+xml"/>'
    f'<Override PartName="/xl/styles.xml" ContentType="{_KIND}.styles+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_KIND}.worksheet+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{_LINKS}">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_LINKS}">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="rId2" Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>',
    "xl/styles.xml": f'<styleSheet xmlns="{_MAIN}">'
    '<numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd\\ hh:mm:ss"/></numFmts>'
    '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="4"><xf xfId="0"/>'
    '<xf numFmtId="49" applyNumberFormat="1" xfId="0"/><xf numFmtId="164" applyNumberFormat="1" xfId="0"/>'
    '<xf numFmtId="49" fontId="1" applyNumberFormat="1" applyFont="1" xfId="0"/></cellXfs></styleSheet>',
}
"""Styles: none, text (which stays text when it is typed over), a moment, the head."""
_SHEET = "xl/worksheets/sheet1.xml"
_FROZEN = '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_NEEDS_CARE = re.compile("[\x00-\x1f&<>\ufffe\uffff]")
_AT = (1980, 1, 1, 0, 0, 0)
"""The earliest moment that a ZIP file knows: the same rows make the same bytes."""
_KEPT_IN_MEMORY = 1 << 20
_QUICK = 2
"""Of nine: a workbook is made while somebody waits."""
_EPOCH = datetime(1899, 12, 30, tzinfo=SHANGHAI).replace(tzinfo=None)
"""The day 0 of a sheet's moments, which know no offset: they are Shanghai's."""
_DAY = timedelta(days=1)


class TooManyRows(Refusal):
    """More than a sheet holds."""


class Workbook:
    """One sheet, written row by row."""

    def __init__(self, title: str, head: Sequence[str]) -> None:
        # A ZIP file is finished at its end, and who gets it cannot be gone back in.
        self.file: IO[bytes] = tempfile.SpooledTemporaryFile(_KEPT_IN_MEMORY)  # noqa: SIM115 -- closed by whoever takes it
        self._zip = zipfile.ZipFile(self.file, "w", zipfile.ZIP_DEFLATED, compresslevel=_QUICK)
        for name, text in (_PARTS | {"xl/workbook.xml": _workbook(title)}).items():
            self._zip.writestr(_entry(name), _XML + text)
        self._sheet = self._zip.open(_entry(_SHEET), "w", force_zip64=True)
        self._columns, self._rows = len(head), 1
        self._sheet.write(f"{_XML}{_opening(len(head))}<row>{''.join(_text(name, _HEAD) for name in head)}</row>".encode())

    def add(self, rows: Iterable[Sequence[Cell]]) -> None:
        made = [_row(row) for row in rows]
        self._rows += len(made)
        self._sheet.write("".join(made).encode())

    def finish(self) -> IO[bytes]:
        """Give the whole of it, from its beginning; to be closed by whoever takes it."""
        self._sheet.write(f'</sheetData><autoFilter ref="A1:{_letters(self._columns)}{self._rows}"/></worksheet>'.encode())
        self._sheet.close()
        self._zip.close()
        self.file.seek(0)
        return self.file


def _workbook(title: str) -> str:
    return (
        f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets><sheet name="{escape(title)}" sheetId="1" r:id="rId1"/></sheets></workbook>'
    )


def _opening(columns: int) -> str:
    return (
        f'<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0">{_FROZEN}</sheetView></sheetViews>'
        f'<cols><col min="1" max="{columns}" width="20" customWidth="1"/></cols><sheetData>'
    )


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _AT)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry._compresslevel = _QUICK  # type: ignore[attr-defined]  # noqa: SLF001 -- ZipFile.open takes the level of the entry alone
    return entry


def _letters(column: int) -> str:
    """Name a column as a sheet does: 27 is AA."""
    letters = ""
    while column:
        column, place = divmod(column - 1, 26)
        letters = chr(ord("A") + place) + letters
    return letters


def _row(cells: Sequence[Cell]) -> str:
    return f"<row>{''.join(map(_cell, cells))}</row>"


def _cell(cell: Cell) -> str:
    if isinstance(cell, str):
        return _text(cell, _TEXT)
    return f"<c><v>{cell}</v></c>" if isinstance(cell, int) else f'<c s="{_MOMENT}"><v>{_serial(cell)}</v></c>'


def _serial(at: datetime) -> str:
    return f"{(at.astimezone(SHANGHAI).replace(tzinfo=None) - _EPOCH) / _DAY:.9f}"


def _text(text: str, style: int) -> str:
    """A cell of text is never taken for a formula."""
    if not text:
        return "<c/>"
    safe = escape(_FORBIDDEN.sub("", text)) if _NEEDS_CARE.search(text) else text
    return f'<c t="inlineStr" s="{style}"><is><t xml:space="preserve">{safe}</t></is></c>'
