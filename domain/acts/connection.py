"""The acts of a connection case (水气热电网联动报装), from the demand to the supply."""

from datetime import date
from typing import Annotated, Literal

from msgspec import Meta

from domain.acts.field import Acted, Code, Moment, Text
from domain.acts.forms import FORM
from domain.acts.kinds import ALL, FOLLOWING, kind, read_by, within
from domain.acts.parts import Approval, Deferred, Documents, Form, Stretch, Surveyed

Occasion = Literal["land-contract", "investment-agreement", "licence", "growth", "other"]
"""Where a demand was taken: 土地出让合同, 投资协议, 营业执照等证照, 增容扩容, 其他."""

COST = frozenset({"works_cost"})
"""What works cost is kept with the case's district, and from when it counts."""
Some = Annotated[tuple[Code, ...], Meta(max_length=50)]
Several = Annotated[tuple[Code, ...], Meta(min_length=1, max_length=50)]
Document = Annotated[str, Meta(min_length=1, max_length=200)]


@kind("告知联动报装举措", ALL, {})
class EnterpriseInformed(Acted, tag="enterprise.informed", kw_only=True):
    """告知联动报装改革的创新举措 (D-11)."""


@kind(
    "意向登记",
    ALL,
    {**within("form", FORM), **read_by(ALL, "occasion", "place", "window", "officer", "channel")},
    opens="connection",
    checked=FOLLOWING,
    feeds=COST,
)
class DemandRegistered(Acted, tag="demand.registered", kw_only=True):
    """意向登记: the demand form is filled."""

    occasion: Occasion
    form: Form
    place: Document | None = None
    window: Document | None = None
    officer: Document | None = None
    channel: Document | None = None
    """湖北政务服务网, 便冶办, 专窗."""


@kind("暂缓申报", ALL, read_by(ALL, "reason"))
class DemandDeferred(Acted, tag="demand.deferred", kw_only=True):
    """暂时无法确定用量: waits for the planning permit (D-32)."""

    reason: Text


@kind("规划许可核发", ALL, read_by(ALL, "permit"))
class PlanningPermitted(Acted, tag="planning.permitted", kw_only=True):
    """建设工程规划许可证核发."""

    permit: Document


@kind("需求推送", ALL, read_by(ALL, "utilities", "departments"))
class DemandPushed(Acted, tag="demand.pushed", kw_only=True):
    """The demand reached these parties."""

    utilities: Some = ()
    departments: Some = ()


@kind("上门对接", ALL, read_by(ALL, "utilities", "prelaid"))
class OutreachMade(Acted, tag="outreach.made", kw_only=True):
    """主动上门对接, by these utilities together."""

    utilities: Several
    prelaid: Text | None = None
    """提前布局: what of the networks around the plot is laid ahead."""


@kind(
    "申请受理",
    ALL,
    {**within("form", FORM), **read_by(ALL, "place", "window", "officer", "channel", "demanded_by")},
    opens="connection",
    checked=FOLLOWING,
    feeds=COST,
)
class ApplicationAccepted(Acted, tag="application.accepted", kw_only=True):
    """一表申请受理, with place, window and officer (定点、定窗、定人)."""

    form: Form
    place: Document | None = None
    window: Document | None = None
    officer: Document | None = None
    channel: Document | None = None
    demanded_by: Code | None = None
    """Who asked the applicant for this form, where one did."""


@kind(
    "不予受理",
    ALL,
    {**within("form", FORM), **read_by(ALL, "clause", "reason", "refused_by")},
    opens="connection",
    checked=FOLLOWING,
    feeds=COST,
)
class ApplicationRefused(Acted, tag="application.refused", kw_only=True):
    """不予受理: the clause, the reason, who refused."""

    form: Form
    clause: Text
    reason: Text
    refused_by: Code


@kind("申请推送", ALL, read_by(ALL, "utilities", "departments", "approval_needed"))
class ApplicationPushed(Acted, tag="application.pushed", kw_only=True):
    """实时推送: the application reached these utilities."""

    utilities: Several
    departments: Some = ()
    """The departments whose approval is known to be needed."""
    approval_needed: bool = False


