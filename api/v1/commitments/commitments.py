"""Annual commitments (年度承诺) with what stands of each, newest first; they are made and changed by acts alone."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from litestar import get
from msgspec import Meta

from api.wire.answer import Answer
from api.wire.operation import ApiRequest, Operation, Query, Wire
from api.wire.paging import DEFAULT_LIMIT, After, Limit, Pages, each
from casework.access.caller import Caller
from casework.access.numbering import each_as_told
from casework.access.visibility import is_city_wide
from casework.commitments.reading import FoundCommitment, commitments_after, place_of
from casework.commitments.views import DefectShown, InspectionShown, defect_shown, inspection_shown
from casework.shown import CityCode, Shown
from domain.acts.enforcement.supervision import ContractorEntrusted, OfficerNamed, StandardPublished, Year
from domain.acts.field import Code
from domain.commitments.commitment import Commitment, CommitmentState
from domain.ledger import Entry
from domain.refusals import Malformed, NotAllowed
from domain.schemes.rulebook import Rulebook
from storage.commitments.commitments import CommitmentFilter
from storage.postgres.cursor import Place, decode_place, encode_place


class StandardShown(Shown, frozen=True):
    """The department's standard that the commitment names, as it was published."""

    version: str
    title: str | None
    in_force_from: date | None
    items: tuple[str, ...]
    documents: tuple[UUID, ...]


class ContractorShown(Shown, frozen=True):
    """A contractor that commits itself in the utility's place."""

    contractor: str
    credit_code: str | None
    scope: str | None
    documents: tuple[UUID, ...]
    entrusted_at: datetime


class OfficerShown(Shown, frozen=True):
    """Who carries the commitment system out for a party (专人), and until when; the last of a party is in office."""

    party: str
    name: str
    post: str | None
    named_at: datetime
    until: datetime | None


class CommitmentShown(Shown, frozen=True):
    """One utility's commitment to one department for one year."""

    case_id: UUID
    utility: str
    utility_name: str
    department: str
    department_name: str
    year: int
    state: CommitmentState
    version: int
    signed_at: datetime
    signatory: str | None
    document: str
    documents: tuple[UUID, ...]
    """What was uploaded to its case and belongs to no other act of it: the signed paper."""
    scope: str | None
    standard_named: str
    """As the commitment names it."""
    standard: StandardShown | None
    """Null where the department has published none of that name here."""
    contractors: tuple[ContractorShown, ...]
    officers: tuple[OfficerShown, ...]
    last_inspection: InspectionShown | None
    open_defects: tuple[DefectShown, ...]


class CommitmentPage(Shown, frozen=True):
    """Commitments, the newest first."""

    items: tuple[CommitmentShown, ...]
    next: str | None


class CommitmentsQuery(Wire, frozen=True):
    """Which commitments."""

    city: CityCode | None = None
    utility: Code | None = None
    department: Code | None = None
    year: Year | None = None
    state: Annotated[CommitmentState, Meta(description="In force today, suspended, or ended with its year or its case.")] | None = None
    after: After | None = None
    limit: Limit = DEFAULT_LIMIT


_ASKED = Query[CommitmentsQuery](CommitmentsQuery)
_PAGES = Pages[FoundCommitment, Place](CommitmentPage, lambda last: encode_place(place_of(last.case)), decode_place)
LIST = Operation(reply=CommitmentPage, query=_ASKED, problems=(NotAllowed, Malformed), headers=("Link",), tag="supervision")


@get("/v1/commitments", operation_id="listCommitments", summary="List annual commitments and what stands of each", opt=LIST.opt)
async def list_commitments(request: ApiRequest) -> Answer:
    """Answer with a page; a party sees the commitments that it takes part in."""
    asked, context = _ASKED.of(request), request.program.context()
    chosen = _chosen(request.user, asked.utility, asked.department, asked.year)
    return await _PAGES.answer(
        request,
        asked,
        lambda tx, after, most: commitments_after(tx, context, chosen, asked.state, after, most),
        each(lambda one: _shown(context.book(one.case.scheme), one), lambda tx, page: each_as_told(tx, request.user, page)),
    )


def _chosen(caller: Caller, utility: str | None, department: str | None, year: int | None) -> CommitmentFilter:
    """Choose within the caller's own city, and within its own part where it does not see the whole city."""
    party = None if is_city_wide(caller) else caller.party
    return CommitmentFilter(city=caller.city, utility=utility, department=department, year=year, party=party)


def _shown(book: Rulebook, found: FoundCommitment) -> CommitmentShown:
    stands = found.stands
    entry, signed = stands.signed
    return CommitmentShown(
        case_id=found.case.case_id,
        utility=signed.utility,
        utility_name=book.name_of(signed.utility),
        department=signed.department,
        department_name=book.name_of(signed.department),
        year=signed.year,
        state=stands.state,
        version=found.case.version,
        signed_at=entry.occurred_at,
        signatory=signed.signatory,
        document=signed.document,
        documents=stands.documents,
        scope=signed.scope,
        standard_named=signed.standard,
        standard=_standard(stands.standard),
        contractors=tuple(_contractor(*one) for one in stands.contractors),
        officers=_officers(stands),
        last_inspection=inspection_shown(*stands.inspections[-1]) if stands.inspections else None,
        open_defects=tuple(defect_shown(*one) for one in stands.defects),
    )


def _standard(act: StandardPublished | None) -> StandardShown | None:
    return None if act is None else StandardShown(act.version, act.title, act.in_force_from, act.items, act.documents)


def _contractor(entry: Entry, act: ContractorEntrusted) -> ContractorShown:
    return ContractorShown(act.contractor, act.credit_code, act.scope, act.documents, entry.occurred_at)


def _officers(stands: Commitment) -> tuple[OfficerShown, ...]:
    """Show everybody who was named; whoever a party names next takes over."""
    named = stands.officers
    return tuple(_officer(one, named[number + 1 :]) for number, one in enumerate(named))


def _officer(one: tuple[Entry, OfficerNamed], later: Sequence[tuple[Entry, OfficerNamed]]) -> OfficerShown:
    entry, act = one
    until = next((after.occurred_at for after, other in later if other.party == act.party), None)
    return OfficerShown(act.party, act.name, act.post, entry.occurred_at, until)
