"""A half-year settled whole between a district and a utility, the city's share at the year's end, and everything that is refused."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from domain.acts import Acted
from domain.acts.connection import AcceptanceHeld
from domain.acts.service import CaseClosed
from domain.acts.settlement import PeriodSealed, StatementSettled, WorksCosted, YearEndOpened, YearEndSettled
from domain.acts.supervision import PeriodOpened, StatementChecked, StatementItem, StatementSubmitted
from domain.desk.beside import Beside
from domain.ledger import Entry
from domain.refusals import AlreadyDone, Malformed, NotAllowed, NotCovered, OutOfOrder
from domain.settlement.costs import Cost, cost_of
from domain.settlement.halves import Half, end_of, half_at, settling_at
from domain.settlement.opening import open_by_auditor, period_of
from domain.settlement.sealing import seal_holds, sheet_of
from domain.settlement.sheet import half_year_sheet, percent_of, year_end_sheet
from domain.settlement.standing import HalfYear, YearEnd, halves_in, standing_of
from tests.domain.desk import Desk
from tests.domain.stories import accepted, book, offices, shanghai

WATER, GAS, DONGBAO, DUODAO, CITY = "jm-water", "jm-gas", "jm-dongbao", "jm-duodao", "jm-czj"
ONE, TWO, OTHER = UUID(int=1), UUID(int=2), UUID(int=3)
JUNE = "2026-06-01 09:00"


def cost(case: UUID, amount: int, at: str = "2026-05-20 10:00", district: str | None = DONGBAO, utility: str = WATER) -> Cost:
    return Cost(case, utility, district, amount, shanghai(at), 3)


COSTS = (cost(ONE, 1_000_001), cost(TWO, 234_500))


def item(case: UUID, amount: int, belongs_to: str | None = None) -> StatementItem:
    return StatementItem(case_id=case, amount=amount, belongs_to=belongs_to)


def statement(*items: StatementItem, amount: int | None = None) -> StatementSubmitted:
    return StatementSubmitted(utility=WATER, items=items, amount=sum(one.amount for one in items) if amount is None else amount)


BOTH = statement(item(ONE, 1_000_001), item(TWO, 234_500))
ACCEPTED = StatementChecked(district=DONGBAO, accepted=True)


def paid(amount: int = 1_234_501, on: date = date(2026, 6, 30), reference: str = "拨付〔2026〕12号") -> StatementSettled:
    return StatementSettled(district=DONGBAO, utility=WATER, amount=amount, paid_on=on, reference=reference)


def period(half: int = 1, year: int = 2026, utility: str = WATER) -> PeriodOpened:
    return PeriodOpened(utility=utility, district=DONGBAO, year=year, half=half)  # type: ignore[arg-type]  # one of two


def desk(act: Acted | None = None, at: str = JUNE, by: str = CITY) -> Desk:
    made = Desk()
    made.opens(act or period(), by=by, at=at)
    return made


def submit(made: Desk, act: StatementSubmitted = BOTH, costs: Sequence[Cost] = COSTS, at: str = "2026-06-20 10:00") -> Desk:
    made.records(act, by=WATER, at=at, beside=Beside(costs=costs, ledgers={}))
    return made


def check(made: Desk, act: StatementChecked = ACCEPTED, costs: Sequence[Cost] = COSTS, at: str = "2026-06-22 10:00") -> Desk:
    made.records(act, by=act.district, at=at, beside=Beside(costs=costs))
    return made


def settled(act: StatementSettled | None = None) -> Desk:
    made = check(submit(desk()))
    made.records(act or paid(), by=DONGBAO, at="2026-06-30 16:00")
    return made


def stands(made: Desk) -> HalfYear:
    found = standing_of(made.story.entries)
    assert isinstance(found, HalfYear)
    return found


def elsewhere(made: Desk, case: UUID = OTHER) -> dict[UUID, Sequence[Entry]]:
    """The same ledger as that of another case."""
    return {case: [replace(entry, case_id=case) for entry in made.story.entries]}


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
    made.records(costed(600), by=WATER, at="2026-06-21 10:00", beside=Beside(ledgers=waiting | gas))
    accepted_then = elsewhere(check(submit(desk(), act, costs), costs=costs))
    with pytest.raises(AlreadyDone, match="accepted 500 fen for this case in the statement of 2026-1"):
        made.records(costed(700), by=WATER, at="2026-06-23 10:00", beside=Beside(ledgers=accepted_then))
    others = elsewhere(check(submit(desk())))
    made.records(costed(700), by=WATER, at="2026-06-23 10:00", beside=Beside(ledgers=others))
    made.records(WorksCosted(utility=GAS, amount=1), by=GAS, at="2026-06-23 10:00", beside=Beside(ledgers=accepted_then))


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
        made.records(again, by=WATER, at="2026-12-10 10:00", beside=Beside(costs=COSTS, ledgers=taken))
    refused = StatementChecked(district=DONGBAO, accepted=False, reason="缺发票")
    free = elsewhere(check(submit(desk()), refused))
    made.records(again, by=WATER, at="2026-12-10 10:00", beside=Beside(costs=COSTS, ledgers=free))


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


# ── Opening ──


def test_a_settled_half_year_is_not_opened_again() -> None:
    before = elsewhere(settled())
    with pytest.raises(AlreadyDone, match="2026-1 of jm-water in jm-dongbao is settled"):
        Desk().opens(period(), by=CITY, at="2026-07-10 09:00", beside=Beside(ledgers=before))
    Desk().opens(period(2), by=CITY, at="2026-12-01 09:00", beside=Beside(ledgers=before))
    Desk().opens(period(utility=GAS), by=CITY, at="2026-12-01 09:00", beside=Beside(ledgers=before))
    Desk().opens(period(), by=CITY, at="2026-07-10 09:00", beside=Beside(ledgers=elsewhere(desk())))


def test_a_district_s_finance_opens_its_own_half_years_alone_and_the_city_s_any() -> None:
    Desk().opens(period(), by=DONGBAO, at=JUNE)
    Desk().opens(YearEndOpened(district=DONGBAO, year=2026), by=DONGBAO)
    with pytest.raises(NotAllowed, match="settles for its own district alone"):
        Desk().opens(period(), by=DUODAO, at=JUNE)
    with pytest.raises(NotAllowed, match="settles for its own district alone"):
        Desk().opens(YearEndOpened(district=DONGBAO, year=2026), by=DUODAO)


def test_the_auditor_opens_a_half_year_with_a_reminder_or_the_day_that_the_scheme_names() -> None:
    rules = book("jingmen-2023")
    act = period_of(rules, Half(2026, 1), DONGBAO, WATER, date(2026, 6, 1))
    assert act == PeriodOpened(utility=WATER, district=DONGBAO, year=2026, half=1)
    case, [entry] = open_by_auditor(rules, act, shanghai("2026-06-01 02:10"), offices().newest)
    assert (case.subject, case.parties, case.opened_by) == ("jm-water|jm-dongbao|2026-1", (CITY, DONGBAO, WATER), "auditor")
    assert (entry.actor.role, entry.seq, case.seq, case.head) == ("auditor", 1, 1, entry.hash)
    again, _ = open_by_auditor(rules, act, shanghai("2026-06-02 02:10"), offices().newest)
    assert again.case_id == case.case_id
    table = rules.scheme.settlement
    assert table is not None
    named = type(rules)(replace(rules.scheme, settlement=replace(table, due=("06-20", "12-20"))))
    assert period_of(named, Half(2026, 1), DONGBAO, WATER, date(2026, 6, 20)).due_on == date(2026, 6, 20)
    assert period_of(named, Half(2026, 2), DONGBAO, WATER, date(2026, 12, 1)).due_on == date(2026, 12, 20)
    assert period_of(named, Half(2026, 1), DONGBAO, WATER, date(2026, 6, 21)).due_on is None


# ── The year's end ──


def year_end() -> Desk:
    return desk(YearEndOpened(district=DONGBAO, year=2026), at="2026-12-28 09:00")


def share(settled_: int = 1_234_501, amount: int = 617_250, **other: object) -> YearEndSettled:
    made = YearEndSettled(
        district=DONGBAO, year=2026, settled=settled_, amount=amount, paid_on=date(2026, 12, 30), reference="结算〔2026〕3号"
    )
    return replace(made, **other)


def pay(made: Desk, act: YearEndSettled, ledgers: Mapping[UUID, Sequence[Entry]], by: str = CITY) -> None:
    made.records(act, by=by, at="2026-12-30 16:00", beside=Beside(ledgers=ledgers))


def test_the_city_pays_half_of_what_the_district_settled_and_the_odd_fen_is_the_district_s() -> None:
    made, before = year_end(), elsewhere(settled())
    pay(made, share(), before)
    found = standing_of(made.story.entries)
    assert isinstance(found, YearEnd)
    assert found.state == "settled"
    sheet = year_end_sheet(made.story.book, found, halves_in(before))
    assert (sheet.settled, sheet.city_share, sheet.district_share) == (1_234_501, 617_250, 617_251)
    assert [(one.utility, one.half, one.amount) for one in sheet.items] == [(WATER, 1, 1_234_501)]
    assert seal_holds(found, sheet_of(made.story.book, found, halves_in(before))) is True
    assert seal_holds(found, sheet_of(made.story.book, found, ())) is False
    with pytest.raises(AlreadyDone, match="was paid on 2026-12-30 by 结算〔2026〕3号"):
        pay(made, share(), before)
    after = elsewhere(made, UUID(int=8))
    with pytest.raises(AlreadyDone, match="2026 is settled between the city and jm-dongbao"):
        Desk().opens(period(2), by=CITY, at="2026-12-31 09:00", beside=Beside(ledgers=after))
    with pytest.raises(AlreadyDone, match="belongs to the next year"):
        Desk().opens(YearEndOpened(district=DONGBAO, year=2026), by=CITY, at="2026-12-31 09:00", beside=Beside(ledgers=after))
    Desk().opens(period(1, 2027), by=CITY, at="2026-12-31 09:00", beside=Beside(ledgers=after))


@pytest.mark.parametrize(
    ("act", "why"),
    [
        (share(settled_=1_234_500), "the district settled 1234501 fen in 2026, settled says 1234500"),
        (share(amount=617_251), "50 per cent of 1234501 fen, rounded down, are 617250; amount says 617251"),
        (share(year=2025), "not of jm-dongbao for 2025"),
        (share(paid_on=date(2026, 12, 31)), "paidOn is 2026-12-31"),
    ],
)
def test_figures_that_are_not_the_year_s_are_refused(act: YearEndSettled, why: str) -> None:
    with pytest.raises(Malformed, match=why):
        pay(year_end(), act, elsewhere(settled()))


def test_a_year_ends_once_all_its_half_years_are_settled_and_the_city_alone_says_so() -> None:
    waiting = elsewhere(settled()) | elsewhere(desk(period(2), at="2026-12-01 09:00"), UUID(int=4))
    with pytest.raises(OutOfOrder, match="not settled yet: 2026-2 jm-water（opened）"):
        pay(year_end(), share(), waiting)
    with pytest.raises(NotAllowed, match="this is recorded by jm-czj"):
        pay(year_end(), share(), elsewhere(settled()), by=DONGBAO)
    other_year = elsewhere(settled()) | elsewhere(desk(period(1, 2027)), UUID(int=4))
    pay(year_end(), share(), other_year)


def test_acts_of_half_years_and_of_years_do_not_mix() -> None:
    with pytest.raises(OutOfOrder, match="this case is of a year's end"):
        year_end().records(statement(), by=WATER, at="2026-12-28 10:00")
    with pytest.raises(OutOfOrder, match="comes after"):
        desk().records(share(), by=CITY, at="2026-12-31 10:00")
    with pytest.raises(OutOfOrder, match="comes after"):
        year_end().records(paid(), by=DONGBAO, at="2026-12-28 10:00")
    closed = year_end()
    closed.records(CaseClosed(outcome="误开"), by=CITY, at="2026-12-28 10:00")
    found = standing_of(closed.story.entries)
    assert found.state == "closed"
    assert standing_of(year_end().story.entries).state == "opened"


def test_a_plan_that_says_nothing_of_a_settlement_has_none() -> None:
    with pytest.raises(NotCovered, match="daye-2023 says nothing of a settlement"):
        percent_of(book("daye-2023"))
    with pytest.raises(NotAllowed, match="is not recorded by people under daye-2023"):
        Desk("daye-2023").opens(YearEndOpened(district="dy", year=2026), by="dy-zsj", role="coordinator")
    assert not {tag for tag in book("daye-2023").scheme.acts if tag.startswith(("period.", "statement.s", "yearend.", "works.costed"))}


@given(st.lists(st.integers(0, 10**12), max_size=8))
def test_the_two_shares_are_the_whole_to_the_fen(amounts: list[int]) -> None:
    base = stands(settled())
    halves = [
        replace(
            base,
            case_id=UUID(int=number),
            opened=replace(base.opened, half=1 + number % 2, utility=(WATER, GAS)[number % 3 > 0]),
            paid=paid(amount),
        )
        for number, amount in enumerate(amounts)
    ]
    found = standing_of(year_end().story.entries)
    assert isinstance(found, YearEnd)
    sheet = year_end_sheet(book("jingmen-2023"), found, halves)
    assert sheet.city_share + sheet.district_share == sheet.settled == sum(amounts)
    assert sheet.district_share - sheet.city_share == sum(amounts) % 2
