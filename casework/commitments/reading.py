"""Annual commitments with what stands of each, and inspections with their defects; decides nothing."""

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from calendars import local_day
from casework.commitments.views import InspectionShown, defect_shown, inspection_shown
from casework.program import Context
from domain.acts.enforcement.supervision import DefectFound, InspectionHeld
from domain.case import Case
from domain.commitments.commitment import Commitment, commitment_of
from domain.ledger import Entry
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


async def inspections_with_defects(tx: Tx, entries: Sequence[Entry]) -> list[InspectionShown]:
    """Show inspections, each with the defects that name it."""
    ledgers = await read_ledgers(tx, sorted({entry.case_id for entry in entries}))
    return [_with_defects(entry, ledgers[entry.case_id]) for entry in entries]


def _with_defects(entry: Entry, ledger: Sequence[Entry]) -> InspectionShown:
    assert isinstance(entry.act, InspectionHeld)  # noqa: S101 -- the list holds nothing else
    found = [(one, one.act) for one in ledger if isinstance(one.act, DefectFound) and one.act.inspected_seq == entry.seq]
    return replace(inspection_shown(entry, entry.act), defects=tuple(defect_shown(*one) for one in found))
