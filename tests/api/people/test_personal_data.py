"""Persons are sealed at rest, masked to everybody, shown whole to few for a reason that is kept, and gone once erased."""

import asyncio
import json

import httpx
import pytest
from litestar import Litestar

from auditor.audit.audit import AuditRun as AuditDesk
from auditor.audit.audit import audit
from auditor.audit.verify import verify_ledger
from casework.program import read_context
from storage.postgres.transaction import Database
from tests.api.callers import DAYE, JINGMEN, Body, Callers, application, opened, record
from tests.conftest import Clock
from tests.database import Urls, execute

PERSON = {"contact": "李小四", "phone": "13812341234", "legalRepresentative": "张三", "idNumber": "42080019491231002X"}
MASKED = {"contact": "李**", "phone": "138****1234", "legalRepresentative": "张*", "idNumber": "420***********002X"}
FIELDS = {f"form.applicant.{name}": value for name, value in PERSON.items()}


def persons() -> Body:
    return application(applicant={"name": "荆门某某制造有限公司"} | PERSON)


async def asked_for(client: httpx.AsyncClient, case: Body, **changes: object) -> httpx.Response:
    body = {"reason": "预约踏勘时间"} | changes
    return await client.post(f"/v1/cases/{case['caseId']}/personal-data", json=body)


async def erased(client: httpx.AsyncClient, case: Body) -> httpx.Response:
    return await client.post(f"/v1/cases/{case['caseId']}/personal-data/erasure", json={"reason": "保存期限已满"})


async def ledger(client: httpx.AsyncClient, case: Body) -> list[Body]:
    items: list[Body] = (await client.get(f"/v1/cases/{case['caseId']}/acts")).json()["items"]
    return items


async def withdrawn(callers: Callers, case: Body) -> None:
    assert (await record(callers.window(), case, "application.pushed", utilities=["jm-water", "jm-gas"])).status_code == 201
    answer = await record(callers.window(), case, "case.withdrawn", proof="撤回申请书")
    assert answer.status_code == 201, answer.text


async def kept(database: Database, case: Body) -> list[str]:
    async with database.connection() as tx:
        return [row["body"] for row in await tx.fetch("SELECT body FROM entry WHERE case_id = $1 ORDER BY seq", case["caseId"])]


async def test_persons_are_kept_sealed_and_shown_masked_to_everybody(callers: Callers, database: Database) -> None:
    case = await opened(callers.window(), persons())
    [body] = await kept(database, case)
    assert body.count('"sealed:1:') == 4
    assert not [value for value in PERSON.values() if value in body]
    for client in (callers.window(), callers.coordinator(), callers.water(), callers("inspector", "jm-fgw"), callers("admin", "jm-spj")):
        shown = (await ledger(client, case))[0]["body"]["form"]["applicant"]
        assert {name: shown[name] for name in PERSON} == MASKED


async def test_an_application_after_a_demand_without_persons_gets_its_key_then(callers: Callers, database: Database) -> None:
    form = persons()["body"]["form"]
    demand = {
        "act": "demand.registered",
        "occasion": "investment-agreement",
        "form": form | {"applicant": {"name": "荆门某某制造有限公司"}},
    }
    case = await opened(callers.window(), {"kind": "connection", "city": JINGMEN, "body": demand})
    answer = await record(callers.window(), case, "application.accepted", form=form, place="市民中心", window="3", officer="李四")
    assert answer.status_code == 201, answer.text
    assert answer.json()["items"][0]["body"]["form"]["applicant"]["phone"] == "138****1234"
    assert "13812341234" not in "".join(await kept(database, case))
    assert {item["value"] for item in (await asked_for(callers.window(), case)).json()["items"]} == set(PERSON.values())


