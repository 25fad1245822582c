"""What law a plan's data cites (法律法规), document by document; quotes nothing that the plan's data does not."""

from collections.abc import Iterator

import msgspec
from msgspec import Struct

from domain.schemes.citation import Cite
from domain.schemes.scheme import Scheme


def laws_of(scheme: Scheme) -> dict[str, tuple[Cite, ...]]:
    """Give every document other than the plan that something in it rests on, with the clauses, each once."""
    found: dict[str, dict[Cite, None]] = {}
    for cite in _cites(scheme):
        if cite.document is not None:
            found.setdefault(cite.document, {})[cite] = None
    return {document: tuple(cites) for document, cites in found.items()}


def _cites(value: object) -> Iterator[Cite]:
    if isinstance(value, Cite):
        yield value
    elif isinstance(value, Struct):
        yield from _cites(msgspec.structs.astuple(value))
    elif isinstance(value, dict):
        yield from _cites(tuple(value.values()))
    elif isinstance(value, tuple):
        for one in value:
            yield from _cites(one)