@kind("踏勘安排", ALL, read_by(ALL, "scheduled_for"))
class SurveyScheduled(Acted, tag="survey.scheduled", kw_only=True):
    """联合踏勘 is called for a moment."""

    scheduled_for: Moment


@kind(
    "联合踏勘",
    ALL,
    read_by(
        ALL,
        "called_by",
        "participants",
        "surveyed.utility",
        "surveyed.feasible",
        "surveyed.works_needed",
        "works.place",
        "works.utilities",
        "works.metres",
        "works.does",
        "reason",
    ),
    feeds=frozenset({"stretch"}),
    needs=("works",),
)
class SurveyHeld(Acted, tag="survey.held", kw_only=True):
    """联合踏勘: who came, what is feasible, the works per stretch; the routes follow from them."""

    called_by: Code
    participants: Several
    surveyed: Annotated[tuple[Surveyed, ...], Meta(min_length=1, max_length=50)]
    works: Annotated[tuple[Stretch, ...], Meta(max_length=200)] = ()
    reason: Text | None = None
    """Why a second survey was needed."""


@kind("确定接入条件", ALL, read_by(ALL, "utility", "met"))
class ConditionsDetermined(Acted, tag="conditions.determined", kw_only=True):
    """确定接入条件, for one utility."""

    utility: Code
    met: bool


@kind("方案编制", ALL, read_by(ALL, "utility", "standard", "shares_trench_with", "documents"))
class PlanIssued(Acted, tag="plan.issued", kw_only=True):
    """方案编制: one utility's part of the one plan."""

    utility: Code
    standard: Document | None = None
    """施工规范和安全标准 that it follows."""
    shares_trench_with: Some = ()
    """协同施工: the companies that it digs together with."""
    documents: Documents = ()


@kind("确认具备接入条件", ALL, read_by(ALL, "utility"))
class AccessConfirmed(Acted, tag="access.confirmed", kw_only=True):
    """具备接入条件, confirmed by the utility."""

    utility: Code


@kind(
    "分项目告知",
    ALL,
    read_by(ALL, "utility", "departments", "commitment", "works_from", "works_until"),
    checked=FOLLOWING,
    needs=("commitments",),
)
class CommitmentNotified(Acted, tag="commitment.notified", kw_only=True):
    """分项目告知 under the annual commitment: the permit is applied for."""

    utility: Code
    departments: Several
    commitment: Document
    """The commitment that it rests on, by its case id."""
    works_from: date | None = None
    works_until: date | None = None


@kind("启动联合审批", ALL, read_by(ALL, "approvals.utility", "approvals.department", "works_from", "works_until"))
class ApprovalOpened(Acted, tag="approval.opened", kw_only=True):
    """联合审批 is opened: which utility's permit at which department."""

    approvals: Annotated[tuple[Approval, ...], Meta(min_length=1, max_length=100)]
    works_from: date | None = None
    works_until: date | None = None


@kind("审批推送", ALL, read_by(ALL, "utility", "departments"))
class ApprovalPushed(Acted, tag="approval.pushed", kw_only=True):
    """The project reached these departments."""

    utility: Code | None = None
    departments: Several


@kind("无需审批", ALL, read_by(ALL, "utility", "department", "reason"), checked=FOLLOWING)
class ApprovalNotNeeded(Acted, tag="approval.not_needed", kw_only=True):
    """The department records that no permit is needed."""

    utility: Code
    department: Code
    reason: Text


@kind("返回审批事项清单", ALL, read_by(ALL, "utility", "department", "items"))
class ChecklistReturned(Acted, tag="checklist.returned", kw_only=True):
    """审批事项清单 of one department for one utility."""

    utility: Code
    department: Code
    items: Annotated[tuple[Document, ...], Meta(max_length=200)] = ()


@kind("提交资料", ALL, read_by(ALL, "utility", "department", "deferred.document", "deferred.due_on", "documents"))
class MaterialsSubmitted(Acted, tag="materials.submitted", kw_only=True):
    """相关资料提交; documents may be deferred (容缺受理)."""

    utility: Code
    department: Code
    deferred: Annotated[tuple[Deferred, ...], Meta(max_length=50)] = ()
    documents: Documents = ()