async def test_whoever_has_to_reach_the_applicant_sees_it_whole_and_the_ledger_says_who_and_why(callers: Callers) -> None:
    case = await opened(callers.window(), persons())
    answer = await asked_for(callers.water(), case, fields=["form.applicant.phone", "form.applicant.contact"])
    assert answer.status_code == 200, answer.text
    assert {item["field"]: item["value"] for item in answer.json()["items"]} == {
        "form.applicant.phone": "13812341234",
        "form.applicant.contact": "李小四",
    }
    assert answer.headers["etag"] == '"2"'
    entry = (await ledger(callers.coordinator(), case))[1]
    assert (entry["act"], entry["actor"]["party"]) == ("personal_data.read", "jm-water")
    assert entry["body"]["fields"] == ["form.applicant.contact", "form.applicant.phone"]
    assert entry["body"]["reason"] == "预约踏勘时间"
    fed = (await callers.coordinator().get("/v1/events?limit=200")).json()["items"]
    assert "personal_data.read" in [event["entry"]["act"] for event in fed if event["caseId"] == case["caseId"]]
    for other, sees in ((callers.water(), True), (callers("utility", "jm-gas"), False)):
        assert ("personal_data.read" in [entry["act"] for entry in await ledger(other, case)]) is sees


@pytest.mark.parametrize(
    ("role", "party"), [("inspector", "jm-fgw"), ("supervisor", "jm-fgw"), ("portal", "hb-portal"), ("admin", "jm-spj")]
)
async def test_whoever_need_not_reach_the_applicant_does_not(callers: Callers, role: str, party: str) -> None:
    case = await opened(callers.window(), persons())
    answer = await asked_for(callers(role, party), case)  # type: ignore[arg-type]  # a role's name
    assert answer.status_code in {403, 404}
    assert "13812341234" not in answer.text
    assert len(await ledger(callers.coordinator(), case)) == 1


async def test_another_party_and_another_city_find_no_such_case(callers: Callers) -> None:
    case = await opened(callers.window(), persons())
    for client in (callers("utility", "jm-power"), callers("coordinator", "dy-cgj", DAYE)):
        assert (await asked_for(client, case)).status_code == 404
        assert (await erased(client, case)).status_code == 404


@pytest.mark.parametrize("body", [{}, {"reason": ""}, {"reason": "x", "field": []}, {"reason": "x", "fields": [""]}])
async def test_without_a_reason_nobody_is_shown(callers: Callers, body: Body) -> None:
    case = await opened(callers.window(), persons())
    answer = await callers.window().post(f"/v1/cases/{case['caseId']}/personal-data", json=body)
    assert answer.status_code == 400


async def test_fields_that_the_case_has_not_are_refused_by_name(callers: Callers) -> None:
    case = await opened(callers.window(), persons())
    answer = await asked_for(callers.window(), case, fields=["customer.phone"])
    assert (answer.status_code, answer.json()["field"]) == (422, "fields")
    nobody = await opened(callers.window())
    assert (await asked_for(callers.window(), nobody)).status_code == 404
    assert (await erased(callers.coordinator(), nobody)).status_code == 409


async def test_a_reading_sent_again_is_one_reading_and_its_kept_answer_is_masked(callers: Callers, database: Database) -> None:
    case = await opened(callers.window(), persons())
    path, key = f"/v1/cases/{case['caseId']}/personal-data", {"idempotency-key": "reading-1"}
    first = await callers.window().post(path, json={"reason": "预约"}, headers=key)
    again = await callers.window().post(path, json={"reason": "预约"}, headers=key)
    assert "13812341234" in first.text
    assert again.headers["idempotency-replayed"] == "true"
    assert {item["value"] for item in again.json()["items"]} == set(MASKED.values())
    assert len(await ledger(callers.coordinator(), case)) == 2
    async with database.connection() as tx:
        rows = await tx.fetch("SELECT body FROM idempotency WHERE key = 'reading-1'")
    assert "13812341234" not in rows[0]["body"].decode()


async def test_ten_readings_at_once_are_ten_entries(callers: Callers) -> None:
    case = await opened(callers.window(), persons())
    answers = await asyncio.gather(*(asked_for(callers.water(), case) for _ in range(10)))
    assert {answer.status_code for answer in answers} == {200}
    assert [entry["seq"] for entry in await ledger(callers.coordinator(), case)] == list(range(1, 12))


# ───────────── residents, enquiries, complaints ─────────────


