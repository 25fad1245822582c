"""Everything that can happen in a case: one frozen struct per kind of act, tagged under `act`."""

from typing import Any

import msgspec

from domain.acts import connection, fact, service, settlement, stop
from domain.acts.enforcement import accountability, assessment, audit, credit, ladder, process, supervision
from domain.acts.field import Acted
from domain.acts.kinds import CaseKind, Kind, rows_of
from domain.acts.upcasting import upcast

KINDS: dict[str, type[Acted]] = {
    str(kind.__struct_config__.tag): kind
    for room in (connection, service, supervision, stop, fact, audit, process, ladder, credit, accountability, settlement, assessment)
    for kind in vars(room).values()
    if isinstance(kind, type) and issubclass(kind, Acted) and kind is not Acted
}
"""Every kind of act by its tag."""

ROWS = rows_of(KINDS.values())
"""The row of every kind; whatever has none, or a field without readers, stops the start."""
ABOUT_FINDINGS = frozenset(row.tag for row in ROWS.values() if row.about_finding)
"""Kinds by which people deal with a finding; they outlast the case."""
AUDITOR_ALONE = frozenset(row.tag for row in ROWS.values() if row.written_by == "auditor")
"""Kinds that only the auditor writes."""
BY_OPERATION = frozenset(row.tag for row in ROWS.values() if row.written_by == "operation")
"""Kinds that an operation of their own writes as it does what they say; nobody records them by saying so."""
OPENS: dict[str, CaseKind] = {row.tag: row.opens for row in ROWS.values() if row.opens is not None}
"""Which act opens which kind of case."""

Act = Acted
"""Any act. `read_act` reads one that a ledger keeps, `decode_act` one that is said now."""


__all__ = [
    "ABOUT_FINDINGS",
    "AUDITOR_ALONE",
    "BY_OPERATION",
    "KINDS",
    "OPENS",
    "ROWS",
    "TAGS",
    "Act",
    "Acted",
    "AnyAct",
    "decode_act",
    "encode_act",
    "read_act",
    "row_of",
    "tag_of",
    "union_of",
]


def tag_of(act: Acted) -> str:
    """Say the act's kind."""
    return TAGS[type(act)]


def row_of(act: Acted) -> Kind:
    """Give the row of the act's kind."""
    return ROWS[type(act)]


TAGS: dict[type[Acted], str] = {kind: tag for tag, kind in KINDS.items()}


def union_of(kinds: tuple[type[Acted], ...]) -> Any:  # noqa: ANN401 -- a union made at run time has no static type
    """Make the tagged union of these kinds, for decoding and for the contract."""
    made: Any = kinds[0]
    for kind in kinds[1:]:
        made = made | kind
    return made


AnyAct = union_of(tuple(KINDS.values()))
_decoder: msgspec.json.Decoder[Acted] = msgspec.json.Decoder(AnyAct)
_encoder = msgspec.json.Encoder()


def decode_act(body: bytes | str) -> Acted:
    """Read an act as it is said today: no field may be missing, and none unknown."""
    return _decoder.decode(body)


def read_act(body: bytes | str) -> Acted:
    """Read an act as a ledger keeps it, whichever release wrote it; `ValueError` where it is none.

    What is of today is read at once. Of what is older its kind says what it was; a field that is gone stays in the body, and is not read.
    """
    try:
        return _decoder.decode(body)
    except msgspec.ValidationError:
        told = msgspec.json.decode(body)
        kind = KINDS.get(told.get("act", "")) if isinstance(told, dict) else None
        if kind is None:
            raise
        return _decoder.decode(_encoder.encode(upcast(ROWS[kind], told)))


def encode_act(act: Acted) -> bytes:
    """Write the act as the canonical JSON text that is hashed."""
    return _encoder.encode(act)
