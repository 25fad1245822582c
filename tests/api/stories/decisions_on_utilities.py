"""Decisions about commitments, on the ladder, about money, scores and complaints, made ready to be taken."""

from datetime import UTC, datetime

from tests.api.callers import JINGMEN, Body, application, opened
from tests.api.cases.test_complaints import complaint
from tests.api.commitments.test_commitments import commitment
from tests.api.records import done
from tests.api.settlement.test_settlements import payment, period, statement
from tests.api.stories.trials import (
    BUREAU,
    CITY,
    DEPARTMENT,
    DONGBAO,
    FINANCE,
    INSPECTOR,
    LI,
    OWN,
    PARKS,
    REFORM,
    UTILITY,
    WATER,
    YEARS,
    Trial,
    TrialDesk,
    Who,
    acts,
    says,
)

PAIR = {"utility": WATER, "department": PARKS}
COMPLAINED = "complaint.accepted"


# ───────────── 年度承诺、阶梯：公用事业单位没有作出这些决定的角色 ─────────────


async def _signed(desk: TrialDesk) -> Body:
    """One commitment of the water company for each story: of a year of its own, under which nothing else stands."""
    year = 2026 + next(YEARS)
    return await opened(desk.callers.water(), commitment(WATER, year))


_ITEMS = {"inspectors": ["赵四"], "checked": [{"item": 1, "met": False}]}


async def _inspected(desk: TrialDesk) -> Body:
    case = await _signed(desk)
    await done(desk(DEPARTMENT), case, "inspection.held", **PAIR, **_ITEMS)
    return case


async def _defective(desk: TrialDesk, case: Body | None = None) -> Body:
    """A commitment with a defect, whose entry is `version`."""
    case = case or await _signed(desk)
    desk.now.advance(minutes=1)
    await done(desk(DEPARTMENT), case, "inspection.held", **PAIR, **_ITEMS)
    desk.now.advance(minutes=1)
    made = await done(desk(DEPARTMENT), case, "defect.found", **PAIR, item=1, text="沉降")
    return case | {"version": made["items"][0]["seq"]}


async def defect_found(desk: TrialDesk) -> Trial:
    case = await _inspected(desk)
    return Trial(path=acts(case), body=says("defect.found", None, **PAIR, item=1, text="沉降"), good=DEPARTMENT, own=UTILITY)


LAW = "《中华人民共和国行政许可法》第六十九条"


async def commitment_suspended(desk: TrialDesk) -> Trial:
    case = await _signed(desk)
    return Trial(path=acts(case), body=says("commitment.suspended", None, basis=LAW), good=DEPARTMENT, own=UTILITY)


async def commitment_restored(desk: TrialDesk) -> Trial:
    case = await _signed(desk)
    await done(desk(DEPARTMENT), case, "commitment.suspended", basis=LAW)
    return Trial(path=acts(case), body=says("commitment.restored", None, basis=LAW), good=DEPARTMENT, own=UTILITY)


def _order(case: Body) -> Body:
    about = {"act": "rectification.ordered", **PAIR, "commitment": case["caseId"], "defectSeq": case["version"]}
    return {"kind": "supervision", "city": JINGMEN, "body": about | {"defect": "沉降", "dueOn": "2026-06-10"}}


async def rectification_ordered(desk: TrialDesk) -> Trial:
    case = await _defective(desk)
    return Trial(path="/v1/cases", body=lambda _: _order(case), good=DEPARTMENT, own=UTILITY)


async def _reported(desk: TrialDesk, case: Body) -> Body:
    ordered = await opened(desk(DEPARTMENT), _order(case))
    desk.now.advance(minutes=1)
    await done(desk.callers.water(), ordered, "rectification.reported", utility=WATER, evidence="照片")
    desk.now.advance(minutes=1)
    return ordered


async def rectification_judged(desk: TrialDesk) -> Trial:
    ordered = await _reported(desk, await _defective(desk))
    body = says("rectification.judged", None, utility=WATER, accepted=True, reason="到位")
    return Trial(path=acts(ordered), body=body, good=DEPARTMENT, own=UTILITY)


HELD_FOR = datetime(2026, 6, 8, 1, 0, tzinfo=UTC)
CALL = {"grounds": "两次违规，整改不到位", "heldFor": "2026-06-08T09:00:00+08:00", "place": "三楼会议室"}


async def _climbed(desk: TrialDesk) -> Body:
    """Two orders under one commitment, each judged insufficient; the case of the second."""
    judged = {"utility": WATER, "accepted": False, "reason": "仍有沉降"}
    signed = await _defective(desk)
    await done(desk(DEPARTMENT), await _reported(desk, signed), "rectification.judged", **judged)
    second = await _reported(desk, await _defective(desk, signed))
    await done(desk(DEPARTMENT), second, "rectification.judged", **judged)
    return second


