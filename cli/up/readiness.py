"""Asks the API whether it is ready, as a load balancer would; starts nothing."""

import http.client
import time
from urllib.parse import urlsplit

from cli.terminal.exit_codes import Refused
from cli.up.children import Child
from words import sentence

_WITHIN = 60.0
_POLL = 0.05
_GOOD = 200


def await_ready(url: str, api: Child) -> None:
    until = time.monotonic() + _WITHIN
    while not _is_ready(url):
        if api.ended or time.monotonic() > until:
            raise Refused(sentence("the API did not start: its own words stand above"))
        time.sleep(_POLL)


def _is_ready(url: str) -> bool:
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=5)
    try:
        connection.request("GET", "/health/ready")
        return connection.getresponse().status == _GOOD
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
