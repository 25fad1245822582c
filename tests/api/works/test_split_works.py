"""Works split over several cases at one place count together for the threshold, however they come in."""

import asyncio

import httpx

from tests.api.callers import Body, Callers, opened, record


def works(place: str, metres: int, *utilities: str) -> Body:
    return {"place": place, "utilities": utilities or ("jm-water",), "metres": metres, "does": ["pavement-excavation"]}


async def surveyed(callers: Callers, *stretches: Body, case: Body | None = None, **fields: object) -> httpx.Response:
    case = case or await opened(callers.window())
    found = [{"utility": one, "feasible": True} for one in ("jm-water", "jm-gas")]
    came = ["jm-spj", "jm-water", "jm-gas", "jm-cgw", "jm-zgj"]
    held = {"calledBy": "jm-spj", "participants": came, "surveyed": found, "works": stretches}
    answer = await record(callers.coordinator(), case, "survey.held", **(held | fields))
    assert answer.status_code == 201, answer.text
    return answer


def beside(answer: httpx.Response) -> list[Body]:
    """What the auditor wrote beside the survey."""
    return [one["body"] for one in answer.json()["items"][1:]]


async def test_two_cases_at_one_place_are_counted_together(callers: Callers) -> None:
    first = await surveyed(callers, works("象山大道 １２号", 160))
    assert beside(first) == []
    second = await surveyed(callers, works("象山大道12号。", 150))
    seq = second.json()["items"][0]["seq"]
    other = first.headers["location"].split("/")[3]
    assert beside(second) == [
        {
            "act": "works.counted_together",
            "utility": "jm-water",
            "place": "象山大道12号。",
            "metres": 160,
            "surveyedSeq": seq,
            "otherCase": other,
            "otherSeq": 2,
            "days": 0,
        },
        {
            "act": "suspicion.raised",
            "about": "split-works",
            "seqs": [seq, seq + 1],
            "clause": "四(二)1",
            "party": "jm-water",
            "assumes": None,
        },
    ]


async def test_a_case_split_in_two_does_not_go_the_commitment_route(callers: Callers) -> None:
    signing = {"act": "commitment.signed", "utility": "jm-water", "department": "jm-cgw", "year": 2026}
    signed = await opened(callers.water(), {"kind": "commitment", "city": "420800", "body": signing | {"standard": "1", "document": "书"}})
    first, second = await opened(callers.window()), await opened(callers.window())
    for case in (first, second):
        await surveyed(callers, works("虎牙关大道", 160), case=case)
    notice = {"utility": "jm-water", "departments": ["jm-cgw"], "commitment": signed["caseId"]}
    taken = await record(callers.water(), first, "commitment.notified", **notice)
    assert taken.status_code == 201, taken.text
    refused = await record(callers.water(), second, "commitment.notified", **notice)
    assert refused.json()["type"] == "urn:lianban:problem:not-covered"
    assert "本办件 160 米，合计 320 米" in refused.json()["detail"]


async def test_another_company_another_place_and_a_withdrawn_case_count_apart(callers: Callers) -> None:
    await surveyed(callers, works("海慧路", 160))
    assert beside(await surveyed(callers, works("海慧路", 160, "jm-gas"))) == []
    assert beside(await surveyed(callers, works("海慧支路", 160))) == []
    gone = await opened(callers.window())
    await surveyed(callers, works("天山路", 160), case=gone)
    await record(callers.window(), gone, "application.pushed", utilities=["jm-water", "jm-gas"])
    answer = await record(callers.window(), gone, "case.withdrawn", proof="撤回申请书")
    assert answer.status_code == 201, answer.text
    assert beside(await surveyed(callers, works("天山路", 160))) == []


async def test_a_second_survey_takes_the_place_of_the_first(callers: Callers) -> None:
    case = await opened(callers.window())
    await surveyed(callers, works("月亮湖路", 200), case=case)
    await surveyed(callers, works("月亮湖路", 40), case=case, reason="改线")
    later = await surveyed(callers, works("月亮湖路", 150))
    assert [one["metres"] for one in beside(later)] == [40]


async def test_surveys_longer_ago_than_the_scheme_says_count_apart(callers: Callers) -> None:
    # 3 June 2026 is 181 days after 4 December 2025 and 180 after the 5th.
    for day, counted in (("2025-12-04", []), ("2025-12-05", [180])):
        earlier = await opened(callers.window())
        found = [{"utility": "jm-water", "feasible": True}]
        held = {"calledBy": "jm-spj", "participants": ["jm-spj"], "surveyed": found, "works": [works(f"漳河大道{day}", 100)]}
        told = {"occurredAt": f"{day}T10:00:00+08:00", "body": {"act": "survey.held"} | held}
        answer = await callers.coordinator().post(f"/v1/cases/{earlier['caseId']}/acts", json=told)
        assert answer.status_code == 201, answer.text
        assert [one["days"] for one in beside(await surveyed(callers, works(f"漳河大道{day}", 100)))] == counted


async def test_of_surveys_at_the_same_moment_the_later_sees_the_earlier(callers: Callers) -> None:
    cases = [await opened(callers.window()) for _ in range(8)]
    answers = await asyncio.gather(*(surveyed(callers, works("白云大道", 100), case=case) for case in cases))
    counted = sorted(len([one for one in beside(answer) if one["act"] == "works.counted_together"]) for answer in answers)
    assert counted == list(range(8))


async def test_a_length_at_or_just_under_the_threshold_is_told_to_the_office_alone(callers: Callers) -> None:
    for metres, told in ((294, False), (295, True), (300, True), (301, False)):
        answer = await surveyed(callers, works(f"长宁大道{metres}", metres))
        assert [one["about"] for one in beside(answer)] == ["length-at-threshold"] * told
    case = await opened(callers.window())
    await surveyed(callers, works("长宁大道299", 299), case=case)
    seen = (await callers.water().get(f"/v1/cases/{case['caseId']}/acts")).json()["items"]
    assert [one["act"] for one in seen] == ["application.accepted", "survey.held"]


async def test_a_survey_called_or_attended_otherwise_is_taken_and_told(callers: Callers) -> None:
    answer = await surveyed(callers, works("金虾路", 100), calledBy="jm-water", participants=["jm-water"])
    doubts = answer.json()["doubts"]
    assert "called by 荆门市城市水务集团有限公司; the plan has 荆门市行政审批局" in doubts[0]
    assert "held without 荆门市城市管理委员会、中石油昆仑燃气有限公司、荆门市自然资源和规划局" in doubts[1]
    assert "no approving department" in doubts[2]
    assert (await surveyed(callers, works("金虾路", 100))).json()["doubts"] == []
