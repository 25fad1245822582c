"""Counts what the service asked of its users, and reads how soon they were connected; promises nothing."""

from datetime import date, datetime

from msgspec import Struct

from storage.assessment.scores import Books, Scored, chosen
from storage.postgres.transaction import Tx


class ServiceRequests(Struct, frozen=True, kw_only=True):
    """What the service asked of users, by who asked and month: how often, and how much where it is money (分)."""

    party: str
    act: str
    month: date
    times: int
    amount: int


class Connected(Struct, frozen=True, kw_only=True):
    """A connection of the period."""

    scheme: str
    rule: str
    party: str
    started: datetime
    ended: datetime


_ASKERS = {
    "visit.required": "requiredBy",
    "material.requested": "requestedBy",
    "fee.charged": "chargedBy",
    "form.demanded": "demandedBy",
}
# What two wrote down of one moment in the same words is one fact.
_ASKED = f"""
SELECT party, act, month, count(*), sum(amount)::bigint FROM (
    SELECT DISTINCT case_id, act, occurred_at, body,
        body::jsonb ->> (CASE act {" ".join(f"WHEN '{act}' THEN '{field}'" for act, field in _ASKERS.items())} END) AS party,
        date_trunc('month', occurred_at AT TIME ZONE 'Asia/Shanghai')::date AS month,
        coalesce((body::jsonb ->> 'amount')::bigint, 0) AS amount
    FROM entry JOIN cases USING (case_id)
    WHERE act IN ({", ".join(f"'{act}'" for act in _ASKERS)}) AND occurred_at >= $4 AND occurred_at < $5
        AND kind = 'connection' AND city = $1 AND ($2::text IS NULL OR district = $2)
) told
WHERE ($3::text IS NULL OR party = $3) AND (act <> 'fee.charged' OR (body::jsonb ->> 'works' = 'off-site' AND amount > 0))
GROUP BY party, act, month ORDER BY party, month, act
"""
_CONNECTED = """
SELECT scheme, rule, party, started, ended_at FROM clock JOIN cases USING (case_id)
WHERE (scheme, rule) IN (SELECT * FROM unnest($6::text[], $7::text[])) AND clock.state IN ('met', 'late') AND city = $1
    AND ($2::text IS NULL OR district = $2) AND ($3::text IS NULL OR party = $3) AND ended_at >= $4 AND ended_at < $5
"""


async def read_asked(tx: Tx, scored: Scored) -> list[ServiceRequests]:
    """Count what was asked of users in the period."""
    return [
        ServiceRequests(party=party, act=act, month=month, times=times, amount=amount)
        for party, act, month, times, amount in await tx.fetch(_ASKED, *chosen(scored))
    ]


async def read_connected(tx: Tx, scored: Scored, books: Books) -> list[Connected]:
    """Read the connections of the period, by the rules that measure them."""
    rules = [(book.id, one.rule) for book in books.values() for one in book.scheme.figures if one.rule is not None]
    rows = await tx.fetch(_CONNECTED, *chosen(scored), [scheme for scheme, _ in rules], [rule for _, rule in rules])
    return [Connected(scheme=scheme, rule=rule, party=party, started=started, ended=ended) for scheme, rule, party, started, ended in rows]
