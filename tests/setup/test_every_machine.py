"""The real locks, set up by each Python and installer that this machine has or can have; it takes long, so at night alone."""

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest
from msgspec import Struct

from tests.setup.index import serving
from tests.setup.machines import BASE, HOUSE, UV, asking, copied, machine, run, start
from tests.setup.wheels import Release, make_wheel

pytestmark = pytest.mark.nightly
VERSIONS = ("3.11", "3.12", "3.13", "3.14")
OLD_PIPS = ("22.3", "23.0", "23.2.1")
"""They cannot run on Python 3.12 and later, but for the last."""
NOWHERE = "http://127.0.0.1:9/"
"""The port of discard: nobody listens."""
DUE = ("lianban", "due", "--scheme", "jingmen-2023", "--rule", "J-04", "--from", "2026-09-30 16:00")
ANSWER = "2026-10-10 18:00"
"""README.md counts it by hand."""
PLATFORMS = ("x86_64-manylinux_2_28", "aarch64-manylinux_2_28")


class Installer(Struct, frozen=True):
    """A Python, and what installs into its environments: the pip that it brings, another one, or uv."""

    version: str
    by: str

    def __str__(self) -> str:
        return f"{self.version} {self.by}"


@cache
def pythons() -> dict[str, Path]:
    """Every supported Python here that can make environments, by its full version."""
    roots = sorted(Path(os.environ.get("PYENV_ROOT", "~/.pyenv")).expanduser().glob("versions/*/bin"))
    folders = [BASE.parent, Path("/usr/bin"), Path("/usr/local/bin"), *roots]
    every = [folder / f"python{version}" for folder in folders for version in VERSIONS]
    code = "import ensurepip, platform, venv; print(platform.python_version())"
    said = ((one, run(Path("/"), {}, str(one), "-c", code)) for one in every if one.exists())
    return {done.stdout.strip(): one for one, done in said if done.returncode == 0}


def minor(version: str) -> str:
    return version.rpartition(".")[0]


def installers() -> list[Installer]:
    """Each Python with its own pip, the newest and uv; one of each version with older pips as well."""
    older = {"3.11": OLD_PIPS, "3.12": OLD_PIPS[-1:]}
    first = {minor(one): one for one in sorted(pythons(), reverse=True)}.values()
    old = [Installer(one, by) for one in first for by in older.get(minor(one), ())]
    return [*old, *(Installer(one, by) for one in sorted(pythons()) for by in ("its pip", "newest pip", "uv"))]


each_installer = pytest.mark.parametrize("installer", installers(), ids=str)
each_python = pytest.mark.parametrize("version", sorted(pythons()))


