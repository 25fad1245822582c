"""The words of `lianban scorecards`: a row for each party and stage, as it stands or as it was sealed; scores nobody itself."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import partial

import rich_click as click
from msgspec import Struct

from calendars import local_day
from casework.settings import Settings
from cli.running.databases import with_database
from cli.running.environment import here
from cli.running.schemes import city_of, party_of, schemes_of
from cli.terminal.dates import hours
from cli.terminal.exit_codes import WrongWords
from cli.terminal.formats import Form, forms_of
from cli.terminal.saying import said
from cli.terminal.tables import headed, print_whole
from domain.acts.enforcement.assessment import PartyScore, ScoreStage, StageScore
from domain.assessment.period import Period, parse_period
from domain.assessment.scorecard import party_scores
from domain.assessment.sealing import corrected_in, sealed_in
from domain.ledger import Entry
from domain.offices import Offices
from domain.refusals import Refusal
from domain.schemes.rulebook import Rulebook, compile_scheme
from exports.spreadsheets.columns import Columns
from schemes.reader import Schemes
from storage.assessment.scores import Scored, count, sealed_cases
from storage.calendars.offices import load_offices
from storage.cases.ledger import read_ledger
from storage.postgres.transaction import Database, Tx
from words import listed, name_of, sentence


class ScorecardRow(Struct, frozen=True, kw_only=True, rename="camel"):
    """One party at one stage; scores and losses in hundredths of a point, what was used in thousandths of the limit by natural time."""

    city: str
    period: str
    party: str
    party_name: str
    assessed_by: str
    stage: ScoreStage
    obligations: int
    on_time: int
    late: int
    breached: int
    median: int | None
    ninetieth: int | None
    delay_share_seconds: int
    upheld: int
    undecided: int
    objections_upheld: int
    standards_broken: int
    small: bool
    losses: tuple[str, ...]
    score: int | None
    corrected: int | None
    """What a later decision made of a sealed score."""
    digest: str | None
    """Of the seal."""


class ScorecardTable:
    """A table, which has to see every row before it knows how wide its columns are."""

    def __init__(self) -> None:
        counts = ("party", "stage", "owed", "on-time", "late", "breached", "median", "ninetieth", "delay-share")
        self.table = headed(*counts, "upheld", "undecided", "losses", "score", "corrected")

    def add(self, items: Iterable[ScorecardRow]) -> None:
        for row in items:
            counts = (row.obligations, row.on_time, row.late, row.breached)
            used = ("" if value is None else f"{value / 10:.1f}%" for value in (row.median, row.ninetieth))
            found = (
                hours(row.delay_share_seconds) if row.delay_share_seconds else "",
                str(row.upheld),
                str(row.undecided),
                " ".join(row.losses),
            )
            score = said("{score} (few)", score=_points(row.score)) if row.small and row.score is not None else _points(row.score)
            stage = name_of("score-stage", row.stage)
            self.table.add_row(row.party_name, stage, *map(str, counts), *used, *found, score, _points(row.corrected))

    def end(self) -> None:
        print_whole(self.table)


FORMS = forms_of(ScorecardTable, Columns(ScorecardRow), sentence("Scorecards"), "scorecards")


class ScorecardChoice(Struct, frozen=True):
    """Which rows."""

    cities: tuple[str, ...]
    period: Period
    district: str | None
    party: str | None
    sealed: bool


@click.command(help=said("Scorecards by city, a row for each party and stage; only upheld findings lower a score."))
@click.option(
    "--period", "--year", "period", metavar="PERIOD", required=True, help=said("a year, quarter or month: 2026, 2026-Q3, 2026-07")
)
@click.option("--city", metavar="CODE", help=said("the city's code or name: 420800, 荆门市"))
@click.option("--district", metavar="CODE", help=said("of that district alone"))
@click.option("--party", metavar="CODE", help=said("of that party alone"))
@click.option("--sealed", is_flag=True, help=said("a year as it was sealed, with what was corrected since"))
@click.option("--format", "form", type=click.Choice([*FORMS]), default="table", help=said("how it is written"))
def scorecards(period: str, city: str | None, district: str | None, party: str | None, form: str, *, sealed: bool) -> None:
    schemes = schemes_of(here())
    named = [city_of(schemes.all, city)] if city else sorted({scheme.city.code for scheme in schemes.all})
    known = {one.code for scheme in schemes.all for one in scheme.districts}
    if district is not None and district not in known:
        raise WrongWords(
            sentence("{district!r} is no district; the districts are: {known}", district=district, known=listed(sorted(known)))
        )
    chosen = ScorecardChoice(tuple(named), _period(period), district, party_of(schemes.all, party), sealed)
    with_database(partial(_write, FORMS[form](), schemes, chosen))


def _period(text: str) -> Period:
    try:
        return parse_period(text)
    except Refusal as fault:
        raise WrongWords(fault.message) from fault


async def _write(form: Form[ScorecardRow], schemes: Schemes, chosen: ScorecardChoice, database: Database, _: Settings) -> None:
    books = {scheme.id: compile_scheme(scheme) for scheme in schemes.all}
    now = datetime.now(UTC).replace(microsecond=0)
    async with database.transaction() as tx:
        offices = await load_offices(tx, now)
    for city in chosen.cities:
        book = _in_force(schemes, books, city, chosen.period, now)
        if book is None or book.scheme.scorecard is None:
            continue
        async with database.reading() as tx:
            read = _sealed(tx, book, chosen.period) if chosen.sealed else _standing(tx, chosen, book, books, offices, now)
            form.add(row for row in await read if chosen.party in {None, row.party})
    form.end()


async def _standing(
    tx: Tx, chosen: ScorecardChoice, book: Rulebook, books: Mapping[str, Rulebook], offices: Offices, now: datetime
) -> list[ScorecardRow]:
    scored = Scored(city=book.scheme.city.code, period=chosen.period, district=chosen.district)
    return list(_rows(book, chosen.period.text, party_scores(book, await count(tx, scored, books, offices, now))))


def _in_force(schemes: Schemes, books: Mapping[str, Rulebook], city: str, period: Period, now: datetime) -> Rulebook | None:
    """Score by the plan in force when the period ends, or now while it has not."""
    try:
        return books[schemes.in_force(city, min(local_day(now), period.last)).id]
    except Refusal:
        return None


async def _sealed(tx: Tx, book: Rulebook, period: Period) -> list[ScorecardRow]:
    cases = await sealed_cases(tx, book.scheme.city.code, period.first.year)
    return [row for case in cases for row in _sealed_rows(book, await read_ledger(tx, case.case_id))]


def _sealed_rows(book: Rulebook, entries: Sequence[Entry]) -> Iterator[ScorecardRow]:
    seal = sealed_in(entries)
    if seal is not None:
        since = {(act.party, act.stage): act.now for _, act in corrected_in(entries)}
        yield from _rows(book, str(seal.year), seal.parties, since, seal.digest)


def _rows(
    book: Rulebook,
    period: str,
    parties: Iterable[PartyScore],
    since: Mapping[tuple[str, ScoreStage], int | None] | None = None,
    digest: str | None = None,
) -> Iterator[ScorecardRow]:
    for party in parties:
        for stage in party.stages:
            yield _row(book, (period, digest), party, stage, (since or {}).get((party.party, stage.stage)))


def _row(book: Rulebook, of: tuple[str, str | None], party: PartyScore, stage: StageScore, corrected: int | None) -> ScorecardRow:
    period, digest = of
    return ScorecardRow(
        city=book.scheme.city.code,
        period=period,
        party=party.party,
        party_name=book.name_of(party.party),
        assessed_by=party.assessed_by,
        stage=stage.stage,
        obligations=stage.obligations,
        on_time=stage.on_time,
        late=stage.late,
        breached=stage.breached,
        median=stage.median,
        ninetieth=stage.ninetieth,
        delay_share_seconds=stage.delay_share_seconds,
        upheld=stage.upheld,
        undecided=stage.undecided,
        objections_upheld=stage.objections_upheld,
        standards_broken=stage.standards_broken,
        small=stage.small,
        losses=tuple(f"{loss.what}:{loss.count}×{loss.each}→{loss.lost}" for loss in stage.losses),
        score=stage.score,
        corrected=corrected,
        digest=digest,
    )


def _points(hundredths: int | None) -> str:
    return "" if hundredths is None else f"{hundredths // 100}.{hundredths % 100:02d}"
