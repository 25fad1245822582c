"""Decisions about findings, stops, suspicions and the records that follow, made ready to be taken: against whoever decides elsewhere."""

from datetime import timedelta

from tests.api.callers import JINGMEN, Body, opened
from tests.api.process import taken
from tests.api.records import FIRM, done, entry
from tests.api.stories.trials import (
    BUREAU,
    DEPARTMENT,
    INSPECTOR,
    LI,
    OWN,
    PARKS,
    REFORM,
    WANG,
    WATER,
    ZHANG,
    Trial,
    TrialDesk,
    Who,
    acts,
    says,
)

LATE = "2026-05-20T10:00:00+08:00"


async def missed(desk: TrialDesk) -> tuple[Body, Body]:
    """The window of 行政审批局 pushed nothing for two hours; notified by `zhang`, and the window objects on the next day."""
    case = await opened(desk.callers.window())
    desk.now.advance(hours=2)
    await desk.office.swept()
    finding = await desk.office.found(case, "any-window")
    desk.now.advance(hours=4)
    await taken(desk(ZHANG), finding, "notifications", servedAt=desk.now().isoformat())
    desk.now.advance(days=1)
    await taken(desk.callers.window(), finding, "objections", text="系统故障")
    desk.now.advance(hours=1)
    return case, finding


UPHELD = {"outcome": "upheld", "reason": "没有推送", "onReading": "一般读法"}


async def finding_decided(desk: TrialDesk) -> Trial:
    case, finding = await missed(desk)
    body = says("finding.decided", findingId=finding["findingId"], **UPHELD)
    return Trial(path=acts(case), body=body, good=LI, own=OWN, prepared=(ZHANG,))


async def finding_decided_by_operation(desk: TrialDesk) -> Trial:
    _, finding = await missed(desk)
    return Trial(path=f"/v1/findings/{finding['findingId']}/decisions", body=lambda _: UPHELD, good=LI, own=OWN, prepared=(ZHANG,))


async def upheld(desk: TrialDesk) -> tuple[Body, Body]:
    case, finding = await missed(desk)
    await taken(desk(LI), finding, "decisions", **UPHELD)
    return case, finding


async def finding_withdrawn(desk: TrialDesk) -> Trial:
    """What was upheld by `li` is withdrawn by another, and not by `zhang`, who notified it."""
    case, finding = await upheld(desk)
    body = says("finding.decided", findingId=finding["findingId"], outcome="withdrawn", reason="有推送记录")
    return Trial(path=acts(case), body=body, good=WANG, own=OWN, prepared=(ZHANG, LI))


async def finding_disposed(desk: TrialDesk) -> Trial:
    case, finding = await upheld(desk)
    body = says("finding.disposed", None, findingId=finding["findingId"], measure="约谈")
    return Trial(path=acts(case), body=body, good=INSPECTOR, own=OWN)


async def stop_struck_out(desk: TrialDesk) -> Trial:
    """行政审批局 stopped its own clock."""
    case = await opened(desk.callers.window())
    survey = {"calledBy": BUREAU, "participants": [WATER], "surveyed": [{"utility": WATER, "feasible": True}]}
    works = [{"place": "白云大道", "utilities": [WATER], "metres": 400, "does": ["pavement-excavation"]}]
    pair = {"utility": WATER, "department": BUREAU}
    await done(desk.callers.coordinator(), case, "survey.held", **survey, works=works)
    await done(desk.callers.coordinator(), case, "approval.opened", approvals=[pair])
    await done(desk.callers.water(), case, "materials.submitted", **pair)
    told = {"toldAt": "2026-06-03T10:00:00+08:00", "neededUntil": "2026-06-10T18:00:00+08:00"}
    stop = {"rule": "joint-approval", "keys": [WATER, BUREAU], "reason": "art-45", "basis": "专家评审", **told}
    made = await done(desk.callers("department", BUREAU), case, "clock.stopped", **stop)
    body = says("stop.struck_out", stoppedSeq=made["items"][0]["seq"], reason="不在法定情形之内")
    return Trial(path=acts(case), body=body, good=LI, own=OWN)


async def _suspected(desk: TrialDesk) -> tuple[Body, int]:
    case = await opened(desk.callers.window())
    late = {"occurredAt": LATE, "body": {"act": "remark.made", "text": "补记"}}
    assert (await desk.callers.window().post(acts(case), json=late)).status_code == 201
    shown = (await desk.callers.coordinator().get(f"/v1/suspicions?case={case['caseId']}")).json()["items"]
    return case, shown[0]["raisedSeq"]


