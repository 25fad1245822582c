"""The settings of a running lianban, read from the environment once; starts nothing and prints no secret."""

import re
from base64 import b64decode
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Literal, TypeVar, get_args

from msgspec import Struct

from words import listed, sentence

Log = Literal["json", "console"]
Value = TypeVar("Value")

SECRETS = frozenset(
    {"LIANBAN_DATABASE_URL", "LIANBAN_OWNER_URL", "LIANBAN_REDIS_URL", "LIANBAN_S3_SECRET", "LIANBAN_SECRET", "LIANBAN_DATA_KEYS"}
)
"""Each may also be given as a file that holds it, by the same name with `_FILE`."""
NAMES = (
    SECRETS
    | {"LIANBAN_DATA", "LIANBAN_SCHEMES", "LIANBAN_HOST", "LIANBAN_PORT", "LIANBAN_LOG", "LIANBAN_SANDBOX", "LIANBAN_FONTS"}
    | {"LIANBAN_DOCUMENTS", "LIANBAN_DOCUMENT_BYTES", "LIANBAN_S3_ENDPOINT", "LIANBAN_S3_REGION", "LIANBAN_S3_KEY"}
)
SHORTEST_SECRET = 32
FEWEST_LETTERS = 8
HIGHEST_PORT = 65_535
MOST_DOCUMENT = 4_000_000_000
"""A package larger than that is written another way, which is not looked into."""
KEY_BYTES = 32
_KEY_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,31}")
_NOT_SET = sentence("(not set)")
_MEND_KEYS = sentence("Write one or more NAME:KEY separated by commas, the first wraps; make one with: lianban keys new")


class SettingFault(Exception):
    """A setting that stops the start: which one, what is wrong, how to mend it."""

    def __init__(self, name: str, what: str, mend: str) -> None:
        """Say it in one line."""
        super().__init__(f"{name}: {what}. {mend}")
        self.name, self.what, self.mend = name, what, mend


class Settings(Struct, frozen=True, kw_only=True):
    """What the environment says; addresses that it leaves out are those of the embedded servers."""

    database_url: str | None = None
    owner_url: str | None = None
    """For migrations only: the application's own role may not change the ledger."""
    redis_url: str | None = None
    secret: str | None = None
    data_keys: str | None = None
    """Each `name:base64`, separated by commas: the first wraps the cases' keys, all unwrap."""
    data: Path = Path(".lianban")
    documents: str | None = None
    """A folder, or s3://bucket/prefix; None is the folder `documents` of the data."""
    document_bytes: int = 50_000_000
    """The largest document that is taken."""
    s3_endpoint: str | None = None
    s3_region: str = "us-east-1"
    s3_key: str | None = None
    s3_secret: str | None = None
    schemes: tuple[Path, ...] = ()
    host: str = "127.0.0.1"
    port: int = 8000
    log: Log = "console"
    fonts: Path | None = None
    """The folder of the Chinese fonts that forms are printed in; None is what the set-up brought."""
    sandbox: bool = False
    """A clock that can be moved; never with real data."""


def read_settings(environment: Mapping[str, str]) -> Settings:
    """Read every setting; the first that is wrong or unknown stops with its mend."""
    known = NAMES | {f"{name}_FILE" for name in SECRETS}
    for name in environment:
        if name.startswith("LIANBAN_") and name not in known:
            raise SettingFault(name, sentence("there is no such setting"), sentence("Write one of {known}", known=listed(sorted(known))))
    found = {name: _given(environment, name) for name in NAMES}
    return Settings(
        database_url=found["LIANBAN_DATABASE_URL"],
        owner_url=found["LIANBAN_OWNER_URL"],
        redis_url=found["LIANBAN_REDIS_URL"],
        secret=found["LIANBAN_SECRET"],
        data_keys=found["LIANBAN_DATA_KEYS"],
        data=_read(found, "LIANBAN_DATA", Path, Path(".lianban")),
        documents=found["LIANBAN_DOCUMENTS"],
        document_bytes=_read(found, "LIANBAN_DOCUMENT_BYTES", _bytes, 50_000_000),
        s3_endpoint=found["LIANBAN_S3_ENDPOINT"],
        s3_region=_read(found, "LIANBAN_S3_REGION", str, "us-east-1"),
        s3_key=found["LIANBAN_S3_KEY"],
        s3_secret=found["LIANBAN_S3_SECRET"],
        schemes=_read(found, "LIANBAN_SCHEMES", _folders, ()),
        host=_read(found, "LIANBAN_HOST", str, "127.0.0.1"),
        port=_read(found, "LIANBAN_PORT", _port, 8000),
        log=_read(found, "LIANBAN_LOG", _log, "console"),
        fonts=_read(found, "LIANBAN_FONTS", Path, None),
        sandbox=_read(found, "LIANBAN_SANDBOX", _truth, default=False),
    )


def strong_secret(settings: Settings) -> str:
    """Give the secret, or stop: tokens signed with a weak one can be made by anyone."""
    mend = sentence(
        "Give at least {shortest_secret} random characters, for example from: openssl rand -base64 48", shortest_secret=SHORTEST_SECRET
    )
    if settings.secret is None:
        raise SettingFault("LIANBAN_SECRET", sentence("it is missing"), mend)
    if len(settings.secret) < SHORTEST_SECRET or len(set(settings.secret)) < FEWEST_LETTERS:
        raise SettingFault("LIANBAN_SECRET", sentence("it is weak ({count} characters)", count=len(settings.secret)), mend)
    return settings.secret


