"""`python -m bench [NAME…] [--scale S]`: measures what is named, or everything; a run at another scale than 1 is a trial and not kept."""

import argparse
import importlib
import os
import sys
from collections.abc import Sequence
from datetime import UTC, datetime

from rich.console import Console

from bench.harness import Benchmark, Results, under
from bench.machine import Watch, machine
from bench.report import keep, show

BENCHMARKS = {
    "working-days": "bench.measures.working_days",
    "office-clock": "bench.measures.office_clock",
    "read-case": "bench.measures.reading",
    "open-case": "bench.measures.opening",
    "findings-list": "bench.measures.listing",
    "lists": "bench.measures.lists",
    "exports": "bench.measures.exporting",
    "sweep": "bench.measures.sweeping",
    "redating": "bench.measures.redating",
    "audit": "bench.measures.auditing",
    "scorecard": "bench.measures.scoring",
}
"""Each has a function `measure`; imported only when it is run, for the peers are large."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, show and keep; 1 when a figure falls short, 2 on wrong words."""
    parser = _parser()
    asked = parser.parse_args(arguments)
    unknown = set(asked.name) - set(BENCHMARKS)
    if unknown:
        parser.error(f"there is no benchmark {', '.join(sorted(unknown))}; there are {', '.join(BENCHMARKS)}")
    console, results, whole = Console(), Results(), Watch()
    for name in asked.name or BENCHMARKS:
        console.print(f"measuring {name} …", style="dim")
        watch = Watch()
        measured = _benchmark(name)(asked.scale)
        results |= under(watch.load(), measured)
    show(results, console)
    if asked.scale == 1:
        keep(results, machine(f"{datetime.now(UTC):%Y-%m-%d}", whole.load()))
    return 0 if all(result.reached for result in results.values()) else 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench", description="Measure ours beside its peers.")
    parser.add_argument("name", nargs="*", help="what to measure; everything, where none is named")
    parser.add_argument("--scale", type=float, default=float(os.environ.get("BENCH_SCALE", "1")), help="1 is the full size")
    return parser


def _benchmark(name: str) -> Benchmark:
    measure: Benchmark = importlib.import_module(BENCHMARKS[name]).measure
    return measure


if __name__ == "__main__":
    sys.exit(main())
