"""Credit files (信用档案): from a proposal to its repair; nothing here is ever generated or graded by the program."""

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from msgspec import Meta

from domain.acts.enforcement.process import Grounds, Seq
from domain.acts.field import Acted, Code, Moment, Part, Text
from domain.acts.forms import Sealed
from domain.acts.kinds import FIRST, FOLLOWING, PARTIES, Field, kind, read_by, within
from domain.acts.parts import Documents

CREDIT = frozenset({"credit_record"})
"""How an entry stands is kept so that it can be listed."""
Grade = Literal["minor", "general", "serious"]
"""轻微, 一般, 严重: as the catalogue item's own standard gives it."""
CreditRole = Literal["user", "interested-party", "utility", "design", "construction", "supervision"]
"""用户, 利益相关单位, 公用事业企业; 工程设计, 施工, 监理."""


class CatalogueItem(Part, kw_only=True):
    """The item of the national basic catalogue, or of a local one, of public credit information."""

    catalogue: Literal["national", "local"]
    edition: Text
    number: Text
    title: Text
    grade: Grade
    standard: Text
    """The words of the item's standard that give that grade."""
    published: bool
    """The item allows publication (公示); never of a person."""
    shared: bool
    """The item allows sharing with other authorities (共享)."""


ITEM = read_by(PARTIES, "catalogue", "edition", "number", "title", "grade", "standard", "published", "shared")


class EffectiveDocument(Part, kw_only=True):
    """The document that has taken effect and that the entry rests on."""

    kind: Text
    number: Text
    authority: Text
    issued_on: date
    served_on: date
    document: UUID | None = None


DOCUMENT = read_by(PARTIES, "kind", "number", "authority", "issued_on", "served_on", "document")


class CreditSubject(Part, kw_only=True):
    """Whose file: an enterprise by its credit code, or a person, who is kept sealed."""

    kind: Literal["enterprise", "person"]
    role: CreditRole
    name: Sealed
    credit_code: Annotated[str, Meta(max_length=18)] | None = None
    id_number: Sealed | None = None


class SuspicionRef(Part, kw_only=True):
    """A suspicion that was confirmed, by its case and the entry that raised it."""

    case_id: UUID
    seq: Seq


@kind(
    "提请信用记录",
    PARTIES,
    {
        **within("item", ITEM),
        **within("rests_on", DOCUMENT),
        **read_by(
            PARTIES,
            "subject.kind",
            "subject.role",
            "subject.credit_code",
            "party",
            "by",
            "conduct",
            "facts",
            "penalty",
            "grounds.finding_id",
            "grounds.case_id",
            "suspicion.case_id",
            "suspicion.seq",
            "supervision",
            "documents",
        ),
        "subject.name": Field(PARTIES, person="name", of_persons=True, fed="of-firms"),
        "subject.id_number": Field(PARTIES, person="id-number", of_persons=True, fed="of-firms"),
    },
    opens="credit",
    checked=FIRST,
    feeds=CREDIT | {"ground"},
    needs=("grounds",),
)
class CreditProposed(Acted, tag="credit.proposed", kw_only=True):
    """Proposed for the credit file; without item or document it stays an internal note."""

    subject: CreditSubject
    party: Code | None = None
    """The party of the plan that the subject is, where it is one."""
    by: Code
    conduct: Literal["commitment-not-honoured", "falsification"]
    facts: Text
    item: CatalogueItem | None = None
    rests_on: EffectiveDocument | None = None
    penalty: bool = False
    """The document is an administrative penalty (行政处罚)."""
    grounds: Grounds = ()
    suspicion: SuspicionRef | None = None
    supervision: UUID | None = None
    """The case of the order whose rectification was judged insufficient: what a broken commitment of a party rests on."""
    documents: Documents = ()


