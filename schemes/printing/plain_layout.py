"""A plain layout for a form that no annex shows: its boxes in the scheme's order, two columns of words and boxes; draws nothing."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby

from msgspec import inspect

from domain.intake.boxes import BLOCKS, BOXES
from domain.printing.records import PrintedForm
from domain.schemes.scheme import Scheme, Signoff
from schemes.printing.boxes import boxes_of, values_of
from schemes.printing.layout import Cell, Printed, Row

COLUMNS = 24
_LABEL = 6
_CHOICES = {
    "new": "新装",
    "expansion": "扩容",
    "temporary": "临时",
    "true": "是",
    "false": "否",
    "enterprise": "企业",
    "developer": "房地产开发企业",
    "other-non-resident": "其它非居民用户",
    "resident": "居民",
    "water": "用水",
    "power": "用电",
    "gas": "用气",
    "heat": "供热",
    "network": "网络",
}
_SHEET = (
    ("项目代码", "project_code"),
    ("申请单位", "applicant"),
    ("法定代表人（负责人）", "legal_representative"),
    ("单位地址", "address"),
    ("联系人", "contact"),
    ("联系电话", "phone"),
    ("报装接入地点（详细路段地址）", "connection_place"),
)


def plain_intake(scheme: Scheme, form: PrintedForm) -> Printed:
    """Lay out an intake form: what is about one service below a heading of its own."""
    intake = scheme.forms[form]  # type: ignore[index]  # an intake form is one of the scheme's
    known = boxes_of(scheme, form)
    rows: list[Row] = []
    for block, boxes in groupby(intake.boxes, _block):
        rows += [_heading(BLOCKS[block])] if block else []
        rows += _rows(scheme, list(boxes), known)
    number = None if scheme.numbering is None else f"编号：{scheme.numbering.text}"
    return Printed(title=(intake.title,), annex=intake.annex, number=number, columns=COLUMNS, rows=tuple(rows))


def plain_sheet(scheme: Scheme) -> Printed:
    """Lay out the sheet: whose works, where and when, then a box for each department that signs."""
    rows = [Row(cells=(Cell(text=words, span=_LABEL), Cell(box=box, span=COLUMNS - _LABEL))) for words, box in _SHEET]
    rows.insert(-1, Row(cells=(Cell(text="施工时间", span=_LABEL), Cell(text="{works_from}起至{works_until}", span=COLUMNS - _LABEL))))
    rows += [_opinion(row) for row in scheme.signoffs]
    return Printed(title=("综合审批意见单",), columns=COLUMNS, rows=tuple(rows))


def _opinion(row: Signoff) -> Row:
    cells = (Cell(text=row.title, span=_LABEL), Cell(opinion=row.department, span=COLUMNS - _LABEL))
    return Row(cells=cells, millimetres=30)


def _block(box: str) -> str:
    first = box.partition(".")[0]
    return first if first in BLOCKS else ""


def _heading(words: str) -> Row:
    return Row(cells=(Cell(text=words, span=COLUMNS, bold=True),))


def _rows(scheme: Scheme, boxes: list[str], known: Mapping[str, inspect.Type]) -> Iterator[Row]:
    for listed, several in groupby(boxes, _list):
        if listed:
            yield from _table(listed, list(several))
        else:
            yield from (_row(scheme, box, known[box]) for box in several)


def _list(box: str) -> str:
    return box.rpartition(".")[0] if box.count(".") > 1 else ""


def _table(listed: str, boxes: list[str]) -> Iterator[Row]:
    spans = list(_shared(len(boxes)))
    yield Row(cells=tuple(Cell(text=BOXES[box], span=span) for box, span in zip(boxes, spans, strict=True)))
    cells = tuple(Cell(box=box, span=span, align="center") for box, span in zip(boxes, spans, strict=True))
    yield Row(each=listed, at_least=3, cells=cells)


def _shared(several: int) -> Iterable[int]:
    """Share the columns out, the first ones wider where they do not come out even."""
    wide, more = divmod(COLUMNS, several)
    return (wide + (number < more) for number in range(several))


def _row(scheme: Scheme, box: str, kind: inspect.Type) -> Row:
    values = values_of(scheme, box, kind) or ()
    choices = {value: _CHOICES.get(value, value) for value in values}
    return Row(cells=(Cell(text=BOXES[box], span=_LABEL), Cell(box=box, choices=choices, span=COLUMNS - _LABEL)))
