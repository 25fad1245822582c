"""责令整改、约谈、移送: each rung on the one before, only for a commitment's standard, only by the department that took it."""

from datetime import date
from uuid import UUID

import msgspec
import pytest
from msgspec.structs import replace

from domain.acts.enforcement.ladder import InterviewArranged, InterviewHeld, PenaltyReferred, ReferralAnswered
from domain.acts.enforcement.process import Ground
from domain.acts.enforcement.supervision import RectificationJudged, RectificationOrdered
from domain.cases.context import ActContext
from domain.cases.legal_basis import check_basis
from domain.cases.other_cases import Opening, OtherCases, cases_named
from domain.finding import Finding
from domain.ledger import Actor
from domain.refusals import AlreadyDone, Malformed, NotAllowed, NotFound, OutOfOrder
from domain.schemes.enforcement import Ladder as Rungs
from domain.supervision.checks import check_arranged, check_called, check_held, check_judged, check_order
from domain.supervision.next_step import Next, next_rung
from domain.supervision.state import between, due_of, rests_on
from tests.domain.desk import Desk
from tests.domain.stories import book, shanghai
from tests.domain.supervision.laddering import PARKS, WATER, Ladder, called, inspected, insufficient_twice

CITY = book("jingmen-2023")
HOUSING = "jm-zjj"


def ladder_of() -> Rungs:
    assert CITY.scheme.ladder is not None
    return CITY.scheme.ladder


def person(party: str, role: str) -> Actor:
    return Actor(party, role, "person")


def follows(ladder: Ladder, case: str, at: str = "2026-12-01 12:00") -> Next | None:
    return next_rung(ladder_of(), ladder.entries(case), ladder.beside(case), ladder.clocks(case), shanghai(at))


# ── 责令整改 ──


def test_an_order_names_the_commitment_and_the_defect_under_it() -> None:
    ladder = Ladder()
    seq = ladder.finds("2026-03-16")
    with pytest.raises(Malformed, match="commitment and defectSeq"):
        ladder.does("order", "2026-03-17 10:00", PARKS, ladder.order("2026-03-27", None))
    with pytest.raises(OutOfOrder, match="entry 2 of that commitment is no defect"):
        ladder.orders("order", "2026-03-17 10:00", "2026-03-27", 2)
    with pytest.raises(OutOfOrder, match="is no defect found by then"):
        ladder.does("order", "2026-03-15 10:00", PARKS, ladder.order("2026-03-27", seq), written="2026-03-17 10:00")
    ladder.orders("order", "2026-03-17 10:00", "2026-03-27", seq)
    with pytest.raises(AlreadyDone, match="has been ordered to be rectified") as refused:
        ladder.orders("other", "2026-03-17 10:00", "2026-03-27", seq)
    assert refused.value.extra == {"caseId": str(ladder.id("order"))}


def test_an_order_is_for_the_commitments_own_utility_and_department() -> None:
    ladder = Ladder()
    order = ladder.order("2026-03-27", ladder.finds("2026-03-16"))
    with pytest.raises(NotFound, match=r"no commitment .* of jm-gas to jm-cgw"):
        ladder.does("order", "2026-03-17 10:00", PARKS, msgspec.structs.replace(order, utility="jm-gas"))
    with pytest.raises(NotFound, match="of jm-water to jm-zgj"):
        ladder.does("order", "2026-03-17 10:00", "jm-zgj", msgspec.structs.replace(order, department="jm-zgj"))
    with pytest.raises(NotFound):
        ladder.does("order", "2026-03-17 10:00", PARKS, msgspec.structs.replace(order, commitment=UUID(int=1)))


def test_what_a_later_inspection_found_mended_is_not_ordered() -> None:
    ladder = Ladder()
    seq = ladder.finds("2026-03-16")
    ladder.does("commitment", "2026-03-17 09:00", PARKS, inspected((1, True)))
    with pytest.raises(OutOfOrder, match="was found mended by a later inspection"):
        ladder.orders("order", "2026-03-17 10:00", "2026-03-27", seq)


