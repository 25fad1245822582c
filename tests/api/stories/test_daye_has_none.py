"""In Daye no ladder, credit entry, accountability record or settlement can arise: not by a person of any role, and not by the auditor.

Its plan says 加强事中事后监管 (五), not of orders, interviews, files, records or half-years. What leads to them in Jingmen happens here.
"""

from datetime import UTC, datetime
from typing import Any

import httpx
import pytest
from litestar import Litestar

from auditor.jobs import Job, run_audit, run_propose, run_sweep
from auditor.settlement.periods import run_periods
from domain.acts import KINDS, OPENS
from schemes import load_schemes
from tests.api.callers import DAYE, Body, Callers, opened, record
from tests.api.process import Office, accountability, credit, taken
from tests.api.records import done
from tests.conftest import Clock

SCHEME = load_schemes().by_id("daye-2023")
CALLINGS = [(role, party.code) for party in SCHEME.parties for role in party.roles]
ARISES_NOT = {
    tag
    for tag in KINDS
    if tag.startswith(
        ("rectification.", "interview.", "penalty.", "referral.", "credit.", "measure.", "accountability.", "period.", "yearend.")
    )
} | {"statement.submitted", "statement.checked", "statement.settled", "works.costed", "step.proposed", "ground.fell"}
KINDS_OF_CASE = ("supervision", "credit", "accountability", "settlement")
LISTS = ("supervision", "credit-records", "credit-records/changes", "accountability-records", "settlements")
WATER, BUREAU, HALL, ELSEWHERE = "dy-water", "dy-cgj", "dy-zsj", "dy-ysb"
NOWHERE = "00000000-0000-4000-8000-000000000000"


@pytest.fixture
def office(app: Litestar, callers: Callers, moving: Clock) -> Office:
    return Office(app, callers, moving)


def test_its_scheme_has_none_of_the_tables_and_none_of_the_acts() -> None:
    assert [SCHEME.ladder, SCHEME.credit, SCHEME.accountability, SCHEME.settlement] == [None] * 4
    assert len(ARISES_NOT) == 35
    assert ARISES_NOT.isdisjoint(SCHEME.acts)
    assert not [tag for tag, row in SCHEME.acts.items() if set(row.case) & set(KINDS_OF_CASE)]
    rules = [rule.id for rule in SCHEME.rule if set(rule.cases) & set(KINDS_OF_CASE)]
    assert rules == []


def openings(finding: Body, suspicion: Body, commitment: Body) -> list[Body]:
    """Every act that opens such a case, as well founded as it can be."""
    order = {"act": "rectification.ordered", "utility": WATER, "department": BUREAU, "defect": "沉降", "dueOn": "2026-06-26"}
    interview = {"act": "interview.arranged", "party": WATER, "by": BUREAU, "ground": "拖延", "place": "二楼"}
    half = {"act": "period.opened", "utility": WATER, "district": "dy-water", "year": 2026, "half": 1}
    falsified = credit(finding)["body"] | {"party": WATER, "by": BUREAU, "suspicion": suspicion}
    bodies: list[Body] = [
        order | {"commitment": commitment["caseId"], "defectSeq": 3},
        interview | {"heldFor": "2026-06-29T09:00:00+08:00", "findings": [{k: finding[k] for k in ("findingId", "caseId")}]},
        falsified,
        accountability(finding)["body"] | {"unit": HALL, "by": BUREAU},
        half,
        {"act": "yearend.opened", "district": "dy-water", "year": 2026},
    ]
    assert {one["act"] for one in bodies} == {tag for tag in ARISES_NOT if tag in OPENS}
    return [{"kind": OPENS[one["act"]], "city": DAYE, "body": one} for one in bodies]


async def upheld(office: Office) -> Body:
    """The hall pushed nothing for an hour; found, notified, objected to, upheld by 城管执法局, and red."""
    callers, now = office.callers, office.now
    form = {"applicant": {"name": "大冶某某公司", "creditCode": "91350100M000100Y43"}, "supplies": [{"service": "water", "utility": WATER}]}
    form |= {"projectCode": "2026-420281-44-03-000778", "address": "新冶大道1号"}
    body = {"act": "application.accepted", "form": form, "place": "市民之家", "window": "1", "officer": "王五"}
    case = await opened(callers("window", HALL, DAYE), {"kind": "connection", "city": DAYE, "body": body})
    now.advance(hours=1)
    await office.swept()
    listed = (await callers("coordinator", BUREAU, DAYE).get("/v1/findings?rule=application-push&limit=200")).json()["items"]
    [finding] = [one for one in listed if one["caseId"] == case["caseId"]]
    now.advance(hours=5)
    await taken(callers("coordinator", BUREAU, DAYE), finding, "notifications", servedAt=now().isoformat())
    await taken(callers("window", HALL, DAYE), finding, "objections", text="公司系统故障")
    now.advance(days=2)
    await office.swept()
    decision = {"outcome": "upheld", "reason": "没有故障记录", "onReading": "一般读法"}
    whole = await taken(callers("supervisor", BUREAU, DAYE), finding, "decisions", **decision)
    assert (whole["state"], whole["light"]) == ("upheld", "red")
    await taken(callers("inspector", ELSEWHERE, DAYE), finding, "disposals", measure="通报")
    return whole


