"""The feed gives everyone what concerns them, once, in an order that never changes."""

import asyncio
import json
from uuid import UUID

from domain.access.audience import Audience
from storage.feed.audiences import find_audience
from storage.postgres.cursor import packed, parts_of
from storage.postgres.transaction import Database
from tests.api.callers import DAYE, Body, Callers, application, opened, record
from tests.api.records import UTILITY, WEDNESDAY, decided, done, entry, shown
from tests.conftest import Clock


async def followed(callers: Callers, role: str = "coordinator", party: str = "jm-spj", limit: int = 3) -> list[Body]:
    client, events, path = callers(role, party), [], f"/v1/events?limit={limit}"  # type: ignore[arg-type]  # a role's name
    while True:
        page = (await client.get(path)).json()
        events += page["items"]
        if not page["more"]:
            return events
        path = f"/v1/events?limit={limit}&after={page['next']}"


async def test_every_entry_is_fed_once_and_in_its_cases_order(callers: Callers) -> None:
    cases = [await opened(callers.window()) for _ in range(3)]
    for case in cases:
        await record(callers.water(), case, "access.confirmed", utility="jm-water")
    events = await followed(callers)
    for case in cases:
        assert [event["entry"]["seq"] for event in events if event["caseId"] == case["caseId"]] == [1, 2]
    assert len({event["cursor"] for event in events}) == len(events)


async def test_following_goes_on_where_it_stopped(callers: Callers) -> None:
    await opened(callers.window())
    seen = await followed(callers)
    case = await opened(callers.window())
    page = (await callers.coordinator().get(f"/v1/events?after={seen[-1]['cursor']}")).json()
    assert [event["caseId"] for event in page["items"]] == [case["caseId"]]
    end = (await callers.coordinator().get(f"/v1/events?after={page['next']}")).json()
    assert (end["items"], end["next"], end["more"]) == ([], page["next"], False)


async def test_a_party_follows_its_own_cases_alone(callers: Callers) -> None:
    case = await opened(callers.window())
    assert case["caseId"] in {event["caseId"] for event in await followed(callers, "utility", "jm-gas")}
    assert await followed(callers, "utility", "jm-power") == []


async def test_another_citys_office_hears_nothing(callers: Callers) -> None:
    await opened(callers.window())
    assert (await callers("coordinator", "dy-cgj", DAYE).get("/v1/events")).json()["items"] == []


async def test_the_feed_names_no_person(callers: Callers) -> None:
    person = {"contact": "王某某", "phone": "13800000000", "legalRepresentative": "赵某某"}
    await opened(callers.window(), application(applicant={"name": "荆门某某制造有限公司"} | person))
    home = {"name": "孙某某", "kind": "resident"} | person
    refused = await callers.window().post("/v1/cases", json=application(applicant=home, address="某某小区1栋"))
    fed = json.dumps(await followed(callers, limit=50), ensure_ascii=False)
    assert "荆门某某制造有限公司" in fed
    assert not [word for word in (*person.values(), "孙某某", "某某小区") if word in fed]
    ledger = await callers.window().get(f"/v1/cases/{refused.json()['caseId']}/acts")
    assert ledger.json()["items"][0]["body"]["form"]["applicant"]["name"] == "孙**"


async def test_who_is_brought_in_later_hears_at_that_place_all_that_it_may_see_from_before(callers: Callers) -> None:
    case, power = await opened(callers.window()), callers("utility", "jm-power")
    start = (await power.get("/v1/events")).json()["next"]
    await record(callers.window(), case, "remark.made", text="已电话联系用户")
    assert (await power.get(f"/v1/events?after={start}")).json()["items"] == []
    await record(callers.window(), case, "application.pushed", utilities=["jm-power", "jm-water"])
    events = (await power.get(f"/v1/events?after={start}")).json()["items"]
    assert [event["entry"]["act"] for event in events] == ["application.accepted", "remark.made", "application.pushed"]
    assert [event["prevSeq"] for event in events] == [0, 1, 2]
    assert [event["id"] for event in events] == [f"{case['caseId']}/{number}" for number in (1, 2, 3)]
    first = events[0]["sequence"]
    assert [event["sequence"] for event in events] == [first, first + 1, first + 2]


