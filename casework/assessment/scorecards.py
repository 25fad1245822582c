"""A period's scorecard as a caller may see it, and a year that is sealed; counts nothing by itself."""

from datetime import date, datetime
from uuid import UUID, uuid4

from calendars import local_day
from casework.access.caller import Caller
from casework.access.visibility import inspected_by, is_city_wide
from casework.assessment.service_months import ServiceMonth, months_of
from casework.program import Context
from casework.recording.appending import keep_opened
from casework.recording.recording import actor_of
from casework.schemes.rules import Words, words
from casework.shown import Shown
from domain.acts.enforcement.assessment import PartyScore, ScoreSealed, ScoreStage, StageScore
from domain.assessment.period import Period, year_of
from domain.assessment.scorecard import must_have_scorecard, party_scores
from domain.assessment.sealing import corrected_in, sealed, sealed_in
from domain.ledger import Entry
from domain.recording.opening import open_case
from domain.refusals import AlreadyDone
from domain.schemes.rulebook import Rulebook
from storage.assessment.scores import Scored, count, sealed_cases
from storage.assessment.service_figures import read_asked, read_connected
from storage.cases.ledger import read_ledgers
from storage.postgres.transaction import Tx
from words import sentence


class PartyScoreShown(Shown, frozen=True):
    """One party at three stages and in all; `median` and `ninetieth` are thousandths of the limit, by natural time."""

    party: str
    party_name: str
    assessed_by: str
    assessed_by_name: str
    own: bool
    """It is the caller's own row, which somebody else answers for."""
    stages: tuple[StageScore, ...]


class WeightsShown(Shown, frozen=True):
    """What an upheld finding costs: points if every obligation were missed so; who set them, and why."""

    yellow: int
    red: int
    standard: int
    small: int
    """Fewer obligations are marked: too few to compare."""
    assumption: str
    because: str
    cite: Words


class CorrectionShown(Shown, frozen=True):
    """What a decision after sealing changed; the sealed figure stays."""

    party: str
    stage: ScoreStage
    was: int | None
    now: int | None
    because: str
    corrected_at: datetime


class SealedShown(Shown, frozen=True):
    """The rows that one body sealed for the year, and what was corrected beside them since."""

    case_id: UUID
    by: str
    by_name: str
    upto: datetime
    digest: str
    """SHA-256 over all rows that it sealed."""
    parties: tuple[PartyScoreShown, ...]
    corrections: tuple[CorrectionShown, ...]


class ScorecardShown(Shown, frozen=True):
    """A city's scorecard of a period: an obligation belongs to it that ended in it, or fell due in it and has not ended."""

    city: str
    period: str
    first: date
    last: date
    district: str | None
    upto: datetime
    weights: WeightsShown
    parties: tuple[PartyScoreShown, ...]
    service: tuple[ServiceMonth, ...]
    sealed: tuple[SealedShown, ...]
    """Of a year without a district alone."""


async def scorecard_in(tx: Tx, context: Context, caller: Caller, scored: Scored, only: str | None) -> ScorecardShown:
    """Count a period's figures as they stand, one party's or all that the caller sees, with what is sealed of a whole year."""
    period, book = scored.period, book_of(context, scored.city, scored.period)
    counted = await count(tx, scored, context.books, context.offices, context.now)
    service = months_of(context.books, context.offices, await read_asked(tx, scored), await read_connected(tx, scored, context.books))
    whole = period == year_of(period.first.year) and scored.district is None
    rows = _rows(context, book, caller, party_scores(book, counted))
    return ScorecardShown(
        city=scored.city,
        period=period.text,
        first=period.first,
        last=period.last,
        district=scored.district,
        upto=context.now,
        weights=_weights(book),
        parties=tuple(row for row in rows if only in {None, row.party}),
        service=tuple(row for row in service if only in {None, row.party} and _sees(context, caller, row.party)),
        sealed=await _seals(tx, context, caller, period.first.year) if whole else (),
    )


