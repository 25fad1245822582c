"""The consolidated sheet and the joint approval behind it, walked by hand in each city, and signed by many at once."""

import asyncio
from uuid import UUID

import httpx
from litestar import Litestar

from domain.ledger import GENESIS, chain_hash
from storage.cases.ledger import read_ledger
from tests.api.callers import DAYE, Body, Callers, application, opened, record
from tests.conftest import Clock

SUPPLIERS = {
    "jm-water": "water",
    "jm-gas": "gas",
    "jm-heat-zhongjing": "heat",
    "jm-heat-zhongran": "heat",
    "jm-power": "power",
    "jm-mobile": "network",
    "jm-unicom": "network",
    "jm-telecom": "network",
    "jm-cable": "network",
}
DEPARTMENTS = ("jm-cgw", "jm-spj", "jm-zgj")


async def done(client: httpx.AsyncClient, case: Body, tag: str, **fields: object) -> Body:
    answer = await record(client, case, tag, **fields)
    assert answer.status_code == 201, answer.text
    made: Body = answer.json()
    return made


async def sheet(client: httpx.AsyncClient, case: Body) -> Body:
    answer = await client.get(f"/v1/cases/{case['caseId']}/sign-offs")
    assert answer.status_code == 200, answer.text
    shown: Body = answer.json()
    return shown


async def sign(client: httpx.AsyncClient, case: Body, utility: str, outcome: str = "approved") -> httpx.Response:
    body = {"utility": utility, "outcome": outcome, "opinion": "同意" if outcome == "approved" else "不同意", "signatory": "李四"}
    return await client.post(f"/v1/cases/{case['caseId']}/sign-offs", json=body)


async def deadlines(client: httpx.AsyncClient, case: Body, rule: str) -> list[tuple[str, str]]:
    answer = await client.get(f"/v1/cases/{case['caseId']}/deadlines")
    return [(one["state"], one["dueAt"]) for one in answer.json()["items"] if one["rule"] == rule]


async def in_approval(callers: Callers) -> Body:
    """A Jingmen case whose works of 400 m were surveyed and opened for approval at one department."""
    applicant = {"name": "荆门某某制造有限公司", "legalRepresentative": "王建国", "contact": "赵敏", "phone": "13812345678"}
    case = await opened(callers.window(), application(applicant=applicant))
    await done(callers.window(), case, "application.pushed", utilities=["jm-water", "jm-gas"])
    found = [{"utility": one, "feasible": True} for one in ("jm-water", "jm-gas")]
    works = [{"place": "白云大道", "utilities": ["jm-water"], "metres": 400, "does": ["pavement-excavation"]}]
    came = ["jm-spj", "jm-cgw", "jm-zgj", "jm-water", "jm-gas"]
    await done(callers.coordinator(), case, "survey.held", calledBy="jm-spj", participants=came, surveyed=found, works=works)
    pairs = [{"utility": "jm-water", "department": one} for one in ("jm-cgw", "jm-zgj")]
    period = {"worksFrom": "2026-06-08", "worksUntil": "2026-06-30"}
    await done(callers.coordinator(), case, "approval.opened", approvals=pairs, **period)
    return case


async def test_the_sheet_has_every_field_of_the_annex_and_is_current_at_once(callers: Callers) -> None:
    case = await in_approval(callers)
    shown = await sheet(callers.water(), case)
    assert (shown["projectCode"], shown["applicant"], shown["address"]) == (case["subject"], "荆门某某制造有限公司", "白云大道62号")
    assert (shown["worksFrom"], shown["worksUntil"], shown["connectionPlace"]) == ("2026-06-08", "2026-06-30", "白云大道")
    assert shown["zone"] == "主城区"
    assert shown["number"] == case["number"]
    whole = {"王建国", "赵敏", "13812345678"}
    assert whole.isdisjoint({shown["legalRepresentative"], shown["contact"], shown["phone"]})
    assert shown["phone"].endswith("5678")
    assert [(one["department"], one["asked"], one["outcome"]) for one in shown["items"]] == [
        ("jm-cgw", True, None),
        ("jm-spj", False, None),
        ("jm-zgj", True, None),
    ]
    await done(callers.water(), case, "materials.submitted", utility="jm-water", department="jm-cgw")
    assert (await sign(callers("department", "jm-cgw"), case, "jm-water")).status_code == 201
    shown = await sheet(callers.water(), case)
    assert [(one["title"], one["outcome"], one["signatory"], one["signedAt"]) for one in shown["items"]] == [
        ("市城管委意见", "approved", "李四", "2026-06-03T02:00:00Z"),
        ("市行政审批局意见", None, None, None),
        ("市自然资源和规划局意见", None, None, None),
    ]
    assert not shown["complete"]
    await done(callers("department", "jm-zgj"), case, "approval.not_needed", utility="jm-water", department="jm-zgj", reason="不涉及")
    shown = await sheet(callers.water(), case)
    assert (shown["items"][2]["outcome"], shown["complete"]) == ("not-needed", True)


