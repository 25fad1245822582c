"""The acts of commitments, orders to rectify and settlements, as far as deadlines rest on them."""

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from msgspec import Meta

from domain.acts.field import Acted, Code, Fen, Moment, Part, Text
from domain.acts.kinds import ALL, BOTH, FIRST, FOLLOWING, Field, kind, read_by
from domain.acts.parts import Documents

Year = Annotated[int, Meta(ge=2000, le=2100)]


@kind("发布恢复标准", ALL, read_by(ALL, "department", "version", "title", "in_force_from", "items", "documents"), checked=FOLLOWING)
class StandardPublished(Acted, tag="standard.published", kw_only=True):
    """部门制定的标准."""

    department: Code
    version: Text
    title: Text | None = None
    in_force_from: date | None = None
    items: Annotated[tuple[Text, ...], Meta(max_length=200)] = ()
    """What the standard asks, item by item; inspections name them by number from 1."""
    documents: Documents = ()


@kind("签订告知承诺", ALL, read_by(ALL, "utility", "department", "year", "standard", "document", "scope", "signatory"), opens="commitment")
class CommitmentSigned(Acted, tag="commitment.signed", kw_only=True):
    """年度承诺: one utility to one department for one year."""

    utility: Code
    department: Code
    year: Year
    standard: Text
    document: Text
    scope: Text | None = None
    """Which works it is for."""
    signatory: Text | None = None


@kind("委托施工单位", ALL, read_by(ALL, "contractor", "credit_code", "scope", "documents"), checked=FOLLOWING)
class ContractorEntrusted(Acted, tag="contractor.entrusted", kw_only=True):
    """由公用事业单位委托具体施工实施单位作书面承诺."""

    contractor: Text
    credit_code: Annotated[str, Meta(max_length=18)] | None = None
    scope: Text | None = None
    documents: Documents = ()


@kind("指定专员", ALL, read_by(ALL, "party", "name", "post"), checked=FOLLOWING)
class OfficerNamed(Acted, tag="officer.named", kw_only=True):
    """明确专人落实告知承诺制: who carries the commitment system out for a party."""

    party: Code
    name: Text
    post: Text | None = None


class Checked(Part, kw_only=True):
    """One item of the standard as the inspection found it."""

    item: Annotated[int, Meta(ge=1, le=200)]
    met: bool
    remark: Text | None = None


@kind(
    "现场检查",
    ALL,
    read_by(ALL, "department", "utility", "project", "place", "inspectors", "checked.item", "checked.met", "checked.remark", "documents"),
    checked=FOLLOWING,
    needs=("standards",),
)
class InspectionHeld(Acted, tag="inspection.held", kw_only=True):
    """事中事后监管: works under the commitment inspected against its standard."""

    department: Code
    utility: Code
    project: Annotated[str, Meta(min_length=1, max_length=200)] | None = None
    """The works' case, by its id, or their project code."""
    place: Text | None = None
    inspectors: Annotated[tuple[Text, ...], Meta(min_length=1, max_length=20)]
    checked: Annotated[tuple[Checked, ...], Meta(max_length=200)] = ()
    documents: Documents = ()


@kind("发现缺陷", ALL, read_by(ALL, "department", "utility", "item", "text", "inspected_seq"), checked=FOLLOWING, needs=("standards",))
class DefectFound(Acted, tag="defect.found", kw_only=True):
    """未达到承诺标准: which item of the committed standard, and what is wrong."""

    department: Code
    utility: Code
    item: Annotated[int, Meta(ge=1, le=200)] | None = None
    text: Text
    inspected_seq: Annotated[int, Meta(ge=1, le=2**31 - 1)] | None = None
    """The inspection that found it."""


@kind("暂停适用承诺", ALL, read_by(ALL, "basis"), checked=FOLLOWING)
class CommitmentSuspended(Acted, tag="commitment.suspended", kw_only=True):
    """Eligibility is suspended, only with its own legal basis."""

    basis: Text


