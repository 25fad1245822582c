"""Runs both sides in turns, takes medians and holds them against their limits; knows nothing of what it measures."""

import gc
import statistics
import time
from collections.abc import Callable, Iterable, Sequence
from typing import Protocol

import msgspec
from msgspec import Struct

from bench.machine import MachineLoad

Work = Callable[[], int]
"""Does some of the work and says how many operations that was."""


class Result(Struct, frozen=True, kw_only=True):
    """One figure beside its peer's. `ratio` says how many times as good as the peer ours is, whether more or less is better."""

    what: str
    unit: str
    ours: float
    peer: float | None = None
    peer_is: str | None = None
    ratio: float | None = None
    limit: str
    reached: bool
    notes: tuple[str, ...] = ()
    load: MachineLoad | None = None
    """How busy the machine was while its benchmark ran; None of a figure from before that was noted."""


Results = dict[str, Result]


class Benchmark(Protocol):
    """What each file of this folder offers: `scale` 1 is the full size."""

    def __call__(self, scale: float) -> Results:
        """Measure, and give the figures by their names."""


class Bound(Struct, frozen=True):
    """What a figure has to reach: against its peer, by itself, or both."""

    ratio: float | None = None
    most: float | None = None
    least: float | None = None

    def words(self, unit: str) -> str:
        """Write it as the table shows it."""
        parts = ((self.ratio, "≥ {:.3g} × peer"), (self.most, f"≤ {{:,g}} {unit}"), (self.least, f"≥ {{:,g}} {unit}"))
        return ", ".join(form.format(value) for value, form in parts if value is not None)

    def holds(self, ours: float, ratio: float | None) -> bool:
        """Say whether the figure reaches it; a ratio that is asked for and missing does not."""
        against = self.ratio is None or (ratio is not None and ratio >= self.ratio)
        return against and (self.most is None or ours <= self.most) and (self.least is None or ours >= self.least)


def compared(  # noqa: PLR0913 -- each is a part of the one figure
    what: str,
    unit: str,
    ours: float,
    bound: Bound,
    *,
    peer: float | None = None,
    peer_is: str | None = None,
    more_is_better: bool = False,
    notes: Iterable[str] = (),
) -> Result:
    """Hold a figure against its peer and its limit."""
    ratio = None if peer is None else (ours / peer if more_is_better else peer / ours)
    return Result(
        what=what,
        unit=unit,
        ours=ours,
        peer=peer,
        peer_is=peer_is,
        ratio=ratio,
        limit=bound.words(unit),
        reached=bound.holds(ours, ratio),
        notes=tuple(notes),
    )


def under(load: MachineLoad, results: Results) -> Results:
    """Note beside each figure how busy the machine was; one that knows better when it was measured keeps its own."""
    return {name: msgspec.structs.replace(result, load=result.load or load) for name, result in results.items()}


def in_turns(sides: Sequence[Work], rounds: int = 9) -> list[float]:
    """Let each side work in every round, the order turning with it; gives the median seconds of one operation for each."""
    for side in sides:
        side()
    times: list[list[float]] = [[] for _ in sides]
    for turn in range(rounds):
        for place in range(len(sides)):
            number = (place + turn) % len(sides)
            times[number].append(_seconds_each(sides[number]))
    return [statistics.median(each) for each in times]


def _seconds_each(work: Work) -> float:
    gc.collect()
    began = time.perf_counter()
    done = work()
    return (time.perf_counter() - began) / done


def percentile(values: Sequence[float], share: int) -> float:
    """Give the value that so many of a hundred do not pass."""
    ordered = sorted(values)
    return ordered[min(-(-len(ordered) * share // 100), len(ordered)) - 1]
