"""What works cost and how it is settled: stated by utilities, settled by half-years, the city's share at the year's end; in 分."""

from collections.abc import Iterator
from datetime import date
from random import Random
from typing import Literal, NamedTuple

from domain.acts.enforcement.supervision import StatementChecked, StatementItem, StatementSubmitted
from domain.acts.settlement import StatementSettled, WorksCosted, YearEndOpened, YearEndSettled
from simulation.follow_up.office import Office
from simulation.follow_up.schedule import Track
from simulation.follow_up.starting_points import Works
from simulation.slow_calendar import DAY, day_of, midnight, seconds

JULY = 7
SETTLING = {1: 6, 2: 12}
"""The month in which a half-year's settling begins."""
HalfName = tuple[int, Literal[1, 2]]


class Costed(NamedTuple):
    """What works cost; stated twice where it was stated wrongly first."""

    works: Works
    amount: int
    stated_at: int
    wrong: int | None


class Bill(NamedTuple):
    """What a utility settles with a district for one half-year."""

    district: str
    utility: str
    half: HalfName
    costs: tuple[Costed, ...]

    @property
    def subject(self) -> str:
        """Name the settlement as its case does."""
        return f"{self.utility}|{self.district}|{self.half[0]}-{self.half[1]}"

    @property
    def amount(self) -> int:
        """Add it up."""
        return sum(one.amount for one in self.costs)


def costed(office: Office, works: list[Works], rng: Random) -> list[Costed]:
    """Choose what most works cost, and when that is stated: in the first weeks."""
    chosen = [one for one in works if rng.randrange(100) < 60]  # noqa: PLR2004 -- per cent
    return [Costed(one, rng.randint(1, 5_000_000), office.later(rng, 1, 10), rng.choice((None, None, 77))) for one in chosen]


def half_of(at: int) -> HalfName:
    """Say in which half-year a moment lies."""
    on = day_of(at)
    return on.year, 1 if on.month < JULY else 2


def bills(costs: list[Costed], there: set[str], first: int, last: int) -> list[Bill]:
    """Put each cost into the first half-year that can still take it: its own, or a later one that is not there yet."""
    found: dict[tuple[str, str, HalfName], list[Costed]] = {}
    for one in costs:
        own = half_of(seconds(one.works.accepted) if one.works.accepted else one.stated_at)
        for half in _halves(first, last):
            subject = f"{one.works.utility}|{one.works.district}|{half[0]}-{half[1]}"
            if half >= own and subject not in there:
                found.setdefault((one.works.district, one.works.utility, half), []).append(one)
                break
    return [Bill(*key, tuple(several)) for key, several in sorted(found.items())]


def _halves(first: int, last: int) -> Iterator[HalfName]:
    """Give the half-years whose settling begins before or in the year, and leaves time to be gone through."""
    begun = [(year, half) for year in range(day_of(first).year - 1, day_of(last).year + 1) for half in (1, 2)]
    starts = {(year, half): midnight(date(year, SETTLING[half], 1)) for year, half in begun}
    before = [one for one in begun if starts[one] <= first]
    for one in begun:
        if one == before[-1] or first < starts[one] < last - 30 * 86_400:
            yield one  # type: ignore[misc]  # one of two


async def stated(office: Office, one: Costed) -> Track:
    """State a cost; one that was wrong is stated again the next day."""
    yield one.stated_at
    utility, about = one.works.utility, one.works.case_id
    if one.wrong is not None:
        await office.record(about, utility, WorksCosted(utility=utility, amount=one.wrong))
    await office.record(about, utility, WorksCosted(utility=utility, amount=one.amount, text="样例：外线工程"))


async def settled(office: Office, bill: Bill, rng: Random, paid: set[Bill]) -> Track:
    """Submit, check (now and then returned first) and pay what the auditor has opened; then it is among the paid."""
    year, half = bill.half
    yield max(office.later(rng, 15, 18), midnight(date(year, SETTLING[half], 8)) + 10 * 3600)
    case = await office.about("settlement", bill.subject)
    if case is None:
        raise LookupError(f"no settlement was opened about {bill.subject}")
    if rng.randrange(4) == 0:
        await office.record(case.case_id, bill.utility, _statement(bill))
        yield office.later(rng, 1, 2)
        returned = StatementChecked(district=bill.district, accepted=False, reason="样例：补充资料")
        await office.record(case.case_id, bill.district, returned)
        yield office.later(rng, 1, 2)
    await office.record(case.case_id, bill.utility, _statement(bill))
    yield office.later(rng, 1, 3)
    await office.record(case.case_id, bill.district, StatementChecked(district=bill.district, accepted=True))
    yield office.later(rng, 1, 3)
    payment = StatementSettled(
        district=bill.district, utility=bill.utility, amount=bill.amount, paid_on=day_of(office.at), reference="样例付款1号"
    )
    await office.record(case.case_id, bill.district, payment)
    paid.add(bill)


def _statement(bill: Bill) -> StatementSubmitted:
    items = tuple(_item(bill, one) for one in bill.costs)
    return StatementSubmitted(utility=bill.utility, amount=bill.amount, items=items)


def _item(bill: Bill, one: Costed) -> StatementItem:
    own = half_of(seconds(one.works.accepted) if one.works.accepted else one.stated_at)
    late = None if own == bill.half else f"{own[0]}-{own[1]}"
    return StatementItem(case_id=one.works.case_id, amount=one.amount, belongs_to=late)


def by_year(found: list[Bill], last: int) -> dict[tuple[str, int], list[Bill]]:
    """Give what each district settles in each year that is over in time for its year's end."""
    years: dict[tuple[str, int], list[Bill]] = {}
    for bill in found:
        if midnight(date(bill.half[0] + 1, 1, 25)) <= last:
            years.setdefault((bill.district, bill.half[0]), []).append(bill)
    return years


async def year_end(office: Office, year_bills: list[Bill], paid: set[Bill], percent: int, rng: Random) -> Track:
    """Let the city pay its share in the January after, once the district has paid all; the odd 分 stays the district's."""
    district, (year, _) = year_bills[0].district, year_bills[0].half
    yield midnight(date(year + 1, 1, 20)) + 10 * 3600
    while not paid.issuperset(year_bills):
        yield office.at + DAY
    city = next(one.code for one in office.city.parties if "finance" in one.roles and one.district is None)
    case = await office.open(rng, city, YearEndOpened(district=district, year=year))
    total = sum(one.amount for one in year_bills)
    share = total * percent // 100
    payment = YearEndSettled(district=district, year=year, settled=total, amount=share, paid_on=day_of(office.at), reference="样例拨款1号")
    await office.record(case, city, payment)
