"""Annual commitments with what stands of each, behind a place; decides nothing."""

from collections.abc import Sequence

from msgspec import Struct

from calendars import local_day
from casework.program import Context
from domain.case import Case
from domain.commitments.commitment import Commitment, commitment_of
from storage.cases.ledger import read_ledgers
from storage.commitments.commitments import CommitmentFilter, list_commitments, standards_of
from storage.postgres.cursor import Place
from storage.postgres.transaction import Tx


class FoundCommitment(Struct, frozen=True):
    """A commitment's case, and how it stands."""

    case: Case
    stands: Commitment


async def commitments_after(
    tx: Tx, context: Context, chosen: CommitmentFilter, state: str | None, after: Place | None, wanted: int
) -> list[FoundCommitment]:
    """Read on until the page is full: what state a commitment is in, its ledger says."""
    found: list[FoundCommitment] = []
    while len(found) < wanted:
        cases = await list_commitments(tx, chosen, after, wanted)
        stands = await _stands(tx, cases, local_day(context.now).year)
        found += [one for one in stands if state in {None, one.stands.state}]
        if len(cases) < wanted:
            break
        after = place_of(cases[-1])
    return found


async def _stands(tx: Tx, cases: Sequence[Case], year: int) -> list[FoundCommitment]:
    ledgers = await read_ledgers(tx, [case.case_id for case in cases])
    departments = sorted({(case.city, _department(case)) for case in cases})
    standards = {key: await standards_of(tx, *key) for key in departments}
    return [
        FoundCommitment(case, commitment_of(ledgers[case.case_id], case.state, year, standards[case.city, _department(case)]))
        for case in cases
    ]


def _department(case: Case) -> str:
    return (case.subject or "||").split("|")[1]


def place_of(case: Case) -> Place:
    """Say where a list goes on behind it."""
    return Place(case.opened_at, case.case_id)