async def test_what_a_party_may_not_see_leaves_no_gap(callers: Callers) -> None:
    """A suspicion is read by the offices alone, and no number of the feed tells that one was raised."""
    case, water = await opened(callers.window()), callers.water()
    await record(callers("utility", "jm-water"), case, "works.completed", utility="jm-water")
    of_office = [event for event in await followed(callers) if event["caseId"] == case["caseId"]]
    assert "suspicion.raised" in {event["entry"]["act"] for event in of_office}
    assert [event["entry"]["seq"] for event in of_office] == [event["prevSeq"] + 1 for event in of_office]
    events = (await water.get("/v1/events?limit=200")).json()["items"]
    assert [event["sequence"] for event in events] == list(range(1, len(events) + 1))
    own = [event for event in events if event["caseId"] == case["caseId"]]
    assert [(event["prevSeq"], event["entry"]["act"]) for event in own] == [(0, "application.accepted"), (1, "works.completed")]


async def test_a_place_that_was_never_given_is_refused_with_one_to_go_on_from(callers: Callers) -> None:
    await opened(callers.window())
    water = callers.water()
    last = (await water.get("/v1/events?limit=200")).json()["next"]
    audience, number, check = parts_of(last, tuple[int, int, str])
    for made_up, onward in (((audience, number + 9, check), last), ((audience, number, "00000000"), None)):
        refused = await water.get(f"/v1/events?after={packed(made_up)}")
        assert (refused.status_code, refused.json()["type"]) == (409, "urn:lianban:problem:history-restored")
        assert onward is None or refused.json()["from"] == onward
        assert (await water.get(f"/v1/events?after={refused.json()['from']}")).status_code == 200
    assert (await callers("utility", "jm-gas").get(f"/v1/events?after={last}")).status_code == 422
    assert (await water.get(f"/v1/events?after={packed((1, 900, 1))}")).status_code == 422


async def test_what_was_told_and_may_not_be_seen_any_more_comes_without_its_entry(callers: Callers, moving: Clock) -> None:
    """In Jingmen a department reads of a credit record until it ends, unless it took a measure on it."""
    moving.move_to(WEDNESDAY)
    case = await opened(callers("inspector", "jm-fgw"), entry(subject=UTILITY, party="jm-water"))
    await decided(callers, case, moving)
    await shown(callers, case)
    own = [event for event in await followed(callers, "department", "jm-cgw") if event["caseId"] == case["caseId"]]
    assert "credit.published" in {event["entry"]["act"] for event in own}
    moving.advance(days=3)
    await done(callers("supervisor", "jm-spj"), case, "credit.repaired", by="jm-spj", on="2023-06-12", reason="已整改")
    again = [event for event in await followed(callers, "department", "jm-cgw", 200) if event["caseId"] == case["caseId"]]
    assert [(event["id"], event["sequence"]) for event in again[:-1]] == [(event["id"], event["sequence"]) for event in own]
    assert {event["entry"] and event["entry"]["act"] for event in again[:-1]} == {None}
    assert again[-1]["entry"]["act"] == "credit.repaired"
    subject = [event for event in await followed(callers, "utility", "jm-water", 200) if event["caseId"] == case["caseId"]]
    assert subject
    assert all(event["entry"] for event in subject)


async def test_who_has_read_once_is_told_whether_or_not_it_asks(callers: Callers, database: Database) -> None:
    """By the process itself, a moment later: lists of what is to be pushed, and the next reader, find it told."""
    power = Audience("420800", "jm-power", "own")
    assert (await callers("utility", "jm-power").get("/v1/events")).status_code == 200
    case = await opened(callers.window())
    await record(callers.window(), case, "application.pushed", utilities=["jm-power", "jm-water"])
    told = 0
    while told < 2:
        await asyncio.sleep(0.05)
        async with database.connection() as tx:
            number = await find_audience(tx, power)
            told = await tx.fetchval("SELECT count(*) FROM feed WHERE audience = $1 AND case_id = $2", number, UUID(case["caseId"]))
    assert told == 2
