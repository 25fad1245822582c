"""Each lock names all that its packages need, extras included, which no installer looks at; judges no version."""

import re
import tomllib
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, distribution

import pytest
from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.setup.machines import HOUSE

VERSIONS = ("3.11", "3.12", "3.13", "3.14")
PROJECT = tomllib.loads((HOUSE / "pyproject.toml").read_text("utf-8"))
GROUPS = PROJECT["dependency-groups"]
OURS = {
    "requirements.lock": (*PROJECT["project"]["dependencies"], *GROUPS["build"], *(one for one in GROUPS["dev"] if isinstance(one, str))),
    "requirements/run.lock": tuple(PROJECT["project"]["dependencies"]),
}


def on(version: str) -> dict[str, str]:
    """Describe this machine with another Python."""
    here = {name: str(value) for name, value in default_environment().items()}
    return here | {"python_version": version, "python_full_version": f"{version}.9"}


def named(lock: str, where: dict[str, str]) -> dict[str, str]:
    """What a lock installs there."""
    lines = re.findall(r"^(\S.*?) \\$", (HOUSE / lock).read_text("utf-8"), flags=re.MULTILINE)
    every = [Requirement(line) for line in lines]
    fitting = [one for one in every if one.marker is None or one.marker.evaluate(where)]
    return {canonicalize_name(one.name): str(one.specifier).removeprefix("==") for one in fitting}


def needed(ours: tuple[str, ...], where: dict[str, str]) -> Iterator[Requirement]:
    """Everything that is required there, by us and by what is required; each once."""
    waiting, seen = [Requirement(one) for one in ours], set[str]()
    while waiting:
        one = waiting.pop()
        if str(one) not in seen:
            seen.add(str(one))
            yield one
            waiting += required_by(one, where)


def required_by(one: Requirement, where: dict[str, str]) -> list[Requirement]:
    try:
        every = [Requirement(line) for line in distribution(one.name).requires or ()]
    except PackageNotFoundError:
        return []  # not for this machine's Python
    extras = ("", *one.extras)
    return [each for each in every if each.marker is None or any(each.marker.evaluate(where | {"extra": extra}) for extra in extras)]


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("lock", OURS)
def test_a_lock_names_all_that_is_needed(lock: str, version: str) -> None:
    where = on(version)
    has = named(lock, where)
    wanted = list(needed(OURS[lock], where))
    assert [str(one) for one in wanted if canonicalize_name(one.name) not in has] == []
    assert [str(one) for one in wanted if not one.specifier.contains(has[canonicalize_name(one.name)], prereleases=True)] == []
    assert len(wanted) > len(has) > 40


@pytest.mark.parametrize("lock", ["requirements/run.lock", "requirements/bench.lock"])
def test_a_smaller_lock_contradicts_none_of_the_large_one(lock: str) -> None:
    large, small = named("requirements.lock", on("3.11")), named(lock, on("3.11"))
    assert {name: version for name, version in small.items() if large.get(name, version) != version} == {}
