"""The answer to a request, as it goes out: a status, its headers and a body that is encoded already."""

from collections.abc import Mapping
from typing import Any, Self

import msgspec
from litestar.response.base import ASGIResponse

from words import say

JSON = "application/json"
ALWAYS: Mapping[str, str] = {"cache-control": "no-store", "x-content-type-options": "nosniff"}
"""Headers that every answer with somebody's data carries."""


def _said(value: Any) -> str:  # noqa: ANN401 -- whatever stands in an answer
    """Say a sentence in the language that is spoken: JSON knows plain text alone."""
    if isinstance(value, str):
        return say(value)
    raise NotImplementedError(f"there is no JSON for {type(value)}")


encoded = msgspec.json.Encoder(enc_hook=_said).encode
"""Writes JSON, every sentence in it in the language that is spoken."""


class Answer(ASGIResponse):
    """Made once and sent as it is."""

    def to_asgi_response(self, **_: Any) -> Self:  # noqa: ANN401 -- what Litestar offers to every response
        """Litestar asks it of what answers an exception."""
        return self


def reply(content: Any, status: int = 200, headers: Mapping[str, str] | None = None) -> Answer:  # noqa: ANN401 -- any struct
    """Answer with a struct as JSON, encoded once."""
    sent = {**ALWAYS, **headers} if headers else ALWAYS
    return Answer(body=encoded(content), status_code=status, media_type=JSON, headers=dict(sent))
