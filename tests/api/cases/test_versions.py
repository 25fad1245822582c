"""A case's version moves by what its reader is told alone: nobody learns from it that something is hidden."""

from tests.api.callers import Body, Callers, opened, record


async def test_a_version_does_not_tell_a_suspect_that_it_is_suspected(callers: Callers) -> None:
    """Works completed that nobody began: the suspicion of it is read by the city's offices alone."""
    case, water = await opened(callers.window()), callers.water()
    path = f"/v1/cases/{case['caseId']}"
    assert (await water.get(path)).json()["version"] == 1
    made = await record(water, case, "works.completed", utility="jm-water")
    assert (made.json()["version"], made.headers["etag"]) == (2, '"2"')
    told = await record(water, case, "remark.made", text="已完工")
    assert (told.json()["version"], told.headers["etag"]) == (3, '"3"')
    read = await water.get(path)
    assert (read.json()["version"], read.headers["etag"]) == (3, '"3"')
    office = (await callers.coordinator().get(path)).json()["version"]
    assert office > 3, "the office counts the suspicions too"
    entries: list[Body] = (await water.get(f"{path}/acts")).json()["items"]
    assert len(entries) == 3


async def test_who_decides_on_what_it_read_is_not_refused_for_what_it_may_not_see(callers: Callers) -> None:
    case, water = await opened(callers.window()), callers.water()
    path = f"/v1/cases/{case['caseId']}/acts"
    await record(water, case, "works.completed", utility="jm-water")
    remark = {"body": {"act": "remark.made", "text": "已完工"}}
    assert (await water.post(path, json=remark, headers={"if-match": '"2"'})).status_code == 201
    stale = await water.post(path, json=remark, headers={"if-match": '"2"'})
    assert (stale.status_code, stale.json()["version"]) == (412, 3)
    office = callers.coordinator()
    read = (await office.get(f"/v1/cases/{case['caseId']}")).headers["etag"]
    assert (await office.post(path, json=remark, headers={"if-match": read})).status_code == 201


async def test_every_operation_names_the_same_version(callers: Callers) -> None:
    case, water = await opened(callers.window()), callers.water()
    await record(water, case, "works.completed", utility="jm-water")
    read = [(await water.get(f"/v1/cases/{case['caseId']}{part}")).json() for part in ("", "/deadlines", "/delay-shares", "/registers")]
    for listing in ("/v1/cases?limit=200", "/v1/registers?limit=50"):
        items = (await water.get(listing)).json()["items"]
        read += [item for item in items if item["caseId"] == case["caseId"]]
    assert len(read) == 6
    assert {shown["version"] for shown in read} == {2}


async def test_who_opens_a_case_or_comes_in_later_counts_what_it_was_told(callers: Callers) -> None:
    window, power = callers.window(), callers("utility", "jm-power")
    case = await opened(window)
    assert case["version"] == 1
    await record(callers.water(), case, "works.completed", utility="jm-water")
    pushed = await record(window, case, "application.pushed", utilities=["jm-power", "jm-water"])
    assert pushed.json()["version"] == 3
    assert (await power.get(f"/v1/cases/{case['caseId']}")).json()["version"] == 3
    events = (await power.get("/v1/events?limit=200")).json()["items"]
    own = [event for event in events if event["caseId"] == case["caseId"]]
    assert own[-1]["id"] == f"{case['caseId']}/3"
