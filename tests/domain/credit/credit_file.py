"""One entry of a credit file taken on step by step, as the tests of its steps ask; holds no expected answers."""

from datetime import date

import pytest

from domain.acts import Acted
from domain.acts.enforcement.credit import (
    CreditHeard,
    CreditProposed,
    MeasureEntered,
)
from domain.cases.other_cases import NOTHING, OtherCases
from domain.credit.state import Credit, credit_of
from tests.domain.accountability.records import (
    File,
    falsified,
    notice,
)


def stands(file: File, on: date = date(2026, 6, 8)) -> Credit:
    return credit_of(file.story.entries, on)


def proposed(act: CreditProposed | None = None) -> File:
    file = File()
    file.proposes(act or falsified(), by="jm-spj", role="coordinator")
    return file


def says(
    file: File, act: Acted, by: str = "jm-spj", at: str = "2026-06-03 11:00", role: str = "coordinator", account: str = "proposer"
) -> None:
    file.records(act, by=by, at=at, role=role, account=account)


def refused(refusal: type[Exception], word: str, file: File, act: Acted, **how: str) -> None:
    with pytest.raises(refusal) as told:
        says(file, act, **how)
    assert word in str(told.value)


def ready(act: CreditProposed | None = None, other_cases: OtherCases = NOTHING) -> File:
    file = File()
    file.proposes(act or falsified(), by="jm-spj", role="coordinator", other_cases=other_cases)
    says(file, notice(), account="notifier")
    says(file, CreditHeard(by="jm-spj", statement="属实"), at="2026-06-04 10:00")
    return file


def entering(department: str, on: date = date(2026, 6, 8), until: date | None = None) -> MeasureEntered:
    return MeasureEntered(
        department=department,
        measures_list="全国失信惩戒措施基础清单（2025 年版）",
        number="2",
        law="招标投标法第五十四条",
        text="限制参加投标",
        on=on,
        until=until,
    )
