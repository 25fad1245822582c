"""Takes a body in piece by piece, as fast as it is let and no slower than it may; keeps none of it."""

import asyncio
from collections.abc import AsyncIterator

from litestar.exceptions import HTTPException

from api.wire.operation import PATIENCE, ApiRequest
from api.wire.problems import NotReadable, TooLarge, TooSlow
from words import sentence

SLOWEST = 32 * 1024
"""Bytes a second: a body that comes slower for long is cut off."""


async def arriving(request: ApiRequest, most: int) -> AsyncIterator[bytes]:
    """Give the body as it comes; one that is too large, too slow, or not as long as it was said to be is refused."""
    said = _said(request)
    if said is not None and said > most:
        raise _too_large(most)
    clock = asyncio.get_running_loop().time
    pieces, came, waited = request.stream(), 0, 0.0
    while True:
        began = clock()
        piece = await _next(pieces, PATIENCE + came / SLOWEST - waited)
        waited += clock() - began
        if piece is None:
            break
        came += len(piece)
        if came > most:
            raise _too_large(most)
        if piece:
            yield piece
    if said is not None and said != came:
        raise NotReadable(
            sentence("The Content-Length says {said} bytes and {came} came; nothing was saved. Send it again, whole.", said=said, came=came)
        )


async def _next(pieces: AsyncIterator[bytes], within: float) -> bytes | None:
    """Wait for the next piece alone: what is done with the last one is not the sender's time."""
    try:
        async with asyncio.timeout(within):
            return await anext(pieces, None)
    except TimeoutError as fault:
        raise TooSlow(sentence("The body came too slowly, or stopped; nothing was saved. Send it again, over a better line.")) from fault
    except HTTPException as fault:  # all that the framework says by it is that the sender has gone
        raise NotReadable(sentence("The body ended before it was whole; nothing was saved. Send it again.")) from fault


def _said(request: ApiRequest) -> int | None:
    said = request.headers.get("content-length")
    if said is None or not (said.isascii() and said.isdigit()):
        return None
    return int(said[:20])


def _too_large(most: int) -> TooLarge:
    return TooLarge(
        sentence("The document is over {most} bytes, the largest that is taken here. Send it smaller, or in parts.", most=most), most=most
    )
