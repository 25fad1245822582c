"""Which tests are begun first, so that with several workers no long one is left over at the end; says nothing of who runs them."""

import pytest

from tests.suite.ten_seconds import EXEMPT


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Modules with a test that may take long come before the others; otherwise they keep their order."""
    long = {item.path for item in items if any(map(item.get_closest_marker, EXEMPT))}
    items.sort(key=lambda item: item.path not in long)
