"""The forms in which the list is written: a table for people, and those that every list has."""

from collections.abc import Iterable

from rich.text import Text

from casework.findings.views import COLUMNS, FindingShown
from cli.terminal.dates import shown
from cli.terminal.formats import forms_of
from cli.terminal.saying import said
from cli.terminal.tables import headed, print_whole
from words import listed, name_of, sentence


class FindingTable:
    """A table, which has to see every row before it knows how wide its columns are."""

    def __init__(self) -> None:
        self.table = headed("due", "light", "state", "rule", "party", "keys", "case")

    def add(self, items: Iterable[FindingShown]) -> None:
        for item in items:
            light = Text(name_of("light", item.light), style=item.light)
            rule, keys = f"{item.title} {item.rule}", " ".join(item.keys.values())
            self.table.add_row(shown(item.due_at), light, _state(item), rule, item.party_name, keys, str(item.case_id))

    def end(self) -> None:
        print_whole(self.table)


def _state(item: FindingShown) -> str:
    marks = (("contested", item.contested), ("provisional", item.provisional), ("late-entry", item.late_entry))
    state, held = name_of("finding-state", item.state), [name_of("mark", mark) for mark, holds in marks if holds]
    return said("{state} ({marks})", state=state, marks=listed(held)) if held else state


FORMS = forms_of(FindingTable, COLUMNS, sentence("The non-compliance list"), "findings", whole=False)