async def falsified(office: Office, case_id: str) -> Body:
    """Works are completed that nobody began; the suspicion of it is confirmed."""
    about = {"caseId": case_id}
    await done(office.callers("utility", WATER, DAYE), about, "works.completed", utility=WATER)
    raised = (await office.callers("inspector", ELSEWHERE, DAYE).get(f"/v1/cases/{case_id}")).json()["version"]
    said = {"raisedSeq": raised, "reason": "照片系他处工地", "falsified": True, "party": WATER}
    await done(office.callers("inspector", ELSEWHERE, DAYE), about, "suspicion.confirmed", **said)
    return {"caseId": case_id, "seq": raised}


async def unmet(office: Office) -> Body:
    """A yearly commitment whose standard is not met, twice."""
    signed = {"act": "commitment.signed", "utility": WATER, "department": BUREAU, "year": 2026, "standard": "2026版", "document": "承诺书"}
    case = await opened(office.callers("utility", WATER, DAYE), {"kind": "commitment", "city": DAYE, "body": signed})
    pair, bureau = {"utility": WATER, "department": BUREAU}, office.callers("department", BUREAU, DAYE)
    for _ in range(2):
        office.now.advance(minutes=1)
        await done(bureau, case, "inspection.held", **pair, inspectors=["赵四"], checked=[{"item": 1, "met": False}])
        office.now.advance(minutes=1)
        await done(bureau, case, "defect.found", **pair, item=1, text="沉降")
    return case


async def everything(client: httpx.AsyncClient) -> list[Body]:
    """The whole feed."""
    found, after = list[Body](), ""
    while True:
        page = (await client.get(f"/v1/events?limit=200{after}")).json()
        found += [one["entry"] for one in page["items"]]
        if not page["more"]:
            return found
        after = f"&after={page['next']}"


async def worked(job: Job) -> None:
    """Everything that the worker does, at the half-year's ends and in the nights after."""
    for day in ((2026, 6, 10), (2026, 6, 30), (2026, 12, 31), (2027, 1, 8)):
        job.domain_now.move_to(datetime(*day, 2, 0, tzinfo=UTC))  # type: ignore[attr-defined]  # a test's clock
        for step in (run_sweep, run_propose, run_periods, run_audit):
            await step(job)


async def test_nothing_of_it_arises_from_all_that_leads_to_it_elsewhere(
    app: Litestar, office: Office, callers: Callers, moving: Clock
) -> None:
    finding = await upheld(office)
    suspicion, commitment = await falsified(office, finding["caseId"]), await unmet(office)
    for body in openings(finding, suspicion, commitment):
        for role, party in CALLINGS:
            answer = await callers(role, party, DAYE).post("/v1/cases", json=body)
            assert (answer.status_code, answer.json()["type"]) == (403, "urn:lianban:problem:not-allowed"), (body, role, answer.text)
            assert "is not recorded by people under daye-2023" in answer.json()["detail"]
    costed = await record(callers("utility", WATER, DAYE), {"caseId": finding["caseId"]}, "works.costed", utility=WATER, amount=1)
    assert costed.status_code == 403
    program = app.state.program
    await worked(Job(program.db, program.books, "test", moving, moving))
    fed = await everything(callers("coordinator", BUREAU, DAYE))
    acts = {one["act"] for one in fed}
    assert acts >= {"finding.disposed", "suspicion.confirmed", "defect.found"}
    assert acts.isdisjoint(ARISES_NOT), acts & ARISES_NOT
    assert {one["act"] for one in fed if one["actor"]["role"] == "auditor"} <= {
        "finding.opened", "light.turned", "suspicion.raised", "warning.raised",
    }  # fmt: skip
    for role, party in CALLINGS:
        client = callers(role, party, DAYE)
        for kind in KINDS_OF_CASE:
            shown = await client.get(f"/v1/cases?kind={kind}")
            assert shown.json()["items"] == [], (role, kind)
        for name in LISTS:
            answer = await client.get(f"/v1/{name}")
            assert answer.status_code == 403 or answer.json()["items"] == [], (role, name)
    whole: Any = (await callers("coordinator", BUREAU, DAYE).get(f"/v1/findings/{finding['findingId']}")).json()
    assert whole["records"] == []
