"""The words of `lianban registers`: both sides' registers, a row for each step, with what does not agree; keeps nothing."""

from collections.abc import AsyncIterator, Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import get_args
from uuid import UUID

import rich_click as click
from msgspec import Struct

from calendars import midnight
from casework.settings import Settings
from cli.running.databases import with_database
from cli.running.environment import here
from cli.running.schemes import city_of, party_of, schemes_of
from cli.terminal.choices import Named
from cli.terminal.dates import DAY, shown
from cli.terminal.exit_codes import Refused, WrongWords
from cli.terminal.formats import Form, forms_of
from cli.terminal.saying import said
from cli.terminal.tables import headed, print_whole
from domain.case import Case
from domain.intake.numbering import number_text
from domain.judging.situation import Situation
from domain.schemes.rulebook import Rulebook, compile_scheme
from domain.service.agreement import SAYS, Disagreement, Said, concerns
from domain.service.registers import KINDS_KEPT, Register, Registers, Step, TimeLimit, registers_of
from domain.service.sides import Side
from exports.spreadsheets.columns import Columns
from storage.calendars.offices import load_offices
from storage.cases.cases import CaseFilter, list_cases
from storage.cases.clocks import read_clocks_of
from storage.cases.ledger import read_ledgers
from storage.postgres.cursor import Place
from storage.postgres.transaction import Database
from words import Listed, name_of, say, sentence

_PAGE = 200


class RegisterRow(Struct, frozen=True, kw_only=True, rename="camel"):
    """One step of one ledger."""

    case_id: UUID
    kind: str
    number: str | None
    side: Side
    party: str
    party_name: str
    seq: int
    act: str
    step: str
    by: str
    happened_at: datetime
    written_at: datetime
    limits: tuple[str, ...]
    problems: tuple[str, ...]
    disagreements: tuple[str, ...]


class RegisterChoice(Struct, frozen=True):
    """Which registers."""

    cases: CaseFilter
    side: Side | None
    party: str | None
    disagreeing: bool


class RegisterTable:
    """A table, which has to see every row before it knows how wide its columns are."""

    def __init__(self) -> None:
        self.table = headed("register", "step", "happened", "written", "limits", "problems", "differs", "case")

    def add(self, items: Iterable[RegisterRow]) -> None:
        for row in items:
            said = ("\n".join(each) for each in (row.limits, row.problems, row.disagreements))
            ledger = f"{name_of('side', row.side)} {row.party_name}"
            step = f"{row.seq} {row.step} {row.by}"
            self.table.add_row(ledger, step, shown(row.happened_at), shown(row.written_at), *said, str(row.case_id))

    def end(self) -> None:
        print_whole(self.table)


FORMS = forms_of(RegisterTable, Columns(RegisterRow), sentence("Registers"), "registers")


@click.command(help=said("Both registers, the newest case first, a row for each step; --from and --to are both included."))
@click.option("--city", metavar="CODE", help=said("the city's code or name: 420800, 荆门市"))
@click.option("--side", type=Named("side", get_args(Side)), help=said("the window's registers, or the handling departments'"))
@click.option("--party", metavar="CODE", help=said("whose registers"))
@click.option("--from", "first", type=DAY, metavar="DAY", help=said("of cases opened on that day or later: 2026-09-30"))
@click.option("--to", "last", type=DAY, metavar="DAY", help=said("of cases opened on that day or before"))
@click.option("--disagreeing", is_flag=True, help=said("only cases in which something does not agree"))
@click.option("--format", "form", type=click.Choice([*FORMS]), default="table", help=said("how it is written"))
def registers(
    city: str | None, side: Side | None, party: str | None, first: date | None, last: date | None, form: str, *, disagreeing: bool
) -> None:
    schemes = schemes_of(here()).all
    if first and last and first > last:
        raise WrongWords(sentence("--from {first} comes after --to {last}", first=first, last=last))
    cases = CaseFilter(
        city=None if city is None else city_of(schemes, city),
        kinds=KINDS_KEPT,
        party=party_of(schemes, party),
        opened_from=None if first is None else midnight(first),
        opened_before=None if last is None else midnight(last + timedelta(days=1)),
    )
    books = {scheme.id: compile_scheme(scheme) for scheme in schemes}
    with_database(partial(_write, FORMS[form](), books, RegisterChoice(cases, side, party, disagreeing)))


