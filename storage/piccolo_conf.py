"""Where Piccolo looks for its engine and our tables while migrations run; nothing else reads it."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from piccolo.conf.apps import AppRegistry

from storage.postgres.engine import SafeEngine

DB = SafeEngine(os.environ.get("LIANBAN_OWNER_URL", ""))
APP_REGISTRY = AppRegistry(apps=["storage.piccolo_app"])


@contextmanager
def named() -> Iterator[None]:
    """Tell Piccolo this module's name for a while."""
    before = os.environ.get("PICCOLO_CONF")
    os.environ["PICCOLO_CONF"] = __name__
    try:
        yield
    finally:
        del os.environ["PICCOLO_CONF"]
        if before is not None:
            os.environ["PICCOLO_CONF"] = before
