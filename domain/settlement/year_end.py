"""What the year's end must be true to: every half-year settled, the city's share of the whole, paid once by the city."""

from domain.acts.settlement import YearEndSettled
from domain.cases.context import ActContext
from domain.cases.handlers import checks
from domain.halves import Half, settling_at
from domain.refusals import AlreadyDone, Malformed, NotAllowed, OutOfOrder
from domain.settlement.opening import treasuries
from domain.settlement.sheet import YearEndSheet, year_end_sheet
from domain.settlement.state import HalfYear, YearEnd, halves_in, standing_of
from domain.settlement.statement import check_paid
from words import any_of, listed, sentence

_OVER = frozenset({"settled", "closed"})


@checks(YearEndSettled)
def check_year_settled(asked: ActContext, act: YearEndSettled) -> None:
    """Refuse figures that are not the year's, a second payment, and one by anybody but the city's finance office."""
    stands = year_end_of(asked)
    about = (stands.opened.district, stands.opened.year)
    if asked.actor.party not in treasuries(asked.book):
        raise NotAllowed(sentence("the city pays its share: this is recorded by {offices}", offices=any_of(sorted(treasuries(asked.book)))))
    if (act.district, act.year) != about:
        raise Malformed(
            sentence(
                "this is the year's end of {district} for {year}, not of {named} for {named_year}",
                district=about[0],
                year=about[1],
                named=act.district,
                named_year=act.year,
            ),
            field="district",
        )
    if stands.paid is not None:
        raise AlreadyDone(
            sentence(
                "the city's share of {year} was paid on {paid_on} by {reference}",
                year=about[1],
                paid_on=stands.paid.paid_on,
                reference=stands.paid.reference,
            )
        )
    _refuse_early(asked, stands)
    _refuse_unsettled(asked, stands)
    _check_sums(year_end_sheet(asked.book, stands, halves_in(asked.other_cases.ledgers)), act)
    check_paid(asked, act.paid_on)


def year_end_of(asked: ActContext) -> YearEnd:
    """Give the year's end that a case is about."""
    stands = standing_of(asked.entries)
    assert isinstance(stands, YearEnd)  # noqa: S101 -- a steering act comes after yearend.opened
    return stands


def open_halves(asked: ActContext, stands: YearEnd) -> list[HalfYear]:
    """Give the district's half-years of the year that are neither settled nor closed."""
    about = (stands.opened.district, stands.opened.year)
    halves = halves_in(asked.other_cases.ledgers)
    return [one for one in halves if (one.opened.district, one.opened.year) == about and one.state not in _OVER]


def _refuse_early(asked: ActContext, stands: YearEnd) -> None:
    """A year that is settled takes no half-year any more; so it is not settled before its second one's time."""
    year = stands.opened.year
    if settling_at(asked.recorded_at) < Half(year, 2):
        message = sentence(
            "{year} is settled from {year}-12-01 on, when its second half is to be settled too; what came later would find it over",
            year=year,
        )
        raise OutOfOrder(message, earliest=f"{year}-12-01")


def _refuse_unsettled(asked: ActContext, stands: YearEnd) -> None:
    waiting = open_halves(asked, stands)
    if waiting:
        names = listed(
            sentence("{half} {utility}（{state}）", half=one.half.in_words, utility=one.opened.utility, state=one.state) for one in waiting
        )
        raise OutOfOrder(
            sentence("not settled yet: {names}; the city's share is of what the district has settled", names=names),
            missing=["statement.settled"],
        )


def _check_sums(sheet: YearEndSheet, act: YearEndSettled) -> None:
    if act.settled != sheet.settled:
        raise Malformed(
            sentence(
                "the district settled {settled} fen in {year}, settled says {said}",
                settled=sheet.settled,
                year=sheet.year,
                said=act.settled,
            ),
            field="settled",
        )
    if act.amount != sheet.city_share:
        message = sentence(
            "{percent} per cent of {settled} fen, rounded down, are {share}; amount says {said}",
            percent=sheet.city_percent,
            settled=sheet.settled,
            share=sheet.city_share,
            said=act.amount,
        )
        raise Malformed(message, field="amount")
