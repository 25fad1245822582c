"""Sends bytes as they are read, whole or a part of them; what is found wrong on the way breaks the connection off."""

import re
from collections.abc import AsyncGenerator, Mapping
from contextlib import aclosing
from urllib.parse import quote

import structlog
from litestar.types import Receive, Send

from api.wire.answer import Answer
from api.wire.problems import RangeNotSatisfiable
from storage.postgres.faults import StorageFault
from words import sentence

_RANGE = re.compile(r"bytes=([0-9]{0,15})-([0-9]{0,15})")
_log = structlog.get_logger("lianban.api")


class Streamed(Answer):
    """An answer whose body is read as it is sent; it is never held whole."""

    def __init__(self, pieces: AsyncGenerator[bytes, None], length: int, media_type: str, status: int, headers: Mapping[str, str]) -> None:
        super().__init__(content_length=length, media_type=media_type, status_code=status, headers=dict(headers))
        self._pieces = pieces

    async def send_body(self, send: Send, receive: Receive) -> None:  # noqa: ARG002 -- Litestar's own signature
        """End well, or leave the body short of its length, so that no reader takes it for whole."""
        try:
            async with aclosing(self._pieces) as pieces:
                async for piece in pieces:
                    await send({"type": "http.response.body", "body": piece, "more_body": True})
        except StorageFault as fault:
            _log.error("document-broken-off", why=str(fault))
            return
        await send({"type": "http.response.body", "body": b"", "more_body": False})


def part_of(asked: str | None, size: int) -> tuple[int, int] | None:
    """Read a Range header: from where up to where; None is the whole, also where several parts or other units are asked for."""
    found = _RANGE.fullmatch(asked.strip()) if asked else None
    if found is None or found[1] == found[2] == "":
        return None
    if found[1] == "":
        begins, ends = max(size - int(found[2]), 0), size
    else:
        begins, ends = int(found[1]), min(int(found[2] or size) + 1, size)
        if found[2] and int(found[2]) < begins:
            return None
    if begins >= ends:
        raise RangeNotSatisfiable(
            sentence("The document has {size} bytes; your Range begins behind them or holds none.", size=size), size=size
        )
    return begins, ends


def attachment(name: str) -> str:
    """Name the file to be saved (RFC 6266, RFC 8187); programs that read no UTF-8 save it by its kind."""
    plain = f"document.{name.rpartition('.')[2].lower()}"
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