async def interview_called(desk: TrialDesk) -> Trial:
    case = await _climbed(desk)
    return Trial(path=acts(case), body=says("interview.called", None, **PAIR, **CALL), good=DEPARTMENT, own=UTILITY)


async def interview_held(desk: TrialDesk) -> Trial:
    case = await _climbed(desk)
    await done(desk(DEPARTMENT), case, "interview.called", **PAIR, **CALL)
    desk.now.move_to(HELD_FOR)
    body = says("interview.held", None, party=WATER, by=PARKS, outcome="无人到场")
    return Trial(path=acts(case), body=body, good=DEPARTMENT, own=UTILITY)


async def penalty_referred(desk: TrialDesk) -> Trial:
    case = await _climbed(desk)
    await done(desk(DEPARTMENT), case, "interview.called", **PAIR, **CALL)
    desk.now.move_to(HELD_FOR)
    await done(desk(DEPARTMENT), case, "interview.held", party=WATER, by=PARKS, outcome="无人到场")
    referral = {"authority": "某执法机关", "law": "《某某管理条例》第十条", "facts": "连续违规"}
    return Trial(path=acts(case), body=says("penalty.referred", None, **PAIR, **referral), good=DEPARTMENT, own=UTILITY)


async def interview_arranged(_: TrialDesk) -> Trial:
    """发改委 calls 行政审批局 in; that one is coordinator and might call itself."""
    told = {"act": "interview.arranged", "party": BUREAU, "ground": "拖延", "heldFor": "2026-06-08T09:00:00+08:00", "place": "二楼"}

    def body(by: str) -> Body:
        return {"kind": "supervision", "city": JINGMEN, "body": told | {"by": by}}

    return Trial(path="/v1/cases", body=body, good=INSPECTOR, own=OWN, again=False)


# ───────────── 结算、考核、投诉 ─────────────


async def _stated(desk: TrialDesk) -> Body:
    """A half-year with one cost, stated by the water company; each story has a year of its own."""
    at = desk.now()
    desk.now.move_to(at.replace(year=2031 + next(YEARS)))
    made = await opened(desk.callers.window(), application() | {"district": DONGBAO})
    await done(desk.callers.water(), made, "works.costed", utility=WATER, amount=101)
    case = await period(desk(FINANCE), 1, desk.now().year)
    await done(desk.callers.water(), case, "statement.submitted", **statement((made["caseId"], 101)))
    return case


async def statement_checked(desk: TrialDesk) -> Trial:
    case = await _stated(desk)
    return Trial(path=acts(case), body=says("statement.checked", None, district=DONGBAO, accepted=True), good=FINANCE, own=UTILITY)


async def statement_settled(desk: TrialDesk) -> Trial:
    case = await _stated(desk)
    await done(desk(FINANCE), case, "statement.checked", district=DONGBAO, accepted=True)
    body = says("statement.settled", None, **payment(101, f"{desk.now().date()}"))
    return Trial(path=acts(case), body=body, good=FINANCE, own=UTILITY)


async def yearend_settled(desk: TrialDesk) -> Trial:
    """A year without costs: the district, which is paid, does not settle it."""
    desk.now.move_to(desk.now().replace(year=2031 + next(YEARS), month=12))
    city = Who("zhou", "finance", CITY)
    year = desk.now().year
    opening = {"act": "yearend.opened", "district": DONGBAO, "year": year}
    case = await opened(desk(city), {"kind": "settlement", "city": JINGMEN, "body": opening})
    share = {"district": DONGBAO, "year": year, "paidOn": f"{desk.now().date()}", "reference": "荆财结〔2030〕8号"}
    body = says("yearend.settled", None, **share, settled=0, amount=0)
    return Trial(path=acts(case), body=body, good=city, own=(FINANCE,))


async def score_sealed(desk: TrialDesk) -> Trial:
    desk.now.move_to(desk.now().replace(year=2027))
    return Trial(path="/v1/scorecards", body=lambda _: {"year": 2026}, good=LI, own=UTILITY)


async def complaint_accepted(desk: TrialDesk) -> Trial:
    case = await opened(desk(INSPECTOR), complaint("complaint", BUREAU))
    return Trial(path=acts(case), body=says(COMPLAINED, "body"), good=INSPECTOR, own=OWN)


async def complaint_answered(desk: TrialDesk) -> Trial:
    case = await opened(desk(INSPECTOR), complaint("complaint", BUREAU))
    await done(desk(INSPECTOR), case, COMPLAINED, body=REFORM)
    return Trial(path=acts(case), body=says("complaint.answered", "body", answer="查实"), good=INSPECTOR, own=OWN, again=False)


async def case_closed(desk: TrialDesk) -> Trial:
    """A complaint is ended by whoever handles it, not by the party complained of."""
    trial = await complaint_answered(desk)
    assert (await desk.take(trial, INSPECTOR)).status_code == 201
    return Trial(path=trial.path, body=says("case.closed", None, outcome="已答复"), good=INSPECTOR, own=OWN)
