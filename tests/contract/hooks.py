"""What the contract test leaves out of its made-up requests; read by schemathesis, holds no check."""

from typing import Any

import schemathesis


@schemathesis.hook
def map_body(_context: Any, body: Any) -> Any:  # noqa: ANN401 -- whatever JSON holds
    """2030.0 is an integer to JSON Schema and not to us; no client writes one, so it is sent as 2030."""
    return _whole(body)


def _whole(value: Any) -> Any:  # noqa: ANN401 -- whatever JSON holds
    if isinstance(value, dict):
        return {name: _whole(one) for name, one in value.items()}
    if isinstance(value, list):
        return [_whole(one) for one in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value
