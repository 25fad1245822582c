"""Which entries of a ledger somebody reads, and which of their fields, as the rows of their kinds say; what no row opens is closed."""

from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple
from uuid import UUID

from domain.access.audience import Audience
from domain.acts import ROWS, Acted, row_of, tag_of
from domain.acts.enforcement.audit import FindingOpened, StepProposed, WarningRaised
from domain.acts.enforcement.process import StopStruckOut
from domain.acts.fact import DocumentAttached
from domain.acts.kinds import Kind, Reader
from domain.acts.service import ComplaintReceived
from domain.documents import named_in
from domain.ledger import Entry
from domain.people.readers import handler_of

FOR_PORTALS = frozenset({"connection", "enquiry", "complaint"})
"""The kinds of cases that a portal serves; supervision and records of a party are never its to see, be it about the portal itself."""
RESTING = frozenset({"credit", "accountability", "supervision"})
"""Kinds of case that may rest on findings of other cases."""
_CREDIT_ENDS = frozenset({"credit.repaired", "credit.expired", "credit.withdrawn"})
_OFFICE: frozenset[Reader] = frozenset({"offices"})
_PORTAL: frozenset[Reader] = frozenset({"portals"})
_PARTY: frozenset[Reader] = frozenset({"parties"})


class Standing(NamedTuple):
    """How a party stands in a case, as its ledger tells."""

    party: str | None
    findings: frozenset[UUID]
    """Those about it that it has been notified of."""
    written: frozenset[int]
    """Its own entries."""
    handler: str | None
    """The body that has taken the complaint up."""


Named = Callable[[Standing, Any], bool]


def is_for_named(row: Kind) -> bool:
    """Say whether a kind is read by the one that it is about, and not by every party."""
    return "named" in row.readers and "parties" not in row.readers


def _is_notified(standing: Standing, act: Any) -> bool:  # noqa: ANN401 -- any act about a finding
    return act.finding_id in standing.findings


_NAMED: Mapping[type[Acted], Named] = {
    WarningRaised: lambda standing, act: act.party == standing.party,
    StepProposed: lambda standing, act: act.department == standing.party,
    StopStruckOut: lambda standing, act: act.stopped_seq in standing.written,
    **{act: _is_notified for act, row in ROWS.items() if is_for_named(row) and "finding_id" in row.fields},
}
"""Whether the party is the one that an act is about; a stop that was struck out is told to whoever stopped the clock."""


def check_ruled(rows: Mapping[type[Acted], Kind], ruled: Container[type[Acted]]) -> None:
    """Refuse by `TypeError` a kind for whoever it is about of which nothing says who that is."""
    unruled = sorted(row.tag for act, row in rows.items() if is_for_named(row) and act not in ruled)
    if unruled:
        message = f"nobody says whom these are about: {', '.join(unruled)}"
        raise TypeError(message)


check_ruled(ROWS, _NAMED)


def standing_in(party: str | None, ledger: Iterable[Entry]) -> Standing:
    """Say how a party stands in a case."""
    entries = list(ledger)
    about = {entry.act.finding_id for entry in entries if isinstance(entry.act, FindingOpened) and entry.act.party == party}
    notified = {getattr(entry.act, "finding_id", None) for entry in entries if tag_of(entry.act) == "finding.notified"} if about else set()
    written = frozenset(entry.seq for entry in entries if entry.actor.party == party)
    return Standing(party, frozenset(about & notified), written, handler_of(entries))


def readers_as(who: Audience, standing: Standing, entry: Entry) -> frozenset[Reader]:
    """Say as which readers somebody comes to an entry of the case in which it stands so."""
    if who.sees == "portal":
        return _PORTAL
    found = _OFFICE if who.is_office else _PARTY
    if who.party is None:
        return found
    if entry.actor.party == who.party:
        found |= {"writer"}
    if standing.handler == who.party:
        found |= {"handler"}
    is_named = _NAMED.get(type(entry.act))
    return found | {"named"} if is_named is not None and is_named(standing, entry.act) else found


def visible(who: Audience, entries: Sequence[Entry]) -> list[Entry]:
    """Leave out of a ledger what is not somebody's to see."""
    if who.is_office:
        return list(entries)
    standing = standing_in(who.party, entries)
    left = [entry for entry in entries if is_end_of_credit(entry.act)] if is_over_for(who, entries) else entries
    seen = [entry for entry in left if reads(who, standing, entry)]
    closed = _evidence(entries) - _evidence(seen)
    return [entry for entry in seen if not _attaches(who, entry, closed)]


def reads(who: Audience, standing: Standing, entry: Entry) -> bool:
    """Say whether the row of an entry's kind opens it to somebody who stands so in its case."""
    return not row_of(entry.act).readers.isdisjoint(readers_as(who, standing, entry))


def reads_kind(who: Audience, kind: str) -> bool:
    """Say whether cases of a kind are somebody's to see at all."""
    return who.sees != "portal" or kind in FOR_PORTALS


def is_closed_report(who: Audience, act: Acted) -> bool:
    """Say whether an act makes its case a report (举报) closed to somebody: one about its own party, and for a portal each."""
    if not isinstance(act, ComplaintReceived) or act.form != "report":
        return False
    return who.sees == "portal" or act.about == who.party


def withheld(who: Audience, standing: Standing, entry: Entry) -> frozenset[str]:
    """Give the paths of an entry's fields that are not somebody's to read, though the entry is; none of most."""
    return _closed(type(entry.act), readers_as(who, standing, entry))


@lru_cache(maxsize=4096)
def _closed(act: type[Acted], readers: frozenset[Reader]) -> frozenset[str]:
    return frozenset(path for path, field in ROWS[act].fields.items() if field.readers.isdisjoint(readers))


def is_over_for(who: Audience, entries: Sequence[Entry]) -> bool:
    """Say whether an entry of a credit file has ended for one who came to it for joint measures alone and took none: it is used no more."""
    if who.is_office or not any(is_end_of_credit(entry.act) for entry in entries):
        return False
    return not any(who.party in {entry.actor.party, getattr(entry.act, "party", None)} for entry in entries)


def is_end_of_credit(act: Acted) -> bool:
    """Say whether an act ends an entry of a credit file."""
    return tag_of(act) in _CREDIT_ENDS


def _evidence(entries: Iterable[Entry]) -> set[UUID]:
    """Give the documents that acts name."""
    return {one for entry in entries for one in named_in(entry.act)}


def _attaches(who: Audience, entry: Entry, closed: Container[UUID]) -> bool:
    """Say whether an entry brought what acts alone name that somebody does not see, such as another party's objection."""
    return isinstance(entry.act, DocumentAttached) and entry.act.document_id in closed and entry.actor.party != who.party


def asks_ledger(act: Acted) -> bool:
    """Say whether the rest of its ledger tells if an act is a party's to see."""
    return hasattr(act, "finding_id") or isinstance(act, StopStruckOut | DocumentAttached) or tag_of(act).startswith("credit.")
