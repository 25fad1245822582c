"""Shares one pair of servers among the commands on a data folder; the one that started them stops them, last."""

import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

import msgspec

from cli.servers.addresses import Addresses, addresses_in
from cli.servers.faults import in_use
from cli.servers.folder import Folder, empty, open_folder, write_private
from cli.servers.locks import Busy, held, held_once_free, is_free
from cli.servers.postgres import postgres
from cli.servers.privileges import Footing, footing
from cli.servers.server import Server
from cli.servers.valkey import valkey
from words import sentence

Watched = tuple[Addresses, Sequence[Server]]

_POLL = 0.05
_PREFIX = "lianban-"
_LONGEST = 70  # a socket's whole path has to stay below about 100 characters


@contextmanager
def claim(data: Path) -> Iterator[None]:
    """Be the one `lianban up` of a data folder; `DataFolderInUse` when there is one already."""
    folder = open_folder(data)
    with ExitStack() as stack:
        try:
            file = stack.enter_context(held(folder.lock("claim"), wait=False))
        except Busy:
            number = folder.lock("claim").read_text().strip() or "unknown"
            raise in_use(sentence("lianban is already up on {data} (process {number})", data=folder.data, number=number)) from None
        os.ftruncate(file, 0)
        os.write(file, b"%d\n" % os.getpid())
        yield


@contextmanager
def running(data: Path, *, fresh: bool = False, fsync: bool = True, waiting: Callable[[], None] = lambda: None) -> Iterator[Addresses]:
    """Have the servers of a data folder up, started or joined; they go down with the thread that started them.

    `fresh` empties the folder beforehand, and is refused while others use it. The starter stops the servers once nobody
    uses them any more; `waiting` is called if that takes a while.
    """
    with watched(data, fresh=fresh, fsync=fsync, waiting=waiting) as (addresses, _):
        yield addresses


@contextmanager
def watched(data: Path, *, fresh: bool = False, fsync: bool = True, waiting: Callable[[], None] = lambda: None) -> Iterator[Watched]:
    """As `running`, and gives the servers that were started here, so that they may be kept running; none if joined."""
    folder = open_folder(data)
    with ExitStack() as stack:
        yield _joined_or_started(stack, folder, fresh=fresh, fsync=fsync, waiting=waiting)


def _joined_or_started(stack: ExitStack, folder: Folder, *, fresh: bool, fsync: bool, waiting: Callable[[], None]) -> Watched:
    while True:
        with held(folder.lock("start")):
            if is_free(folder.lock("starter")):
                return _start(stack, folder, fresh=fresh, fsync=fsync, waiting=waiting)
            if fresh:
                raise in_use(sentence("{data} is in use, so it cannot be emptied", data=folder.data))
            # Not to be had while the starter stops them: then look again.
            with suppress(Busy):
                stack.enter_context(held(folder.lock("users"), shared=True, wait=False))
                return msgspec.json.decode(folder.addresses.read_bytes(), type=Addresses), ()
        time.sleep(_POLL)


def _start(stack: ExitStack, folder: Folder, *, fresh: bool, fsync: bool, waiting: Callable[[], None]) -> Watched:
    """Leaving goes backwards: wait for the users, stop both servers, remove the sockets, let the next one start."""
    ending = stack.enter_context(ExitStack())
    stack.enter_context(held(folder.lock("starter")))
    _remove_left_sockets(folder)
    ground = footing(folder.data)
    if fresh:
        empty(folder)
        _empty_apart(folder, ground)
    sockets = stack.enter_context(_sockets(folder, ground))
    cache = stack.enter_context(valkey(folder, sockets))
    passwords, database = stack.enter_context(postgres(folder, ground, sockets, fsync=fsync))
    addresses = addresses_in(sockets, passwords)
    write_private(folder.addresses, msgspec.json.encode(addresses))
    stack.callback(folder.addresses.unlink, missing_ok=True)
    stack.enter_context(_until_unused(folder, ending, waiting))
    return addresses, (database, cache)


@contextmanager
def _until_unused(folder: Folder, ending: ExitStack, waiting: Callable[[], None]) -> Iterator[None]:
    """Wait for the users, and keep new ones out until `ending`, when all is stopped."""
    try:
        yield
    finally:
        ending.enter_context(held_once_free(folder.lock("users"), waiting))


def _empty_apart(folder: Folder, ground: Footing) -> None:
    if ground.data != folder.data:
        shutil.rmtree(ground.data / "postgres", ignore_errors=True)


@contextmanager
def _sockets(folder: Folder, ground: Footing) -> Iterator[Path]:
    """A short folder that nobody else may enter: a socket's path must be short, and the data folder's may be long."""
    home = tempfile.gettempdir()
    sockets = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=home if len(home) < _LONGEST else "/tmp"))  # noqa: S108 -- a fresh folder of mode 700 in it
    os.chown(sockets, ground.user, -1)
    write_private(folder.sockets_note, str(sockets).encode())
    try:
        yield sockets
    finally:
        shutil.rmtree(sockets, ignore_errors=True)
        folder.sockets_note.unlink(missing_ok=True)


def _remove_left_sockets(folder: Folder) -> None:
    """A killed starter could not; what is removed has to look like what it made."""
    with suppress(OSError):
        left = Path(folder.sockets_note.read_text())
        if left.name.startswith(_PREFIX) and left.stat().st_uid == os.geteuid() and not left.is_symlink():
            shutil.rmtree(left)
