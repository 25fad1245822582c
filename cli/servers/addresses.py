"""Where the embedded servers answer, and the passwords that open them; starts nothing."""

import secrets
from pathlib import Path

import msgspec
from msgspec import Struct

from cli.servers.faults import ServerFailed
from cli.servers.folder import Folder, write_private
from words import sentence

DATABASE = "lianban"
ADMIN_ROLE = "postgres"
OWNER_ROLE = "lianban_owner"
APP_ROLE = "lianban_app"


class Addresses(Struct, frozen=True):
    """`owner_url` is for migrations, `database_url` for the program; `admin_url` is for tests and repair only."""

    owner_url: str
    database_url: str
    redis_url: str
    admin_url: str


class Passwords(Struct, frozen=True):
    admin: str
    owner: str
    app: str


def addresses_in(sockets: Path, passwords: Passwords) -> Addresses:
    """Every address is a Unix socket in `sockets`: nothing listens on the network."""

    def postgres(role: str, password: str) -> str:
        return f"postgresql://{role}:{password}@/{DATABASE}?host={sockets}"

    return Addresses(
        owner_url=postgres(OWNER_ROLE, passwords.owner),
        database_url=postgres(APP_ROLE, passwords.app),
        redis_url=f"unix://{sockets / 'valkey.sock'}?db=0",
        admin_url=postgres(ADMIN_ROLE, passwords.admin),
    )


def new_passwords(folder: Folder) -> Passwords:
    passwords = Passwords(secrets.token_hex(24), secrets.token_hex(24), secrets.token_hex(24))
    write_private(folder.passwords, msgspec.json.encode(passwords))
    return passwords


def read_passwords(folder: Folder) -> Passwords:
    try:
        return msgspec.json.decode(folder.passwords.read_bytes(), type=Passwords)
    except (OSError, msgspec.DecodeError) as fault:
        message = sentence(
            "{passwords} holds the passwords of the cluster and cannot be read: put it back from a copy", passwords=folder.passwords
        )
        raise ServerFailed(message) from fault
