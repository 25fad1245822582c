"""Sums on the settlement's papers: in 元 with two places, in capital figures, with every party by its name."""

from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from domain.acts.enforcement.supervision import PeriodOpened
from domain.printing.gathering import record_of
from domain.printing.money import capital, yuan
from domain.printing.records import Statement, StatementLine, YearEndPaper
from domain.printing.settlements import settlement_paper
from domain.refusals import NotFound
from domain.settlement.sheet import HalfYearSheet, SheetItem, YearEndItem, YearEndSheet
from tests.domain.desk import Desk
from tests.domain.stories import book

JINGMEN = book("jingmen-2023")


@pytest.mark.parametrize(
    ("fen", "written", "capitals"),
    [
        (0, "0.00", "零元整"),
        (1, "0.01", "壹分"),
        (10, "0.10", "壹角整"),
        (11, "0.11", "壹角壹分"),
        (100, "1.00", "壹元整"),
        (105, "1.05", "壹元零伍分"),
        (150, "1.50", "壹元伍角整"),
        (1_000, "10.00", "壹拾元整"),
        (10_500, "105.00", "壹佰零伍元整"),
        (100_100, "1,001.00", "壹仟零壹元整"),
        (101_000, "1,010.00", "壹仟零壹拾元整"),
        (1_000_000, "10,000.00", "壹万元整"),
        (1_000_100, "10,001.00", "壹万零壹元整"),
        (1_050_000, "10,500.00", "壹万零伍佰元整"),
        (1_234_501, "12,345.01", "壹万贰仟叁佰肆拾伍元零壹分"),
        (10_000_000_000, "100,000,000.00", "壹亿元整"),
        (10_000_000_100, "100,000,001.00", "壹亿零壹元整"),
        (10_500_060_007, "105,000,600.07", "壹亿零伍佰万零陆佰元零柒分"),
        (10**17, "1,000,000,000,000,000.00", "壹仟万亿元整"),
    ],
)
def test_a_sum_is_written_as_official_papers_write_it(fen: int, written: str, capitals: str) -> None:
    assert (yuan(fen), capital(fen)) == (written, capitals)


def test_a_statement_names_its_parties_and_the_half_year_of_what_came_late() -> None:
    items = (
        SheetItem(case_id=UUID(int=1), project="2611-420802-04-01-000002", belongs_to=None, amount=1_000_001),
        SheetItem(case_id=UUID(int=2), project=None, belongs_to="2025-2", amount=234_500),
    )
    sheet = HalfYearSheet(
        scheme="jingmen-2023", district="jm-dongbao", utility="jm-water", year=2026, half=1, items=items, amount=1_234_501,
        submitted_at=datetime(2026, 6, 19, 16, 30, tzinfo=UTC), checked_at=None, paid_on=None, reference=None,
    )  # fmt: skip
    assert settlement_paper(JINGMEN, sheet, None) == Statement(
        period="2026年上半年",
        district="东宝区人民政府",
        utility="荆门市城市水务集团有限公司",
        items=(
            StatementLine(number=1, case_id=str(UUID(int=1)), project="2611-420802-04-01-000002", amount="10,000.01"),
            StatementLine(number=2, case_id=str(UUID(int=2)), belongs_to="2025年下半年", amount="2,345.00"),
        ),
        cases=2,
        amount="12,345.01",
        capital="壹万贰仟叁佰肆拾伍元零壹分",
        submitted_on=date(2026, 6, 20),
    )


def test_a_year_end_sheet_says_who_bears_what() -> None:
    item = YearEndItem(case_id=UUID(int=1), utility="jm-water", half=2, amount=1_234_501, paid_on=date(2026, 12, 18), reference="12 号")
    sheet = YearEndSheet(
        scheme="jingmen-2023", district="jm-dongbao", year=2026, items=(item,), settled=1_234_501, city_percent=50,
        city_share=617_250, district_share=617_251, paid_on=None, reference=None,
    )  # fmt: skip
    paper = settlement_paper(JINGMEN, sheet, "ab")
    assert isinstance(paper, YearEndPaper)
    assert (paper.of_year, paper.city, paper.percent, paper.digest) == (2026, "荆门市", 50, "ab")
    assert (paper.settled, paper.city_share, paper.district_share, paper.capital) == (
        "12,345.01", "6,172.50", "6,172.51", "陆仟壹佰柒拾贰元伍角整",
    )  # fmt: skip
    assert [(one.number, one.utility, one.half, one.amount) for one in paper.items] == [
        (1, "荆门市城市水务集团有限公司", "下半年", "12,345.01")
    ]


def test_a_settlement_s_sheet_is_not_printed_from_its_case_alone() -> None:
    desk = Desk()
    desk.opens(PeriodOpened(utility="jm-water", district="jm-dongbao", year=2026, half=1), by="jm-czj", at="2026-06-01 09:00")
    assert desk.case is not None
    with pytest.raises(NotFound, match="lianban settlements print"):
        record_of(JINGMEN, desk.case, desk.story.entries, "statement")
