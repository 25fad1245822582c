"""Writes to each audience what the fold of a case's ledger gives and it has not been told yet; whoever calls it is alone at it.

Always true afterwards: of a case, an audience has the rows that the fold of its ledger gives; `k` and `n` count from 1 without gaps; the
rows of one case lie by `n` as they do by `k`.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple
from uuid import UUID

from domain.access.visibility import RESTING, is_closed_report, reads_kind
from domain.case import Case
from domain.feed.fold import shown
from domain.ledger import Entry
from storage.cases.cases import read_cases
from storage.cases.closed_reports import resting_on_reports
from storage.cases.ledger import read_ledgers
from storage.feed.audiences import Listener, move_on, read_audiences
from storage.postgres.transaction import Tx

_OUT = "SELECT audience, case_id, array_agg(seq) AS seqs FROM feed WHERE case_id = ANY($1::uuid[]) GROUP BY audience, case_id"
_COLUMNS = ("audience", "n", "case_id", "seq", "k")


class Listening(NamedTuple):
    """An audience that may be told of a case, and the entry from which on."""

    listener: Listener
    joined_seq: int


class Row(NamedTuple):
    """A row of the feed that has no `n` yet."""

    audience: int
    case_id: UUID
    seq: int
    k: int


async def tell(tx: Tx, case_ids: Sequence[UUID]) -> None:
    """Tell all audiences of these cases, in this order."""
    listeners = await read_audiences(tx) if case_ids else []
    following = await who_follows(tx, listeners, case_ids) if listeners else {}
    if not following:
        return
    ledgers = await read_ledgers(tx, list(following))
    out = {(row["audience"], row["case_id"]): set(row["seqs"]) for row in await tx.fetch(_OUT, list(following))}
    await _write(tx, [row for case_id in following for row in _rows(following[case_id], ledgers[case_id], out)])


async def who_follows(tx: Tx, listeners: Sequence[Listener], case_ids: Sequence[UUID]) -> dict[UUID, list[Listening]]:
    """Say which audiences take part in which of these cases, and from which entry on; cases that nobody follows are left out."""
    cases = {case.case_id: case for case in await read_cases(tx, case_ids)}
    joined: dict[UUID, dict[str, int]] = defaultdict(dict)
    for row in await tx.fetch("SELECT case_id, party, joined_seq FROM case_party WHERE case_id = ANY($1::uuid[])", list(case_ids)):
        joined[row["case_id"]][row["party"]] = row["joined_seq"]
    closed = await _resting(tx, listeners, cases)
    found = {
        case_id: [one for one in _followers(listeners, cases[case_id], joined[case_id]) if (one.listener.who.party, case_id) not in closed]
        for case_id in case_ids
        if case_id in cases
    }
    return {case_id: listening for case_id, listening in found.items() if listening}


def _followers(listeners: Sequence[Listener], case: Case, joined: Mapping[str, int]) -> Iterator[Listening]:
    for listener in listeners:
        who = listener.who
        since = 1 if who.is_office else joined.get(who.party or "")
        if since is not None and who.city == case.city and reads_kind(who, case.kind):
            yield Listening(listener, since)


async def _resting(tx: Tx, listeners: Sequence[Listener], cases: Mapping[UUID, Case]) -> set[tuple[str | None, UUID]]:
    """Say of which records a party may not know, since they rest on a finding of a report about it."""
    records = sorted(case_id for case_id, case in cases.items() if case.kind in RESTING)
    parties = sorted({one.who.party for one in listeners if one.who.party is not None}) if records else []
    return {(party, case_id) for party in parties for case_id in await resting_on_reports(tx, records, party)}


def _rows(following: Sequence[Listening], ledger: Sequence[Entry], out: Mapping[tuple[int, UUID], set[int]]) -> Iterator[Row]:
    for listener, joined_seq in following:
        if any(is_closed_report(listener.who, entry.act) for entry in ledger):
            continue
        case_id = ledger[0].case_id
        told = out.get((listener.id, case_id), set())
        new = (seq for _, seq in shown(listener.who, ledger, joined_seq) if seq not in told)
        yield from (Row(listener.id, case_id, seq, k) for k, seq in enumerate(new, len(told) + 1))


async def _write(tx: Tx, rows: Sequence[Row]) -> None:
    if not rows:
        return
    last = await move_on(tx, Counter(row.audience for row in rows))
    numbered: list[tuple[int, int, UUID, int, int]] = []
    for row in rows:
        last[row.audience] += 1
        numbered.append((row.audience, last[row.audience], row.case_id, row.seq, row.k))
    await tx.copy_records_to_table("feed", records=numbered, columns=_COLUMNS)
