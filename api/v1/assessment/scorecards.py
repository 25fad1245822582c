"""Scorecards (考核): a period's figures as they stand, a year's as it was sealed; a party sees its own row, a portal none."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID, uuid4

from litestar import get, post
from msgspec import Meta

from api.wire.answer import Answer, reply
from api.wire.idempotency import once
from api.wire.operation import ApiRequest, Body, Operation, Query, Wire
from calendars import local_day
from casework.access.caller import Caller
from casework.access.visibility import inspected_by, is_city_wide
from casework.assessment.service_months import ServiceMonth, months_of
from casework.program import Context
from casework.recording.projections import project
from casework.recording.recording import actor_of
from casework.schemes.rules import Words, words
from casework.shown import CityCode, Shown
from domain.acts.enforcement.assessment import PartyScore, ScoreSealed, ScoreStage, StageScore
from domain.acts.enforcement.supervision import Year
from domain.acts.field import Code
from domain.assessment.period import Period, parse_period, year_of
from domain.assessment.scorecard import must_have_scorecard, party_scores
from domain.assessment.sealing import corrected_in, sealed, sealed_in
from domain.ledger import Entry
from domain.recording.opening import open_case
from domain.refusals import AlreadyDone, KeyReused, Malformed, NotAllowed, NotCovered, OutOfOrder
from domain.schemes.rulebook import Rulebook
from storage.assessment.scores import Scored, count, sealed_cases
from storage.assessment.service_figures import read_asked, read_connected
from storage.cases.ledger import read_ledgers
from storage.cases.opening import open_with
from storage.postgres.faults import SubjectTaken
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


class ScorecardQuery(Wire, frozen=True):
    """Of which period, and where."""

    period: Annotated[str, Meta(description="2026, 2026-Q3 or 2026-07", max_length=10)]
    city: CityCode | None = None
    district: Code | None = None
    party: Code | None = None


class ScorecardSealing(Wire, frozen=True):
    """The year that is to be sealed; every figure is counted, none is given."""

    year: Year


_ASKED = Query[ScorecardQuery](ScorecardQuery)
_BODY = Body[ScorecardSealing](ScorecardSealing)
READ = Operation(reply=ScorecardShown, query=_ASKED, problems=(NotAllowed, NotCovered, Malformed), tag="supervision")
SEAL = Operation(
    reply=SealedShown,
    status=201,
    body=_BODY,
    problems=(NotAllowed, AlreadyDone, OutOfOrder, NotCovered, Malformed, KeyReused),
    takes=("Idempotency-Key",),
    examples={"a year that is over": {"year": 2026}},
    tag="supervision",
)


@get("/v1/scorecards", operation_id="readScorecard", summary="Read a period's scorecard", opt=READ.opt)
async def read_scorecard(request: ApiRequest) -> Answer:
    """Answer with the figures as they stand, and with what is sealed of a year."""
    asked = _ASKED.of(request)
    program = request.program
    context = program.context()
    caller, now = request.user, context.now
    if asked.city not in {None, caller.city}:
        raise NotAllowed(
            sentence("Your party {party!r} belongs to city {city}, not {city2}.", party=caller.party, city=caller.city, city2=asked.city)
        )
    period = parse_period(asked.period)
    book = _book(context, caller.city, period)
    _check_district(book, asked.district)
    own = None if is_city_wide(caller) else caller.party
    scored = Scored(city=caller.city, period=period, district=asked.district, party=own)
    async with program.reading(request.user) as tx:
        counted = await count(tx, scored, context.books, context.offices, now)
        service = months_of(context.books, context.offices, await read_asked(tx, scored), await read_connected(tx, scored, context.books))
        whole = period == year_of(period.first.year) and asked.district is None
        seals = await _seals(tx, context, caller, period.first.year) if whole else ()
    rows = _rows(context, book, caller, party_scores(book, counted))
    return reply(
        ScorecardShown(
            city=caller.city,
            period=period.text,
            first=period.first,
            last=period.last,
            district=asked.district,
            upto=now,
            weights=_weights(book),
            parties=tuple(row for row in rows if asked.party in {None, row.party}),
            service=tuple(row for row in service if asked.party in {None, row.party} and _sees(context, caller, row.party)),
            sealed=seals,
        )
    )


@post("/v1/scorecards", operation_id="sealScorecard", summary="Seal a year's scorecard", status_code=201, opt=SEAL.opt)
async def seal_scorecard(request: ApiRequest) -> Answer:
    """Answer with what was sealed: the rows that the caller's party assesses, as they stand at this moment."""
    asked = await _BODY.of(request)
    program = request.program
    context = program.context()
    caller, now = request.user, context.now
    scored = Scored(city=caller.city, period=year_of(asked.year))
    book = _book(context, caller.city, scored.period)
    must_have_scorecard(book)
    async with program.reading(request.user) as tx:
        counted = await count(tx, scored, context.books, context.offices, now)
    act = sealed(book, caller.party, asked.year, now, party_scores(book, counted))
    try:
        return await once(request, lambda tx: _seal(tx, context, caller, act))
    except SubjectTaken as fault:  # another sealed it between our look and our write
        raise _sealed_before(act) from fault


async def _seal(tx: Tx, context: Context, caller: Caller, act: ScoreSealed) -> Answer:
    for case in await sealed_cases(tx, caller.city, act.year):
        if case.subject == f"{act.year}|{act.by}":
            raise _sealed_before(act)
    opened = open_case(
        context.book_in_force(caller.city, local_day(act.upto)),
        act,
        case_id=uuid4(),
        occurred_at=act.upto,
        recorded_at=act.upto,
        actor=actor_of(caller),
        edition=context.offices.newest,
        offices=context.offices,
    )
    await open_with(tx, opened.case, opened.entries, (), numbered=False)
    await project(tx, opened.case, opened.entries)
    return reply(_sealed(context, caller, opened.entries), 201)


def _sealed_before(act: ScoreSealed) -> AlreadyDone:
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


def _book(context: Context, city: str, period: Period) -> Rulebook:
    """Score by the weights in force when the period ends, or now while it has not."""
    return context.book_in_force(city, min(local_day(context.now), period.last))


def _weights(book: Rulebook) -> WeightsShown:
    table = must_have_scorecard(book)
    assumption = book.scheme.assumptions[table.assumes]
    lost = table.lost
    return WeightsShown(lost.yellow, lost.red, lost.standard, table.small, assumption.text, assumption.because, words(table.cite))


def _check_district(book: Rulebook, district: str | None) -> None:
    known = {one.code for one in book.scheme.districts}
    if district is not None and district not in known:
        there = ", ".join(sorted(known)) or "none"
        raise Malformed(
            sentence("{district!r} is no district of {name}. It has: {there}.", district=district, name=book.scheme.city.name, there=there),
            field="district",
        )
