"""The forms in which the list is written: a table for people, CSV for spreadsheets, JSON for programs."""

import csv
import io
import sys
from collections.abc import Callable, Iterable, Mapping
from typing import Protocol

import msgspec
import rich_click as click
from rich.table import Table
from rich.text import Text

from cli.faults import WrongWords
from cli.findings.cells import HEAD, cells_of
from cli.findings.item import Item
from cli.findings.workbook import Workbook
from cli.moments import shown
from cli.pages import console

STATES = {
    "open": "待通知", "lapsed": "已失效", "notified": "已通知", "objected": "有异议", "upheld": "成立", "excused": "免责",
    "withdrawn": "撤回", "disposed": "已处理",
}  # fmt: skip
_LIGHTS = {"yellow": "黄", "red": "红"}
_BYTE_ORDER_MARK = "\ufeff"
"""Without it a spreadsheet takes the Chinese for another script."""
_FORMULA = ("=", "+", "-", "@", "\t", "\r")

_encode = msgspec.json.Encoder().encode


class Form(Protocol):
    """Takes the findings a page at a time, so that a long list needs no room."""

    def add(self, items: Iterable[Item]) -> None: ...

    def end(self) -> None: ...


class ForPeople:
    """A table, which has to see every row before it knows how wide its columns are."""

    def __init__(self) -> None:
        self.table = Table("到期 due", "灯 light", "状态 state", "规则 rule", "责任单位 party", "对象 keys", "案件 case", box=None)

    def add(self, items: Iterable[Item]) -> None:
        for item in items:
            light = Text(_LIGHTS[item.light], style=item.light)
            rule, keys = f"{item.title} {item.rule}", " ".join(item.keys.values())
            self.table.add_row(shown(item.due_at), light, _state(item), rule, item.party_name, keys, str(item.case_id))

    def end(self) -> None:
        out = console()
        if self.table.row_count:
            out.print(self.table)
        out.print(f"{self.table.row_count} 条 findings", markup=False)


def _state(item: Item) -> str:
    marks = (("有争议", item.contested), ("暂定", item.provisional), ("补录", item.late_entry))
    said = "、".join(word for word, holds in marks if holds)
    return f"{STATES[item.state]}（{said}）" if said else STATES[item.state]


class CommaSeparated:
    def __init__(self) -> None:
        self.lines = io.StringIO(_BYTE_ORDER_MARK)
        self.lines.seek(0, io.SEEK_END)
        self.writer = csv.writer(self.lines)
        self.writer.writerow(HEAD)

    def add(self, items: Iterable[Item]) -> None:
        self.writer.writerows(map(_guarded, map(cells_of, items)))
        self.end()

    def end(self) -> None:
        _write(self.lines.getvalue().encode())
        self.lines.seek(0)
        self.lines.truncate()


def _guarded(cells: Iterable[str]) -> list[str]:
    """A spreadsheet takes what begins like a formula for one, and it may be somebody else's."""
    return [f"'{text}" if text.startswith(_FORMULA) else text for text in cells]


class Spreadsheet:
    def __init__(self) -> None:
        if sys.stdout.isatty():
            raise WrongWords("a workbook is no text for a terminal: write `> findings.xlsx`")
        self.workbook = Workbook("违规清单")
        self.workbook.add([HEAD])

    def add(self, items: Iterable[Item]) -> None:
        self.workbook.add(map(cells_of, items))

    def end(self) -> None:
        self.workbook.finish(sys.stdout.buffer)


class JsonLines:
    def add(self, items: Iterable[Item]) -> None:
        _write(b"".join(_encode(item) + b"\n" for item in items))

    def end(self) -> None:
        """The last line is ended already."""


class JsonList:
    def __init__(self) -> None:
        self.before = b"["

    def add(self, items: Iterable[Item]) -> None:
        for item in items:
            _write(self.before + b"\n" + _encode(item))
            self.before = b","

    def end(self) -> None:
        _write(b"[]\n" if self.before == b"[" else b"\n]\n")


def _write(data: bytes) -> None:
    click.echo(data, nl=False)


FORMS: Mapping[str, Callable[[], Form]] = {
    "table": ForPeople,
    "csv": CommaSeparated,
    "xlsx": Spreadsheet,
    "json": JsonList,
    "jsonl": JsonLines,
}
