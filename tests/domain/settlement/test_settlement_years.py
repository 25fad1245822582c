"""Opening settlements, and the year's end between the city and a district: the city's half of the whole, to the 分."""

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from domain.acts.enforcement.supervision import PeriodOpened
from domain.acts.service import CaseClosed
from domain.acts.settlement import YearEndOpened, YearEndSettled
from domain.cases.other_cases import OtherCases
from domain.halves import Half
from domain.ledger import Entry
from domain.refusals import AlreadyDone, Malformed, NotAllowed, NotCovered, OutOfOrder
from domain.settlement.opening import open_by_auditor, period_of
from domain.settlement.sealing import seal_holds, sheet_of
from domain.settlement.sheet import percent_of, year_end_sheet
from domain.settlement.state import YearEnd, halves_in, standing_of
from tests.domain.desk import Desk
from tests.domain.settlement.settling import (
    CITY,
    DONGBAO,
    DUODAO,
    GAS,
    JUNE,
    WATER,
    desk,
    elsewhere,
    paid,
    period,
    settled,
    stands,
    statement,
)
from tests.domain.stories import book, offices, shanghai

# ── Opening ──


def test_a_settled_half_year_is_not_opened_again() -> None:
    before = elsewhere(settled())
    with pytest.raises(AlreadyDone, match="2026-1 of jm-water in jm-dongbao is settled"):
        Desk().opens(period(), by=CITY, at="2026-07-10 09:00", other_cases=OtherCases(ledgers=before))
    Desk().opens(period(2), by=CITY, at="2026-12-01 09:00", other_cases=OtherCases(ledgers=before))
    Desk().opens(period(utility=GAS), by=CITY, at="2026-12-01 09:00", other_cases=OtherCases(ledgers=before))
    Desk().opens(period(), by=CITY, at="2026-07-10 09:00", other_cases=OtherCases(ledgers=elsewhere(desk())))


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
    made.records(act, by=by, at="2026-12-30 16:00", other_cases=OtherCases(ledgers=ledgers))


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
        Desk().opens(period(2), by=CITY, at="2026-12-31 09:00", other_cases=OtherCases(ledgers=after))
    with pytest.raises(AlreadyDone, match="belongs to the next year"):
        Desk().opens(YearEndOpened(district=DONGBAO, year=2026), by=CITY, at="2026-12-31 09:00", other_cases=OtherCases(ledgers=after))
    Desk().opens(period(1, 2027), by=CITY, at="2026-12-31 09:00", other_cases=OtherCases(ledgers=after))


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
