"""Brings an act that an earlier release wrote up to its kind of today; the body in the ledger stays as it was hashed."""

from collections.abc import Iterable
from typing import Any

from msgspec import Struct, structs

from domain.acts.kinds import Kind, parts_of


def upcast(row: Kind, told: dict[str, Any]) -> dict[str, Any]:
    """Take an act through what its kind has been since, the oldest first; what is no field of it any more is left out."""
    for step in row.was:
        told = step(told)
    return {"act": row.tag} | _known(told, (row.act,))


def _known(told: dict[str, Any], kinds: Iterable[type[Struct]]) -> dict[str, Any]:
    """Leave out, at every depth, what none of these structs has a field for."""
    fields = {field.encode_name: field.type for kind in kinds for field in structs.fields(kind)}
    return {name: _within(value, fields[name]) for name, value in told.items() if name in fields}


def _within(value: Any, annotation: object) -> Any:  # noqa: ANN401 -- whatever JSON holds
    pieces = tuple(parts_of(annotation))
    if not pieces:
        return value
    if isinstance(value, list):
        return [_within(one, annotation) for one in value]
    return _known(value, pieces) if isinstance(value, dict) else value