async def _write(form: Form[RegisterRow], books: Mapping[str, Rulebook], chosen: RegisterChoice, database: Database, _: Settings) -> None:
    async for case, both in _pages(books, chosen, database):
        form.add(_rows(books[case.scheme], case, both))
    form.end()


async def _pages(books: Mapping[str, Rulebook], chosen: RegisterChoice, database: Database) -> AsyncIterator[tuple[Case, Registers]]:
    """Everything as of one moment, a page of cases at a time."""
    after, now = None, datetime.now(UTC).replace(microsecond=0)
    async with database.transaction() as tx:
        offices = await load_offices(tx, now)
    async with database.reading() as tx:
        while page := await list_cases(tx, chosen.cases, after, _PAGE):
            ids = sorted(case.case_id for case in page)
            entries, clocks = await read_ledgers(tx, ids), await read_clocks_of(tx, ids)
            for case in page:
                book = _book(books, case)
                both = registers_of(Situation(book, entries[case.case_id]), clocks[case.case_id], offices, now)
                yield case, _only(both, chosen)
            after = Place(page[-1].opened_at, page[-1].case_id)


def _book(books: Mapping[str, Rulebook], case: Case) -> Rulebook:
    if case.scheme not in books:
        raise Refused(
            sentence(
                "there are cases under the plan {scheme!r}, which is not known here: name its folder in LIANBAN_SCHEMES", scheme=case.scheme
            )
        )
    return books[case.scheme]


def _only(both: Registers, chosen: RegisterChoice) -> Registers:
    kept = tuple(one for one in both.registers if chosen.side in {None, one.side} and chosen.party in {None, one.party})
    differing = tuple(one for one in both.disagreements if chosen.party is None or concerns(one, chosen.party))
    return Registers(() if chosen.disagreeing and not differing else kept, differing)


def _rows(book: Rulebook, case: Case, both: Registers) -> Iterator[RegisterRow]:
    number = None if case.number is None else number_text(book.scheme, case.year, case.number)
    for ledger in both.registers:
        for step in ledger.steps:
            yield _row(book, (case, number), ledger, step, both.disagreements)


def _row(book: Rulebook, of: tuple[Case, str | None], ledger: Register, step: Step, differing: Iterable[Disagreement]) -> RegisterRow:
    case, number = of
    return RegisterRow(
        case_id=case.case_id,
        kind=case.kind,
        number=number,
        side=ledger.side,
        party=ledger.party,
        party_name=book.name_of(ledger.party),
        seq=step.seq,
        act=step.act,
        step=step.title,
        by=book.name_of(step.party),
        happened_at=step.happened_at,
        written_at=step.written_at,
        limits=tuple(map(_limit, step.limits)),
        problems=tuple(say(one.words) for one in step.problems),
        disagreements=tuple(_told(book, one) for one in differing if any(said.seq == step.seq for said in one.said)),
    )


def _limit(one: TimeLimit) -> str:
    due = shown(one.due) if one.due else sentence("the clock stands")
    return said("{title}: {due} {state}", title=one.title, due=due, state=name_of("clock-state", one.state))


def _told(book: Rulebook, one: Disagreement) -> str:
    each = [sentence("{party}: {words}", party=book.name_of(by.party), words=_when(by)) for by in one.said]
    return said("{differs} ({said})", differs=SAYS[one.kind], said=Listed(each, "; "))


def _when(by: Said) -> str:
    return f"{say(by.words)} {shown(by.at)}" if by.at else say(by.words)
