"""Starts and stops the PostgreSQL and the Valkey that come with lianban; knows nothing of what they keep."""

from cli.servers.addresses import Addresses
from cli.servers.faults import DataFolderInUse, DataFolderNotOurs, ServerFailed, ServersFault
from cli.servers.server import Server
from cli.servers.shared_servers import claim, running, watched

__all__ = ["Addresses", "DataFolderInUse", "DataFolderNotOurs", "Server", "ServerFailed", "ServersFault", "claim", "running", "watched"]
