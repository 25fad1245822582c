"""Every situation that the plans know really comes about in a made-up city of some hundreds of cases, so that none drops out unseen."""

from collections.abc import Callable, Iterator
from typing import TypeVar

import pytest

from domain.acts.connection import (
    ApplicationAccepted,
    ApplicationRefused,
    AppointmentChanged,
    CaseWithdrawn,
    CommitmentNotified,
    DemandDeferred,
    DemandRegistered,
    MaterialsRefused,
    MaterialsSubmitted,
    MaterialsSupplemented,
    PlanningPermitted,
    ServiceConnected,
    SignoffGiven,
    SurveyHeld,
)
from domain.acts.enforcement.audit import SuspicionRaised, WorksCountedTogether
from domain.acts.enforcement.supervision import (
    ContractorEntrusted,
    DefectFound,
    InspectionHeld,
    InterviewCalled,
    OfficerNamed,
    RectificationJudged,
)
from domain.acts.field import Acted
from domain.acts.service import (
    ComplaintAccepted,
    ComplaintReceived,
    EnquiryReceived,
    EnquiryReclassified,
    EnquiryTransferred,
    PolicyExplained,
    ReceiptConfirmed,
    SuggestionGiven,
)
from simulation import Simulated
from tests.simulation.cities import LINJIANG, made

A = TypeVar("A", bound=Acted)
JINGMEN, DAYE = "jingmen-2023", "daye-2023"
THRESHOLD = {DAYE: 200, JINGMEN: 300, LINJIANG: 150}
"""四(二): 小于200米、超200米; 小于300米、超300米; 第六条: 不超过150米."""


def acts(one: Simulated, kind: type[A]) -> list[A]:
    return [entry.act for entry in one.entries if isinstance(entry.act, kind)]


def first(one: Simulated, kind: type[Acted]) -> int:
    """The number of the first entry of a kind; none comes after everything."""
    return next((entry.seq for entry in one.entries if isinstance(entry.act, kind)), len(one.entries) + 1)


def after(one: Simulated, first_kind: type[Acted], kind: type[Acted]) -> bool:
    """Whether an act of the one kind comes after one of the other."""
    return any(isinstance(entry.act, kind) and entry.seq > first(one, first_kind) for entry in one.entries)


def lengths(one: Simulated) -> Iterator[int]:
    """How much each company digs by itself, where nothing of other cases counts with it."""
    beside = {act.utility for act in acts(one, WorksCountedTogether)}
    for held in acts(one, SurveyHeld):
        for utility in {utility for stretch in held.works for utility in stretch.utilities} - beside:
            yield sum(stretch.metres for stretch in held.works if utility in stretch.utilities)


def taken_over(one: Simulated, form: str) -> bool:
    return len(acts(one, ComplaintAccepted)) == 2 and acts(one, ComplaintReceived)[0].form == form


def demanded(one: Simulated, role: str) -> bool:
    return any(isinstance(entry.act, DemandRegistered) and entry.actor.role == role for entry in one.entries)


def rejected_and_again(one: Simulated) -> bool:
    """A company's opinion was a rejection, and it submitted to the same department again."""
    rejected = [entry for entry in one.entries if isinstance(entry.act, SignoffGiven) and entry.act.outcome == "rejected"]
    again = [(entry.seq, entry.act) for entry in one.entries if isinstance(entry.act, MaterialsSubmitted)]
    pairs = {(entry.act.utility, entry.act.department): entry.seq for entry in rejected if isinstance(entry.act, SignoffGiven)}
    return any(seq > pairs.get((act.utility, act.department), len(one.entries)) for seq, act in again)


def rejected_meanwhile(one: Simulated) -> bool:
    """A rejection came while a deferred document had not."""
    deferred = {(act.utility, act.department) for act in acts(one, MaterialsSubmitted) if act.deferred}
    came = {(act.utility, act.department) for act in acts(one, MaterialsSupplemented)}
    return any(act.outcome == "rejected" and (act.utility, act.department) in deferred - came for act in acts(one, SignoffGiven))


def rejoined(one: Simulated) -> bool:
    """One company's works count with those of two other cases."""
    counted = {(act.utility, act.other_case) for act in acts(one, WorksCountedTogether)}
    return any(sum(utility == other for other, _ in counted) > 1 for utility, _ in counted)


def boxes(one: Simulated, *services: str) -> bool:
    """The block of each of these services is filled in the application."""
    forms = [act.form for act in acts(one, ApplicationAccepted)]
    return any(all(getattr(form, service) is not None for service in services) for form in forms)