@kind("恢复适用承诺", ALL, read_by(ALL, "basis"), checked=FOLLOWING)
class CommitmentRestored(Acted, tag="commitment.restored", kw_only=True):
    """Eligibility is restored, only with its own legal basis."""

    basis: Text


@kind(
    "责令整改",
    ALL,
    read_by(ALL, "utility", "department", "defect", "due_on", "commitment", "defect_seq"),
    opens="supervision",
    checked=BOTH,
    needs=("ladder", "grounds"),
)
class RectificationOrdered(Acted, tag="rectification.ordered", kw_only=True):
    """责令限期整改: who, what, by when."""

    utility: Code
    department: Code
    defect: Text
    due_on: date
    commitment: UUID | None = None
    """The case of the yearly commitment whose standard was not met; the ladder needs it."""
    defect_seq: Annotated[int, Meta(ge=1, le=2**31 - 1)] | None = None
    """The defect there."""


@kind("整改报告", ALL, read_by(ALL, "utility", "evidence"))
class RectificationReported(Acted, tag="rectification.reported", kw_only=True):
    """Reported complete, with evidence."""

    utility: Code
    evidence: Text


@kind("整改验收", ALL, read_by(ALL, "utility", "accepted", "reason"), checked=FOLLOWING)
class RectificationJudged(Acted, tag="rectification.judged", kw_only=True):
    """The department judges the report sufficient or not."""

    utility: Code
    accepted: bool
    reason: Text


@kind(
    "约谈通知",
    ALL,
    {**read_by(ALL, "utility", "department", "grounds", "held_for", "place"), "contact": Field(ALL, fed="never")},
    checked=FOLLOWING,
    needs=("ladder",),
)
class InterviewCalled(Acted, tag="interview.called", kw_only=True):
    """约谈: the department calls the utility in, as a rectification was judged insufficient."""

    utility: Code
    department: Code
    grounds: Text
    held_for: Moment
    """When the interview is to be held."""
    place: Text
    contact: Text | None = None
    """Whom at the department to ask."""


@kind(
    "开立结算期",
    ALL,
    read_by(ALL, "utility", "district", "year", "half", "due_on"),
    opens="settlement",
    checked=FIRST,
    needs=("settlements",),
)
class PeriodOpened(Acted, tag="period.opened", kw_only=True):
    """A half-year's settlement between one district and one utility."""

    utility: Code
    district: Code
    year: Year
    half: Literal[1, 2]
    due_on: date | None = None
    """The day that the finance bureau names; without it a reminder is kept and nothing is found."""


class StatementItem(Part, kw_only=True):
    """One case of a statement."""

    case_id: UUID
    project: Text | None = None
    amount: Fen
    belongs_to: Annotated[str, Meta(pattern=r"^[0-9]{4}-[12]$")] | None = None
    """The earlier half-year (2026-1) that the cost belongs to, where it is settled later than with that one."""


@kind(
    "报送结算单",
    ALL,
    read_by(ALL, "utility", "amount", "items.case_id", "items.project", "items.amount", "items.belongs_to", "documents"),
    checked=FOLLOWING,
    needs=("settlements",),
)
class StatementSubmitted(Acted, tag="statement.submitted", kw_only=True):
    """结算资料上报."""

    utility: Code
    amount: Fen
    items: Annotated[tuple[StatementItem, ...], Meta(max_length=5_000)] = ()
    """Case by case; the amounts add up to the whole."""
    documents: Documents = ()


@kind("审核结算单", ALL, read_by(ALL, "district", "accepted", "reason"), checked=FOLLOWING, needs=("settlements",))
class StatementChecked(Acted, tag="statement.checked", kw_only=True):
    """The district's check of the statement."""

    district: Code
    accepted: bool
    reason: Text | None = None
    """Why not, where it is not accepted."""


__all__ = [name for name, value in list(globals().items()) if isinstance(value, type) and issubclass(value, Acted)]