async def test_a_residents_refused_application_is_sealed_as_a_whole(callers: Callers, database: Database) -> None:
    home = application(applicant={"name": "孙某某", "kind": "resident", "phone": "13812341234"}, address="某某小区1栋2单元301")
    refused = (await callers.window().post("/v1/cases", json=home)).json()
    [body] = await kept(database, refused)
    assert not [word for word in ("孙某某", "某某小区", "13812341234") if word in body]
    shown = (await ledger(callers.window(), refused))[0]["body"]["form"]
    assert (shown["applicant"]["name"], shown["address"]) == ("孙**", "某某小区1栋***")


async def test_who_asked_is_masked_and_left_out_of_the_feed(callers: Callers) -> None:
    act = {"act": "enquiry.received", "channel": "12345", "receiver": "jm-spj", "class": "general", "reason": "一般事项"}
    act |= {"subject": "通水进度", "place": "市民中心", "window": "3", "officer": "李四"}
    enquiry = {"kind": "enquiry", "city": JINGMEN, "body": act | {"customer": {"name": "王某", "phone": "0724-1234512"}}}
    case = await opened(callers.window(), enquiry)
    assert (await ledger(callers.window(), case))[0]["body"]["customer"] == {"name": "王*", "phone": "0724-*****12"}
    fed = (await callers.coordinator().get("/v1/events?limit=200")).json()["items"]
    [event] = [event for event in fed if event["caseId"] == case["caseId"]]
    assert event["entry"]["body"]["customer"] is None
    whole = (await asked_for(callers.window(), case)).json()["items"]
    assert {item["field"]: item["value"] for item in whole} == {"customer.name": "王某", "customer.phone": "0724-1234512"}


async def test_who_complained_is_there_for_the_body_that_handles_it_alone(callers: Callers) -> None:
    act = {"act": "complaint.received", "form": "complaint", "channel": "12345", "about": "jm-water", "businessEnvironment": True}
    act |= {"class": "general", "subject": "拖延", "reporter": {"name": "王某", "phone": "13900000000"}}
    receiver, handler = callers("inspector", "jm-zjj"), callers("inspector", "jm-fgw")
    case = await opened(receiver, {"kind": "complaint", "city": JINGMEN, "body": act})
    for client in (receiver, handler, callers.coordinator()):
        assert (await ledger(client, case))[0]["body"]["reporter"] is None
        assert (await asked_for(client, case)).status_code == 403
    assert (await record(handler, case, "complaint.accepted", body="jm-fgw")).status_code == 201
    for client in (receiver, callers.coordinator()):
        assert (await ledger(client, case))[0]["body"]["reporter"] is None
        assert (await asked_for(client, case)).status_code == 403
    assert (await ledger(handler, case))[0]["body"]["reporter"] == {"name": "王*", "phone": "139****0000"}
    assert {item["value"] for item in (await asked_for(handler, case)).json()["items"]} == {"王某", "13900000000"}


# ───────────── erasure ─────────────


async def test_an_erased_person_is_gone_and_the_ledger_whole(callers: Callers, database: Database, app: Litestar, moving: Clock) -> None:
    case = await opened(callers.window(), persons())
    before = await kept(database, case)
    assert (await erased(callers.coordinator(), case)).status_code == 409
    await withdrawn(callers, case)
    assert (await erased(callers.water(), case)).status_code == 403
    gone = await erased(callers.coordinator(), case)
    assert gone.status_code == 200, gone.text
    assert (gone.json()["keptPlain"], gone.json()["version"]) == ([], 4)
    shown = (await ledger(callers.window(), case))[0]["body"]["form"]["applicant"]
    assert {shown[name] for name in PERSON} == {"已删除"}
    assert shown["name"] == "荆门某某制造有限公司"
    assert (await asked_for(callers.window(), case)).status_code == 404
    assert (await erased(callers.coordinator(), case)).status_code == 409
    assert (await kept(database, case))[0] == before[0]
    async with database.connection() as tx:
        row = await tx.fetchrow("SELECT wrapped, wrapped_by, erased_at FROM case_key WHERE case_id = $1", case["caseId"])
    assert (row["wrapped"], row["wrapped_by"], row["erased_at"]) == (None, None, moving())
    assert (await verify_ledger(database)).broken == []
    program = app.state.program
    audited = await audit(AuditDesk(database, await read_context(database, program.books, moving()), "test", moving, moving, seals=False))
    assert (audited.disagreements, audited.broken_chains) == (0, 0)