def test_an_order_opens_a_case_of_its_own() -> None:
    ladder = insufficient_twice()
    with pytest.raises(OutOfOrder, match="opens a case of its own"):
        ladder.orders("second", "2026-06-20 10:00", "2026-06-30", 3)


def test_without_a_ladder_in_the_scheme_nothing_of_it_is_taken() -> None:
    """Daye's acts know none of them; a scheme that knew the acts and had no ladder would be refused as well."""
    tags = {"rectification.ordered", "interview.called", "interview.arranged", "interview.held", "penalty.referred", "referral.answered"}
    assert book("daye-2023").scheme.ladder is None
    assert not tags & set(book("daye-2023").scheme.acts)
    order = RectificationOrdered(utility="dy-water", department="dy-cgj", defect="沉降", due_on=date(2026, 12, 30))
    with pytest.raises(NotAllowed, match="daye-2023 has no ladder"):
        check_order(
            Opening(book("daye-2023"), shanghai("2026-06-01 09:00"), shanghai("2026-06-01 09:00"), person("dy-cgj", "department")), order
        )
    with pytest.raises(NotAllowed, match="is not recorded by people under daye-2023"):
        Desk("daye-2023").opens(order, by="dy-cgj", role="department")


# ── 认定、约谈 ──


def test_a_report_is_judged_once_and_by_the_department_that_ordered() -> None:
    ladder = insufficient_twice()
    with pytest.raises(NotAllowed, match="ordered by jm-cgw"):
        ladder.does("second", "2026-06-18 11:00", "jm-zgj", RectificationJudged(utility=WATER, accepted=True, reason="合格"))
    with pytest.raises(AlreadyDone, match="the last report has been judged"):
        ladder.judges("second", "2026-06-18 11:00", accepted=True)
    ladder.reports("second", "2026-06-18 12:00")
    ladder.judges("second", "2026-06-18 13:00", accepted=True)
    assert follows(ladder, "second") == Next("interview.called", "the rectification was judged to be in place (整改到位)")


def test_an_interview_takes_violations_one_after_another_and_a_rectification_that_is_not_in_place() -> None:
    ladder = insufficient_twice()
    assert follows(ladder, "second", "2026-06-18 10:00") == Next("interview.called")
    ladder.calls("second", "2026-06-18 11:00", "2026-06-22 09:00")
    assert follows(ladder, "second") == Next("interview.held")
    with pytest.raises(AlreadyDone, match="has been called in already"):
        ladder.calls("second", "2026-06-18 12:00", "2026-06-23 09:00")


def test_one_order_is_not_one_after_another() -> None:
    ladder = Ladder()
    ladder.orders("first", "2026-03-17 10:00", "2026-03-27", ladder.finds("2026-03-16"))
    ladder.reports("first", "2026-03-26 10:00")
    ladder.judges("first", "2026-03-27 10:00", accepted=False)
    with pytest.raises(OutOfOrder, match=r"2 orders under one commitment, one after another .*; there is 1"):
        ladder.calls("first", "2026-03-27 11:00", "2026-04-01 09:00")


def test_a_day_that_has_gone_without_a_report_is_not_in_place_and_on_its_last_second_it_has_not_gone() -> None:
    ladder = Ladder()
    ladder.orders("first", "2026-03-17 10:00", "2026-03-27", ladder.finds("2026-03-16"))
    ladder.orders("second", "2026-06-09 10:00", "2026-06-18", ladder.finds("2026-06-08", item=2))
    assert follows(ladder, "second", "2026-06-18 18:00") == Next("interview.called", "the rectification is awaited: its day has not gone")
    assert follows(ladder, "second", "2026-06-18 18:00:01") == Next("interview.called")
    ladder.reports("second", "2026-06-22 10:00")
    # reported too late: the finding of the missed day stands by itself, and the report has to be judged first
    assert follows(ladder, "second") == Next(
        "interview.called", "the rectification is reported and waits to be judged: record rectification.judged first"
    )


