"""`python -m bench.paired CHECKOUT`: what this checkout costs beside another, in processor time, pair by pair; keeps no file."""

import argparse
import statistics
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

from msgspec import Struct
from rich.console import Console
from rich.table import Table

from bench.paired.side import PROGRAM, up
from bench.paired.turns import WORKS, Turn, prepared, turns
from bench.report import shown

HERE = Path(__file__).parents[2]
HEADS = ("what", "this", "other", "this ÷ other", "pairs between", "PostgreSQL", "pairs between")
ENDING = "processor time, user and system, of the server, the worker or the command, PostgreSQL's apart; medians of {pairs} pairs; {loads}"


class Ratio(Struct, frozen=True):
    """How much of the other's time this one takes: the median of the pairs, and the pairs that lie farthest off."""

    median: float
    least: float
    most: float


def main(arguments: Sequence[str] | None = None) -> int:
    """Compare and show; 1 when this checkout takes more than what is allowed."""
    parser = _parser()
    asked = parser.parse_args(arguments)
    if not (asked.checkout / PROGRAM).exists():
        parser.error(f"{asked.checkout} has no {PROGRAM}: run ./just there first")
    console, done = Console(width=130 if not sys.stdout.isatty() else None), list[Turn]()
    with ExitStack() as stack:
        sides = (stack.enter_context(up(HERE)), stack.enter_context(up(asked.checkout.resolve())))
        console.print("preparing …", style="dim")
        players = prepared(*sides, asked.scale)
        for turn in turns(players, asked.pairs, asked.scale):
            done.append(turn)
            console.print(f"pair {len(done)} of {asked.pairs}: {turn.load.words()}", style="dim", highlight=False)
    _show(console, done)
    return int(asked.most is not None and any(ratio_of(done, name).median > asked.most for name in WORKS))


def ratio_of(done: Sequence[Turn], name: str, part: str = "own") -> Ratio:
    """Hold the two sides against each other within each pair: what slows both slows neither."""
    ratios = [getattr(this, part) / getattr(other, part) for this, other in (turn.costs[name] for turn in done)]
    return Ratio(statistics.median(ratios), min(ratios), max(ratios))


def _show(console: Console, done: Sequence[Turn]) -> None:
    table = Table(*HEADS)
    for name, what in WORKS.items():
        this, other = (statistics.median(turn.costs[name][side].own for turn in done) * 1e6 for side in (0, 1))
        own, postgres = ratio_of(done, name), ratio_of(done, name, "postgres")
        table.add_row(what, shown(this, "µs"), shown(other, "µs"), *_words(own), *_words(postgres))
    console.print(table)
    others = [turn.load.others for turn in done]
    loads = f"others took {statistics.median(others):.0%} of the cores' time, {max(others):.0%} at the most"
    console.print(ENDING.format(pairs=len(done), loads=loads), style="dim", highlight=False)


def _words(ratio: Ratio) -> tuple[str, str]:
    return f"{ratio.median:.3f}", f"{ratio.least:.3f} and {ratio.most:.3f}"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench.paired", description="Measure this checkout beside another, by processor time.")
    parser.add_argument("checkout", type=Path, help="the other checkout, its .venv made")
    parser.add_argument("--pairs", type=int, default=7, help="how many times both are measured, one after the other")
    parser.add_argument("--scale", type=float, default=1.0, help="1 is the full size")
    parser.add_argument("--most", type=float, help="the ratio that no median may pass; a larger one ends with 1")
    return parser


if __name__ == "__main__":
    sys.exit(main())
