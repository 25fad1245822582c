"""Two servers kept busy in turns: how many requests a second each answers, and what each costs; knows no path and no body."""

import asyncio
import statistics
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack

import uvloop
from msgspec import Struct

from bench.asking import ask
from bench.serving import Served, served
from cli.servers import Addresses

CONNECTIONS = 16
ROUNDS = 7
SECONDS = 2.0


class Capacity(Struct, frozen=True):
    """The medians over the rounds."""

    rate: float
    """Answers a second."""
    cpu: float
    """Processor seconds of the server for one answer."""


def capacities(
    addresses: Addresses, apps: Sequence[str], requests: Callable[[], Iterator[bytes]], *, status: bytes, scale: float
) -> list[Capacity]:
    """Start every server, warm each up, and keep each busy alone in every round."""
    with ExitStack() as stack:
        servers = [stack.enter_context(served(app, addresses)) for app in apps]
        return uvloop.run(_in_turns(servers, requests, status, max(SECONDS * scale, 0.2)))


async def _in_turns(servers: Sequence[Served], requests: Callable[[], Iterator[bytes]], status: bytes, seconds: float) -> list[Capacity]:
    for server in servers:
        await _round(server, requests(), status, seconds)
    rounds: list[list[Capacity]] = [[] for _ in servers]
    for turn in range(ROUNDS):
        for place in range(len(servers)):
            number = (place + turn) % len(servers)
            rounds[number].append(await _round(servers[number], requests(), status, seconds))
            await asyncio.sleep(0.05)
    return [Capacity(statistics.median(one.rate for one in each), statistics.median(one.cpu for one in each)) for each in rounds]


async def _round(server: Served, requests: Iterator[bytes], status: bytes, seconds: float) -> Capacity:
    before = server.cpu_seconds()
    load = await ask(server.port, requests, status=status, connections=CONNECTIONS, seconds=seconds)
    return Capacity(load.rate, (server.cpu_seconds() - before) / load.answers)


def cost(ours: Capacity, peer: Capacity) -> str:
    """Say what an answer costs each server itself, PostgreSQL apart."""
    return f"processor time of the server for one answer: ours {ours.cpu * 1e6:,.0f} µs, the peer {peer.cpu * 1e6:,.0f} µs"
