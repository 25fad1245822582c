"""Opening a settlement: by the finance offices, or by the auditor at its time; what was settled is not opened again."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from calendars import local_day
from domain.acts import Acted
from domain.acts.enforcement.supervision import PeriodOpened
from domain.acts.settlement import YearEndOpened
from domain.case import Case
from domain.cases.appending import write
from domain.cases.handlers import checks_first
from domain.cases.other_cases import Opening
from domain.halves import Half
from domain.ledger import AUDITOR, AUDITOR_PARTY, SHA256, Actor, Entry
from domain.refusals import AlreadyDone, Malformed, NotAllowed
from domain.schemes.rulebook import Rulebook
from domain.settlement.sheet import percent_of
from domain.settlement.state import halves_in, years_in
from words import sentence


@checks_first(PeriodOpened)
def check_period(opening: Opening, act: PeriodOpened) -> None:
    """Refuse a half-year that is settled, or whose year is."""
    check_finance(opening.book, opening.actor, act.district)
    _refuse_far_year(opening, act.year)
    _refuse_settled_year(opening, act.district, act.year)
    for one in halves_in(opening.other_cases.ledgers):
        if one.paid is not None and one.opened.utility == act.utility and (one.opened.district, one.half) == (act.district, _half(act)):
            raise AlreadyDone(
                sentence(
                    "{half} of {utility} in {district} is settled; what came later belongs to the next half-year",
                    half=one.half.in_words,
                    utility=act.utility,
                    district=act.district,
                )
            )


@checks_first(YearEndOpened)
def check_year_end(opening: Opening, act: YearEndOpened) -> None:
    """Refuse a year that is settled."""
    percent_of(opening.book)
    check_finance(opening.book, opening.actor, act.district)
    _refuse_far_year(opening, act.year)
    _refuse_settled_year(opening, act.district, act.year)


def check_finance(book: Rulebook, actor: Actor, district: str) -> None:
    """Refuse a district's finance office in another district; the city's acts in every one."""
    if actor.party != district and actor.party not in treasuries(book):
        raise NotAllowed(sentence("{party} settles for its own district alone, not for {district}", party=actor.party, district=district))


def treasuries(book: Rulebook) -> frozenset[str]:
    """Name the city's own finance offices: those of no district."""
    return frozenset(one.code for one in book.scheme.parties if "finance" in one.roles and one.district is None)


def taking_part(book: Rulebook, act: Acted) -> frozenset[str]:
    """Say who takes part in a settlement beside whom its acts name: the district, and the city's finance offices."""
    if not isinstance(act, PeriodOpened | YearEndOpened):
        return frozenset()
    return (treasuries(book) | {act.district}) & book.parties.keys()


def period_of(book: Rulebook, half: Half, district: str, utility: str, on: date) -> PeriodOpened:
    """Make the act by which the auditor opens a half-year; where the scheme names a day that is not over, it is due then."""
    days = book.scheme.settlement.due if book.scheme.settlement else None
    due_on = date.fromisoformat(f"{half.year}-{days[half.half - 1]}") if days else None
    due_on = due_on if due_on is not None and due_on >= on else None
    return PeriodOpened(utility=utility, district=district, year=half.year, half=half.half, due_on=due_on)


def open_by_auditor(
    book: Rulebook, act: PeriodOpened, at: datetime, edition: str, digest: Callable[[bytes], Any] = SHA256
) -> tuple[Case, tuple[Entry, ...]]:
    """Open a half-year; its id follows from what it is about, so that it is not opened twice."""
    subject = f"{act.utility}|{act.district}|{_half(act)}"
    case = Case(
        case_id=id_of(book, subject),
        kind="settlement",
        scheme=book.id,
        city=book.scheme.city.code,
        district=act.district,
        subject=subject,
        number=None,
        year=local_day(at).year,
        state="open",
        opened_at=at,
        opened_by=AUDITOR_PARTY,
        parties=tuple(sorted(taking_part(book, act) | {act.utility})),
        seq=0,
        head=b"",
    )
    return write(case, [(act, at, AUDITOR)], at, edition, digest)


def id_of(book: Rulebook, subject: str) -> UUID:
    """Give the id of the half-year that the auditor opens about this."""
    return uuid5(NAMESPACE_URL, f"urn:lianban:settlement:{book.scheme.city.code}:{subject}")


def _half(act: PeriodOpened) -> Half:
    return Half(act.year, act.half)


def _refuse_far_year(opening: Opening, year: int) -> None:
    """What is settled under a year that is far off, the city pays no sooner."""
    this = local_day(opening.recorded_at).year
    if year > this + 1:
        raise Malformed(
            sentence(
                "year is {year}; a settlement is opened for {this_year}, for {next_year}, or for a year that is over",
                year=year,
                this_year=this,
                next_year=this + 1,
            ),
            field="year",
        )


def _refuse_settled_year(opening: Opening, district: str, year: int) -> None:
    for one in years_in(opening.other_cases.ledgers):
        if one.paid is not None and (one.opened.district, one.opened.year) == (district, year):
            message = sentence(
                "{year} is settled between the city and {district} since {paid_on}; what came later belongs to the next year",
                year=year,
                district=district,
                paid_on=one.paid.paid_on,
            )
            raise AlreadyDone(message)
