"""What the end of a finding does to a record that rests on it: that ground falls, and with its last ground the record."""

from collections.abc import Collection, Iterator, Sequence
from uuid import UUID

from domain.acts import Acted
from domain.acts.enforcement.accountability import AccountabilityDecided, AccountabilityProposed, AccountabilityWithdrawn
from domain.acts.enforcement.audit import FindingLapsed, GroundFell, StepProposed
from domain.acts.enforcement.credit import CreditDecided, CreditProposed, CreditWithdrawn
from domain.acts.enforcement.process import FindingDecided, Ground
from domain.cases.other_cases import grounds_of
from domain.ledger import Entry

_REASON = "every finding that it rests on was withdrawn or excused, or has lapsed"


def ended_by(entries: Sequence[Entry]) -> tuple[Ground, ...]:
    """Name the findings that these entries end without their being upheld, or by their being withdrawn after that."""
    return tuple(_ended(entries))


def _ended(entries: Sequence[Entry]) -> Iterator[Ground]:
    for entry in entries:
        act = entry.act
        if isinstance(act, FindingLapsed) or (isinstance(act, FindingDecided) and act.outcome != "upheld"):
            yield Ground(finding_id=act.finding_id, case_id=entry.case_id)


def rests_on(entry: Entry) -> tuple[Ground, ...]:
    """Name the findings that a record rests on by an entry; what is proposed only is no record yet."""
    return () if isinstance(entry.act, StepProposed) else grounds_of(entry.act)


def fallen(record: Sequence[Entry], ended: Collection[Ground]) -> tuple[Acted, ...]:
    """Say what the auditor writes into a record: each ground that fell, and its withdrawal once none is left."""
    grounds = {one.finding_id: one for entry in record for one in rests_on(entry)}
    fell = {entry.act.finding_id for entry in record if isinstance(entry.act, GroundFell)}
    said: list[Acted] = []
    for one in sorted(ended, key=_by_id):
        if one.finding_id in grounds and one.finding_id not in fell:
            fell.add(one.finding_id)
            said.append(GroundFell(finding_id=one.finding_id, case_id=one.case_id, left=len(grounds.keys() - fell)))
    return (*said, *_withdrawn(record)) if said and not grounds.keys() - fell else tuple(said)


def _by_id(ground: Ground) -> UUID:
    return ground.finding_id


def _withdrawn(record: Sequence[Entry]) -> tuple[Acted, ...]:
    """Withdraw a record that stands; one that rests on a confirmed suspicion or a judged order too stands on that."""
    acts = [entry.act for entry in record]
    for act in acts:
        if isinstance(act, CreditWithdrawn | AccountabilityWithdrawn) or _came_to_nothing(act):
            return ()
    first = acts[0]
    if isinstance(first, AccountabilityProposed):
        return (AccountabilityWithdrawn(reason=_REASON),)
    if isinstance(first, CreditProposed) and first.suspicion is None and first.supervision is None:
        return (CreditWithdrawn(reason=_REASON),)
    return ()


def _came_to_nothing(act: Acted) -> bool:
    if isinstance(act, AccountabilityDecided):
        return act.measure == "none"
    return isinstance(act, CreditDecided) and act.outcome == "refused"
