"""Makes, starts and stops the embedded PostgreSQL, on a socket of its own; leaves tables to the migrations."""

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from cli.servers.addresses import APP_ROLE, DATABASE, OWNER_ROLE, Passwords, new_passwords, read_passwords
from cli.servers.faults import ServerFailed
from cli.servers.folder import Folder, last_words
from cli.servers.privileges import Footing
from cli.servers.server import Server, stop
from words import sentence

_START_WITHIN = 60.0
_STOP_WITHIN = 30.0
_LAST_ONE_WITHIN = 10.0
_POLL = 0.01

# Every way in asks for a password; there is no way in but the socket.
_HBA = "local all all scram-sha-256\n"

_INITDB = (
    "--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale-provider=builtin", "--locale=C",
    "--builtin-locale=C.UTF-8", "--no-instructions",
)  # fmt: skip

# What makes a laptop quick without risking a row: a crash of the machine loses nothing that was answered.
_SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_line_prefix": "%m [%p] ",
    "log_checkpoints": "off",
    "shared_buffers": "256MB",
    "work_mem": "16MB",
    "maintenance_work_mem": "128MB",
    "effective_cache_size": "1GB",
    "random_page_cost": "1.1",
    "max_wal_size": "2GB",
    "checkpoint_timeout": "15min",
    "wal_compression": "on",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "jit": "off",
}

# For tests alone: a crash of the machine may lose the cluster.
_UNSAFE = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


@contextmanager
def postgres(folder: Folder, footing: Footing, sockets: Path, *, fsync: bool) -> Iterator[tuple[Passwords, Server]]:
    """Have the cluster of the data folder up, made first where there is none; gives the passwords of its roles too."""
    cluster = footing.data / "postgres"
    passwords = _make(folder, footing, cluster) if not cluster.exists() else read_passwords(folder)
    _refuse_another_release(footing, cluster)
    settings = _SETTINGS | {"unix_socket_directories": str(sockets)} | ({} if fsync else _UNSAFE)
    words = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
    server = Server("PostgreSQL", lambda again: _start(folder, footing, cluster, words, again=again))
    try:
        yield passwords, server
    finally:
        server.stop(_STOP_WITHIN)


def _start(folder: Folder, footing: Footing, cluster: Path, words: Sequence[str], *, again: bool) -> subprocess.Popen[bytes]:
    _await_the_last_one(cluster)
    with folder.new_log("postgres", again=again) as log:
        process = footing.start([footing.postgres, "-D", cluster, *words], log)
    try:
        _await_ready(process, cluster, folder.log("postgres"))
    except BaseException:
        stop(process, _STOP_WITHIN)
        raise
    return process


def _make(folder: Folder, footing: Footing, cluster: Path) -> Passwords:
    """Whole or not at all: made beside its place and moved there at the end."""
    beside = cluster.with_name("postgres.new")
    if beside.exists():
        shutil.rmtree(beside)
    passwords = new_passwords(folder)
    with folder.new_log("initdb") as log:
        footing.run([footing.install / "bin" / "initdb", "-D", beside, *_INITDB], log)
        (beside / "pg_hba.conf").write_text(_HBA)
        for database, words in (("postgres", _roles(passwords)), (DATABASE, _rights())):
            footing.run([footing.postgres, "--single", "-D", beside, database], log, words=words)
    beside.rename(cluster)
    return passwords


def _roles(passwords: Passwords) -> bytes:
    """One statement a line, as the single-user mode reads them."""
    return f"""\
alter role postgres password '{passwords.admin}'
create role {OWNER_ROLE} login createdb password '{passwords.owner}'
create role {APP_ROLE} login password '{passwords.app}'
create database {DATABASE} owner {OWNER_ROLE}
revoke all on database {DATABASE} from public
grant connect, temporary on database {DATABASE} to {APP_ROLE}
""".encode()


def _rights() -> bytes:
    """The schema is the owner's; the program may look into it, and the migrations say what it may do there."""
    return f"""\
alter schema public owner to {OWNER_ROLE}
revoke all on schema public from public
grant usage on schema public to {APP_ROLE}
""".encode()


def _refuse_another_release(footing: Footing, cluster: Path) -> None:
    theirs = (cluster / "PG_VERSION").read_text().strip()
    with (footing.install / "share" / "postgres.bki").open() as catalogue:
        ours = catalogue.readline().split()[-1]
    if ours != theirs:
        message = sentence(
            "{cluster} was made by PostgreSQL {theirs} and this lianban brings {ours}: "
            "dump it with the release that made it, and load that into an empty data folder",
            cluster=cluster,
            theirs=theirs,
            ours=ours,
        )
        raise ServerFailed(message)


def _await_the_last_one(cluster: Path) -> None:
    """A server whose starter was killed is on its way down: let it finish; one that hangs is ended."""
    note = cluster / "postmaster.pid"
    if not note.exists():
        return
    for how in (None, signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
        _await_end(cluster, how)
    with suppress(FileNotFoundError):
        # The number may be another's by now, or that of a dead process nobody has fetched, and PostgreSQL would not
        # start. It takes its parent's number for an old one, and then looks for itself whether memory is still in use.
        number, rest = note.read_text().split("\n", 1)
        if number and Path(f"/proc/{number}").exists():
            note.write_text(f"{os.getpid()}\n{rest}")


def _await_end(cluster: Path, how: signal.Signals | None) -> None:
    for pid in _working_in(cluster):
        with suppress(ProcessLookupError):
            os.kill(pid, how or 0)
    until = time.monotonic() + _LAST_ONE_WITHIN
    while _working_in(cluster) and time.monotonic() < until:
        time.sleep(_POLL)


def _working_in(cluster: Path) -> list[int]:
    """Every process of a PostgreSQL works in the folder of its cluster."""
    found = []
    for place in Path("/proc").glob("[0-9]*/cwd"):
        with suppress(OSError):
            if place.readlink() == cluster:
                found.append(int(place.parent.name))
    return found


def _await_ready(process: subprocess.Popen[bytes], cluster: Path, log: Path) -> None:
    until = time.monotonic() + _START_WITHIN
    while not _is_ready(process, cluster):
        if process.poll() is not None or time.monotonic() > until:
            raise ServerFailed(sentence("PostgreSQL did not start; {last_words}", last_words=last_words(log)))
        time.sleep(_POLL)


def _is_ready(process: subprocess.Popen[bytes], cluster: Path) -> bool:
    """The last line of its pid file says so, and its first that the file is this server's."""
    with suppress(OSError):
        lines = (cluster / "postmaster.pid").read_text().split("\n")
        return lines[0] == str(process.pid) and any(line.strip() == "ready" for line in lines[7:])
    return False
