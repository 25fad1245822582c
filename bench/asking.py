"""Keeps a server busy over connections that stay open, with little work per request; checks the status and reads no body."""

import asyncio
import time
from collections.abc import Callable, Iterator
from functools import partial
from typing import cast

from msgspec import Struct, field

Requests = Iterator[bytes]
"""Requests as they go over the wire."""
Hearing = Callable[[bytes], None]
"""Told each whole answer, head and body."""
_LENGTH = b"content-length: "
_LAST_ANSWERS = 600
"""Seconds that what was asked last may take."""
_END = b"\r\n\r\n"


class Load(Struct):
    """What came of it."""

    answers: int = 0
    failures: int = 0
    failed: bytes = b""
    """What the first that failed said."""
    seconds: float = 0
    latencies: list[float] = field(default_factory=list)

    @property
    def rate(self) -> float:
        """Count the answers of a second."""
        return self.answers / self.seconds


class Asker(asyncio.Protocol):
    """One connection: asks, waits for the whole answer, asks again."""

    def __init__(self, requests: Requests, status: bytes, load: Load, until: float, heard: Hearing | None = None) -> None:
        """Take the requests from where all connections take them."""
        self._heard = heard
        self._requests, self._status, self._load, self._until = requests, b"HTTP/1.1 " + status, load, until
        self._buffer, self._asked = b"", 0.0
        self.done: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Ask for the first time."""
        self._transport = cast("asyncio.Transport", transport)
        self._ask()

    def data_received(self, data: bytes) -> None:
        """Go on once the answer is whole."""
        self._buffer += data
        if not _is_whole(self._buffer):
            return
        self._load.latencies.append(time.perf_counter() - self._asked)
        self._load.answers += 1
        if not self._buffer.startswith(self._status):
            self._load.failures += 1
            self._load.failed = self._load.failed or self._buffer[:1_000]
        if self._heard is not None:
            self._heard(self._buffer)
        self._buffer = b""
        self._ask()

    def connection_lost(self, _: Exception | None) -> None:
        """Tell that it is over; a connection that the server ended has failed."""
        self._load.failures += not self.done.done()
        self._finish()

    def _ask(self) -> None:
        self._asked = time.perf_counter()
        request = next(self._requests, None) if self._asked < self._until else None
        if request is None:
            self._finish()
            self._transport.close()
        else:
            self._transport.write(request)

    def _finish(self) -> None:
        if not self.done.done():
            self.done.set_result(None)


def _is_whole(answer: bytes) -> bool:
    head = answer.find(_END)
    if head < 0:
        return False
    at = answer.find(_LENGTH, 0, head)
    length = int(answer[at + len(_LENGTH) : answer.find(b"\r\n", at)])
    return len(answer) >= head + len(_END) + length


async def ask(
    port: int, requests: Requests, *, status: bytes, connections: int = 1, seconds: float = 3_600, heard: Hearing | None = None
) -> Load:
    """Ask until there are no more requests or the time is up; fails on any other status."""
    load, loop = Load(), asyncio.get_running_loop()
    began = time.perf_counter()
    askers = [Asker(requests, status, load, began + seconds, heard) for _ in range(connections)]
    for asker in askers:
        await loop.create_connection(partial(_same, asker), "127.0.0.1", port)
    async with asyncio.timeout(seconds + _LAST_ANSWERS):
        await asyncio.gather(*(asker.done for asker in askers))
    load.seconds = time.perf_counter() - began
    wrong = f"{load.failures} of {load.answers} answers had another status than {status.decode()}"
    assert not load.failures, f"{wrong}; the first: {load.failed.decode(errors='replace')}"
    return load


def _same(asker: Asker) -> Asker:
    return asker


def get(path: str, token: str) -> bytes:
    """Write a GET as it goes over the wire."""
    return f"GET {path} HTTP/1.1\r\nHost: bench\r\nAuthorization: Bearer {token}\r\nAccept: */*\r\n\r\n".encode()


def post(path: str, token: str, body: bytes) -> bytes:
    """Write a POST as it goes over the wire."""
    head = f"POST {path} HTTP/1.1\r\nHost: bench\r\nAuthorization: Bearer {token}\r\nContent-Type: application/json\r\n"
    return f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body
