"""The feed gives everyone what concerns them, once, in an order that never changes."""

import json

from tests.api.callers import DAYE, Body, Callers, application, opened, record


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
