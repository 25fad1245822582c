"""The secret that signs tokens, made once for a data folder; prints it nowhere."""

import secrets
from pathlib import Path

import msgspec

from api.settings import Settings
from cli.servers.folder import write_private


def with_secret(settings: Settings) -> Settings:
    """Keep the secret that is set, or take the folder's own, made at its first start."""
    return settings if settings.secret else msgspec.structs.replace(settings, secret=_kept(settings.data / "secret"))


def _kept(path: Path) -> str:
    if not path.exists():
        write_private(path, secrets.token_urlsafe(48).encode())
    return path.read_text("ascii").strip()