async def year_to_seal(tx: Tx, context: Context, caller: Caller, year: int) -> ScoreSealed:
    """Make the act that seals the rows that the caller's party assesses, as they stand at this moment."""
    scored = Scored(city=caller.city, period=year_of(year))
    book = book_of(context, caller.city, scored.period)
    must_have_scorecard(book)
    counted = await count(tx, scored, context.books, context.offices, context.now)
    return sealed(book, caller.party, year, context.now, party_scores(book, counted))


async def seal_scores(tx: Tx, context: Context, caller: Caller, act: ScoreSealed) -> SealedShown:
    """Seal a year's rows, once."""
    for case in await sealed_cases(tx, caller.city, act.year):
        if case.subject == f"{act.year}|{act.by}":
            raise sealed_before(act)
    opened = open_case(
        context.book_in_force(caller.city, local_day(act.upto)),
        act,
        case_id=uuid4(),
        occurred_at=act.upto,
        recorded_at=context.now,
        actor=actor_of(caller),
        edition=context.offices.newest,
        offices=context.offices,
        origin=context.origin,
    )
    await keep_opened(tx, context, opened.case, opened.entries)
    return _sealed(context, caller, opened.entries)


def sealed_before(act: ScoreSealed) -> AlreadyDone:
    """Refuse to seal a year twice."""
    return AlreadyDone(
        sentence("{by} has sealed its scorecard of {year}, which never changes. Later decisions stand beside it.", by=act.by, year=act.year)
    )


async def _seals(tx: Tx, context: Context, caller: Caller, year: int) -> tuple[SealedShown, ...]:
    cases = await sealed_cases(tx, caller.city, year)
    ledgers = await read_ledgers(tx, sorted(case.case_id for case in cases))
    seals = (_sealed(context, caller, ledgers[case.case_id]) for case in cases)
    return tuple(seal for seal in seals if seal.parties)


def _sealed(context: Context, caller: Caller, entries: tuple[Entry, ...] | list[Entry]) -> SealedShown:
    act = sealed_in(entries)
    assert act is not None  # noqa: S101 -- such a case is opened by it
    book = context.book_in_force(caller.city, local_day(act.upto))
    return SealedShown(
        case_id=entries[0].case_id,
        by=act.by,
        by_name=book.name_of(act.by),
        upto=act.upto,
        digest=act.digest,
        parties=_rows(context, book, caller, act.parties),
        corrections=tuple(
            CorrectionShown(one.party, one.stage, one.was, one.now, one.because, entry.recorded_at)
            for entry, one in corrected_in(entries)
            if _sees(context, caller, one.party)
        ),
    )


def _rows(context: Context, book: Rulebook, caller: Caller, rows: tuple[PartyScore, ...]) -> tuple[PartyScoreShown, ...]:
    return tuple(
        PartyScoreShown(
            party=row.party,
            party_name=book.name_of(row.party),
            assessed_by=row.assessed_by,
            assessed_by_name=book.name_of(row.assessed_by),
            own=row.party == caller.party,
            stages=row.stages,
        )
        for row in rows
        if _sees(context, caller, row.party)
    )


def _sees(context: Context, caller: Caller, party: str) -> bool:
    """An inspector whose plan names services sees those who supply them; a party itself."""
    inspected = inspected_by(context, caller)
    return party == caller.party or (is_city_wide(caller) and (inspected is None or party in inspected))


def book_of(context: Context, city: str, period: Period) -> Rulebook:
    """Score by the weights in force when the period ends, or now while it has not."""
    return context.book_in_force(city, min(local_day(context.now), period.last))


def _weights(book: Rulebook) -> WeightsShown:
    table = must_have_scorecard(book)
    assumption = book.scheme.assumptions[table.assumes]
    lost = table.lost
    return WeightsShown(lost.yellow, lost.red, lost.standard, table.small, assumption.text, assumption.because, words(table.cite))
