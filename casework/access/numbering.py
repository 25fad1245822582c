"""The versions of cases as a caller reads them: a party's count what it was told, so that none tells of what it may not see."""

from collections.abc import Sequence
from typing import Protocol, TypeVar

from msgspec import structs

from casework.access.caller import Caller
from domain.case import Case
from domain.feed.fold import shown
from domain.ledger import Entry
from storage.cases.cases import read_joined
from storage.cases.ledger import read_ledgers
from storage.postgres.transaction import Tx


class OfCase(Protocol):
    """Whatever is shown of a case, with the case itself."""

    @property
    def case(self) -> Case:
        """Give the case."""


Found = TypeVar("Found", bound=OfCase)


async def as_told(tx: Tx, caller: Caller, case: Case) -> Case:
    """Give a case at the version that the caller reads."""
    [told] = await all_as_told(tx, caller, [case])
    return told


async def all_as_told(tx: Tx, caller: Caller, cases: Sequence[Case]) -> list[Case]:
    """Give cases at the versions that the caller reads; the offices' are the ledgers' own."""
    if caller.audience.is_office or not cases:
        return list(cases)
    ids = [case.case_id for case in cases]
    ledgers, joined = await read_ledgers(tx, ids), await read_joined(tx, ids, caller.party)
    return [_counted(caller, case, ledgers[case.case_id], joined.get(case.case_id, 1)) for case in cases]


async def each_as_told(tx: Tx, caller: Caller, found: Sequence[Found]) -> list[Found]:
    """The same of what is shown of cases."""
    cases = await all_as_told(tx, caller, [one.case for one in found])
    return [structs.replace(one, case=case) for one, case in zip(found, cases, strict=True)]  # type: ignore[type-var] # all of them are structs


async def told_after(tx: Tx, caller: Caller, case: Case, ledger: Sequence[Entry]) -> Case:
    """Give a case that was just written to, whose ledger is at hand, at the version that its writer reads."""
    if caller.audience.is_office:
        return case
    joined = await read_joined(tx, [case.case_id], caller.party)
    return _counted(caller, case, ledger, joined.get(case.case_id, 1))


def newly_told(caller: Caller, case: Case, ledger: Sequence[Entry]) -> Case:
    """Give a case that was just opened at the version that whoever opened it reads."""
    return case if caller.audience.is_office else _counted(caller, case, ledger, 1)


def _counted(caller: Caller, case: Case, ledger: Sequence[Entry], joined_seq: int) -> Case:
    return structs.replace(case, told=len(shown(caller.audience, ledger, joined_seq)))