async def test_nobody_is_recorded_anew_in_a_case_whose_persons_were_erased(callers: Callers) -> None:
    case = await opened(callers.window(), persons())
    await withdrawn(callers, case)
    assert (await erased(callers.coordinator(), case)).status_code == 200
    form = persons()["body"]["form"]
    answer = await record(callers.window(), case, "application.refused", form=form, clause="二", reason="x", refusedBy="jm-spj")
    assert answer.status_code == 409


# ───────────── what was written before, and keys that are away ─────────────


async def rewrite(urls: Urls, case: Body, body: str) -> None:
    """Change the first entry as only whoever owns the tables could."""
    await execute(
        urls.owner,
        "ALTER TABLE entry DISABLE TRIGGER entry_stays",
        f"UPDATE entry SET body = $text${body}$text$ WHERE case_id = '{case['caseId']}' AND seq = 1",  # noqa: S608 -- our own words
        "ALTER TABLE entry ENABLE ALWAYS TRIGGER entry_stays",
    )


async def plainly(urls: Urls, case: Body) -> None:
    """Make of a case what an earlier release would have left: its persons plain, and no key."""
    await rewrite(urls, case, json.dumps(persons()["body"], ensure_ascii=False))
    await execute(urls.admin, f"DELETE FROM case_key WHERE case_id = '{case['caseId']}'")  # noqa: S608 -- our own id


async def test_persons_that_were_written_before_are_masked_all_the_same_and_named_when_erased(callers: Callers, fresh_urls: Urls) -> None:
    case = await opened(callers.window(), persons())
    await plainly(fresh_urls, case)
    assert (await ledger(callers.window(), case))[0]["body"]["form"]["applicant"]["phone"] == "138****1234"
    assert {item["value"] for item in (await asked_for(callers.window(), case)).json()["items"]} == set(PERSON.values())
    await withdrawn(callers, case)
    assert (await erased(callers.coordinator(), case)).json()["keptPlain"] == [1]
    assert (await ledger(callers.window(), case))[0]["body"]["form"]["applicant"]["phone"] == "已删除"


async def test_a_case_whose_key_is_away_is_read_without_its_persons(callers: Callers, fresh_urls: Urls) -> None:
    case = await opened(callers.window(), persons())
    for change in ("wrapped_by = 'another'", "wrapped_by = 'tests', wrapped = decode(repeat('00', 60), 'hex')"):
        await execute(fresh_urls.admin, f"UPDATE case_key SET {change} WHERE case_id = '{case['caseId']}'")  # noqa: S608 -- our own words
        assert (await ledger(callers.window(), case))[0]["body"]["form"]["applicant"]["phone"] == "无法读取"
        answer = await asked_for(callers.window(), case)
        assert (answer.status_code, answer.json()["type"]) == (503, "urn:lianban:problem:key-missing")
    assert len(await ledger(callers.coordinator(), case)) == 1


async def test_a_sealed_text_of_another_case_does_not_open(callers: Callers, database: Database, fresh_urls: Urls) -> None:
    case, other = await opened(callers.window(), persons()), await opened(callers.window(), persons())
    await rewrite(fresh_urls, case, (await kept(database, other))[0])
    assert (await ledger(callers.window(), case))[0]["body"]["form"]["applicant"]["phone"] == "无法读取"
    await execute(fresh_urls.admin, f"DELETE FROM case_key WHERE case_id = '{case['caseId']}'")  # noqa: S608 -- our own id
    assert (await ledger(callers.window(), case))[0]["body"]["form"]["applicant"]["phone"] == "无法读取"
    assert (await asked_for(callers.window(), case)).status_code == 503


async def test_what_looks_sealed_is_refused(callers: Callers) -> None:
    answer = await callers.window().post("/v1/cases", json=application(applicant={"name": "甲", "phone": "sealed:1:AAAA"}))
    assert (answer.status_code, answer.json()["field"]) == (422, "form.applicant.phone")
