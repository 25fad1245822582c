"""What the auditor proposes of the ladder: an order, an interview, a referral, each once, and never what only a person arranges."""

import msgspec
import pytest

from domain.acts.enforcement.audit import StepProposed
from domain.acts.enforcement.ladder import InterviewArranged, PenaltyReferred
from domain.ledger import AUDITOR, Entry
from domain.schemes.rulebook import Rulebook, compile_scheme
from domain.supervision.proposing import orders_wanted, rung_wanted
from tests.domain.desk import Desk
from tests.domain.stories import book, shanghai
from tests.domain.supervision.laddering import PARKS, WATER, Ladder, inspected, insufficient_twice

CITY = book("jingmen-2023")
NO_LADDER = compile_scheme(msgspec.structs.replace(CITY.scheme, ladder=None))
SAYS_NOTHING = compile_scheme(
    msgspec.structs.replace(CITY.scheme, ladder=msgspec.structs.replace(CITY.scheme.ladder, assumes=None))  # type: ignore[type-var]  # it has one
)


def rung(ladder: Ladder, case: str, at: str = "2026-12-01 12:00", plan: Rulebook = CITY) -> StepProposed | None:
    return rung_wanted(plan, ladder.entries(case), ladder.beside(case), ladder.clocks(case), shanghai(at))


def noted(ladder: Ladder, case: str, step: StepProposed) -> None:
    last = ladder.entries(case)[-1]
    ladder.entries(case).append(
        Entry(last.case_id, last.seq + 1, last.recorded_at, last.recorded_at, AUDITOR, last.edition, step, "{}", b"")
    )


def orders(ladder: Ladder, plan: Rulebook = CITY) -> list[StepProposed]:
    return list(orders_wanted(plan, ladder.entries("commitment"), ladder.beside("commitment")))


def test_an_order_is_proposed_for_each_defect_that_stands_without_one_and_once() -> None:
    ladder = Ladder()
    seq, other = ladder.finds("2026-03-16"), ladder.finds("2026-03-17", item=2)
    assert [(one.step, one.party, one.department, one.because_seqs, one.grounds) for one in orders(ladder)] == [
        ("order", WATER, PARKS, (3,), ()),
        ("order", WATER, PARKS, (5,), ()),
    ]
    assert orders(ladder)[0].text == "第3条记录：未达到承诺标准，尚未责令限期整改（四(二)1）"
    ladder.orders("order", "2026-03-18 10:00", "2026-03-27", seq)
    noted(ladder, "commitment", orders(ladder)[0])
    assert (seq, other) == (3, 5)
    assert orders(ladder) == []


def test_no_order_is_proposed_for_what_was_mended_nor_without_a_ladder() -> None:
    ladder = Ladder()
    ladder.finds("2026-03-16")
    assert orders(ladder, NO_LADDER) == []
    ladder.does("commitment", "2026-03-17 10:00", PARKS, inspected((1, True)))
    assert orders(ladder) == []
    assert list(orders_wanted(CITY, insufficient_twice().entries("second"), {})) == []


def test_an_interview_is_proposed_with_what_is_under_it_and_once() -> None:
    ladder = insufficient_twice()
    assert rung(ladder, "first") is None
    wanted = rung(ladder, "second")
    assert wanted is not None
    assert (wanted.step, wanted.party, wanted.department, wanted.because_seqs) == ("interview", WATER, PARKS, (1, 3))
    assert wanted.text.startswith(
        "同一年度承诺下已有2次责令整改，最近一次第3条记录认定整改不到位（四(二)1；设定：同一年度承诺下有两次责令整改"
    )
    assert rung(ladder, "second", plan=NO_LADDER) is None
    noted(ladder, "second", wanted)
    assert rung(ladder, "second") is None


def test_a_day_gone_without_a_report_is_said_so() -> None:
    ladder = Ladder()
    ladder.orders("first", "2026-03-17 10:00", "2026-03-27", ladder.finds("2026-03-16"))
    ladder.orders("second", "2026-06-09 10:00", "2026-06-18", ladder.finds("2026-06-08", item=2))
    assert rung(ladder, "second", "2026-06-18 18:00") is None
    wanted = rung(ladder, "second", "2026-06-18 18:00:01", SAYS_NOTHING)
    assert wanted is not None
    assert (wanted.text, wanted.because_seqs) == ("同一年度承诺下已有2次责令整改，最近一次整改期限已过，没有报告（四(二)1）", (1,))


def interviewed(*attended: str) -> Ladder:
    ladder = insufficient_twice()
    ladder.calls("second", "2026-06-18 11:00", "2026-06-22 09:00")
    ladder.holds("second", "2026-06-22 10:00", *attended)
    return ladder


def test_a_referral_is_proposed_where_nobody_came() -> None:
    ladder = interviewed()
    wanted = rung(ladder, "second", plan=SAYS_NOTHING)
    assert wanted is not None
    assert (wanted.step, wanted.because_seqs, wanted.text) == ("referral", (5,), "约谈无人参加，请研究是否属于“情节严重”（四(二)1）")
    noted(ladder, "second", wanted)
    assert rung(ladder, "second") is None


def test_a_referral_is_proposed_where_the_rectification_was_judged_insufficient_again() -> None:
    ladder = interviewed("王经理")
    assert rung(ladder, "second") is None
    ladder.reports("second", "2026-06-25 10:00")
    ladder.judges("second", "2026-06-26 10:00", accepted=False)
    wanted = rung(ladder, "second")
    assert wanted is not None
    assert (wanted.step, wanted.because_seqs) == ("referral", (5, 7))
    referred = PenaltyReferred(utility=WATER, department=PARKS, authority="某执法机关", law="《某某管理条例》第十条", facts="连续违规")
    ladder.does("second", "2026-06-27 10:00", PARKS, referred)
    assert rung(ladder, "second") is None


@pytest.mark.parametrize("attended", [(), ("王经理",)])
def test_no_referral_is_proposed_where_it_was_put_right_after_the_interview(attended: tuple[str, ...]) -> None:
    ladder = interviewed(*attended)
    ladder.reports("second", "2026-06-25 10:00")
    ladder.judges("second", "2026-06-26 10:00", accepted=True)
    assert rung(ladder, "second") is None


def test_nothing_is_ever_proposed_about_an_arranged_interview() -> None:
    desk = Desk()
    arranged = InterviewArranged(party=WATER, by="jm-zjj", ground="停水", held_for=shanghai("2026-06-12 09:00"), place="二楼")
    desk.opens(arranged, by="jm-zjj", at="2026-06-10 09:00")
    assert rung_wanted(CITY, desk.story.entries, {}, (), shanghai("2026-12-01 12:00")) is None
