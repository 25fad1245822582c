"""Counts towards the coverage of a room that decides only what its own tests reach, in a run of all tests; it asks for no figure."""

from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec
import pytest
from coverage import Coverage


class OwnReach:
    """Has coverage on while something of a deciding room's own tests is collected or run, and off otherwise."""

    def __init__(self, measured: Coverage, root: Path) -> None:
        """The deciding rooms are the sources that pyproject.toml names; coverage comes started."""
        self._measured, self._tests, self._on = measured, root / "tests", True
        rooms = msgspec.convert(measured.get_option("run:source") or [], list[str])
        self._own = [self._tests / room for room in rooms]
        self._switch(on=False)

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_make_collect_report(self, collector: pytest.Collector) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
        """Own tests are collected first: a module's own lines run only when it is first imported."""
        with self._switched(on=self._is_own(collector.path)):
            report = yield
        if collector.path == self._tests:
            report.result.sort(key=lambda one: not self._is_own(one.path))
        return report

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, object, object]:
        with self._switched(on=self._is_own(item.path)):
            return (yield)

    def _is_own(self, path: Path) -> bool:
        return any(path.is_relative_to(folder) for folder in self._own)

    @contextmanager
    def _switched(self, *, on: bool) -> Iterator[None]:
        before = self._on
        self._switch(on=on)
        yield
        self._switch(on=before)

    def _switch(self, *, on: bool) -> None:
        if on != self._on:
            self._on = on
            (self._measured.start if on else self._measured.stop)()


@pytest.hookimpl(trylast=True)
def pytest_sessionstart(session: pytest.Session) -> None:
    measured = Coverage.current()
    if measured is not None:
        session.config.pluginmanager.register(OwnReach(measured, session.config.rootpath))
