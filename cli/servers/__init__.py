"""Starts and stops the PostgreSQL and the Valkey that come with lianban; knows nothing of what they keep."""

from cli.servers.addresses import Addresses
from cli.servers.faults import DataFolderInUse, DataFolderNotOurs, ServerFailed, ServersFault
from cli.servers.sharing import claim, running

__all__ = ["Addresses", "DataFolderInUse", "DataFolderNotOurs", "ServerFailed", "ServersFault", "claim", "running"]