async def test_refused_materials_come_again_and_a_rejection_may_be_followed_by_another_submission(callers: Callers, moving: Clock) -> None:
    case = await in_approval(callers)
    water, parks = callers.water(), callers("department", "jm-cgw")
    pair = {"utility": "jm-water", "department": "jm-cgw"}
    await done(parks, case, "checklist.returned", **pair, items=["施工图", "交通组织方案"])
    await done(water, case, "materials.submitted", **pair, deferred=[{"document": "施工图", "dueOn": "2026-06-08"}])
    # Wednesday 3 June; three working days end on Monday the 8th at 18:00.
    assert await deadlines(parks, case, "joint-approval") == [("running", "2026-06-08T10:00:00Z")]
    moving.advance(minutes=2)
    await done(parks, case, "materials.refused", **pair, reason="图纸不符", noticedAt="2026-06-03T10:02:00+08:00")
    assert await deadlines(parks, case, "joint-approval") == [("void", "2026-06-08T10:00:00Z")]
    assert (await sign(parks, case, "jm-water")).json()["type"] == "urn:lianban:problem:out-of-order"
    moving.advance(minutes=2)
    await done(water, case, "materials.submitted", **pair, deferred=[{"document": "施工图", "dueOn": "2026-06-05"}])
    wrong = await record(water, case, "materials.supplemented", **pair, documents=["别的图"])
    assert (wrong.status_code, wrong.json()["field"]) == (422, "documents")
    await done(water, case, "materials.supplemented", **pair, documents=["施工图"])
    assert (await sign(parks, case, "jm-water", "rejected")).status_code == 201
    assert (await sign(parks, case, "jm-water")).json()["type"] == "urn:lianban:problem:already-done"
    moving.advance(minutes=2)
    await done(water, case, "materials.submitted", **pair)
    assert (await sign(parks, case, "jm-water")).status_code == 201
    await done(parks, case, "result.returned", **pair)
    assert [state for state, _ in await deadlines(parks, case, "joint-approval")] == ["void", "met", "met"]
    assert [one["outcome"] for one in (await sheet(parks, case))["items"]] == ["approved", None, None]


async def test_dayes_joint_approval_from_the_checklist_to_the_works(callers: Callers, moving: Clock) -> None:
    window, water = callers("window", "dy-zsj", DAYE), callers("utility", "dy-water", DAYE)
    traffic = callers("department", "dy-jtj", DAYE)
    form = {
        "applicant": {"name": "大冶某某制造有限公司", "creditCode": "91350100M000100Y43"},
        "supplies": [{"service": "water", "utility": "dy-water"}],
        "town": "罗家桥街道",
        "road": "金湖大道",
    }
    body = {"act": "application.accepted", "form": form}
    case = await opened(window, {"kind": "connection", "city": DAYE, "body": body})
    await done(window, case, "application.pushed", utilities=["dy-water"], departments=["dy-jtj"], approvalNeeded=True)
    works = [{"place": "金湖大道", "utilities": ["dy-water"], "metres": 260, "does": ["road-excavation"]}]
    found = [{"utility": "dy-water", "feasible": True}]
    held = {"calledBy": "dy-zsj", "participants": ["dy-zsj", "dy-water", "dy-jtj"], "surveyed": found, "works": works}
    assert (await done(window, case, "survey.held", **held))["doubts"] == []
    await done(window, case, "approval.opened", approvals=[{"utility": "dy-water", "department": "dy-jtj"}])
    pair = {"utility": "dy-water", "department": "dy-jtj"}
    await done(traffic, case, "checklist.returned", **pair, items=["占道施工方案"])
    # one working day from Wednesday ends with Thursday's office hours
    assert await deadlines(water, case, "materials-submission") == [("running", "2026-06-04T10:00:00Z")]
    await done(water, case, "materials.submitted", **pair)
    moving.advance(minutes=1)
    # started before the opinion: taken, marked as out of order and as works before their approval
    started = await record(callers("utility", "dy-water", DAYE), case, "works.started", utility="dy-water")
    assert started.status_code == 201
    office = callers("coordinator", "dy-cgj", DAYE)
    asked = [one["body"]["about"] for one in (await office.get(f"/v1/cases/{case['caseId']}/acts")).json()["items"][-2:]]
    assert sorted(asked) == ["out-of-order", "works-before-approval"]
    assert (await sign(traffic, case, "dy-water")).status_code == 201
    shown = await sheet(window, case)
    assert (shown["address"], shown["zone"], shown["complete"]) == ("罗家桥街道金湖大道", "罗家桥街道", True)
    assert [(one["department"], one["outcome"]) for one in shown["items"] if one["asked"]] == [("dy-jtj", "approved")]


