"""A city that no room knows of, by the folder of its plan; a fresh database with the application on it, and commands."""

from collections.abc import AsyncIterator

import pytest
from litestar import Litestar

from tests.api.callers import Callers
from tests.api.conftest import _rewound, moving, started
from tests.cli.conftest import fresh_urls, lianban, named, on_database, settings, template
from tests.conftest import Clock
from tests.database import Urls
from tests.domain.stories import LINJIANG

__all__ = ["_rewound", "fresh_urls", "lianban", "moving", "named", "on_database", "settings", "template"]


@pytest.fixture(scope="module")
async def app(fresh_urls: Urls, moving: Clock) -> AsyncIterator[Litestar]:
    """The application with one folder of plans more."""
    async with started(fresh_urls.app, moving, schemes=(LINJIANG,)) as made:
        yield made


@pytest.fixture(scope="module")
def callers(app: Litestar, moving: Clock) -> Callers:
    """Callers of every role and party."""
    return Callers(app, moving)


@pytest.fixture
def _named(settings: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    """The setting that names the folder, for commands."""
    assert settings
    monkeypatch.setenv("LIANBAN_SCHEMES", str(LINJIANG))
