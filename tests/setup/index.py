"""A package index on loopback that serves folders of wheels and remembers what it was asked for; holds nothing back."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread


class Index(ThreadingHTTPServer):
    """Serves `/simple/NAME/` and the wheels themselves."""

    def __init__(self, *folders: Path) -> None:
        super().__init__(("127.0.0.1", 0), _Answer)
        self.wheels = {wheel.name: wheel for folder in folders for wheel in folder.glob("*.whl")}
        self.fetched: list[str] = []

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/simple"


class _Answer(BaseHTTPRequestHandler):
    server: Index

    def do_GET(self) -> None:
        """Answer with a package's page or a wheel."""
        name = self.path.strip("/").split("/")[-1]
        if name in self.server.wheels:
            self.server.fetched.append(name)
            return self._say(200, self.server.wheels[name].read_bytes(), "application/zip")
        found = sorted(wheel for wheel in self.server.wheels if plain_name(wheel) == name)
        page = "".join(f'<a href="/wheels/{wheel}">{wheel}</a>\n' for wheel in found)
        return self._say(200 if found else 404, f"<!DOCTYPE html><html><body>\n{page}</body></html>".encode(), "text/html")

    do_HEAD = do_GET  # noqa: N815 -- as http.server names it

    def _say(self, status: int, body: bytes, media: str) -> None:
        self.send_response(status)
        self.send_header("content-type", media)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def plain_name(wheel: str) -> str:
    """The package's name as an index spells it."""
    return re.sub(r"[-_.]+", "-", wheel.partition("-")[0]).lower()


@contextmanager
def serving(*folders: Path) -> Iterator[Index]:
    """Serve these folders until the end."""
    with Index(*folders) as index:
        Thread(target=index.serve_forever, daemon=True).start()
        try:
            yield index
        finally:
            index.shutdown()
