"""A PDF as an answer, set aside from the loop; sets no type itself."""

import asyncio
from collections.abc import Callable

from api.program import HttpProgram
from api.wire.answer import ALWAYS, Answer

PDF = "application/pdf"


async def set_aside(program: HttpProgram, make: Callable[[], bytes]) -> bytes:
    """Set it aside from the loop, one at a time: it is work for a processor."""
    async with program.printing:
        return await asyncio.to_thread(make)


def pdf_named(name: str, made: bytes) -> Answer:
    """Answer with it, to be shown in the browser under that name."""
    return Answer(body=made, media_type=PDF, headers={**ALWAYS, "content-disposition": f'inline; filename="{name}.pdf"'})
