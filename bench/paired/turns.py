"""The pieces of work, done by both sides by turns; what each cost is noted pair by pair, and nothing is said of it here."""

import asyncio
import json
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from itertools import islice

from msgspec import Struct

from bench.asking import ask
from bench.machine import MachineLoad, Watch
from bench.paired.script import SCHEME, acts, openings, page_of, pages
from bench.paired.side import Cost, Side, SideServed
from bench.paired.slices import Job, Swept, in_slices

CITY_CASES, OPENED, ACTED, PAGES = 3_000, 1_500, 1_000, 1_200
"""Cases of the simulated city; then, in each turn, cases opened, those of them gone on with, and pages asked for."""
PERIOD = ("--from", "2025-03-03", "--to", "2025-08-29")
CONNECTIONS, CHUNK = 4, 48
_ROLES = ("window", "coordinator")
_CASE = re.compile(rb"(?i)\r\nlocation: (?:[^\r]*)/v1/cases/([0-9a-f-]{36})")
_CURSORS = 20
_EMPTY_AUDITS = 3
_ALIKE = 1.01
"""Each side makes up its city itself, and a later simulator may play a case otherwise; each case's cost is by its own count."""

WORKS = {
    "open": "a case opened",
    "act": "an act recorded",
    "page": "a page of 100 findings",
    "sweep": "a finding by the sweep",
    "audit": "a case judged again by the audit",
}
Pair = tuple[Cost, Cost]
Both = tuple["Player", "Player"]


class Turn(Struct, frozen=True):
    """What each work cost the two sides, by turns, and how busy others were meanwhile."""

    costs: dict[str, Pair]
    load: MachineLoad


class Player(Struct):
    """A side with what it goes on with from work to work."""

    side: Side
    clients: dict[str, tuple[str, str]]
    served: SideServed | None = None
    tokens: dict[str, str] = {}
    cases: list[str] = []
    idle: Cost | None = None
    """The least that a worker's start, a sweep with nothing due and its end ever took."""

    @property
    def up(self) -> SideServed:
        """Give the server of this turn."""
        assert self.served is not None
        return self.served

    @property
    def bearer(self) -> dict[str, str]:
        """Ask as the office."""
        return {"Authorization": f"Bearer {self.tokens['coordinator']}"}


class Players(Struct, frozen=True):
    """Both sides, and what an audit costs each where there is no case."""

    both: tuple[Player, Player]
    empty: Pair


def prepared(this: Side, other: Side, scale: float) -> Players:
    """Give each side its clients and the same simulated city, all of it judged once."""
    sides = (this, other)
    empty = min((_audited(sides)[0] for _ in range(_EMPTY_AUDITS)), key=lambda pair: pair[0].own + pair[1].own)
    for side in sides:
        side.run("simulate", "--scheme", SCHEME, "--cases", str(max(round(CITY_CASES * scale), 20)), "--seed", "2", *PERIOD)
        side.run("audit", "--json")
    one, two = (Player(side, {role: side.client(role) for role in _ROLES}) for side in sides)
    return Players((one, two), empty)


def turns(players: Players, count: int, scale: float) -> Iterator[Turn]:
    """Let both do everything so many times and once to warm up."""
    for number in range(count + 1):
        watch = Watch()
        costs = _turn(players, scale)
        if number:
            yield Turn(costs, watch.load())


def _turn(players: Players, scale: float) -> dict[str, Pair]:
    costs: dict[str, Pair] = {}
    with ExitStack() as stack:
        for player in players.both:
            player.served = stack.enter_context(player.side.serving())
            player.tokens = {role: player.served.token(client) for role, client in player.clients.items()}
        costs["open"] = _open(players.both, max(round(OPENED * scale), 8))
        costs["act"] = _act(players.both, max(round(ACTED * scale), 8))
        costs["sweep"] = _sweep(players.both)
        costs["page"] = _page(players.both, max(round(PAGES * scale), 8))
    return costs | {"audit": _audit(players)}