def test_a_rectification_that_came_late_and_was_accepted_leads_to_no_interview() -> None:
    """A missed deadline is no rung: it is found, and that is all."""
    ladder = Ladder()
    ladder.orders("first", "2026-03-17 10:00", "2026-03-27", ladder.finds("2026-03-16"))
    ladder.orders("second", "2026-06-09 10:00", "2026-06-18", ladder.finds("2026-06-08", item=2))
    ladder.reports("second", "2026-06-22 10:00")
    ladder.judges("second", "2026-06-22 11:00", accepted=True)
    assert [one.state for one in ladder.clocks("second")] == ["late"]
    with pytest.raises(OutOfOrder, match="was judged to be in place"):
        ladder.calls("second", "2026-06-22 12:00", "2026-06-25 09:00")


def test_what_follows_follows_in_the_case_of_the_last_order() -> None:
    ladder = insufficient_twice()
    with pytest.raises(OutOfOrder, match=f"what follows, follows in its case {ladder.id('second')}"):
        ladder.calls("first", "2026-06-18 11:00", "2026-06-22 09:00")


def test_the_order_counts_by_when_it_was_given_though_it_was_written_down_later() -> None:
    ladder = Ladder()
    one, other = ladder.finds("2026-03-16"), ladder.finds("2026-06-08", item=2)
    ladder.orders("june", "2026-06-09 10:00", "2026-06-18", other)
    ladder.does("march", "2026-03-17 10:00", PARKS, ladder.order("2026-06-30", one), written="2026-06-09 11:00")
    assert follows(ladder, "june") == Next("interview.called")


def test_only_the_department_and_the_utility_of_the_order_meet() -> None:
    ladder = insufficient_twice()
    with pytest.raises(OutOfOrder):
        ladder.does("second", "2026-06-18 11:00", PARKS, called("2026-06-22 09:00", utility="jm-gas"))
    desk = Desk()
    desk.opens(arranged(), by=HOUSING, at="2026-06-10 09:00")
    with pytest.raises(OutOfOrder, match=r"interview\.arranged opens a case|rectification\.ordered"):
        desk.records(called("2026-06-22 09:00"), by=PARKS, at="2026-06-18 11:00")
    with pytest.raises(NotAllowed):
        ladder.does("second", "2026-06-18 11:00", "jm-zgj", called("2026-06-22 09:00"))
    with pytest.raises(Malformed, match="not after the notice itself"):
        ladder.calls("second", "2026-06-18 11:00", "2026-06-18 11:00")


def test_an_order_of_old_that_names_no_commitment_is_on_no_ladder() -> None:
    ladder = insufficient_twice()
    order = ladder.entries("second")[0]
    bare = msgspec.structs.replace(order, act=msgspec.structs.replace(ladder.order("2026-06-18", 6), commitment=None, defect_seq=None))
    lacking = next_rung(ladder_of(), [bare], {}, (), shanghai("2026-12-01 12:00"))
    assert lacking is not None
    assert "there is none here" in (lacking.why_not or "")
    assert rests_on(called("2026-06-22 09:00"), [bare]) is None


def test_a_rung_rests_on_the_commitment_of_its_order() -> None:
    ladder = insufficient_twice()
    assert rests_on(ladder.order("2026-06-18", 3), ()) == ladder.id("commitment")
    assert rests_on(called("2026-06-22 09:00"), ladder.entries("second")) == ladder.id("commitment")
    assert rests_on(called("2026-06-22 09:00"), ladder.entries("commitment")) is None
    assert due_of(None, ladder.clocks("second")) is None
    assert list(cases_named(ladder.order("2026-06-18", 3))) == [ladder.id("commitment")]
    assert list(cases_named(called("2026-06-22 09:00"))) == []


# ── 约谈的结果、移送 ──


