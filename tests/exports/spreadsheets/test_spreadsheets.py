"""Spreadsheets hold what they were given: codes stay text, moments are Shanghai's, and nothing in a cell is a formula."""

import csv
import io
import re
import zipfile
from datetime import UTC, datetime

from msgspec import Struct

from exports.spreadsheets.columns import Columns
from exports.spreadsheets.csv_lines import CommaSeparated
from exports.spreadsheets.workbook import Workbook

AT = datetime(2026, 6, 3, 2, 30, tzinfo=UTC)
SHEET = "xl/worksheets/sheet1.xml"


class SheetRow(Struct, rename="camel"):
    """A row with every kind of value."""

    finding_id: str
    days_over: int
    due_at: datetime
    ended_at: datetime | None
    contested: bool
    carries_out: tuple[str, ...]
    keys: dict[str, str]


ROW = SheetRow("007", 3, AT, None, contested=True, carries_out=("J-04", "J-18"), keys={"utility": "jm-water"})


def test_columns_are_named_as_the_wire_names_the_fields() -> None:
    assert Columns(SheetRow).head == ("findingId", "daysOver", "dueAt", "endedAt", "contested", "carriesOut", "keys")


def test_csv_begins_with_the_mark_that_spreadsheets_know_utf_8_by_and_its_moments_have_an_offset() -> None:
    columns = Columns(SheetRow)
    lines = CommaSeparated(columns.head)
    made = lines.take([columns.cells(ROW)]) + lines.take([])
    assert made.startswith(b"\xef\xbb\xbffindingId,")
    (row,) = csv.DictReader(io.StringIO(made.decode("utf-8-sig")))
    assert [*row.values()] == ["007", "3", "2026-06-03T10:30:00+08:00", "", "true", "J-04 J-18", "utility=jm-water"]


def test_what_begins_like_a_formula_is_text_in_csv() -> None:
    lines = CommaSeparated(["x"])
    made = lines.take([["=1+1"], ["+1"], ["-1"], ["@x"], ["\tx"], ["\rx"], [-1]]).decode("utf-8-sig")
    assert [row[0] for row in csv.reader(io.StringIO(made, newline=""))][1:] == ["'=1+1", "'+1", "'-1", "'@x", "'\tx", "'\rx", "-1"]


def test_a_workbook_keeps_its_head_in_sight_filters_and_holds_codes_as_text() -> None:
    book = Workbook("违规清单", ["编号", "天数", "到期"])
    book.add([["007", 3, AT], ["=1<2\x00", 4, AT]])
    with book.finish() as made, zipfile.ZipFile(made) as parts:
        sheet = parts.read(SHEET).decode()
        assert 'sheet name="违规清单"' in parts.read("xl/workbook.xml").decode()
    assert 'ySplit="1"' in sheet
    assert 'state="frozen"' in sheet
    assert '<autoFilter ref="A1:C3"/>' in sheet
    assert re.findall(r"<t [^>]*>([^<]*)</t>", sheet) == ["编号", "天数", "到期", "007", "=1&lt;2"]
    # 2026-06-03 is day 46176 of a sheet, and 10:30 in Shanghai 0.4375 of it.
    assert '<c><v>3</v></c><c s="2"><v>46176.437500000</v></c>' in sheet
    assert "<f>" not in sheet


def test_columns_past_z_have_two_letters() -> None:
    book = Workbook("x", [str(number) for number in range(28)])
    with book.finish() as made, zipfile.ZipFile(made) as parts:
        assert '<autoFilter ref="A1:AB1"/>' in parts.read(SHEET).decode()


def test_the_same_rows_make_the_same_bytes() -> None:
    def made() -> bytes:
        book = Workbook("x", ["a"])
        book.add([["b"]])
        with book.finish() as file:
            return file.read()

    assert made() == made()