@kind("退回资料", ALL, read_by(ALL, "utility", "department", "reason", "noticed_at"), checked=FOLLOWING)
class MaterialsRefused(Acted, tag="materials.refused", kw_only=True):
    """Unusable materials are refused, with the one-time notice and when it was given."""

    utility: Code
    department: Code
    reason: Text
    noticed_at: Moment | None = None


@kind("补交容缺材料", ALL, read_by(ALL, "utility", "department", "documents", "files"), checked=FOLLOWING)
class MaterialsSupplemented(Acted, tag="materials.supplemented", kw_only=True):
    """Deferred documents are supplied."""

    utility: Code
    department: Code
    documents: Annotated[tuple[Document, ...], Meta(min_length=1, max_length=50)]
    """The deferred documents' names, as the submission gave them."""
    files: Documents = ()


@kind("审查完毕待补", ALL, read_by(ALL, "utility", "department"))
class ReviewFinished(Acted, tag="review.finished", kw_only=True):
    """The department's review is done; only the deferred documents are awaited."""

    utility: Code
    department: Code


@kind("签批", ALL, read_by(ALL, "utility", "department", "outcome", "opinion", "signatory"), checked=FOLLOWING)
class SignoffGiven(Acted, tag="signoff.given", kw_only=True):
    """签批: one department's opinion on one utility's works."""

    utility: Code
    department: Code
    outcome: Literal["approved", "rejected"]
    opinion: Text
    signatory: Document


@kind("结果回传", ALL, read_by(ALL, "utility", "department"))
class ResultReturned(Acted, tag="result.returned", kw_only=True):
    """审批结果回传至湖北政务服务网."""

    utility: Code
    department: Code


@kind("约定时间", ALL, read_by(ALL, "utility", "appointed_for", "slot_ends_at", "slot_on", "chosen_by", "confirmed"), checked=FOLLOWING)
class AppointmentAgreed(Acted, tag="appointment.agreed", kw_only=True):
    """约定时间; it binds only with the customer's confirmation."""

    utility: Code
    appointed_for: Moment
    slot_ends_at: Moment | None = None
    """The end of the agreed slot."""
    slot_on: date | None = None
    """The agreed day, where no hour was agreed: it ends at closing."""
    chosen_by: Literal["customer", "utility"]
    confirmed: bool


@kind(
    "改约", ALL, read_by(ALL, "utility", "appointed_for", "slot_ends_at", "slot_on", "chosen_by", "confirmed", "reason"), checked=FOLLOWING
)
class AppointmentChanged(Acted, tag="appointment.changed", kw_only=True):
    """改约: a new appointment, and who wanted it."""

    utility: Code
    appointed_for: Moment
    slot_ends_at: Moment | None = None
    slot_on: date | None = None
    chosen_by: Literal["customer", "utility"]
    confirmed: bool
    reason: Text


@kind("施工开始", ALL, read_by(ALL, "utility"))
class WorksStarted(Acted, tag="works.started", kw_only=True):
    """施工开始."""

    utility: Code


@kind("施工完成", ALL, read_by(ALL, "utility", "trench"))
class WorksCompleted(Acted, tag="works.completed", kw_only=True):
    """施工完成."""

    utility: Code
    trench: Annotated[int, Meta(ge=0, le=1_000_000)] | None = None
    """Metres of trench dug."""


@kind("联合验收", ALL, read_by(ALL, "utilities", "passed", "documents"), feeds=COST)
class AcceptanceHeld(Acted, tag="acceptance.held", kw_only=True):
    """联合验收, by these utilities together."""

    utilities: Several
    passed: bool = True
    documents: Documents = ()


@kind("接通", ALL, read_by(ALL, "utility"))
class ServiceConnected(Acted, tag="service.connected", kw_only=True):
    """通水、通气、供热、通电、通网."""

    utility: Code


@kind("申请人撤回", ALL, read_by(ALL, "proof"), checked=FOLLOWING)
class CaseWithdrawn(Acted, tag="case.withdrawn", kw_only=True):
    """The applicant's alone, with proof: voids clocks that are not yet due and leaves breaches."""

    proof: Text


__all__ = [name for name, value in list(globals().items()) if isinstance(value, type) and issubclass(value, Acted)]
