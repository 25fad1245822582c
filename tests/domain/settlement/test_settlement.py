"""A half-year settled whole between a district and a utility, and everything that is refused on the way."""

import hashlib
from collections.abc import Sequence
from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from msgspec.structs import replace

from domain.acts.connection import AcceptanceHeld
from domain.acts.enforcement.supervision import StatementChecked, StatementItem, StatementSubmitted
from domain.acts.service import CaseClosed
from domain.acts.settlement import PeriodSealed, WorksCosted, YearEndOpened
from domain.cases.other_cases import Cost, OtherCases
from domain.halves import Half, end_of, half_at, settling_at
from domain.refusals import AlreadyDone, Malformed, OutOfOrder
from domain.settlement.costs import cost_of, costs_in
from domain.settlement.sealing import seal_holds, sheet_of
from domain.settlement.sheet import half_year_sheet
from tests.domain.desk import Desk
from tests.domain.settlement.settling import (
    BOTH,
    CITY,
    COSTS,
    DONGBAO,
    DUODAO,
    GAS,
    ONE,
    OTHER,
    TWO,
    WATER,
    check,
    cost,
    desk,
    elsewhere,
    item,
    paid,
    period,
    stands,
    statement,
    submit,
)
from tests.domain.stories import accepted, shanghai

# ── Half-years ──


@pytest.mark.parametrize(
    ("at", "lies_in", "settled_then"),
    [
        ("2026-05-31 23:59", Half(2026, 1), Half(2025, 2)),
        ("2026-06-01 00:00", Half(2026, 1), Half(2026, 1)),
        ("2026-06-30 23:59", Half(2026, 1), Half(2026, 1)),
        ("2026-07-01 00:00", Half(2026, 2), Half(2026, 1)),
        ("2026-11-30 23:59", Half(2026, 2), Half(2026, 1)),
        ("2026-12-01 00:00", Half(2026, 2), Half(2026, 2)),
        ("2027-01-01 00:00", Half(2027, 1), Half(2026, 2)),
    ],
)
def test_a_half_year_is_settled_from_the_first_day_of_its_last_month_on(at: str, lies_in: Half, settled_then: Half) -> None:
    assert (half_at(shanghai(at)), settling_at(shanghai(at))) == (lies_in, settled_then)


def test_a_half_year_ends_with_its_last_day_in_shanghai() -> None:
    assert end_of(Half(2026, 1)) == datetime(2026, 6, 30, 16, tzinfo=UTC)
    assert end_of(Half(2026, 2)) == datetime(2026, 12, 31, 16, tzinfo=UTC)


# ── What works cost ──


def works() -> Desk:
    made = Desk()
    made.opens(accepted(WATER, GAS), by="jm-spj", at="2026-06-02 09:00", district=DONGBAO)
    return made


def costed(amount: int) -> WorksCosted:
    return WorksCosted(utility=WATER, amount=amount)


def test_a_cost_belongs_to_the_half_year_in_which_its_works_passed_their_acceptance() -> None:
    made = works()
    assert made.case is not None
    assert cost_of(made.case, made.story.entries, WATER) is None
    made.records(costed(500), by=WATER, at="2026-06-20 10:00")
    stated = cost_of(made.case, made.story.entries, WATER)
    assert stated is not None
    assert (stated.amount, stated.district, stated.half) == (500, DONGBAO, Half(2026, 1))
    made.records(AcceptanceHeld(utilities=(GAS,)), by=GAS, at="2026-07-01 10:00")
    made.records(AcceptanceHeld(utilities=(WATER,), passed=False), by=WATER, at="2026-07-02 10:00")
    assert cost_of(made.case, made.story.entries, WATER) == stated
    made.records(AcceptanceHeld(utilities=(WATER, GAS)), by=WATER, at="2026-07-06 10:00")
    after = cost_of(made.case, made.story.entries, WATER)
    assert after is not None
    assert (after.half, after.counts_at) == (Half(2026, 2), shanghai("2026-07-06 10:00"))
    assert list(costs_in(made.case, made.story.entries)) == [after], "gas never stated any"


def test_of_two_costs_the_later_one_holds_however_late_the_earlier_is_written() -> None:
    made = works()
    made.records(costed(700), by=WATER, at="2026-06-20 10:00")
    made.records(costed(500), by=WATER, at="2026-06-19 10:00", written="2026-06-21 10:00")
    assert made.case is not None
    found = cost_of(made.case, made.story.entries, WATER)
    assert found is not None
    assert (found.amount, found.seq) == (700, 2)