async def suspicion_cleared(desk: TrialDesk) -> Trial:
    case, seq = await _suspected(desk)
    return Trial(path=acts(case), body=says("suspicion.cleared", None, raisedSeq=seq, reason="有原件"), good=INSPECTOR, own=OWN)


async def suspicion_confirmed(desk: TrialDesk) -> Trial:
    case, seq = await _suspected(desk)
    body = says("suspicion.confirmed", None, raisedSeq=seq, reason="补造", falsified=True, party=BUREAU)
    return Trial(path=acts(case), body=body, good=INSPECTOR, own=OWN)


# ───────────── 信用档案、责任追究：关于行政审批局自己的 ─────────────


async def _credit(desk: TrialDesk) -> Body:
    """An entry about 行政审批局 as a user, notified by `zhang` and heard."""
    case = await opened(desk(INSPECTOR), entry(subject=FIRM | {"role": "user"}, party=BUREAU, by=REFORM))
    until = (desk.now() + timedelta(days=14)).isoformat()
    await done(desk(ZHANG), case, "credit.notified", by=REFORM, servedAt=desk.now().isoformat(), statementUntil=until)
    desk.now.advance(days=1)
    await done(desk(ZHANG), case, "credit.heard", by=REFORM, statement="无异议")
    return case


async def _entered(desk: TrialDesk) -> Body:
    case = await _credit(desk)
    await done(desk(LI), case, "credit.decided", by=REFORM, outcome="entered", reason="事实清楚")
    return case


async def credit_decided(desk: TrialDesk) -> Trial:
    case = await _credit(desk)
    return Trial(path=acts(case), body=says("credit.decided", outcome="entered", reason="清楚"), good=LI, own=OWN, prepared=(ZHANG,))


async def credit_published(desk: TrialDesk) -> Trial:
    case = await _entered(desk)
    body = says("credit.published", how="shared", on="2026-06-04", until="2026-10-04")
    return Trial(path=acts(case), body=body, good=LI, own=OWN)


async def credit_repaired(desk: TrialDesk) -> Trial:
    case = await _entered(desk)
    return Trial(path=acts(case), body=says("credit.repaired", on="2026-06-04", reason="已整改"), good=LI, own=OWN)


async def credit_withdrawn(desk: TrialDesk) -> Trial:
    case = await _entered(desk)
    return Trial(path=acts(case), body=says("credit.withdrawn", reason="决定书被撤销"), good=WANG, own=OWN, prepared=(ZHANG, LI))


MEASURE = {"measuresList": "基础清单（2022年版）", "number": "2", "law": "招标投标法第五十四条", "text": "限制参加投标"}


async def measure_entered(desk: TrialDesk) -> Trial:
    case = await _entered(desk)
    own = (*OWN, Who("own", "department", BUREAU))
    return Trial(path=acts(case), body=says("measure.entered", "department", on="2026-06-04", **MEASURE), good=DEPARTMENT, own=own)


async def measure_ended(desk: TrialDesk) -> Trial:
    case = await _entered(desk)
    made = await done(desk(DEPARTMENT), case, "measure.entered", department=PARKS, on="2026-06-04", **MEASURE)
    body = says("measure.ended", "department", enteredSeq=made["items"][0]["seq"], on="2026-06-04")
    return Trial(path=acts(case), body=body, good=DEPARTMENT, own=OWN)


async def _accountable(desk: TrialDesk) -> Body:
    case, finding = await upheld(desk)
    grounds = [{"findingId": finding["findingId"], "caseId": case["caseId"]}]
    begun = {"act": "accountability.proposed", "unit": BUREAU, "by": REFORM, "conduct": "inaction", "facts": "未推送", "grounds": grounds}
    made = await opened(desk(INSPECTOR), {"kind": "accountability", "city": JINGMEN, "body": begun})
    until = (desk.now() + timedelta(days=14)).isoformat()
    await done(desk(ZHANG), made, "accountability.notified", by=REFORM, servedAt=desk.now().isoformat(), statementUntil=until)
    desk.now.advance(days=1)
    await done(desk(ZHANG), made, "accountability.heard", by=REFORM, statement="无异议")
    return made


async def accountability_decided(desk: TrialDesk) -> Trial:
    case = await _accountable(desk)
    body = says("accountability.decided", measure="criticism", reason="多次")
    return Trial(path=acts(case), body=body, good=LI, own=OWN, prepared=(ZHANG,))


async def accountability_withdrawn(desk: TrialDesk) -> Trial:
    case = await _accountable(desk)
    await done(desk(LI), case, "accountability.decided", by=REFORM, measure="criticism", reason="多次")
    body = says("accountability.withdrawn", reason="认定有误")
    return Trial(path=acts(case), body=body, good=WANG, own=OWN, prepared=(ZHANG, LI))
