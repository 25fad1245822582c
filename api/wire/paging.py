"""Keyset pages, once for every list: the cursor, the page, and the link to what follows; counts nothing and skips nothing."""

from collections.abc import Awaitable, Callable, Iterable, Sequence
from typing import Annotated, Any, Generic, Protocol, TypeVar
from urllib.parse import urlencode

from msgspec import Meta, Struct

from api.wire.answer import Answer, reply
from api.wire.operation import ApiRequest, pairs_of
from casework.access.visibility import sees_nothing_of
from domain.refusals import Malformed
from storage.postgres.transaction import Tx
from words import sentence

Row = TypeVar("Row")
Seen = TypeVar("Seen")
Place = TypeVar("Place")
Find = Callable[[Tx, Place | None, int], Awaitable[Sequence[Row]]]
"""Reads so many rows from behind a place."""
Show = Callable[[Tx, Sequence[Row]], Awaitable[Iterable[Any]]]
"""Makes of a page's rows what the reply holds."""
Limit = Annotated[int, Meta(ge=1, le=200, description="How many items a page holds at most.")]
After = Annotated[str, Meta(min_length=1, max_length=400, pattern=r"^[A-Za-z0-9_\-]+$", description="The `next` of the page before.")]
DEFAULT_LIMIT = 50


class PageAsked(Protocol):
    """A query for a page, with whatever chooses among the rows."""

    @property
    def after(self) -> str | None: ...

    @property
    def limit(self) -> int: ...


class Pages(Struct, Generic[Row, Place], frozen=True):
    """How a list is cut into pages: what a page is called, and how the place behind a row is written down and read back."""

    reply: Callable[[tuple[Any, ...], str | None], Struct]
    encode: Callable[[Row], str]
    decode: Callable[[str], Place]
    about: tuple[str, ...] = ("city",)
    """The parameters that name a city, and then a party, which may not be the caller's to see."""
    of_one_moment: bool = True
    """Its reads belong together; where not, each statement stands for itself."""

    async def answer(self, request: ApiRequest, asked: PageAsked, find: Find[Place, Row], show: Show[Row]) -> Answer:
        """Answer with the page that is asked for."""
        after = place_after(asked.after, self.decode)
        if await asks_elsewhere(request, *(getattr(asked, name) for name in self.about)):
            return reply(self.reply((), None))
        program = request.program
        async with (program.reading if self.of_one_moment else program.connection)(request.user) as tx:
            found = await find(tx, after, asked.limit + 1)
            page = found[: asked.limit]
            shown = await show(tx, page)
        cursor = self.encode(page[-1]) if len(found) > len(page) else None
        return reply(self.reply(tuple(shown), cursor), headers=link_to(request, cursor))


def each(shown: Callable[[Seen], Any], seen: Callable[[Tx, Sequence[Row]], Awaitable[Iterable[Seen]]]) -> Show[Row]:
    """Show one by one, once the connection is given back, what was read of the rows beside themselves."""

    async def show(tx: Tx, page: Sequence[Row]) -> Iterable[Any]:
        return map(shown, await seen(tx, page))

    return show


def alone(shown: Callable[[Row], Any]) -> Show[Row]:
    """Show the rows one by one, of whom nothing else has to be read."""

    async def show(_: Tx, page: Sequence[Row]) -> Iterable[Any]:
        return map(shown, page)

    return show


def place_after(cursor: str | None, decode: Callable[[str], Place]) -> Place | None:
    """Read a cursor back; one that we did not make is refused."""
    if cursor is None:
        return None
    try:
        return decode(cursor)
    except ValueError as fault:
        message = sentence("The cursor in `after` is not one of ours. Take it from `next` of the page before.")
        raise Malformed(message, field="after") from fault


def link_to(request: ApiRequest, cursor: str | None) -> dict[str, str] | None:
    """Say where the next page is, with the same filters."""
    if cursor is None:
        return None
    given = pairs_of(request.scope["query_string"]) | {"after": cursor}
    return {"link": f'<{request.scope["path"]}?{urlencode(given)}>; rel="next"'}


async def asks_elsewhere(request: ApiRequest, city: str | None = None, party: str | None = None) -> bool:
    """Say whether a list is asked of what is never the caller's to see: it is empty then; a client that was ended is not told even that."""
    if not sees_nothing_of(request.user, city, party):
        return False
    await request.program.must_know(request.user)
    return True