def interviewed() -> Ladder:
    ladder = insufficient_twice()
    ladder.calls("second", "2026-06-18 11:00", "2026-06-22 09:00")
    ladder.holds("second", "2026-06-22 10:00", "王经理")
    return ladder


def referred(utility: str = WATER, law: str = "《某某管理条例》第十条") -> PenaltyReferred:
    return PenaltyReferred(utility=utility, department=PARKS, authority="某执法机关", law=law, facts="连续违规")


def test_what_came_of_an_interview_is_recorded_once_and_by_whoever_called_it() -> None:
    ladder = insufficient_twice()
    ladder.calls("second", "2026-06-18 11:00", "2026-06-22 09:00")
    with pytest.raises(NotAllowed, match="the interview is one of jm-cgw with jm-water"):
        ladder.does("second", "2026-06-22 10:00", HOUSING, InterviewHeld(party=WATER, by=HOUSING, outcome="谈过"))
    with pytest.raises(NotAllowed):
        ladder.does("second", "2026-06-22 10:00", PARKS, InterviewHeld(party="jm-gas", by=PARKS, outcome="谈过"))
    ladder.holds("second", "2026-06-22 10:00", "王经理")
    with pytest.raises(AlreadyDone, match="has been recorded already"):
        ladder.holds("second", "2026-06-22 11:00", "王经理")
    assert follows(ladder, "second") == Next("penalty.referred")


def test_a_referral_follows_the_interview_once_and_names_the_law() -> None:
    early = insufficient_twice()
    with pytest.raises(OutOfOrder):
        early.does("second", "2026-06-18 12:00", PARKS, referred())
    ladder = interviewed()
    with pytest.raises(Malformed, match="names no legal basis"):
        ladder.does("second", "2026-06-22 11:00", PARKS, referred(law="按照相关规定"))
    with pytest.raises(NotAllowed, match="not of jm-cgw and jm-gas"):
        ladder.does("second", "2026-06-22 11:00", PARKS, referred(utility="jm-gas"))
    ladder.does("second", "2026-06-22 11:00", PARKS, referred())
    assert follows(ladder, "second") == Next("referral.answered")
    with pytest.raises(AlreadyDone, match="has been referred already"):
        ladder.does("second", "2026-06-22 12:00", PARKS, referred())
    ladder.does("second", "2026-07-06 10:00", PARKS, ReferralAnswered(department=PARKS, outcome="已立案"))
    assert follows(ladder, "second") is None


@pytest.mark.parametrize("text", ["法", "按照相关规定", "《行政许可法》", "行政许可法第六十九条", "《》第六条", "信用规定"])
def test_empty_words_are_no_legal_basis(text: str) -> None:
    with pytest.raises(Malformed, match="names no legal basis"):
        check_basis(text, "basis")


@pytest.mark.parametrize("text", ["《中华人民共和国行政许可法》第六十九条", "依据《某某办法》（鄂政发〔2023〕5号）第 12 条第二款"])
def test_a_law_with_its_article_is_a_legal_basis(text: str) -> None:
    check_basis(text, "basis")


# ── 别的事由的约谈 ──


def arranged(*findings: Ground, party: str = WATER, by: str = HOUSING) -> InterviewArranged:
    return InterviewArranged(
        party=party, by=by, ground="用户反映停水不告知", findings=findings, held_for=shanghai("2026-06-12 09:00"), place="住建局二楼"
    )


def finding(state: str = "notified", *, notified: bool = True) -> Finding:
    return Finding(
        finding_id=UUID(int=5), case_id=UUID(int=6), rule="general-feedback", keys=(), party=WATER, start_seq=1,
        started_at=shanghai("2026-06-01 09:00"), due_at=shanghai("2026-06-02 09:00"), state=state,  # type: ignore[arg-type]  # one of them
        opened_seq=2, opened_at=shanghai("2026-06-02 09:01"), red_at=shanghai("2026-06-03 09:00"),
        notified_at=shanghai("2026-06-04 09:00") if notified else None,
    )  # fmt: skip