def strong_data_keys(settings: Settings) -> dict[str, bytes]:
    """Give the keys that wrap the cases' keys, by name; a missing, weak or doubled one stops the start."""
    if settings.data_keys is None:
        raise SettingFault("LIANBAN_DATA_KEYS", sentence("it is missing"), _MEND_KEYS)
    keys: dict[str, bytes] = {}
    for number, text in enumerate(settings.data_keys.split(","), 1):
        name, _, coded = text.strip().partition(":")
        key = _key_of(coded)
        if not _KEY_NAME.fullmatch(name) or name in keys:
            raise SettingFault(
                "LIANBAN_DATA_KEYS", sentence("key {number} has no name of its own (a-z, 0-9, -)", number=number), _MEND_KEYS
            )
        if key is None or key in keys.values():
            raise SettingFault(
                "LIANBAN_DATA_KEYS",
                sentence("the key {name!r} is not {key_bytes} random bytes of its own in base64", name=name, key_bytes=KEY_BYTES),
                _MEND_KEYS,
            )
        keys[name] = key
    return keys


def masked(settings: Settings) -> dict[str, str]:
    """Show every setting under its name, with what is secret in it hidden."""
    return {
        "LIANBAN_DATABASE_URL": _without_password(settings.database_url),
        "LIANBAN_OWNER_URL": _without_password(settings.owner_url),
        "LIANBAN_REDIS_URL": _without_password(settings.redis_url),
        "LIANBAN_SECRET": _NOT_SET if settings.secret is None else sentence("*** ({count} characters)", count=len(settings.secret)),
        "LIANBAN_DATA_KEYS": _names_of(settings.data_keys),
        "LIANBAN_DATA": str(settings.data),
        "LIANBAN_DOCUMENTS": settings.documents or _NOT_SET,
        "LIANBAN_DOCUMENT_BYTES": str(settings.document_bytes),
        "LIANBAN_S3_ENDPOINT": settings.s3_endpoint or _NOT_SET,
        "LIANBAN_S3_REGION": settings.s3_region,
        "LIANBAN_S3_KEY": settings.s3_key or _NOT_SET,
        "LIANBAN_S3_SECRET": _NOT_SET if settings.s3_secret is None else "***",
        "LIANBAN_SCHEMES": ":".join(map(str, settings.schemes)) or _NOT_SET,
        "LIANBAN_HOST": settings.host,
        "LIANBAN_PORT": str(settings.port),
        "LIANBAN_LOG": settings.log,
        "LIANBAN_FONTS": _NOT_SET if settings.fonts is None else str(settings.fonts),
        "LIANBAN_SANDBOX": "on" if settings.sandbox else "off",
    }


def _given(environment: Mapping[str, str], name: str) -> str | None:
    direct, file = environment.get(name), environment.get(f"{name}_FILE")
    if file is None or name not in SECRETS:
        return direct or None
    if direct is not None:
        raise SettingFault(name, sentence("{name}_FILE is set as well", name=name), sentence("Keep one of the two"))
    try:
        return Path(file).read_text("utf-8").strip() or None
    except (OSError, UnicodeDecodeError) as fault:
        raise SettingFault(
            f"{name}_FILE",
            sentence("{file} cannot be read: {why}", file=file, why=_why(fault)),
            sentence("Name a readable text file"),
        ) from fault


def _why(fault: OSError | UnicodeDecodeError) -> str:
    if isinstance(fault, UnicodeDecodeError):
        return sentence("byte {start} is not UTF-8", start=fault.start)
    known = {FileNotFoundError: sentence("No such file or directory"), PermissionError: sentence("Permission denied")}
    return known.get(type(fault)) or fault.strerror or str(fault)


def _read(found: Mapping[str, str | None], name: str, kind: Callable[[str], Value], default: Value) -> Value:
    text = found[name]
    try:
        return default if text is None else kind(text)
    except ValueError as fault:
        raise SettingFault(name, sentence("{text!r} cannot be", text=text), fault.args[0]) from fault


def _folders(text: str) -> tuple[Path, ...]:
    return tuple(Path(part) for part in text.split(":") if part)


def _port(text: str) -> int:
    if not (text.isdecimal() and int(text) <= HIGHEST_PORT):
        raise ValueError(sentence("Write a port from 0 (any free one) to {highest}", highest=HIGHEST_PORT))
    return int(text)


def _bytes(text: str) -> int:
    if not (text.isdecimal() and 0 < int(text) <= MOST_DOCUMENT):
        raise ValueError(sentence("Write a number of bytes from 1 to {most}", most=MOST_DOCUMENT))
    return int(text)


def _log(text: str) -> Log:
    if text not in get_args(Log):
        raise ValueError(sentence("Write json or console"))
    return "json" if text == "json" else "console"


def _truth(text: str) -> bool:
    if text.lower() not in {"0", "1", "true", "false", "on", "off"}:
        raise ValueError(sentence("Write 1 or 0"))
    return text.lower() in {"1", "true", "on"}


def _key_of(coded: str) -> bytes | None:
    try:
        key = b64decode(coded, validate=True)
    except ValueError:
        return None
    return key if len(key) == KEY_BYTES and len(set(key)) >= FEWEST_LETTERS else None


def _names_of(keys: str | None) -> str:
    """Name the keys alone; what has no name that can be one is not shown at all."""
    if keys is None:
        return _NOT_SET
    names = (text.strip().partition(":")[0] for text in keys.split(","))
    return ", ".join(f"{name}:***" if _KEY_NAME.fullmatch(name) else "***" for name in names)


def _without_password(url: str | None) -> str:
    if url is None:
        return _NOT_SET
    scheme, mark, rest = url.partition("://")
    account, at, place = rest.rpartition("@")
    return f"{scheme}{mark}{account.partition(':')[0]}:***{at}{place}" if at else url