def test_a_cost_that_its_district_accepted_is_not_stated_anew() -> None:
    made = works()
    case = made.case
    assert case is not None
    act = statement(item(case.case_id, 500))
    costs = [cost(case.case_id, 500)]
    waiting = elsewhere(submit(desk(), act, costs))
    gas = elsewhere(submit(desk(), BOTH))
    made.records(costed(600), by=WATER, at="2026-06-21 10:00", other_cases=OtherCases(ledgers=waiting | gas))
    accepted_then = elsewhere(check(submit(desk(), act, costs), costs=costs))
    with pytest.raises(AlreadyDone, match="accepted 500 fen for this case in the statement of 2026-1"):
        made.records(costed(700), by=WATER, at="2026-06-23 10:00", other_cases=OtherCases(ledgers=accepted_then))
    others = elsewhere(check(submit(desk())))
    made.records(costed(700), by=WATER, at="2026-06-23 10:00", other_cases=OtherCases(ledgers=others))
    made.records(WorksCosted(utility=GAS, amount=1), by=GAS, at="2026-06-23 10:00", other_cases=OtherCases(ledgers=accepted_then))


# ── The statement ──


def test_a_half_year_is_opened_submitted_checked_settled_and_sealed() -> None:
    made = desk()
    assert stands(made).state == "opened"
    assert stands(submit(made)).state == "submitted"
    assert stands(check(made)).state == "accepted"
    made.records(paid(), by=DONGBAO, at="2026-06-30 16:00")
    half = stands(made)
    assert half.state == "settled"
    assert half.items == BOTH.items
    assert [entry.actor.party for entry in made.story.entries] == [CITY, WATER, DONGBAO, DONGBAO, "auditor"]
    assert made.case is not None
    assert made.case.parties == (CITY, DONGBAO, WATER)
    # The sheet in its canonical writing, by hand.
    sheet = (
        '{"scheme":"jingmen-2023","district":"jm-dongbao","utility":"jm-water","year":2026,"half":1,"items":['
        '{"caseId":"00000000-0000-0000-0000-000000000001","project":null,"belongsTo":null,"amount":1000001},'
        '{"caseId":"00000000-0000-0000-0000-000000000002","project":null,"belongsTo":null,"amount":234500}],'
        '"amount":1234501,"submittedAt":"2026-06-20T02:00:00Z","checkedAt":"2026-06-22T02:00:00Z",'
        '"paidOn":"2026-06-30","reference":"拨付〔2026〕12号"}'
    )
    seal = made.story.entries[-1].act
    assert seal == PeriodSealed(kind="half-year", digest=hashlib.sha256(sheet.encode()).hexdigest())
    assert seal_holds(half, sheet_of(made.story.book, half, ())) is True
    changed = replace(half, submitted=replace(BOTH, items=(item(ONE, 1_000_000), item(TWO, 234_501))))
    assert seal_holds(changed, sheet_of(made.story.book, changed, ())) is False
    assert seal_holds(replace(half, seal=None), sheet_of(made.story.book, half, ())) is False


def test_nothing_is_sealed_before_it_is_settled() -> None:
    made = desk()
    sheet = half_year_sheet(made.story.book, stands(made))
    assert (sheet.items, sheet.amount, sheet.paid_on) == ((), 0, None)
    assert seal_holds(stands(made), sheet) is None


@pytest.mark.parametrize(
    ("wrong", "costs", "why"),
    [
        (item(ONE, 5), COSTS, "cost 1000001 fen, the item says 5"),
        (item(OTHER, 5), COSTS, "has no cost of jm-water"),
        (item(ONE, 5), [cost(ONE, 5, utility=GAS)], "has no cost of jm-water"),
        (item(ONE, 5), [cost(ONE, 5, district=DUODAO)], "lies in jm-duodao, not in jm-dongbao"),
        (item(ONE, 5), [cost(ONE, 5, district=None)], "lies in no district yet"),
        (item(ONE, 5), [cost(ONE, 5, "2026-07-01 00:00")], "belongs to 2026-2; state it then"),
        (item(ONE, 5), [cost(ONE, 5, "2025-12-31 23:59")], "belongs to 2025-2; write belongsTo 2025-2"),
        (item(ONE, 5, "2025-2"), [cost(ONE, 5)], "belongs to 2026-1; leave belongsTo out"),
    ],
)
def test_an_item_that_is_not_what_its_case_cost_is_named(wrong: StatementItem, costs: Sequence[Cost], why: str) -> None:
    with pytest.raises(Malformed, match=why) as refused:
        submit(desk(), statement(wrong), costs, at="2026-07-02 10:00")
    assert [one["at"] for one in refused.value.extra["errors"]] == ["items[0]"]


def test_every_wrong_item_is_named() -> None:
    with pytest.raises(Malformed, match="and 1 more") as refused:
        submit(desk(), statement(item(ONE, 1_000_001), item(TWO, 7), item(OTHER, 8)))
    assert [one["at"] for one in refused.value.extra["errors"]] == ["items[1]", "items[2]"]


def test_a_cost_too_late_for_its_own_half_year_is_settled_with_the_next_under_its_name() -> None:
    made = desk(period(2), at="2026-12-01 09:00")
    act = statement(item(ONE, 1_000_001, "2026-1"))
    submit(made, act, at="2026-12-10 10:00")
    assert [one.belongs_to for one in stands(made).items] == ["2026-1"]


