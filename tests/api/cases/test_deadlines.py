"""When it would be due: worked out without a case, and shown for every clock of one."""

from datetime import UTC, datetime

import httpx
import pytest

from tests.api.callers import Callers, opened, record
from tests.conftest import Clock


async def asked(client: httpx.AsyncClient, scheme: str, rule: str, start: str, **more: object) -> dict[str, object]:
    answer = await client.post("/v1/deadlines", json={"scheme": scheme, "rule": rule, "from": start} | more)
    assert answer.status_code == 200, answer.text
    found: dict[str, object] = answer.json()
    return found


@pytest.mark.parametrize(
    ("scheme", "rule", "start", "due"),
    [
        ("daye-2023", "D-01", "2026-06-05T16:00:00+08:00", "2026-06-08T10:00:00Z"),  # 1wd from Friday 16:00 ends Monday 18:00
        ("daye-2023", "D-01", "2026-06-06T11:00:00+08:00", "2026-06-08T10:00:00Z"),  # from Saturday 11:00 too
        ("jingmen-2023", "J-05", "2026-06-05T17:05:00+08:00", "2026-06-06T09:05:00Z"),  # 24h from Friday 17:05 ends Saturday 17:05
        ("jingmen-2023", "J-01", "2026-06-03T10:00:00+08:00", "2026-06-03T08:00:00Z"),  # 0.5wd from 10:00 ends 16:00
        ("jingmen-2023", "J-01", "2026-06-03T08:30:00+08:00", "2026-06-03T04:00:00Z"),  # from 08:30 ends 12:00
        ("jingmen-2023", "J-01", "2026-06-03T12:30:00+08:00", "2026-06-03T10:00:00Z"),  # from 12:30 ends 18:00
        ("jingmen-2023", "J-04", "2026-09-30T16:00:00+08:00", "2026-10-10T10:00:00Z"),  # over the holiday, with its make-up day
    ],
)
async def test_the_plans_own_examples_are_due_as_they_say(anybody: httpx.AsyncClient, scheme: str, rule: str, start: str, due: str) -> None:
    assert (await asked(anybody, scheme, rule, start))["due"] == due


async def test_the_warning_the_other_reading_and_each_days_notice_are_shown(anybody: httpx.AsyncClient) -> None:
    found = await asked(anybody, "jingmen-2023", "joint-approval", "2026-09-30T16:00:00+08:00")
    assert found["warn"] == "2026-10-10T01:45:00Z"  # 09:45 on the make-up Saturday
    assert found["also"] == {"due": "2026-10-10T16:00:00Z", "reading": "截止到当日 24:00"}
    days = {day["date"]: day for day in found["days"]}  # type: ignore[attr-defined]  # JSON
    assert (days["2026-10-01"]["source"], days["2026-10-01"]["counted"]) == ("国办发明电〔2025〕7号", False)
    assert [date for date, day in days.items() if day["counted"]] == ["2026-10-08", "2026-10-09", "2026-10-10"]


async def test_a_stop_from_tuesday_evening_to_wednesday_morning_adds_one_day(anybody: httpx.AsyncClient) -> None:
    stop = {"from": "2026-06-02T17:59:00+08:00", "to": "2026-06-03T08:31:00+08:00"}
    found = await asked(anybody, "jingmen-2023", "J-04", "2026-06-01T10:00:00+08:00", stops=[stop])
    assert found["due"] == "2026-06-05T10:00:00Z"  # Thursday without it, Friday with it


async def test_a_stop_that_is_still_open_leaves_no_due_moment(anybody: httpx.AsyncClient) -> None:
    found = await asked(anybody, "jingmen-2023", "J-04", "2026-06-01T10:00:00+08:00", stops=[{"from": "2026-06-02T10:00:00+08:00"}])
    assert found["due"] is None


async def test_a_span_past_the_last_notice_is_provisional(anybody: httpx.AsyncClient) -> None:
    assert (await asked(anybody, "jingmen-2023", "J-04", "2026-12-28T10:00:00+08:00"))["provisional"] is True
    assert (await asked(anybody, "jingmen-2023", "J-04", "2026-12-21T10:00:00+08:00"))["provisional"] is False


async def test_every_clock_of_a_case_is_explained(callers: Callers) -> None:
    case = await opened(callers.window())
    await record(callers.water(), case, "access.confirmed", utility="jm-water")
    page = (await callers.water().get(f"/v1/cases/{case['caseId']}/deadlines")).json()
    assert page["version"] == 2
    clock = next(one for one in page["items"] if one["rule"] == "half-day-connection")
    assert (clock["party"], clock["partyName"], clock["keys"]) == ("jm-water", "荆门市城市水务集团有限公司", {"utility": "jm-water"})
    assert (clock["startedAt"], clock["dueAt"], clock["state"]) == ("2026-06-03T02:00:00Z", "2026-06-03T08:00:00Z", "running")
    assert "0.5个工作日" in clock["cites"][0]["quote"]
    assert sum(day["seconds"] for day in clock["days"]) == 3.5 * 3600
    assert clock["also"]["due"] == "2026-06-03T10:00:00Z"  # half a day as the session after the one it starts in