async def test_a_new_appointment_of_the_customers_moves_the_clock_and_one_of_the_companys_does_not(callers: Callers, moving: Clock) -> None:
    case = await opened(callers.window())
    window = callers.window()
    slot = {"utility": "jm-water", "appointedFor": "2026-06-04T09:00:00+08:00", "slotEndsAt": "2026-06-04T11:00:00+08:00"}
    await done(window, case, "appointment.agreed", **slot, chosenBy="customer", confirmed=True)
    assert await deadlines(window, case, "appointment") == [("running", "2026-06-04T03:00:00Z")]
    moving.advance(minutes=1)
    later = {"utility": "jm-water", "appointedFor": "2026-06-09T09:00:00+08:00", "slotEndsAt": "2026-06-09T11:00:00+08:00"}
    await done(callers.water(), case, "appointment.changed", **later, chosenBy="utility", confirmed=True, reason="排班")
    assert await deadlines(window, case, "appointment") == [("running", "2026-06-04T03:00:00Z")]
    moving.advance(minutes=1)
    await done(window, case, "appointment.changed", **later, chosenBy="customer", confirmed=True, reason="用户改期")
    assert await deadlines(window, case, "appointment") == [("void", "2026-06-04T03:00:00Z"), ("running", "2026-06-09T03:00:00Z")]


async def test_fifty_opinions_at_once_make_one_ledger_without_gaps(callers: Callers, app: Litestar) -> None:
    supplies = [{"service": service, "utility": utility} for utility, service in SUPPLIERS.items()]
    case = await opened(callers.window(), application(supplies=supplies))
    found = [{"utility": utility, "feasible": True} for utility in SUPPLIERS]
    works = [{"place": "凤凰大道", "utilities": list(SUPPLIERS), "metres": 500, "does": ["pavement-excavation"]}]
    held = {"calledBy": "jm-spj", "participants": ["jm-spj", *SUPPLIERS], "surveyed": found, "works": works}
    await done(callers.coordinator(), case, "survey.held", **held)
    pairs = [(utility, department) for utility in SUPPLIERS for department in DEPARTMENTS]
    approvals = [{"utility": utility, "department": department} for utility, department in pairs]
    await done(callers.coordinator(), case, "approval.opened", approvals=approvals)
    for utility, department in pairs:
        await done(callers("utility", utility), case, "materials.submitted", utility=utility, department=department)
    before = (await callers.coordinator().get(f"/v1/cases/{case['caseId']}")).json()["version"]
    # fifty at once: twenty-seven permits, and twenty-three of them signed a second time
    asked = [sign(callers("department", department), case, utility) for utility, department in (*pairs, *pairs[:23])]
    answers = await asyncio.gather(*asked)
    assert sorted(answer.status_code for answer in answers) == [201] * 27 + [409] * 23
    shown = await sheet(callers.coordinator(), case)
    assert [(one["utility"], one["department"], one["outcome"]) for one in shown["items"]] == [
        (utility, department, "approved") for utility, department in sorted(pairs)
    ]
    assert shown["complete"]
    assert await deadlines(callers.coordinator(), case, "joint-approval") == [("met", "2026-06-08T10:00:00Z")] * 27
    async with app.state.program.db.reading() as tx:
        entries = await read_ledger(tx, UUID(case["caseId"]))
    signed = [entry for entry in entries if entry.seq > before and entry.actor.role != "auditor"]
    assert len(signed) == 27
    assert [entry.seq for entry in entries] == list(range(1, len(entries) + 1))
    head = GENESIS
    for entry in entries:
        head = chain_hash(head, entry)
        assert entry.hash == head
