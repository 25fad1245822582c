"""What can go wrong with the embedded servers, each with the way out in its message; handles nothing itself."""

from words import sentence


class ServersFault(Exception):
    """The embedded servers cannot be used; the message says why and what to do."""


class DataFolderInUse(ServersFault):
    """Another process has this data folder."""


def in_use(what: str) -> DataFolderInUse:
    return DataFolderInUse(sentence("{what}: stop it first, or choose another folder with LIANBAN_DATA", what=what))


class DataFolderNotOurs(ServersFault):
    """The folder holds things that lianban did not put there."""


class DataFolderClosed(ServersFault):
    """The machine lets nobody make or read it there."""


class ServerFailed(ServersFault):
    """A server did not start; the message holds the end of its log."""
