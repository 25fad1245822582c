"""Shows the figures as a table and keeps them as `results.md` and `results.json`; measures nothing."""

import math
from pathlib import Path

import msgspec
from rich.console import Console
from rich.table import Table

from bench.harness import Result, Results

HERE = Path(__file__).parent
HEADS = ("name", "what", "ours", "peer", "ratio", "limit", "machine", "reached")


def shown(value: float | None, unit: str = "") -> str:
    """Write a figure with three digits that count, and nothing where there is none."""
    if value is None:
        return ""
    digits = 0 if not value else max(0, 2 - math.floor(math.log10(abs(value))))
    return f"{value:,.{digits}f} {unit}".rstrip()


def cells(name: str, result: Result) -> tuple[str, ...]:
    """Write one row, in the order of HEADS."""
    peer = f"{shown(result.peer, result.unit)} ({result.peer_is})" if result.peer_is else shown(result.peer, result.unit)
    ratio = "" if result.ratio is None else f"{shown(result.ratio)} ×"
    load = result.load.words() if result.load else ""
    return name, result.what, shown(result.ours, result.unit), peer, ratio, result.limit, load, "yes" if result.reached else "**no**"


def show(results: Results, console: Console) -> None:
    """Print the table, and the notes below it."""
    table = Table(*HEADS, show_lines=True)
    for name, result in results.items():
        table.add_row(*cells(name, result)[:-1], "[green]yes" if result.reached else "[red]no")
    console.print(table)
    for name, result in results.items():
        for note in result.notes:
            console.print(f"{name}: {note}", style="dim", highlight=False)


def markdown(results: Results, machine: str) -> str:
    """Write the page: what was measured where, the table, the notes."""
    rows = [HEADS, ("---",) * len(HEADS), *(cells(name, result) for name, result in results.items())]
    table = "\n".join(f"| {' | '.join(row)} |" for row in rows)
    notes = "\n".join(f"- `{name}`: {note}" for name, result in results.items() for note in result.notes)
    return f"{OPENING}\n\n{machine}\n\n{table}\n\n{NOTES}\n\n{notes}\n"


def kept(folder: Path = HERE) -> Results:
    """Read the figures of earlier runs, so that a run of one benchmark leaves the others as they were."""
    file = folder / "results.json"
    return msgspec.json.decode(file.read_bytes(), type=Results) if file.exists() else {}


def keep(results: Results, machine: str, folder: Path = HERE) -> None:
    """Write both files, with the earlier figures of what was not measured now."""
    everything = dict(sorted((kept(folder) | results).items()))
    encoded = msgspec.json.format(msgspec.json.encode(everything), indent=2)
    (folder / "results.json").write_bytes(encoded + b"\n")
    (folder / "results.md").write_text(markdown(everything, machine), encoding="utf-8")


OPENING = """# What was measured

Made by `./just bench`: ours and its peer in one run on one machine, in turns, the median of several rounds. A ratio says how many
times as good as the peer ours is, whether more or less is better. Nothing here is cached between rounds but what a running
installation keeps as well. Under `machine` stands how busy it was meanwhile: its load average of the last minute, ours with it, and
the share of all cores' time that others took. A figure that others took more than 5 % from is to be measured again."""
NOTES = "## Notes"
