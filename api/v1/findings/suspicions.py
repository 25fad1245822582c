"""What the auditor asks people to look at, and what they found; answers are acts of the case, recorded there."""

from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from litestar import get
from msgspec import field

from api.wire.answer import Answer
from api.wire.operation import ApiRequest, Operation, Query, Wire
from api.wire.paging import DEFAULT_LIMIT, After, Limit, Pages, alone
from casework.access.caller import Caller
from casework.access.visibility import closed_to
from casework.program import Context
from casework.shown import CityCode, Shown
from domain.acts.field import Code
from domain.refusals import Malformed, NotAllowed
from domain.suspicions.titles import WORDS
from storage.findings.suspicions import Suspicion, SuspicionFilter, SuspicionState
from storage.findings.suspicions import list_suspicions as find_suspicions
from storage.postgres.cursor import Place, decode_raised, encode_raised
from storage.postgres.listing import Order


class AnswerShown(Shown, frozen=True):
    """What a person said after a look."""

    state: SuspicionState
    by: str
    by_name: str
    at: datetime
    reason: str
    falsified: bool
    """弄虚作假."""
    party: str | None
    """Whose doing it was."""


class SuspicionShown(Shown, frozen=True):
    """A question for a person, with its evidence; never a finding by itself."""

    case_id: UUID
    kind: str
    city: str
    district: str | None
    scheme: str
    raised_seq: int
    """By which it is cleared or confirmed."""
    raised_at: datetime
    about: str
    words: str
    seqs: tuple[int, ...]
    """The entries of the case that are its evidence."""
    clause: str | None
    assumption: str | None
    """What the scheme assumes where the plan says nothing."""
    party: str | None
    """Whose doing it would be; it does not look into it itself."""
    party_name: str | None
    state: SuspicionState
    answer: AnswerShown | None


class SuspicionPage(Shown, frozen=True):
    """Suspicions by when they were raised."""

    items: tuple[SuspicionShown, ...]
    next: str | None


class SuspicionsQuery(Wire, frozen=True):
    """Which suspicions."""

    city: CityCode | None = None
    state: SuspicionState | None = None
    about: Code | None = None
    party: Code | None = None
    case_id: UUID | None = field(name="case", default=None)
    order: Order = "newest"
    after: After | None = None
    limit: Limit = DEFAULT_LIMIT


_ASKED = Query[SuspicionsQuery](SuspicionsQuery)
_PAGES = Pages[Suspicion, Place](
    SuspicionPage,
    lambda last: encode_raised(Place(last.raised_at, last.case_id, (last.seq,))),
    decode_raised,
    about=("city", "party"),
    of_one_moment=False,
)
LIST = Operation(reply=SuspicionPage, query=_ASKED, problems=(NotAllowed, Malformed), headers=("Link",), tag="findings")


@get("/v1/suspicions", operation_id="listSuspicions", summary="List what people are asked to look at", opt=LIST.opt)
async def list_suspicions(request: ApiRequest) -> Answer:
    """Answer with a page, for the city's offices alone."""
    asked, context = _ASKED.of(request), request.program.context()
    chosen = _chosen(request.user, asked)
    return await _PAGES.answer(
        request,
        asked,
        lambda tx, after, most: find_suspicions(tx, chosen, asked.order, after, most),
        alone(partial(_shown, context)),
    )


def _chosen(caller: Caller, asked: SuspicionsQuery) -> SuspicionFilter:
    return SuspicionFilter(
        city=caller.city, state=asked.state, about=asked.about, party=asked.party, case_id=asked.case_id, closed=closed_to(caller)
    )


def _shown(context: Context, one: Suspicion) -> SuspicionShown:
    raised: Any = one.raised
    book = context.book(one.scheme)
    assumption = book.scheme.assumptions.get(raised.assumes or "")
    return SuspicionShown(
        case_id=one.case_id,
        kind=one.kind,
        city=one.city,
        district=one.district,
        scheme=one.scheme,
        raised_seq=one.seq,
        raised_at=one.raised_at,
        about=raised.about,
        words=WORDS.get(raised.about, raised.about),
        seqs=raised.seqs,
        clause=raised.clause,
        assumption=assumption.text if assumption else None,
        party=one.party,
        party_name=book.name_of(one.party) if one.party else None,
        state="open" if (said := _answer(context, one)) is None else said.state,
        answer=said,
    )


def _answer(context: Context, one: Suspicion) -> AnswerShown | None:
    answer: Any = one.answer
    if answer is None or one.answered_by is None or one.answered_at is None:
        return None
    confirmed = hasattr(answer, "falsified")
    return AnswerShown(
        state="confirmed" if confirmed else "cleared",
        by=one.answered_by,
        by_name=context.book(one.scheme).name_of(one.answered_by),
        at=one.answered_at,
        reason=answer.reason,
        falsified=confirmed and answer.falsified,
        party=answer.party if confirmed else None,
    )
