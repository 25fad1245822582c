"""What falls with a finding: a ground of each record that rests on it, and the record with its last ground."""

from uuid import UUID

import msgspec
import pytest

from domain.acts import Acted
from domain.acts.enforcement.accountability import AccountabilityDecided, AccountabilityProposed, AccountabilityWithdrawn
from domain.acts.enforcement.audit import FindingLapsed, GroundFell, StepProposed
from domain.acts.enforcement.credit import CreditDecided, CreditProposed, CreditSubject, CreditWithdrawn, SuspicionRef
from domain.acts.enforcement.ladder import InterviewArranged
from domain.acts.enforcement.process import FindingDecided, Ground
from domain.acts.fact import RemarkMade
from domain.findings.cascade import ended_by, fallen, rests_on
from domain.ledger import Entry
from tests.domain.stories import CASE, Story, shanghai

ONE, TWO, OTHER = (Ground(finding_id=UUID(int=n), case_id=CASE) for n in (1, 2, 3))


def record(*acts: Acted) -> list[Entry]:
    story = Story("jingmen-2023")
    for act in acts:
        story.at("2026-11-16 10:00").does(act, by="jm-fgw")
    return story.entries


def accountability(*grounds: Ground) -> AccountabilityProposed:
    return AccountabilityProposed(unit="jm-water", by="jm-fgw", conduct="slow", facts="逾期", grounds=grounds)


def credit(*grounds: Ground, suspicion: SuspicionRef | None = None) -> CreditProposed:
    subject = CreditSubject(kind="enterprise", role="utility", name="水务集团", credit_code="91350100M000100Y43")
    whose = {"conduct": "commitment-not-honoured", "facts": "未兑现", "by": "jm-fgw"}
    return CreditProposed(subject=subject, grounds=grounds, suspicion=suspicion, **whose)  # type: ignore[arg-type]  # as written


def fell(ground: Ground, left: int) -> GroundFell:
    return GroundFell(finding_id=ground.finding_id, case_id=CASE, left=left)


def test_a_record_stands_on_the_grounds_that_are_left() -> None:
    assert fallen(record(accountability(ONE, TWO)), [ONE]) == (fell(ONE, 1),)


def test_a_record_is_withdrawn_with_its_last_ground_and_by_nobody() -> None:
    made = fallen(record(accountability(ONE)), [ONE])
    assert made[0] == fell(ONE, 0)
    assert isinstance(made[1], AccountabilityWithdrawn)
    assert made[1].by is None
    assert [type(act) for act in fallen(record(credit(ONE, TWO)), [TWO, ONE])] == [GroundFell, GroundFell, CreditWithdrawn]


def test_a_second_ground_falls_where_the_first_has_fallen_before() -> None:
    made = fallen(record(credit(ONE, TWO), fell(ONE, 1)), [TWO])
    assert [type(act) for act in made] == [GroundFell, CreditWithdrawn]


def test_a_ground_falls_once_and_another_record_is_not_touched() -> None:
    assert fallen(record(credit(ONE), fell(ONE, 0)), [ONE]) == ()
    assert fallen(record(credit(ONE)), [OTHER]) == ()


@pytest.mark.parametrize(
    "later",
    [
        CreditWithdrawn(reason="法院判决", by="jm-fgw"),
        CreditDecided(by="jm-fgw", outcome="refused", reason="不列入"),
    ],
)
def test_a_record_that_came_to_nothing_is_not_withdrawn_again(later: Acted) -> None:
    assert fallen(record(credit(ONE), later), [ONE]) == (fell(ONE, 0),)


def test_a_decision_to_do_nothing_stays_and_one_to_enter_is_withdrawn() -> None:
    nothing = AccountabilityDecided(by="jm-fgw", measure="none", reason="情节轻微")
    assert fallen(record(accountability(ONE), nothing), [ONE]) == (fell(ONE, 0),)
    criticism = msgspec.structs.replace(nothing, measure="criticism")
    assert isinstance(fallen(record(accountability(ONE), criticism), [ONE])[-1], AccountabilityWithdrawn)
    entered = CreditDecided(by="jm-fgw", outcome="entered", reason="列入")
    assert isinstance(fallen(record(credit(ONE), entered), [ONE])[-1], CreditWithdrawn)


def test_a_credit_entry_that_rests_on_a_confirmed_suspicion_too_stands_on_that() -> None:
    assert fallen(record(credit(ONE, suspicion=SuspicionRef(case_id=CASE, seq=4))), [ONE]) == (fell(ONE, 0),)


def test_an_interview_loses_its_ground_and_is_history_all_the_same() -> None:
    held = shanghai("2026-11-20 10:00")
    arranged = InterviewArranged(party="jm-water", by="jm-fgw", ground="多次逾期", findings=(ONE,), held_for=held, place="会议室")
    assert fallen(record(arranged), [ONE]) == (fell(ONE, 0),)


def test_what_is_proposed_only_is_no_record() -> None:
    (entry,) = record(StepProposed(step="credit", party="jm-water", grounds=(ONE,), text="拟记入"))
    assert rests_on(entry) == ()


def test_a_finding_ends_by_lapsing_and_by_every_decision_but_one_to_uphold() -> None:
    decided = FindingDecided(finding_id=ONE.finding_id, by="jm-spj", outcome="withdrawn", reason="数据有误")
    excused = msgspec.structs.replace(decided, finding_id=TWO.finding_id, outcome="excused", excuse="safety")
    upheld = msgspec.structs.replace(decided, outcome="upheld")
    lapsed = FindingLapsed(finding_id=OTHER.finding_id, because_seq=1)
    assert ended_by(record(decided, upheld, RemarkMade(text="无"), excused, lapsed)) == (ONE, TWO, OTHER)