async def test_a_clock_that_was_met_still_shows_its_other_reading_and_the_laws_limit(callers: Callers, moving: Clock) -> None:
    case = await opened(callers.window())
    water = callers.water()
    await record(water, case, "access.confirmed", utility="jm-water")
    moving.advance(hours=1)
    await record(callers.water(), case, "service.connected", utility="jm-water")
    page = (await callers.water().get(f"/v1/cases/{case['caseId']}/deadlines")).json()
    clock = next(one for one in page["items"] if one["rule"] == "half-day-connection" and one["party"] == "jm-water")
    assert (clock["state"], clock["endedAt"], clock["lateEntry"]) == ("met", "2026-06-03T03:00:00Z", False)
    assert (clock["also"]["due"], clock["alsoMissed"]) == ("2026-06-03T10:00:00Z", False)


async def test_what_is_missed_under_one_reading_alone_is_told_apart(callers: Callers, moving: Clock) -> None:
    case = await opened(callers.window())
    water, path = callers.water(), f"/v1/cases/{case['caseId']}/deadlines"
    await record(water, case, "access.confirmed", utility="jm-water")
    seen = []
    for at in (16, 17, 19):  # due at 16:00, by the other reading at 18:00
        moving.move_to(datetime(2026, 6, 3, at - 8, 0, 1, tzinfo=UTC))
        items = (await callers.water().get(path)).json()["items"]
        clock = next(one for one in items if one["rule"] == "half-day-connection" and one["party"] == "jm-water")
        seen.append((clock["state"], clock["alsoMissed"]))
    assert seen == [("breached", False), ("breached", False), ("breached", True)]


async def test_the_calendar_says_of_each_day_where_it_comes_from(anybody: httpx.AsyncClient) -> None:
    found = (await anybody.get("/v1/working-days?from=2026-10-07&to=2026-10-10&city=420800")).json()
    assert [(day["date"], day["working"]) for day in found["items"]] == [
        ("2026-10-07", False),
        ("2026-10-08", True),
        ("2026-10-09", True),
        ("2026-10-10", True),
    ]
    assert found["items"][0]["source"] == found["items"][3]["source"] == "国办发明电〔2025〕7号"
    assert found["publishedThrough"] == "2026-12-28"


async def test_plans_are_published_with_their_rules_clauses_and_assumptions(anybody: httpx.AsyncClient) -> None:
    listed = (await anybody.get("/v1/schemes?city=420800&on=2026-06-03")).json()["items"]
    assert [one["id"] for one in listed] == ["jingmen-2023"]
    assert (await anybody.get("/v1/schemes?on=2020-01-01")).json()["items"] == []
    plan = (await anybody.get("/v1/schemes/jingmen-2023")).json()
    assert (plan["thresholds"]["commitmentUnderMetres"], plan["thresholds"]["jointOverMetres"]) == (300, 300)
    assert plan["sessions"] == [["08:30", "12:00"], ["14:30", "18:00"]]
    assert all(rule["cites"] and rule["carriesOut"] for rule in plan["rules"])
    assert all(one["because"] for one in plan["assumptions"])


async def test_a_plans_forms_are_published_box_by_box(anybody: httpx.AsyncClient) -> None:
    plan = (await anybody.get("/v1/schemes/daye-2023")).json()
    demand, application = plan["forms"]
    assert (demand["title"], demand["annex"], demand["acts"]) == (
        "企业获得水、电、气、网络报装信息采集单",
        "附件2",
        ["demand.registered"],
    )
    assert {"box": "plannedUseOn", "name": "计划投入使用时间"} in demand["boxes"]
    assert (demand["beside"], demand["required"][-1]) == (["network"], ["town", "address"])
    assert {"box": "gas.appliances.burnerBore", "name": "燃烧器口径"} in application["boxes"]
    assert not any(one["box"].startswith("heat.") for one in application["boxes"])
    assert plan["numbering"]["by"] == ["application.accepted"]
    assert plan["numbering"]["cite"]["quote"] == "联合报装编号: 2023 () 号"
    assert plan["survey"]["calledBy"] == ["dy-zsj"]
    assert plan["personalData"]["erasedBy"] == ["coordinator"]
    jingmen = (await anybody.get("/v1/schemes/jingmen-2023")).json()
    accepted = next(one for one in jingmen["acts"] if one["act"] == "application.accepted")
    assert accepted["hallsNeed"] == ["place", "window", "officer"]
