"""What every test may ask for: the servers of the run and a clock that moves; no tables and no cases."""

import logging
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import structlog
from hypothesis import settings

from cli.servers import Addresses, running

pytest_plugins = ("tests.suite.own_reach", "tests.suite.ten_seconds", "tests.suite.turns")

settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")
"""No test fails because the machine was busy."""


class Clock:
    """The moment it is in a test: it stands still until the test moves it."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def __call__(self) -> datetime:
        """For what takes a clock rather than a moment."""
        return self.at

    def advance(self, by: timedelta | None = None, **parts: float) -> datetime:
        """Move on, by a span or by its parts: `now.advance(hours=2)`."""
        self.at += timedelta(**parts) if by is None else by
        return self.at

    def move_to(self, at: datetime) -> datetime:
        self.at = at
        return self.at


@pytest.fixture
def now() -> Clock:
    """Wednesday 3 June 2026, 10:00 in Shanghai: an ordinary office morning with no holiday near."""
    return Clock(datetime(2026, 6, 3, 2, 0, tzinfo=UTC))


@pytest.fixture(scope="session")
def servers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Addresses]:
    """A PostgreSQL and a Valkey of this run's own, empty but for the roles; a crash of the machine may lose them."""
    with running(tmp_path_factory.mktemp("servers"), fsync=False) as addresses:
        yield addresses


@pytest.fixture(scope="session", autouse=True)
def _time_zone() -> Iterator[None]:
    """The machine's own time zone must not matter, so the tests run far from both Shanghai and UTC."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TZ", "America/St_Johns")
        time.tzset()
        yield
    time.tzset()


@pytest.fixture(scope="session", autouse=True)
def _loggers_are_made_anew() -> Iterator[None]:
    """A logger that had been used once would go on writing to the standard error of that test."""
    configure = structlog.configure
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(structlog, "configure", lambda **given: configure(**given | {"cache_logger_on_first_use": False}))
        yield


@pytest.fixture(autouse=True)
def _logs_end_with_the_test() -> Iterator[None]:
    """A command sets up the log of its process; the next test finds it as this one did, in whichever order they run."""
    before = logging.root.handlers[:], logging.root.level
    yield
    structlog.reset_defaults()
    logging.root.handlers[:], logging.root.level = before
