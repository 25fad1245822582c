"""The answer to a request, as it goes out: a status, its headers and a body that is encoded already."""

from collections.abc import Mapping
from typing import Any, Self

import msgspec
from litestar.response.base import ASGIResponse

JSON = "application/json"
ALWAYS: Mapping[str, str] = {"cache-control": "no-store", "x-content-type-options": "nosniff"}
"""Headers that every answer with somebody's data carries."""
_encode = msgspec.json.Encoder().encode


class Answer(ASGIResponse):
    """Made once and sent as it is."""

    def to_asgi_response(self, **_: Any) -> Self:  # noqa: ANN401 -- what Litestar offers to every response
        """Litestar asks it of what answers an exception."""
        return self


def reply(content: Any, status: int = 200, headers: Mapping[str, str] | None = None) -> Answer:  # noqa: ANN401 -- any struct
    """Answer with a struct as JSON, encoded once."""
    sent = {**ALWAYS, **headers} if headers else ALWAYS
    return Answer(body=_encode(content), status_code=status, media_type=JSON, headers=dict(sent))
