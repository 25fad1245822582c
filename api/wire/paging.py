"""Keyset pages: the cursor that a page goes on from, and the link to what follows; counts nothing and skips nothing."""

from collections.abc import Callable, Sequence
from typing import Annotated, TypeVar
from urllib.parse import urlencode

from msgspec import Meta

from api.wire.operation import ApiRequest, pairs_of
from casework.access.visibility import sees_nothing_of
from domain.refusals import Malformed
from words import sentence

Item = TypeVar("Item")
Place = TypeVar("Place")
Limit = Annotated[int, Meta(ge=1, le=200, description="How many items a page holds at most.")]
After = Annotated[str, Meta(min_length=1, max_length=400, pattern=r"^[A-Za-z0-9_\-]+$", description="The `next` of the page before.")]
DEFAULT_LIMIT = 50


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


def page_of(found: Sequence[Item], limit: int, place: Callable[[Item], str]) -> tuple[Sequence[Item], str | None]:
    """Cut a page off what was found with one more, and name the place that the next one goes on from."""
    page = found[:limit]
    return page, place(page[-1]) if len(found) > limit else None


async def asks_elsewhere(request: ApiRequest, city: str | None, party: str | None = None) -> bool:
    """Say whether a list is asked of what is never the caller's to see: it is empty then; a client that was ended is not told even that."""
    if not sees_nothing_of(request.user, city, party):
        return False
    await request.program.must_know(request.user)
    return True
