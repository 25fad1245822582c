"""The forms in which the list is written: a table for people, and those that every list has."""

from collections.abc import Callable, Iterable, Mapping
from functools import partial

from rich.table import Table
from rich.text import Text

from casework.findings.lines import LIGHTS, STATES, FindingLine, cells_in_chinese, chinese_head
from cli.terminal.dates import shown
from cli.terminal.formats import CommaSeparated, Form, JsonLines, JsonList, Spreadsheet
from cli.terminal.tables import console


class FindingTable:
    """A table, which has to see every row before it knows how wide its columns are."""

    def __init__(self) -> None:
        self.table = Table("到期 due", "灯 light", "状态 state", "规则 rule", "责任单位 party", "对象 keys", "案件 case", box=None)

    def add(self, items: Iterable[FindingLine]) -> None:
        for item in items:
            light = Text(LIGHTS[item.light], style=item.light)
            rule, keys = f"{item.title} {item.rule}", " ".join(item.keys.values())
            self.table.add_row(shown(item.due_at), light, _state(item), rule, item.party_name, keys, str(item.case_id))

    def end(self) -> None:
        out = console()
        if self.table.row_count:
            out.print(self.table)
        out.print(f"{self.table.row_count} 条 findings", markup=False)


def _state(item: FindingLine) -> str:
    marks = (("有争议", item.contested), ("暂定", item.provisional), ("补录", item.late_entry))
    said = "、".join(word for word, holds in marks if holds)
    return f"{STATES[item.state]}（{said}）" if said else STATES[item.state]


FORMS: Mapping[str, Callable[[], Form[FindingLine]]] = {
    "table": FindingTable,
    "csv": partial(CommaSeparated, FindingLine),
    "xlsx": partial(Spreadsheet, FindingLine, "违规清单", "findings", chinese_head(), cells_in_chinese),
    "json": JsonList,
    "jsonl": JsonLines,
}
