"""The acts of enquiries (咨询诉求) and complaints (投诉举报)."""

from typing import Annotated, Literal

from msgspec import Meta

from domain.acts.field import Acted, Class, Code, Moment, Text
from domain.acts.kinds import ALL, FOLLOWING, HANDLER, Field, kind, read_by
from domain.acts.parts import Documents, Person

Channel = Annotated[str, Meta(min_length=1, max_length=100)]


@kind(
    "咨询受理",
    ALL,
    {
        **read_by(ALL, "channel", "receiver", "handler", "class_", "reason", "subject", "place", "window", "officer"),
        "customer.name": Field(ALL, person="name", fed="never"),
        "customer.phone": Field(ALL, person="phone", fed="never"),
    },
    opens="enquiry",
)
class EnquiryReceived(Acted, tag="enquiry.received", kw_only=True):
    """受理咨询: by whom first (首问负责), the class and why."""

    channel: Channel
    receiver: Code
    """The first-contact officer's party; it holds the matter until it is transferred."""
    handler: Text | None = None
    """The account or name of the person who handles it."""
    class_: Annotated[Class, Meta(description="一般事项 or 复杂事项")]
    reason: Text
    subject: Text
    customer: Person | None = None
    place: Channel | None = None
    window: Channel | None = None
    officer: Channel | None = None
    """定点、定窗、定人: hall, window, and the first-contact officer."""


@kind("转办", ALL, read_by(ALL, "to"), checked=FOLLOWING)
class EnquiryTransferred(Acted, tag="enquiry.transferred", kw_only=True):
    """转办: the matter is held by another party; the clock goes on."""

    to: Code


@kind("改为复杂事项", ALL, read_by(ALL, "class_", "reason", "by"), checked=FOLLOWING)
class EnquiryReclassified(Acted, tag="enquiry.reclassified", kw_only=True):
    """General to complex, before the 24 hours end, by someone of the receiving party other than the handler."""

    class_: Literal["complex"]
    reason: Text
    by: Text


@kind("登记", ALL, read_by(ALL, "class_", "reason"))
class MatterRegistered(Acted, tag="matter.registered", kw_only=True):
    """确实无法当场解决的，做好登记."""

    class_: Class
    reason: Text


@kind("提出建议", ALL, read_by(ALL, "text"))
class SuggestionGiven(Acted, tag="suggestion.given", kw_only=True):
    """对需要补充完善的手续，提出合理化建议."""

    text: Text


@kind("政策解释", ALL, read_by(ALL, "policy", "text"))
class PolicyExplained(Acted, tag="policy.explained", kw_only=True):
    """对因政策无法解决的，做好解释工作: which policy stands in the way, and what was said."""

    policy: Text
    text: Text


@kind("交接确认", ALL, read_by(ALL, "seq", "party", "received_at", "remark"), checked=FOLLOWING)
class ReceiptConfirmed(Acted, tag="receipt.confirmed", kw_only=True):
    """交接确认: what another party says it handed over or told (an entry of this case) arrived at that moment, or did not."""

    seq: Annotated[int, Meta(ge=1, le=2**31 - 1)]
    party: Code
    """Who received it."""
    received_at: Moment | None = None
    """None: it did not arrive."""
    remark: Text | None = None


@kind("交业务部门", ALL, read_by(ALL, "to", "complete"))
class MatterHandedOver(Acted, tag="matter.handed_over", kw_only=True):
    """材料手续齐全的事项，交给具体业务部门."""

    to: Code
    complete: bool


@kind("发现材料欠缺", ALL, read_by(ALL, "matter", "missing"))
class MaterialsFoundIncomplete(Acted, tag="materials.found_incomplete", kw_only=True):
    """欠缺材料: what is missing, for which matter."""

    matter: Text
    missing: Annotated[tuple[Text, ...], Meta(min_length=1, max_length=50)]


@kind("一次性告知", ALL, read_by(ALL, "matter", "materials", "place", "procedure"))
class NoticeIssued(Acted, tag="notice.issued", kw_only=True):
    """提示告知单: materials, place, procedure, told at once."""

    matter: Text
    materials: Annotated[tuple[Text, ...], Meta(max_length=50)] = ()
    place: Text | None = None
    procedure: Annotated[tuple[Text, ...], Meta(max_length=50)] = ()
    """所需手续及流程, step by step."""


@kind("进度反馈", ALL, read_by(ALL, "to_customer_at", "to_receiver_at", "text"), checked=FOLLOWING)
class FeedbackGiven(Acted, tag="feedback.given", kw_only=True):
    """进度反馈, to the customer and to the receiving department, each with its moment."""

    to_customer_at: Moment | None = None
    to_receiver_at: Moment | None = None
    text: Text | None = None


@kind("办结", ALL, read_by(ALL, "outcome", "replied_at"))
class MatterDone(Acted, tag="matter.done", kw_only=True):
    """办结并回复."""

    outcome: Text
    replied_at: Moment | None = None


@kind(
    "接诉",
    ALL,
    {
        **read_by(ALL, "form", "channel", "about", "business_environment", "class_", "subject"),
        "reporter.name": Field(HANDLER, person="name", fed="never"),
        "reporter.phone": Field(HANDLER, person="phone", fed="never"),
    },
    opens="complaint",
)
class ComplaintReceived(Acted, tag="complaint.received", kw_only=True):
    """投诉 or 举报, with its channel, about whom, and whether it touches the business environment."""

    form: Literal["complaint", "report"]
    channel: Channel
    about: Code
    business_environment: bool
    class_: Class
    subject: Text
    reporter: Person | None = None
    """Seen by the body that handles it alone."""


@kind("投诉举报受理", ALL, read_by(ALL, "body", "reason"), checked=FOLLOWING)
class ComplaintAccepted(Acted, tag="complaint.accepted", kw_only=True):
    """The competent body takes it up; never the party complained of."""

    body: Code
    reason: Text | None = None
    """Why another body takes over what one had taken up already."""


@kind("要求说明", ALL, read_by(ALL, "of"), checked=FOLLOWING)
class StatementAsked(Acted, tag="statement.asked", kw_only=True):
    """A complaint may ask the party complained of for a statement."""

    of: Code


@kind("办结答复", ALL, read_by(ALL, "body", "answer", "documents"), checked=FOLLOWING)
class ComplaintAnswered(Acted, tag="complaint.answered", kw_only=True):
    """Handled and answered by that body."""

    body: Code
    answer: Text
    documents: Documents = ()


@kind("结案", ALL, read_by(ALL, "outcome"), checked=FOLLOWING)
class CaseClosed(Acted, tag="case.closed", kw_only=True):
    """结案, with its outcome."""

    outcome: Text | None = None


__all__ = [name for name, value in list(globals().items()) if isinstance(value, type) and issubclass(value, Acted)]
