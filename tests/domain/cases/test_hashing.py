"""What an entry's hash covers, written out by hand, and that no moment is written otherwise than RFC 3339 has it."""

from datetime import UTC, datetime, timedelta, timezone
from uuid import UUID

from hypothesis import example, given
from hypothesis import strategies as st

from domain.acts.connection import ApprovalPushed
from domain.ledger import Actor, Entry, body_of, preimage

CASE = UUID("5c5a2f6e-8d0b-4c50-9d3f-1f0d6a3b7e11")
ACT = ApprovalPushed(utility="jm-water", departments=("jm-cgw",))
HAPPENED = datetime(2026, 9, 7, 1, 0, 5, tzinfo=UTC)
OFFSETS = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
MOMENTS = st.datetimes(timezones=st.one_of(st.just(UTC), OFFSETS))


def _entry(occurred_at: datetime, recorded_at: datetime) -> Entry:
    return Entry(CASE, 3, occurred_at, recorded_at, Actor("jm-water", "utility", "u-1"), "c22f12b2b74615d7", ACT, body_of(ACT))


def test_the_hash_covers_the_hash_before_and_every_column_line_by_line() -> None:
    covered = preimage(b"\x01\x02", str(CASE), _entry(HAPPENED, HAPPENED + timedelta(minutes=3)))
    assert covered == (
        b"\x01\x025c5a2f6e-8d0b-4c50-9d3f-1f0d6a3b7e11\n3\n2026-09-07T01:00:05+00:00\n2026-09-07T01:03:05+00:00\n"
        b"jm-water\nutility\nu-1\nc22f12b2b74615d7\n"
        b'{"act":"approval.pushed","utility":"jm-water","departments":["jm-cgw"]}'
    )


@given(MOMENTS, MOMENTS)
@example(HAPPENED, HAPPENED + timedelta(microseconds=1))
@example(datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC))
def test_each_moment_is_hashed_with_its_offset_and_every_fraction_of_a_second(occurred_at: datetime, recorded_at: datetime) -> None:
    lines = preimage(b"", str(CASE), _entry(occurred_at, recorded_at)).decode().split("\n")
    assert lines[2] == occurred_at.isoformat()
    assert lines[3] == (occurred_at if recorded_at == occurred_at else recorded_at).isoformat()
