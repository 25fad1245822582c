"""A half-year between 荆水 and 东宝 as its parties record it, in words short enough for a test; holds no expected answers."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from msgspec.structs import replace

from domain.acts import Acted
from domain.acts.enforcement.supervision import PeriodOpened, StatementChecked, StatementItem, StatementSubmitted
from domain.acts.settlement import StatementSettled
from domain.cases.other_cases import Cost, OtherCases
from domain.ledger import Entry
from domain.settlement.state import HalfYear, standing_of
from tests.domain.desk import Desk
from tests.domain.stories import shanghai

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
    made.records(act, by=WATER, at=at, other_cases=OtherCases(costs=costs, ledgers={}))
    return made


def check(made: Desk, act: StatementChecked = ACCEPTED, costs: Sequence[Cost] = COSTS, at: str = "2026-06-22 10:00") -> Desk:
    made.records(act, by=act.district, at=at, other_cases=OtherCases(costs=costs))
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
