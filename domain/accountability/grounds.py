"""What a record may rest on: findings of one party that were upheld, each named once; reads none of them."""

from collections import Counter
from collections.abc import Sequence

from domain.acts.enforcement.process import Ground
from domain.cases.other_cases import OtherCases
from domain.refusals import Malformed, OutOfOrder
from words import listed, sentence

STANDS = frozenset({"upheld", "disposed"})
"""A finding that was upheld stands, whatever came of it."""


def check_upheld(other_cases: OtherCases, grounds: Sequence[Ground], party: str | None) -> None:
    """Refuse a ground that is not upheld, or not about the party."""
    twice = sorted(str(one) for one, times in Counter(ground.finding_id for ground in grounds).items() if times > 1)
    if twice:
        message = sentence("a finding is named once among the grounds; twice there is {twice}", twice=listed(twice))
        raise Malformed(message, field="grounds")
    for ground in grounds:
        _check_one(other_cases, ground, party)


def _check_one(other_cases: OtherCases, ground: Ground, party: str | None) -> None:
    found = other_cases.findings.get(ground.finding_id)
    if found is None or (found.case_id, found.party) != (ground.case_id, party):
        message = sentence(
            "{party} has no finding {finding_id} in case {case_id}",
            party=party or sentence("a subject that is no party of the plan"),
            finding_id=ground.finding_id,
            case_id=ground.case_id,
        )
        raise Malformed(message, field="grounds")
    if found.state not in STANDS:
        message = sentence(
            "the finding {finding_id} is {state}; a record rests on upheld findings only", finding_id=ground.finding_id, state=found.state
        )
        raise OutOfOrder(message, missing=["finding.decided"])
