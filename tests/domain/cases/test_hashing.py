"""What an entry's hash covers, written out by hand, and that no moment is written otherwise than RFC 3339 has it."""

from datetime import UTC, datetime, timedelta, timezone
from uuid import UUID

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from msgspec.structs import replace

from domain.acts.connection import ApprovalPushed
from domain.ledger import Actor, Entry, body_of, chain_hash, preimage

CASE = UUID("5c5a2f6e-8d0b-4c50-9d3f-1f0d6a3b7e11")
ACT = ApprovalPushed(utility="jm-water", departments=("jm-cgw",))
HAPPENED = datetime(2026, 9, 7, 1, 0, 5, tzinfo=UTC)
OFFSETS = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
MOMENTS = st.datetimes(timezones=st.one_of(st.just(UTC), OFFSETS))


ID = UUID("0b8e4f6a-2c1d-4e9f-8a7b-6c5d4e3f2a1b")
CLERK = Actor("jm-water", "utility", "u-1", "zhang", "clerk", "jm-gas")


def _entry(occurred_at: datetime, recorded_at: datetime) -> Entry:
    act = ACT, body_of(ACT)
    return Entry(CASE, 3, occurred_at, recorded_at, CLERK, "c22f12b2b74615d7", *act, entry_id=ID, provenance="told")


def _first() -> Entry:
    actor = Actor("jm-water", "utility", "u-1")
    written = _entry(HAPPENED, HAPPENED + timedelta(minutes=3))
    return replace(written, actor=actor, provenance=None, format=1)


def test_the_hash_covers_the_hash_before_the_format_and_every_column_line_by_line() -> None:
    """The digest is that of `printf … | sha256sum`."""
    written = _entry(HAPPENED, HAPPENED + timedelta(minutes=3))
    assert preimage(b"\x01\x02", str(CASE), written) == (
        b"\x01\x022\n5c5a2f6e-8d0b-4c50-9d3f-1f0d6a3b7e11\n3\n0b8e4f6a-2c1d-4e9f-8a7b-6c5d4e3f2a1b\ntold\n"
        b"2026-09-07T01:00:05+00:00\n2026-09-07T01:03:05+00:00\njm-water\nutility\nu-1\nzhang\nclerk\njm-gas\nc22f12b2b74615d7\n"
        b'{"act":"approval.pushed","utility":"jm-water","departments":["jm-cgw"]}'
    )
    assert chain_hash(b"\x01\x02", written).hex() == "e3b8649299944579e4ac8cd5553016ebc5dfd3a37143b22fe0d17a057ad7c124"


def test_an_entry_of_the_first_format_is_hashed_as_it_was() -> None:
    covered = preimage(b"\x01\x02", str(CASE), _first())
    assert covered == (
        b"\x01\x025c5a2f6e-8d0b-4c50-9d3f-1f0d6a3b7e11\n3\n2026-09-07T01:00:05+00:00\n2026-09-07T01:03:05+00:00\n"
        b"jm-water\nutility\nu-1\nc22f12b2b74615d7\n"
        b'{"act":"approval.pushed","utility":"jm-water","departments":["jm-cgw"]}'
    )
    assert chain_hash(b"\x01\x02", _first()).hex() == "c726c5ca849b4c287dfc3e1b8e3c61e965adc37416ae05207319e263fe0706ca"


@pytest.mark.parametrize(
    "changed",
    [
        {"provenance": "told"},
        {"actor": Actor("jm-water", "utility", "u-1", person="zhang")},
        {"actor": Actor("jm-water", "utility", "u-1", post="clerk")},
        {"actor": Actor("jm-water", "utility", "u-1", on_behalf_of="jm-gas")},
        {"format": 0},
        {"format": 3},
    ],
)
def test_nothing_stands_in_an_entry_that_its_format_does_not_hash(changed: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="format"):
        preimage(b"", str(CASE), replace(_first(), **changed))


@given(MOMENTS, MOMENTS)
@example(HAPPENED, HAPPENED + timedelta(microseconds=1))
@example(datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC))
def test_each_moment_is_hashed_with_its_offset_and_every_fraction_of_a_second(occurred_at: datetime, recorded_at: datetime) -> None:
    lines = preimage(b"", str(CASE), _entry(occurred_at, recorded_at)).decode().split("\n")
    assert lines[5] == occurred_at.isoformat()
    assert lines[6] == (occurred_at if recorded_at == occurred_at else recorded_at).isoformat()