def arrange(act: InterviewArranged, *found: Finding, by: str = HOUSING) -> None:
    moment = shanghai("2026-06-10 09:00")
    other_cases = OtherCases(findings={one.finding_id: one for one in found})
    check_arranged(Opening(CITY, moment, moment, person(by, "inspector"), other_cases=other_cases), act)


GROUND = Ground(finding_id=UUID(int=5), case_id=UUID(int=6))


def test_an_interview_on_another_ground_keeps_the_ground_and_brings_the_party_in() -> None:
    desk = Desk()
    made = desk.opens(arranged(), by=HOUSING, at="2026-06-10 09:00")
    assert made.entries[0].act == arranged()
    assert made.case.parties == (WATER, HOUSING)


def test_an_arranged_interview_rests_on_findings_of_the_party_that_it_knows_of() -> None:
    arrange(arranged(GROUND), finding())
    arrange(arranged(GROUND), finding("upheld"))
    with pytest.raises(NotFound, match="there is no finding"):
        arrange(arranged(GROUND))
    with pytest.raises(NotFound):
        arrange(arranged(GROUND, party="jm-gas"), finding())
    with pytest.raises(NotFound):
        arrange(arranged(Ground(finding_id=UUID(int=5), case_id=UUID(int=7))), finding())
    with pytest.raises(OutOfOrder, match="is open; an interview rests on findings that are notified and stand"):
        arrange(arranged(GROUND), finding("open", notified=False))
    with pytest.raises(OutOfOrder, match="is withdrawn"):
        arrange(arranged(GROUND), finding("withdrawn"))
    with pytest.raises(NotAllowed, match="say the ground in words"):
        arrange(arranged(GROUND), replace(finding(), rule="report-handling"))


def test_an_interview_is_arranged_in_ones_own_name_and_not_with_oneself() -> None:
    with pytest.raises(NotAllowed, match="in its own name"):
        arrange(arranged(), by="jm-fgw")
    with pytest.raises(NotAllowed, match="with another party"):
        arrange(arranged(party=HOUSING))
    with pytest.raises(Malformed):
        arrange(arranged(party="jm-nobody"))


def test_an_arranged_interview_is_held_and_leads_no_further() -> None:
    desk = Desk()
    desk.opens(arranged(), by=HOUSING, at="2026-06-10 09:00")
    held = InterviewHeld(party=WATER, by=HOUSING, attended=("客服部经理",), outcome="提前24小时告知")
    desk.records(held, by=HOUSING, at="2026-06-12 10:00", role="inspector")
    assert next_rung(ladder_of(), desk.story.entries, {}, (), shanghai("2026-06-13 09:00")) is None
    with pytest.raises(OutOfOrder, match="one arranged on another ground leads to none"):
        desk.records(referred(), by=PARKS, at="2026-06-13 10:00")
    assert between(arranged()) == (HOUSING, WATER)


# ── 步骤的表只从计划来：次序没有写的城市也不会出错 ──


def test_where_a_plan_says_no_order_of_acts_the_checks_themselves_refuse() -> None:
    ladder = Ladder()
    ladder.orders("first", "2026-03-17 10:00", "2026-03-27", ladder.finds("2026-03-16"))
    moment, case = shanghai("2026-03-18 10:00"), ladder.desk.cases["first"]
    asked = ActContext(
        CITY, case, ladder.entries("first"), moment, moment, person(PARKS, "department"), (), (), ladder.desk.stories["first"].offices
    )
    check_judged(asked, RectificationJudged(utility=WATER, accepted=True, reason="合格"))
    with pytest.raises(OutOfOrder, match="holds no order of jm-cgw to jm-gas"):
        check_called(asked, called("2026-03-22 09:00", utility="jm-gas"))
    with pytest.raises(NotAllowed, match="one of nobody with nobody"):
        check_held(asked, InterviewHeld(party=WATER, by=PARKS, outcome="谈过"))
