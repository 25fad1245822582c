"""How a department's box of the sheet reads: a line for each utility, and the time of signing once every one is in; gives no opinion."""

from collections.abc import Collection, Iterator
from typing import Any

from calendars import SHANGHAI
from domain.printing.records import Opinion, Sheet, Signing
from exports.printing.pieces import Piece, gap, words

_BEGINS = {"approved": "同意", "rejected": "不同意", "not-needed": "无需审批"}


def opinion_cell(sheet: Sheet, department: str) -> dict[str, Any]:
    """Fill one department's box."""
    signing = next(one for one in sheet.signings if one.department == department)
    lines = [[words(line)] for line in _lines(signing)]
    return {"field": None, "lines": lines or [[words("")]], "foot": _foot(signing)}


def unplaced(sheet: Sheet, shown: Collection[str | None]) -> Iterator[Signing]:
    """Give the boxes of departments that no cell is for."""
    return (one for one in sheet.signings if one.department not in shown)


def _lines(signing: Signing) -> Iterator[str]:
    """One utility's opinion needs no name beside it; of several, each names its utility, and its day where the days differ."""
    alone = len(signing.opinions) + len(signing.awaited) == 1
    days = {one.signed_at.astimezone(SHANGHAI).date() for one in signing.opinions}
    dated = len(days) > 1 or bool(signing.awaited)
    for one in signing.opinions:
        name = "" if alone else f"{one.name}："
        yield f"{name}{_said(one)}{_signed(one, dated=dated)}"


def _said(opinion: Opinion) -> str:
    """Begin with what was decided, where the words themselves do not."""
    begins = _BEGINS[opinion.outcome]
    return opinion.text if opinion.text.startswith(begins) else f"{begins}：{opinion.text}"


def _signed(opinion: Opinion, *, dated: bool) -> str:
    on = opinion.signed_at.astimezone(SHANGHAI)
    day = f"{on.year}年{on.month}月{on.day}日" if dated else ""
    said = " ".join(part for part in (opinion.signatory, day) if part)
    return f"（{said}）" if said else ""


def _foot(signing: Signing) -> list[Piece]:
    if not signing.dated:
        return []
    at = None if signing.signed_at is None else signing.signed_at.astimezone(SHANGHAI)
    year, month, day = ("", "", "") if at is None else (str(at.year), str(at.month), str(at.day))
    return [words("签批时间："), gap(year, 3), words("年"), gap(month, 2), words("月"), gap(day, 2), words("日")]
