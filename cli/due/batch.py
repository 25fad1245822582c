"""Answers JSON lines one by one, in order; a line that cannot be answered gets its error and holds nobody up."""

from collections.abc import Iterable
from typing import BinaryIO

import msgspec
from msgspec import Struct, field

from calendars import BeyondCalendar
from cli.due.answer import Counter, answer
from cli.terminal.dates import parse_moment
from cli.terminal.saying import message_of
from domain.refusals import Refusal
from words import say


class Asked(Struct, frozen=True, forbid_unknown_fields=True):
    rule: str
    from_: str = field(name="from")
    stops: tuple[tuple[str, str | None], ...] = ()


class Failed(Struct, frozen=True):
    error: str
    line: int


_asked = msgspec.json.Decoder(Asked)
_encode = msgspec.json.Encoder().encode


def answer_lines(counter: Counter, lines: Iterable[bytes], out: BinaryIO, *, explained: bool) -> None:
    """Write a line for each line, each at once, so that another program may ask and wait."""
    for number, line in enumerate(lines, 1):
        try:
            made = _answered(counter, line, explained=explained)
        except (Refusal, BeyondCalendar, ValueError, OverflowError) as fault:
            made = _encode(Failed(say(message_of(fault)), number))
        out.write(made + b"\n")
        out.flush()


def _answered(counter: Counter, line: bytes, *, explained: bool) -> bytes:
    asked = _asked.decode(line)
    stops = [(parse_moment(begin), None if end is None else parse_moment(end)) for begin, end in asked.stops]
    found = counter.estimate(asked.rule, parse_moment(asked.from_), stops, explained=explained)
    return _encode(answer(found, explained=explained))
