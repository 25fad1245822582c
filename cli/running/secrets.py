"""The secret that signs tokens and the key that wraps the cases' keys, made once for a data folder; prints them nowhere."""

import secrets
from base64 import b64encode
from collections.abc import Callable
from pathlib import Path

import msgspec

from casework.settings import Settings
from cli.servers.folder import write_private
from storage.people.sealing import new_key

DATA_KEYS = "data-keys"
"""The file in the data folder; whoever keeps it apart from the database's backups keeps the particulars closed in those."""


def with_secret(settings: Settings) -> Settings:
    """Keep the secret that is set, or take the folder's own, made at its first start."""
    if settings.secret:
        return settings
    return msgspec.structs.replace(settings, secret=_kept(settings.data / "secret", lambda: secrets.token_urlsafe(48)))


def with_data_keys(settings: Settings) -> Settings:
    """Keep the keys that are set, or take the folder's own, made at its first use."""
    if settings.data_keys:
        return settings
    return msgspec.structs.replace(settings, data_keys=_kept(settings.data / DATA_KEYS, lambda: key_line("first")))


def key_line(name: str) -> str:
    """Make a key and write it as the setting has it."""
    return f"{name}:{b64encode(new_key()).decode()}"


def _kept(path: Path, make: Callable[[], str]) -> str:
    if not path.exists():
        write_private(path, make().encode())
    return path.read_text("ascii").strip()
