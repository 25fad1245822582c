"""The port that the API answers on: taken before anything is started, so that one in use is said at once."""

import errno
import socket

from cli.terminal.exit_codes import Refused
from cli.terminal.saying import cause_of
from words import sentence

_WHY = {
    errno.EADDRINUSE: sentence("is in use: stop what uses it, or choose another with --port (0 takes any free one)"),
    errno.EACCES: sentence("is not yours to take: choose one above 1023 with --port"),
    errno.EADDRNOTAVAIL: sentence("is no address of this machine: mend LIANBAN_HOST"),
}
_QUEUE = 2048


def listen(host: str, port: int) -> socket.socket:
    """Take the port; 0 takes any that is free."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
    except socket.gaierror as fault:
        raise Refused(
            sentence(
                "LIANBAN_HOST: {host!r} is no address ({cause}): write 127.0.0.1, or one of this machine's",
                host=host,
                cause=fault.strerror,
            )
        ) from fault
    listener = socket.socket(family, kind, protocol)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen(_QUEUE)
    except OSError as fault:
        listener.close()
        raise Refused(
            sentence("port {port} of {host} {why}", port=port, host=host, why=_WHY.get(fault.errno or 0, cause_of(fault)))
        ) from fault
    return listener


def url_of(listener: socket.socket) -> str:
    """Write the address as a browser on this machine takes it."""
    host, port = listener.getsockname()[:2]
    own = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)  # noqa: S104 -- compared, not bound
    return f"http://{own}:{port}"
