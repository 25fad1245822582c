"""Cursors: what was written is read, and anything else is refused as a ValueError."""

import pytest

from storage.postgres.cursor import Cursor, Place, decode_cursor, decode_place, encode_cursor, encode_place
from tests.storage.making import AT, a_case

BROKEN = ["", "x", "!!!", "AAAA", "bnVsbA", "WzEsMl0", "WzEsMiwzLDRd", "中文", "W10=", "eyJhIjoxfQ", "a" * 5000, "\0"]


def test_a_feed_cursor_is_read_as_it_was_written() -> None:
    cursor = Cursor(3, 2**62, 17)
    assert decode_cursor(encode_cursor(cursor)) == cursor


def test_a_place_is_read_as_it_was_written() -> None:
    place = Place(AT, a_case().case_id)
    assert decode_place(encode_place(place)) == place


@pytest.mark.parametrize("text", BROKEN)
def test_a_broken_cursor_is_a_value_error(text: str) -> None:
    with pytest.raises(ValueError, match="not a cursor"):
        decode_cursor(text)
    with pytest.raises(ValueError, match="not a cursor"):
        decode_place(text)


@pytest.mark.parametrize("cursor", [Cursor(-1, 0, 0), Cursor(2**31, 0, 0), Cursor(0, 2**63, 0), Cursor(0, 0, -1)])
def test_a_cursor_past_the_columns_is_a_value_error(cursor: Cursor) -> None:
    with pytest.raises(ValueError, match="not a cursor"):
        decode_cursor(encode_cursor(cursor))


def test_a_place_past_the_calendar_is_a_value_error() -> None:
    far = encode_cursor(Cursor(10**15, 0, 0))
    with pytest.raises(ValueError, match="not a cursor"):
        decode_place(far)
    with pytest.raises(ValueError, match="not a cursor"):
        decode_place("WzEwMDAwMDAwMDAwMDAwMDAsICIwMCJd")