Situation = Callable[[Simulated], bool]
EVERYWHERE: dict[str, Situation] = {
    "告知承诺": lambda one: bool(acts(one, CommitmentNotified)),
    "容缺受理，后来补齐": lambda one: any(act.deferred for act in acts(one, MaterialsSubmitted)) and bool(acts(one, MaterialsSupplemented)),
    "没有外线工程": lambda one: bool(acts(one, ServiceConnected)) and not any(held.works for held in acts(one, SurveyHeld)),
    "材料不予受理，一次告知，重新提交": lambda one: (
        any(act.noticed_at for act in acts(one, MaterialsRefused)) and after(one, MaterialsRefused, MaterialsSubmitted)
    ),
    "不同意，重新提交": rejected_and_again,
    "申请人撤回": lambda one: bool(acts(one, CaseWithdrawn)),
    "一般咨询": lambda one: any(act.class_ == "general" for act in acts(one, EnquiryReceived)),
    "复杂咨询": lambda one: any(act.class_ == "complex" for act in acts(one, EnquiryReceived)),
    "咨询转办": lambda one: bool(acts(one, EnquiryTransferred)),
    "咨询人留下姓名": lambda one: any(act.customer for act in acts(one, EnquiryReceived)),
    "先登记需求，后申请": lambda one: after(one, DemandRegistered, ApplicationAccepted),
    "登记单位采集需求": lambda one: demanded(one, "registrar"),
    "窗口采集需求": lambda one: demanded(one, "window"),
    "等规划许可证": lambda one: (
        first(one, DemandDeferred) < first(one, PlanningPermitted) < first(one, ApplicationAccepted) <= len(one.entries)
    ),
    "不在适用范围": lambda one: isinstance(one.entries[0].act, ApplicationRefused),
    "需求登记后，申请不在适用范围": lambda one: one.case.state == "refused" and isinstance(one.entries[0].act, DemandRegistered),
    "客户改约": lambda one: any(act.chosen_by == "customer" for act in acts(one, AppointmentChanged)),
    "公用事业单位改约": lambda one: any(act.chosen_by == "utility" for act in acts(one, AppointmentChanged)),
    "用水、用电资料": lambda one: boxes(one, "water", "power"),
}
REAL: dict[str, Situation] = {
    "合并计算": lambda one: bool(acts(one, WorksCountedTogether)),
    "三件合并计算": rejoined,
    "化整为零": lambda one: any(act.about == "split-works" for act in acts(one, SuspicionRaised)),
    "委托施工单位承诺": lambda one: bool(acts(one, ContractorEntrusted)),
    "明确专人": lambda one: bool(acts(one, OfficerNamed)),
    "按标准检查": lambda one: any(act.checked for act in acts(one, InspectionHeld)),
    "未达到承诺标准": lambda one: bool(acts(one, DefectFound)),
    "合理化建议": lambda one: bool(acts(one, SuggestionGiven)),
    "政策解释": lambda one: bool(acts(one, PolicyExplained)),
    "确认收到": lambda one: any(act.received_at for act in acts(one, ReceiptConfirmed)),
    "没有收到": lambda one: any(not act.received_at for act in acts(one, ReceiptConfirmed)),
    "容缺的材料未到，已经不同意": rejected_meanwhile,
    "投诉由另一单位接办": lambda one: taken_over(one, "complaint"),
    "举报由另一单位接办": lambda one: taken_over(one, "report"),
    "网上登记需求": lambda one: demanded(one, "portal"),
    "用气、网络资料": lambda one: boxes(one, "gas", "network"),
}
OF_JINGMEN: dict[str, Situation] = {
    "一般变复杂": lambda one: bool(acts(one, EnquiryReclassified)),
    "共享营业厅受理，定点、定窗、定人": lambda one: any(
        isinstance(entry.act, ApplicationAccepted) and entry.actor.party.startswith("jm-hall-") and entry.act.place and entry.act.officer
        for entry in one.entries
    ),
    "整改不到位，约谈": lambda one: (
        any(not act.accepted for act in acts(one, RectificationJudged)) and after(one, RectificationJudged, InterviewCalled)
    ),
    "供热资料": lambda one: boxes(one, "heat"),
}
CITIES = {DAYE: EVERYWHERE | REAL, JINGMEN: EVERYWHERE | REAL | OF_JINGMEN, LINJIANG: EVERYWHERE}


@pytest.mark.parametrize("name", sorted(CITIES))
def test_every_situation_comes_about(name: str) -> None:
    cases = made(name, 700)
    assert [said for said, holds in CITIES[name].items() if not any(holds(one) for one in cases)] == []


@pytest.mark.parametrize("name", sorted(CITIES))
def test_some_works_are_exactly_at_the_threshold(name: str) -> None:
    assert any(THRESHOLD[name] in lengths(one) for one in made(name, 700))


def test_enquiries_and_complaints_of_a_plan_without_limits_for_them_give_no_answer() -> None:
    said = [one for one in made(DAYE, 700, breaches=400) if one.case.kind in {"enquiry", "complaint"}]
    assert len(said) > 50
    assert not [answer for one in said for answer in one.answers]


def test_every_box_that_a_service_has_in_a_citys_form_is_filled_somewhere() -> None:
    forms = [act.form for one in made(JINGMEN, 700) for act in acts(one, ApplicationAccepted)]
    heat = next(form.heat for form in forms if form.heat)
    assert None not in {getattr(heat, box) for box in heat.__struct_fields__}
    assert all(form.water is None or form.water.tonnes_per_day is None for form in forms), "荆门 counts water in cubic metres"
    daye = [act.form for one in made(DAYE, 700) for act in acts(one, ApplicationAccepted)]
    assert all(form.water is None or form.water.cubic_metres_per_day is None for form in daye), "大冶 counts it in tonnes"
