"""The settings of this run, and the plans they name; the only place of the command line that reads the environment."""

import os
from urllib.parse import urlsplit

from casework.settings import SettingFault, Settings, read_settings
from words import Language, language_of, sentence

_POSTGRES = (("postgresql", "postgres"), sentence("Write it as postgresql://lianban_app:…@host/lianban"))
_REDIS = (("redis", "rediss", "unix"), sentence("Write it as redis://host:6379/0"))
_ADDRESSES = {"database_url": _POSTGRES, "owner_url": _POSTGRES, "redis_url": _REDIS}
_LOCALE = ("LC_ALL", "LC_MESSAGES", "LANG")


def here() -> Settings:
    """Read the settings from the environment."""
    settings = read_settings(os.environ)
    for name, (kinds, mend) in _ADDRESSES.items():
        url = getattr(settings, name)
        if url is not None and not _is_address(url, kinds):
            raise SettingFault(f"LIANBAN_{name.upper()}", sentence("it is no address that can be called"), mend)
    return settings


def language_here() -> Language:
    """Give the language of the surroundings, the first that is set as everywhere else; one that we do not have is Chinese."""
    return language_of(next(filter(None, map(os.environ.get, _LOCALE)), None))


def _is_address(url: str, kinds: tuple[str, ...]) -> bool:
    """Say only whether: the address holds a password."""
    try:
        parts, port = urlsplit(url), urlsplit(url).port
    except ValueError:
        return False
    return parts.scheme in kinds and port != 0
