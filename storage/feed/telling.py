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
from storage.cases.cases import read_cases
from storage.cases.closed_reports import resting_on_reports
from storage.cases.ledger import read_ledgers
from storage.feed.audiences import Listener, move_on, read_audiences
from storage.postgres.transaction import Tx

_OUT = """
SELECT audience, case_id, array_agg(seq ORDER BY k) AS seqs FROM feed WHERE case_id = ANY($1::uuid[]) GROUP BY audience, case_id
"""
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
    to_tell = await folded(tx, case_ids)
    out = await read_told(tx, case_ids) if to_tell else {}
    await _write(tx, [row for (audience, case_id), seqs in to_tell.items() for row in _new(audience, case_id, seqs, out)])


async def folded(tx: Tx, case_ids: Sequence[UUID]) -> dict[tuple[int, UUID], list[int]]:
    """Give what each audience is to be told of each of these cases, case by case: the numbers of its entries, in their order."""
    listeners = await read_audiences(tx) if case_ids else []
    following = await who_follows(tx, listeners, case_ids) if listeners else {}
    ledgers = await read_ledgers(tx, list(following)) if following else {}
    return {
        (listener.id, case_id): [seq for _, seq in shown(listener.who, ledgers[case_id], joined_seq)]
        for case_id, listening in following.items()
        for listener, joined_seq in listening
        if not any(is_closed_report(listener.who, entry.act) for entry in ledgers[case_id])
    }


async def read_told(tx: Tx, case_ids: Sequence[UUID]) -> dict[tuple[int, UUID], list[int]]:
    """Give what each audience was told of each of these cases, in the order in which it was."""
    rows = await tx.fetch(_OUT, list(case_ids))
    return {(row["audience"], row["case_id"]): row["seqs"] for row in rows}


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


def _new(audience: int, case_id: UUID, seqs: Sequence[int], out: Mapping[tuple[int, UUID], Sequence[int]]) -> Iterator[Row]:
    told = set(out.get((audience, case_id), ()))
    yield from (Row(audience, case_id, seq, k) for k, seq in enumerate((seq for seq in seqs if seq not in told), len(told) + 1))


async def _write(tx: Tx, rows: Sequence[Row]) -> None:
    if not rows:
        return
    last = await move_on(tx, Counter(row.audience for row in rows))
    numbered: list[tuple[int, int, UUID, int, int]] = []
    for row in rows:
        last[row.audience] += 1
        numbered.append((row.audience, last[row.audience], row.case_id, row.seq, row.k))
    await tx.copy_records_to_table("feed", records=numbered, columns=_COLUMNS)
