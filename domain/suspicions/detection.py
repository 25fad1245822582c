"""What is odd about an act as it is recorded, by the signs that the scheme names; a person looks, and nothing follows by itself."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import takewhile

from calendars import OfficeClock, local_day
from domain.acts import BY_OPERATION, Acted, tag_of
from domain.acts.connection import SignoffGiven
from domain.acts.enforcement.audit import SuspicionRaised
from domain.acts.kinds import CaseKind
from domain.acts.service import EnquiryReceived, EnquiryReclassified
from domain.acts.stop import ClockStopped
from domain.cases.context import ActContext
from domain.cases.other_cases import Opening
from domain.schemes.enforcement import Suspicions
from domain.schemes.program import limit_of
from domain.schemes.rulebook import Rulebook

_BULK = "written-in-bulk"
_BESIDE = BY_OPERATION | {"remark.made"}
_CLASS_HOURS = timedelta(hours=24)
"""How long a matter may be made a complex one."""


def suspicions_of(asked: ActContext, act: Acted) -> Iterator[SuspicionRaised]:
    """Give what a person should look at about an act; the act itself is the ledger's next entry."""
    signs = signs_of(asked.book, asked.case.kind)
    if signs is None:
        return
    if asked.recorded_at > asked.at and _long_after(asked.book, signs, asked):
        yield _raised(signs, asked, "written-late")
    yield from _in_bulk(asked, act, signs)
    if isinstance(act, ClockStopped):
        yield from _late_stop(asked, signs, act)
    elif isinstance(act, EnquiryReclassified):
        yield from _late_class(asked, signs)
    elif isinstance(act, SignoffGiven):
        yield from _one_hand(asked, signs, act)


def suspicions_at_opening(opening: Opening, kind: CaseKind) -> Iterator[SuspicionRaised]:
    """Give the same about the act that opens a case: nothing else but when it was written can be odd about it."""
    signs = signs_of(opening.book, kind)
    if signs is not None and opening.recorded_at > opening.at and _long_after(opening.book, signs, opening):
        yield SuspicionRaised(about="written-late", seqs=(1,), party=opening.actor.party, assumes=signs.assumes)


def signs_of(book: Rulebook, kind: str) -> Suspicions | None:
    """Give the signs, where the plan has any and lets a person answer in such a case."""
    row = book.scheme.acts.get("suspicion.cleared")
    return book.scheme.suspicions if row is not None and kind in row.case else None


def _raised(signs: Suspicions, asked: ActContext, about: str, *others: int, party: str | None = None) -> SuspicionRaised:
    seqs = (asked.case.seq + 1, *others)
    return SuspicionRaised(about=about, seqs=seqs, party=party or asked.actor.party, assumes=signs.assumes)


def _long_after(book: Rulebook, signs: Suspicions, said: ActContext | Opening) -> bool:
    """Say whether it was written later than the limit lets it, by the office hours of whoever wrote it."""
    if said.offices is None:
        return False
    office = said.offices.of(book, said.actor.party, said.offices.newest)
    lawful: datetime | None = office.due(said.at, limit_of(book.scheme, signs.written_after))
    return lawful is not None and said.recorded_at > lawful


def _in_bulk(asked: ActContext, act: Acted, signs: Suspicions) -> Iterator[SuspicionRaised]:
    """Tell of one account's run of acts once, as it reaches the number; what is attached, read or remarked is no step of a case."""
    if tag_of(act) in _BESIDE:
        return
    since = asked.recorded_at - timedelta(minutes=signs.bulk_minutes)
    seqs: list[int] = []
    told: set[int] = set()
    for entry in takewhile(lambda one: one.recorded_at >= since, reversed(asked.entries)):
        if isinstance(entry.act, SuspicionRaised) and entry.act.about == _BULK:
            told.update(entry.act.seqs)
        if entry.actor == asked.actor and tag_of(entry.act) not in _BESIDE:
            seqs.append(entry.seq)
    if len(seqs) + 1 >= signs.bulk_acts and told.isdisjoint(seqs):
        yield _raised(signs, asked, _BULK, *reversed(seqs))


def _late_stop(asked: ActContext, signs: Suspicions, act: ClockStopped) -> Iterator[SuspicionRaised]:
    """Tell of a clock that is stopped, or whose stop is written, just before the office closes on a day that counts."""
    for clock in asked.clocks:
        if clock.rule != act.rule or clock.keys != act.keys:
            continue
        office = asked.offices.of(asked.book, clock.party, asked.offices.newest)
        if any(_is_last(office, at, signs.last_minutes) for at in (asked.at, asked.recorded_at)):
            yield _raised(signs, asked, "late-stop", clock.start_seq, party=clock.party)
            return


def _is_last(office: OfficeClock, at: datetime, minutes: int) -> bool:
    day = local_day(at)
    return office.calendar.is_working(day) and timedelta(0) <= office.close_of(day) - at <= timedelta(minutes=minutes)


def _late_class(asked: ActContext, signs: Suspicions) -> Iterator[SuspicionRaised]:
    """Tell of a matter that was made a complex one when its day was nearly over."""
    received = next(entry for entry in asked.entries if isinstance(entry.act, EnquiryReceived))
    left = received.occurred_at + _CLASS_HOURS - max(asked.at, asked.recorded_at)
    if left <= timedelta(minutes=signs.class_minutes):
        yield _raised(signs, asked, "late-class", received.seq)


def _one_hand(asked: ActContext, signs: Suspicions, act: SignoffGiven) -> Iterator[SuspicionRaised]:
    """Tell of an account that gives the opinion of one department after another's; of each department once."""
    own = [(entry.seq, entry.act) for entry in asked.entries if entry.actor.account == asked.actor.account]
    given = {seq: one.department for seq, one in own if isinstance(one, SignoffGiven)}
    if given and act.department not in given.values():
        yield _raised(signs, asked, "one-hand", *given)