def _open(both: Both, many: int) -> Pair:
    heard: tuple[list[bytes], list[bytes]] = ([], [])
    pair = _asked(both, lambda player: openings(player.tokens["window"], many), b"201", [each.append for each in heard])
    for player, answers in zip(both, heard, strict=True):
        player.cases = [match[1].decode() for match in map(_CASE.search, answers) if match is not None]
    return pair


def _act(both: Both, many: int) -> Pair:
    return _asked(both, lambda player: acts(player.tokens, player.cases[:many]), b"201")


def _sweep(both: Both) -> Pair:
    """Sweep what the acts left undone, and again with nothing due: what is more is the sweep's own."""
    before = [_findings(player) for player in both]
    full = _swept(both)
    found = [_findings(player) - earlier for player, earlier in zip(both, before, strict=True)]
    assert found[0] == found[1] > 0, f"the two sides found {found}"
    for player, idle in zip(both, _swept(both), strict=True):
        player.idle = min(idle, player.idle or idle, key=lambda cost: cost.own)
    one, two = (cost.less(player.idle or cost).each(found[0]) for player, cost in zip(both, full, strict=True))
    return one, two


def _swept(both: Both) -> Pair:
    one, two = in_slices([Job(player.side, "worker", is_done=Swept(player.up.last_sweep)) for player in both])
    return one, two


def _findings(player: Player) -> int:
    grouped = player.up.asked("/v1/findings/grouped", player.bearer)
    return sum(int(group["findings"]) for group in grouped["items"])


def _page(both: Both, many: int) -> Pair:
    cursors = [_cursors(player) for player in both]
    return _asked(both, lambda player: pages(player.tokens["coordinator"], cursors[both.index(player)], many), b"200")


def _cursors(player: Player) -> list[str]:
    """Walk through the list as a reader does: the places are the server's own to name."""
    cursors = [""]
    while len(cursors) <= _CURSORS:
        cursor = player.up.asked(page_of(cursors[-1]), player.bearer)["next"]
        if cursor is None:
            break
        cursors.append(cursor)
    return cursors[1:]


def _audit(players: Players) -> Pair:
    (this, other), cases = _audited([player.side for player in players.both])
    assert max(cases) <= min(cases) * _ALIKE, f"the two sides do not hold alike cities: {cases}"
    return this.less(players.empty[0]).each(cases[0]), other.less(players.empty[1]).each(cases[1])


def _audited(sides: Sequence[Side]) -> tuple[Pair, list[int]]:
    jobs = [Job(side, "audit", "--json") for side in sides]
    one, two = in_slices(jobs)
    return (one, two), [int(json.loads(job.said)["cases"]) for job in jobs]


def _asked(
    both: Both,
    requests_of: Callable[[Player], Iterator[bytes]],
    status: bytes,
    heard: Sequence[Callable[[bytes], None] | None] = (None, None),
) -> Pair:
    """Ask both by turns, a few dozen requests each; gives what one answer cost each server."""
    before, asked = [player.up.spent() for player in both], [requests_of(player) for player in both]
    answers = asyncio.run(_by_turns([player.up.port for player in both], asked, status, heard))
    one, two = (player.up.spent().less(earlier).each(answers) for player, earlier in zip(both, before, strict=True))
    return one, two


async def _by_turns(
    ports: Sequence[int], requests: Sequence[Iterator[bytes]], status: bytes, heard: Sequence[Callable[[bytes], None] | None]
) -> int:
    """Give how many answers each gave; neither is always the first."""
    answers, chunk, order = 0, 1, [*zip(ports, requests, heard, strict=True)]
    while chunk:
        for port, asked, hearing in order:
            load = await ask(port, islice(asked, CHUNK), status=status, connections=CONNECTIONS, heard=hearing)
            chunk = load.answers
        answers += chunk
        order.reverse()
    return answers