def test_no_case_stands_in_two_statements_or_twice_in_one() -> None:
    with pytest.raises(Malformed, match="stands in it twice"):
        submit(desk(), statement(item(ONE, 1_000_001), item(ONE, 1_000_001)))
    taken = elsewhere(submit(desk(period(1)))) | elsewhere(desk(YearEndOpened(district=DONGBAO, year=2026)), UUID(int=9))
    made = desk(period(2), at="2026-12-01 09:00")
    again = statement(item(TWO, 234_500, "2026-1"))
    with pytest.raises(Malformed, match="stands in the statement of 2026-1 already"):
        made.records(again, by=WATER, at="2026-12-10 10:00", other_cases=OtherCases(costs=COSTS, ledgers=taken))
    refused = StatementChecked(district=DONGBAO, accepted=False, reason="缺发票")
    free = elsewhere(check(submit(desk()), refused))
    made.records(again, by=WATER, at="2026-12-10 10:00", other_cases=OtherCases(costs=COSTS, ledgers=free))


def test_the_items_add_up_to_the_whole() -> None:
    with pytest.raises(Malformed, match="add up to 1234501 fen, the statement says 1234500"):
        submit(desk(), statement(*BOTH.items, amount=1_234_500))


def test_a_returned_statement_is_submitted_again_and_one_that_nobody_checked_is_replaced() -> None:
    made = submit(desk(), statement(item(ONE, 1_000_001)))
    submit(made, at="2026-06-21 10:00")
    assert stands(made).items == BOTH.items
    with pytest.raises(Malformed, match="needs the reason"):
        check(made, StatementChecked(district=DONGBAO, accepted=False))
    check(made, StatementChecked(district=DONGBAO, accepted=False, reason="少一份验收单"))
    assert (stands(made).state, stands(made).items) == ("returned", ())
    with pytest.raises(OutOfOrder, match="it is checked once the utility has submitted another one"):
        check(made, at="2026-06-23 10:00")
    with pytest.raises(OutOfOrder, match="the statement is returned"):
        made.records(paid(), by=DONGBAO, at="2026-06-23 10:00")
    check(submit(made, at="2026-06-24 10:00"), at="2026-06-25 10:00")
    assert stands(made).state == "accepted"


def test_a_statement_whose_costs_have_changed_since_is_not_accepted() -> None:
    made = submit(desk())
    now = (cost(ONE, 1_000_002), cost(TWO, 234_500))
    with pytest.raises(Malformed, match="cost 1000002 fen, the item says 1000001"):
        check(made, costs=now)
    check(made, StatementChecked(district=DONGBAO, accepted=False, reason="金额有变"), costs=now)


def test_what_is_accepted_is_neither_submitted_nor_checked_again() -> None:
    made = check(submit(desk()))
    with pytest.raises(AlreadyDone, match="is accepted; what came later belongs to the next one"):
        submit(made, at="2026-06-23 10:00")
    with pytest.raises(AlreadyDone, match="is accepted already"):
        check(made, at="2026-06-23 10:00")


def test_a_statement_is_of_the_case_s_own_utility_and_district() -> None:
    made = desk()
    with pytest.raises(Malformed, match="not of jm-gas"):
        made.records(StatementSubmitted(utility=GAS, amount=0), by=GAS, at="2026-06-20 10:00")
    submit(made)
    with pytest.raises(Malformed, match="not of jm-duodao"):
        check(made, StatementChecked(district=DUODAO, accepted=True))
    check(made)
    with pytest.raises(Malformed, match="not of jm-duodao and jm-water"):
        made.records(replace(paid(), district=DUODAO), by=DUODAO, at="2026-06-30 16:00")


def test_the_district_settles_the_whole_once_and_after_the_check() -> None:
    made = submit(desk())
    with pytest.raises(OutOfOrder, match="comes after"):
        made.records(paid(), by=DONGBAO, at="2026-06-22 16:00")
    check(made)
    with pytest.raises(Malformed, match="617250 fen were paid, the accepted statement says 1234501"):
        made.records(paid(617_250), by=DONGBAO, at="2026-06-30 16:00")
    with pytest.raises(Malformed, match="paidOn is 2026-07-01, today is 2026-06-30"):
        made.records(paid(on=date(2026, 7, 1)), by=DONGBAO, at="2026-06-30 16:00")
    with pytest.raises(OutOfOrder, match="close the case once it is settled"):
        made.records(CaseClosed(outcome="已办"), by=DONGBAO, at="2026-06-30 16:00")
    made.records(paid(), by=DONGBAO, at="2026-06-30 16:00")
    with pytest.raises(AlreadyDone, match="was settled on 2026-06-30 by 拨付〔2026〕12号"):
        made.records(paid(), by=DONGBAO, at="2026-07-01 16:00")
    made.records(CaseClosed(outcome="已结算"), by=DONGBAO, at="2026-07-01 16:00")
    assert stands(made).state == "settled"


def test_a_half_year_without_works_is_closed_without_a_payment() -> None:
    made = check(submit(desk(), statement(), ()), costs=())
    made.records(CaseClosed(outcome="本期无工程"), by=DONGBAO, at="2026-06-30 16:00")
    assert stands(made).state == "closed"
