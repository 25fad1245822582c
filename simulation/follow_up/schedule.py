"""Everybody's turn in the order of time: each track says when it goes on; knows nothing of what is done."""

import heapq
from collections.abc import AsyncIterator, Iterable, Sequence

from simulation.follow_up.office import Office

Track = AsyncIterator[int]
"""What somebody does step by step; it gives the moment at which it goes on."""


async def run(offices: Sequence[Office], tracks: Iterable[Track], first: int, last: int) -> None:
    """Let each track go on at its moments, up to the last; every office has the same moment."""
    turns = [(first, number, track) for number, track in enumerate(tracks)]
    heapq.heapify(turns)
    while turns and turns[0][0] <= last:
        at, number, track = heapq.heappop(turns)
        for office in offices:
            office.at = max(office.at, at)
        then = await anext(track, None)
        if then is not None:
            heapq.heappush(turns, (then, number, track))
