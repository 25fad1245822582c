"""Scorecards (考核): a period's figures as they stand, a year's as it was sealed; a party sees its own row, a portal none."""

from typing import Annotated

from litestar import get, post
from msgspec import Meta

from api.wire.answer import Answer, reply
from api.wire.idempotency import once
from api.wire.operation import ApiRequest, Body, Operation, Query, Wire
from casework.access.caller import Caller
from casework.access.visibility import is_city_wide
from casework.assessment.scorecards import ScorecardShown, SealedShown, book_of, scorecard_in, seal_scores, sealed_before, year_to_seal
from casework.shown import CityCode
from domain.acts.enforcement.supervision import Year
from domain.acts.field import Code
from domain.assessment.period import parse_period
from domain.refusals import AlreadyDone, KeyReused, Malformed, NotAllowed, NotCovered, OutOfOrder
from domain.schemes.rulebook import Rulebook
from storage.assessment.scores import Scored
from storage.postgres.faults import SubjectTaken
from words import listed, sentence


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
    asked, context, caller = _ASKED.of(request), request.program.context(), request.user
    _check_city(caller, asked.city)
    period = parse_period(asked.period)
    _check_district(book_of(context, caller.city, period), asked.district)
    own = None if is_city_wide(caller) else caller.party
    scored = Scored(city=caller.city, period=period, district=asked.district, party=own)
    async with request.program.reading(caller) as tx:
        return reply(await scorecard_in(tx, context, caller, scored, asked.party))


@post("/v1/scorecards", operation_id="sealScorecard", summary="Seal a year's scorecard", status_code=201, opt=SEAL.opt)
async def seal_scorecard(request: ApiRequest) -> Answer:
    """Answer with what was sealed: the rows that the caller's party assesses, as they stand at this moment."""
    asked, context, caller = await _BODY.of(request), request.program.context(), request.user
    async with request.program.reading(caller) as tx:
        act = await year_to_seal(tx, context, caller, asked.year)
    try:
        return await once(request, lambda tx: seal_scores(tx, request.program.context(), caller, act), lambda shown: reply(shown, 201))
    except SubjectTaken as fault:  # another sealed it between our look and our write
        raise sealed_before(act) from fault


def _check_city(caller: Caller, city: str | None) -> None:
    if city not in {None, caller.city}:
        raise NotAllowed(
            sentence("Your party {party!r} belongs to city {city}, not {asked}.", party=caller.party, city=caller.city, asked=city)
        )


def _check_district(book: Rulebook, district: str | None) -> None:
    known = {one.code for one in book.scheme.districts}
    if district is not None and district not in known:
        there = listed(sorted(known)) or sentence("none")
        raise Malformed(
            sentence("{district!r} is no district of {name}. It has: {there}.", district=district, name=book.scheme.city.name, there=there),
            field="district",
        )
