"""Lists what is warned of and what is overdue, by due moment: clocks that were warned of first or last, then findings; judges nothing."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Annotated, Any, Literal
from uuid import UUID

from msgspec import Meta, Struct

from domain.acts.field import CityCode, Code
from domain.clock import Clock
from domain.schemes.rule import Stage
from domain.warnings.recipients import Shade
from storage.cases.clocks import COLUMNS, clock_of, keys_text
from storage.cases.closed_reports import leave_out
from storage.findings.choices import FindingChoice, FindingFilter
from storage.findings.findings import SELECT, FindingRow, narrow, row_of
from storage.findings.lights import STANDING
from storage.postgres.choices import WORKED_OUT, Choice, narrow_by
from storage.postgres.cursor import Place, packed, parts_of, place_of, seconds_of
from storage.postgres.listing import Listing, Order
from storage.postgres.transaction import Tx
from storage.postgres.unnest import names
from words import sentence

Part = Literal["warned", "overdue"]
StartSeq = Annotated[int, Meta(ge=1, le=2**31 - 1)]
Word = Annotated[str, Meta(max_length=1_000, pattern=r"^[^\x00]*$")]
"""What a text column can hold."""
_WARNED = f"SELECT k.case_id, c.city, c.district, c.scheme, {names(COLUMNS, 'k.')} FROM clock k JOIN cases c USING (case_id)"
_PENDING = ("k.state = 'running'", "k.warn IS NOT NULL", "k.next_check_at > k.due")
"""Once it was warned of, a clock is looked at next past its due moment; one that was found is not looked at again."""
_ALIKE = frozenset(FindingChoice.__struct_fields__) - {"light"}
_THEN = ("k.rule", "k.start_seq", "k.keys", "k.party")


class WarnedClock(Struct, frozen=True):
    """A running clock that was warned of, with what it is listed by."""

    case_id: UUID
    city: str
    district: str | None
    scheme: str
    clock: Clock


class WarningChoice(Struct, frozen=True, rename="camel", forbid_unknown_fields=True):
    """Which of both, as clocks are asked for it; among findings it is chosen by the choices of the same names. None is all."""

    city: Annotated[CityCode | None, Choice("c.city =", sentence("the city's code or name: 420800, 荆门市"), "city")] = None
    district: Annotated[Code | None, Choice("c.district =", sentence("the district"))] = None
    party: Annotated[Code | None, Choice("k.party =", sentence("the party that answers for it"), "party")] = None
    rule: Annotated[
        Code | None, Choice("k.rule =", sentence("the rule, or the obligation that it carries out: J-04"), "rule", metavar="RULE")
    ] = None
    stage: Annotated[Stage | None, Choice(WORKED_OUT, sentence("the stage"), "stage")] = None
    light: Annotated[Shade | None, Choice(WORKED_OUT, sentence("the grade of the warning"), "light")] = None


class WatchFilter(WarningChoice, frozen=True, kw_only=True):
    """Which of them a list shows, as far as it is the reader's to see."""

    findings: FindingFilter
    rules: tuple[str, ...] | None = None
    """Of the stage that is asked for; clocks do not know theirs."""
    without: tuple[str, ...] = ()
    """Rules whose clocks the reader does not see."""


def of_findings(chosen: WarningChoice) -> dict[str, Any]:
    """Give what is chosen by in the words of findings; their lights are asked for apart, for none is a warning."""
    return {name: getattr(chosen, name) for name in WarningChoice.__struct_fields__ if name in _ALIKE}


class WatchCursor(Struct, frozen=True):
    """Where the list goes on: in which part, and from which place of it."""

    part: Part
    place: Place


def encode_watch_cursor(spot: WatchCursor) -> str:
    """Write it as the text that a page's `next` is."""
    return packed((spot.part, seconds_of(spot.place.at), spot.place.id.hex, spot.place.then or None))


def decode_watch_cursor(text: str) -> WatchCursor:
    """Read it back; a broken text is a ValueError."""
    part, seconds, name, then = parts_of(text, tuple[Part, int, str, tuple[Word, StartSeq, Word, Word] | None])
    if (part == "warned") != (then is not None):
        raise ValueError("not a cursor of this list")
    return WatchCursor(part, place_of(seconds, name, then or ()))


async def list_watched(tx: Tx, chosen: WatchFilter, order: Order, after: WatchCursor | None, limit: int) -> list[WarnedClock | FindingRow]:
    """List from behind a spot. What is overdue was due before anything that is only warned of, so one part follows the other."""
    parts: Sequence[Part] = ("overdue", "warned") if order == "oldest" else ("warned", "overdue")
    found: list[WarnedClock | FindingRow] = []
    for part in parts[parts.index(after.part) if after else 0 :]:
        place = after.place if after is not None and after.part == part else None
        if len(found) < limit:
            found += await _READERS[part](tx, chosen, order, place, limit - len(found))
    return found


def watch_cursor_of(row: WarnedClock | FindingRow) -> WatchCursor:
    """Say where the list goes on after a row."""
    if isinstance(row, FindingRow):
        return WatchCursor("overdue", Place(row.finding.due_at, row.finding.finding_id))
    clock = row.clock
    assert clock.due is not None  # noqa: S101 -- only such are listed
    return WatchCursor("warned", Place(clock.due, row.case_id, (clock.rule, clock.start_seq, keys_text(clock.keys), clock.party)))


async def _warned(tx: Tx, chosen: WatchFilter, order: Order, after: Place | None, limit: int) -> Sequence[WarnedClock]:
    if chosen.light not in {None, "warning"}:
        return ()
    listing, asked = Listing(_WARNED, "k.due", "k.case_id", order, _THEN), chosen.findings
    for condition in _PENDING:
        listing.where(condition)
    narrow_by(listing, chosen)
    listing.among("k.party", asked.parties)
    listing.among("k.rule", chosen.rules)
    if chosen.without:
        listing.where(f"k.rule <> ALL({listing.bound(list(chosen.without))})")
    leave_out(listing, asked.closed, "k.case_id", "c.kind = 'complaint'")
    return [_warned_of(tuple(row)) for row in await listing.page(tx, after, limit)]


async def _overdue(tx: Tx, chosen: WatchFilter, order: Order, after: Place | None, limit: int) -> Sequence[FindingRow]:
    if chosen.light == "warning":
        return ()
    listing = Listing(SELECT, "due_at", "finding_id", order)
    narrow(listing, chosen.findings)
    listing.where("ended_at IS NULL")
    listing.where(STANDING)
    listing.only("light =", chosen.light)
    return [row_of(row) for row in await listing.page(tx, after, limit)]


_READERS: Mapping[Part, Callable[..., Awaitable[Sequence[WarnedClock | FindingRow]]]] = {"warned": _warned, "overdue": _overdue}


def _warned_of(row: tuple[Any, ...]) -> WarnedClock:
    case_id, city, district, scheme, *clock = row
    return WarnedClock(case_id, city, district, scheme, clock_of(clock))