@pytest.fixture(scope="module")
def pips(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The wheels of pip itself, each by the name that it has here."""
    asked = {"newest pip": "pip", **{version: f"pip=={version}" for version in OLD_PIPS}}
    made = tmp_path_factory.mktemp("pips")
    subprocess.run([BASE, "-m", "venv", made / "venv"], check=True)
    for by, one in asked.items():
        subprocess.run([made / "venv/bin/python", "-m", "pip", "-qq", "download", "--no-deps", "--dest", made / by, one], check=True)
    return {by: next((made / by).glob("*.whl")) for by in asked}


@pytest.fixture
def checkout(tmp_path: Path) -> Iterator[Path]:
    """A copy of what is kept here and nothing that was made; it is removed, since each takes 0.6 GB."""
    yield copied(tmp_path / "checkout")
    shutil.rmtree(tmp_path / "checkout")


House = Callable[[str], Path]


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> House:
    """Make the folder of wheels of a Python once, for all its patch releases, with this machine's own settings of its index."""

    @cache
    def make(wanted: str) -> Path:
        version = max(one for one in pythons() if minor(one) == wanted)
        place = tmp_path_factory.mktemp("house")
        settings = {name: value for name, value in os.environ.items() if not name.startswith("LIANBAN_")}
        env = settings | machine(place / "machine", python=pythons()[version])
        del env["PIP_CONFIG_FILE"], env["UV_NO_CONFIG"]
        said = start(copied(place / "checkout"), env, "wheelhouse", str(place / "some wheels"))
        assert said.returncode == 0, said.stderr
        shutil.rmtree(place / "checkout")
        return place / "some wheels"

    return make


def on(installer: Installer, home: Path, pips: dict[str, Path]) -> dict[str, str]:
    return machine(home, python=pythons()[installer.version], pip=pips.get(installer.by), uv=installer.by == "uv")


def cut_off() -> tuple[str, ...]:
    """What starts a command without any network, where the machine allows it."""
    ways = (("unshare", "--net"), ("unshare", "--map-root-user", "--net"))
    works = (
        way for way in ways if shutil.which("unshare") and subprocess.run([*way, "true"], capture_output=True, check=False).returncode == 0
    )
    return next(((shutil.which("unshare") or "", *way[1:]) for way in works), ())


@each_installer
def test_an_index_with_newer_releases_of_everything_changes_nothing(
    installer: Installer, tmp_path: Path, checkout: Path, house: House, pips: dict[str, Path]
) -> None:
    locked = house(minor(installer.version))
    for wheel in locked.glob("*.whl"):
        make_wheel(Release(wheel.name.split("-")[0], "9999.0"), tmp_path / "newer")
    with serving(locked, tmp_path / "newer") as index:
        said = start(checkout, on(installer, tmp_path / "machine", pips) | asking(index.address), "--version")
    assert said.returncode == 0, said.stderr
    assert len(index.fetched) > 100
    assert [one for one in index.fetched if "-9999.0-" in one] == []


@each_installer
def test_a_wheelhouse_is_enough(installer: Installer, tmp_path: Path, checkout: Path, house: House, pips: dict[str, Path]) -> None:
    nowhere = {**asking(NOWHERE), "npm_config_registry": NOWHERE, "WHEELHOUSE": str(house(minor(installer.version)))}
    env = on(installer, tmp_path / "machine", pips) | nowhere
    more = (("test", "tests/calendars"), ("_bench-tools",)) if installer.by == "uv" else ()
    said = [run(checkout, env, *cut_off(), "./just", *words) for words in (("setup",), DUE, *more)]
    assert [one.returncode for one in said] == [0] * len(said), [one.stdout + one.stderr for one in said if one.returncode]
    assert ANSWER in said[1].stdout


@each_python
def test_an_operator_installs_as_the_document_says(version: str, tmp_path: Path, house: House) -> None:
    """From the folder alone, in an empty place."""
    env = machine(tmp_path / "machine", python=pythons()[version]) | asking(NOWHERE)
    lines = installing().replace("/opt/lianban", str(tmp_path / "lianban")).replace("/media/wheelhouse", f"'{house(minor(version))}'")
    said = run(tmp_path, env, *cut_off(), "sh", "-euc", lines)
    assert said.returncode == 0, said.stdout + said.stderr
    lianban = str(tmp_path / "lianban/bin/lianban")
    for words in (("--help",), ("settings",), DUE[1:], ("form", "blank", "sheet", "--scheme", "jingmen-2023", "-o", "blank.pdf")):
        done = run(tmp_path, env, *cut_off(), lianban, *words)
        assert done.returncode == 0, done.stdout + done.stderr
    assert (tmp_path / "blank.pdf").read_bytes().startswith(b"%PDF"), "the font is there"
    page = "from api.system.docs import content_of, FILES; [content_of(name) for name in FILES]"
    assert run(tmp_path, env, str(tmp_path / "lianban/bin/python"), "-c", page).returncode == 0, "and so are the page's files"


def installing() -> str:
    """The commands of docs/operations.md for a machine without internet."""
    text = (HOUSE / "docs/operations.md").read_text("utf-8").partition("## Installing")[2]
    return text.split("```sh\n")[2].partition("```")[0]


@pytest.mark.parametrize("platform", PLATFORMS)
@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("lock", ["requirements.lock", "requirements/bench.lock"])
def test_every_locked_package_has_a_wheel(lock: str, version: str, platform: str, tmp_path: Path) -> None:
    assert UV is not None
    style = ("--dry-run", "--quiet", "--no-deps", "--only-binary", ":all:", "--require-hashes", "--target", str(tmp_path / "nothing"))
    words = (UV, "--no-cache", "pip", "install", *style, "--python-version", version, "--python-platform", platform, "-r", lock)
    assert run(HOUSE, dict(os.environ), *words).stderr == ""