@kind(
    "补充信用记录",
    PARTIES,
    {**within("item", ITEM), **within("rests_on", DOCUMENT), **read_by(PARTIES, "by", "penalty")},
    checked=FOLLOWING,
    feeds=CREDIT,
)
class CreditCompleted(Acted, tag="credit.completed", kw_only=True):
    """A note gets the item and the document that it lacked."""

    by: Code
    item: CatalogueItem
    rests_on: EffectiveDocument
    penalty: bool = False


@kind("信用告知", PARTIES, read_by(PARTIES, "by", "served_at", "statement_until", "document"), checked=FOLLOWING, feeds=CREDIT)
class CreditNotified(Acted, tag="credit.notified", kw_only=True):
    """告知: served on the subject, with time for statement and defence."""

    by: Code
    served_at: Moment
    statement_until: Moment
    document: UUID | None = None


@kind("听取信用陈述", PARTIES, read_by(PARTIES, "by", "statement", "documents"), checked=FOLLOWING, feeds=CREDIT)
class CreditHeard(Acted, tag="credit.heard", kw_only=True):
    """陈述申辩: what the subject said; nothing, once its time has run out."""

    by: Code
    statement: Text | None = None
    documents: Documents = ()


@kind("信用认定", PARTIES, read_by(PARTIES, "by", "outcome", "reason", "document"), checked=FOLLOWING, feeds=CREDIT)
class CreditDecided(Acted, tag="credit.decided", kw_only=True):
    """Entered or refused, with reasons, by a supervisor who did not propose it."""

    by: Code
    outcome: Literal["entered", "refused"]
    reason: Text
    document: UUID | None = None


@kind("信用公示", PARTIES, read_by(PARTIES, "by", "how", "on", "until"), checked=FOLLOWING, feeds=CREDIT)
class CreditPublished(Acted, tag="credit.published", kw_only=True):
    """Published or shared from that day on, within the grade's window."""

    by: Code
    how: Literal["published", "shared"]
    on: date
    until: date
    """The last day."""


@kind("信用修复", PARTIES, read_by(PARTIES, "by", "on", "reason", "documents"), checked=FOLLOWING, feeds=CREDIT)
class CreditRepaired(Acted, tag="credit.repaired", kw_only=True):
    """信用修复: no longer shared or used from that day on."""

    by: Code
    on: date
    reason: Text
    documents: Documents = ()


@kind("信用记录到期", PARTIES, read_by(PARTIES, "on"), written_by="auditor", feeds=CREDIT)
class CreditExpired(Acted, tag="credit.expired", kw_only=True):
    """The window has ended; the auditor writes it."""

    on: date
    """The first day on which it is no longer shown."""


@kind("撤销信用记录", PARTIES, read_by(PARTIES, "reason", "by"), checked=FOLLOWING, feeds=CREDIT)
class CreditWithdrawn(Acted, tag="credit.withdrawn", kw_only=True):
    """Withdrawn everywhere, as what it rested on has fallen."""

    reason: Text
    by: Code | None = None
    """Who; nobody where the auditor withdraws it because a finding under it was withdrawn."""


@kind(
    "采取联合惩戒措施", PARTIES, read_by(PARTIES, "department", "measures_list", "number", "law", "text", "on", "until"), checked=FOLLOWING
)
class MeasureEntered(Acted, tag="measure.entered", kw_only=True):
    """联合惩戒 measure, entered by the department with power, from the measures list with its law."""

    department: Code
    measures_list: Text
    """The list and its edition."""
    number: Text
    law: Text
    text: Text
    on: date
    until: date | None = None


@kind("解除联合惩戒措施", PARTIES, read_by(PARTIES, "department", "entered_seq", "on"), checked=FOLLOWING)
class MeasureEnded(Acted, tag="measure.ended", kw_only=True):
    """The measure ends."""

    department: Code
    entered_seq: Seq
    on: date


__all__ = [name for name, value in list(globals().items()) if isinstance(value, type) and issubclass(value, Acted)]
