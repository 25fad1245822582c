"""Cases are opened by their first act, found and read, each by those whom it concerns."""

import asyncio
import re

import pytest

from domain.schemes.enforcement import Role
from tests.api.callers import DAYE, JINGMEN, Body, Callers, application, new_project, opened, record
from tests.conftest import Clock


async def test_an_accepted_application_opens_a_case_with_its_place_version_and_deadlines(callers: Callers) -> None:
    answer = await callers.window().post("/v1/cases", json=application())
    case = answer.json()
    assert answer.status_code == 201, answer.text
    assert answer.headers["location"] == f"/v1/cases/{case['caseId']}"
    assert answer.headers["etag"] == '"1"'
    assert (case["state"], case["scheme"], case["version"]) == ("open", "jingmen-2023", 1)
    assert case["parties"] == ["jm-gas", "jm-spj", "jm-water"]
    # J-22: one intake reaches every utility at once, which is half an hour of office time from 10:00.
    pushed = next(deadline for deadline in case["deadlines"] if deadline["rule"] == "any-window")
    assert (pushed["party"], pushed["dueAt"], pushed["state"]) == ("jm-spj", "2026-06-03T02:30:00Z", "running")


async def test_numbers_of_a_year_have_no_gaps_though_applications_are_refused_between(callers: Callers) -> None:
    window = callers.window()
    first = await opened(window)
    await window.post("/v1/cases", json=application(zone="nowhere"))
    second = await opened(window)
    numbers = [int(case["number"].split("(")[1].split(")")[0]) for case in (first, second)]
    assert numbers[1] == numbers[0] + 1
    assert first["number"].startswith("2026 年 (")


async def test_a_case_is_read_as_it_stands(callers: Callers) -> None:
    case = await opened(callers.window())
    answer = await callers.water().get(f"/v1/cases/{case['caseId']}")
    assert answer.status_code == 200
    assert answer.headers["etag"] == '"1"'
    assert answer.json() == case | {"doubts": []}


async def test_an_application_out_of_scope_is_kept_as_refused_and_the_answer_names_the_clause(callers: Callers) -> None:
    resident = application(applicant={"name": "某住户", "kind": "resident"})
    answer = await callers.window().post("/v1/cases", json=resident)
    problem = answer.json()
    assert answer.status_code == 422
    assert problem["type"] == "urn:lianban:problem:not-covered"
    assert problem["clause"].startswith("二")
    kept = await callers.window().get(f"/v1/cases/{problem['caseId']}")
    assert kept.json()["state"] == "refused"
    acts = (await callers.window().get(f"/v1/cases/{problem['caseId']}/acts")).json()["items"]
    assert [entry["act"] for entry in acts] == ["application.refused"]
    assert acts[0]["body"]["reason"] == problem["reason"]
    assert acts[0]["body"]["refusedBy"] == "jm-spj"


async def test_an_application_out_of_scope_through_a_portal_is_the_offices_refusal(callers: Callers) -> None:
    portal = callers("portal", "hb-portal")
    answer = await portal.post("/v1/cases", json=application(zone="nowhere"))
    refused = answer.json()
    assert (answer.status_code, refused["type"]) == (422, "urn:lianban:problem:not-covered")
    assert refused["clause"].startswith("二")
    (entry,) = (await portal.get(f"/v1/cases/{refused['caseId']}/acts")).json()["items"]
    assert (entry["act"], entry["body"]["refusedBy"], entry["actor"]["party"]) == ("application.refused", "jm-spj", "hb-portal")
    assert (await portal.get(f"/v1/cases/{refused['caseId']}")).json()["state"] == "refused"


async def test_whoever_owes_a_deadline_takes_part_though_no_act_names_it(callers: Callers) -> None:
    case = await opened(callers("portal", "hb-portal"))
    assert [(one["rule"], one["party"]) for one in case["deadlines"]] == [("any-window", "jm-spj")]
    assert "jm-spj" in case["parties"]
    assert (await callers.window().get(f"/v1/cases/{case['caseId']}")).status_code == 200


async def test_a_second_form_for_an_open_project_is_refused_with_the_first_ones_number(callers: Callers) -> None:
    window, form = callers.window(), application()
    first = await opened(window, form)
    answer = await window.post("/v1/cases", json=form)
    assert answer.status_code == 409
    assert (answer.json()["caseId"], answer.json()["number"]) == (first["caseId"], first["number"])


async def test_who_asked_for_a_second_form_is_kept_on_the_first_case(callers: Callers) -> None:
    window, form = callers.window(), application()
    first = await opened(window, form)
    form["body"]["demandedBy"] = "jm-gas"
    assert (await window.post("/v1/cases", json=form)).status_code == 409
    acts = (await window.get(f"/v1/cases/{first['caseId']}/acts")).json()["items"]
    assert [(entry["act"], entry["body"].get("demandedBy")) for entry in acts[1:]] == [("form.demanded", "jm-gas")]


async def test_a_space_or_a_full_width_sign_makes_no_second_project(callers: Callers) -> None:
    window, project = callers.window(), new_project()
    first = await opened(window, application(project))
    for written in (f" {project}", f"{project}\u3000", project.replace("-", "－"), project.replace("-", "—"), project.replace("2", "２")):
        answer = await window.post("/v1/cases", json=application(written))
        assert (answer.status_code, answer.json()["caseId"]) == (409, first["caseId"])
        found = await window.get("/v1/cases", params={"subject": written})
        assert [one["caseId"] for one in found.json()["items"]] == [first["caseId"]]


async def test_a_project_code_of_spaces_is_no_code(callers: Callers) -> None:
    answer = await callers.window().post("/v1/cases", json=application("  "))
    assert (answer.status_code, answer.json()["field"]) == (422, "projectCode")
    first, second = [await opened(callers.window(), application(projectCode=None)) for _ in range(2)]
    assert (first["subject"], second["subject"]) == (None, None)
    assert (await callers.window().get("/v1/cases?subject=%20")).json()["items"] == []


async def test_a_demand_that_turns_out_to_be_about_an_open_project_is_told_of_that(callers: Callers) -> None:
    window, form = callers.window(), application()
    first = await opened(window, form)
    demand = await opened(window, demanded(application(projectCode=None)))
    answer = await window.post(f"/v1/cases/{demand['caseId']}/acts", json={"body": form["body"]})
    assert (answer.status_code, answer.json()["caseId"], answer.json()["number"]) == (409, first["caseId"], first["number"])
    assert (await window.get(f"/v1/cases/{demand['caseId']}")).json()["version"] == 1


async def test_two_demands_applied_for_at_once_are_one_project(callers: Callers) -> None:
    window, form = callers.window(), application()
    demands = [await opened(window, demanded(application(projectCode=None))) for _ in range(2)]
    asked = [window.post(f"/v1/cases/{demand['caseId']}/acts", json={"body": form["body"]}) for demand in demands]
    won, lost = sorted(await asyncio.gather(*asked), key=lambda answer: answer.status_code)
    assert (won.status_code, lost.status_code) == (201, 409)
    assert lost.json()["caseId"] in won.headers["location"]


async def test_a_case_has_one_application(callers: Callers) -> None:
    window, form = callers.window(), application()
    case = await opened(window, form)
    again = await window.post(f"/v1/cases/{case['caseId']}/acts", json={"body": form["body"] | {"demandedBy": "jm-gas"}})
    assert (again.status_code, again.json()["number"]) == (409, case["number"])
    acts = (await window.get(f"/v1/cases/{case['caseId']}/acts")).json()["items"]
    assert [entry["act"] for entry in acts] == ["application.accepted", "form.demanded"]


def demanded(form: Body) -> Body:
    """A demand, with what an application would say."""
    return form | {"body": {"act": "demand.registered", "occasion": "growth", "form": form["body"]["form"]}}


async def test_nobody_comes_into_a_case_by_knowing_its_projects_code(callers: Callers) -> None:
    form = application()
    first = await opened(callers.window(), form)
    form["body"]["demandedBy"] = "jm-unicom"
    stranger = callers("window", "jm-unicom")
    answer = await stranger.post("/v1/cases", json=form)
    assert (answer.status_code, answer.json()["number"]) == (409, first["number"])
    assert "荆门市行政审批局" in answer.json()["detail"]
    assert (await stranger.get(f"/v1/cases/{first['caseId']}")).status_code == 404
    found = (await callers.coordinator().get(f"/v1/cases/{first['caseId']}")).json()
    assert (found["parties"], found["version"]) == (first["parties"], 2)


async def test_a_wrong_check_character_is_told_and_does_not_block(callers: Callers) -> None:
    wrong = application(applicant={"name": "荆门某某制造有限公司", "creditCode": "91350100M000100Y44"})
    answer = await callers.window().post("/v1/cases", json=wrong)
    assert answer.status_code == 201
    assert "91350100M000100Y44" in answer.json()["doubts"][0]


async def test_an_act_that_opens_another_kind_of_case_is_refused(callers: Callers) -> None:
    answer = await callers.window().post("/v1/cases", json=application() | {"kind": "enquiry"})
    assert (answer.status_code, answer.json()["field"]) == (422, "kind")


async def test_a_case_is_opened_in_the_callers_own_city_alone(callers: Callers) -> None:
    answer = await callers.window().post("/v1/cases", json=application() | {"city": DAYE})
    assert answer.status_code == 403


@pytest.mark.parametrize(
    ("role", "party", "city"),
    [
        ("utility", "jm-power", JINGMEN),  # takes no part
        ("department", "jm-cgw", JINGMEN),
        ("portal", "hb-portal", JINGMEN),
        ("coordinator", "dy-cgj", DAYE),  # another city
        ("utility", "jm-water", DAYE),
    ],
)
async def test_a_case_of_others_is_answered_as_if_it_were_not_there(callers: Callers, role: Role, party: str, city: str) -> None:
    case = await opened(callers.window())
    stranger = callers(role, party, city)
    none = await stranger.get("/v1/cases/00000000-0000-4000-8000-000000000000")
    for path in ("", "/acts", "/deadlines", "/sign-offs"):
        answer = await stranger.get(f"/v1/cases/{case['caseId']}{path}")
        assert (answer.status_code, answer.json()) == (404, none.json())
    assert (await record(stranger, case, "remark.made", text="?")).status_code in {403, 404}
    assert case["caseId"] not in (await stranger.get("/v1/cases?limit=200")).text


async def test_lists_are_pages_without_gaps_or_doubles(callers: Callers, moving: Clock) -> None:
    window = callers.window()
    made = []
    for _ in range(5):
        moving.advance(minutes=1)
        made.append((await opened(window))["caseId"])
    seen, path = [], "/v1/cases?limit=2&party=jm-gas"
    while path:
        answer = await callers.coordinator().get(path)
        page = answer.json()
        seen += [case["caseId"] for case in page["items"]]
        assert ("next" in answer.links) == (page["next"] is not None)
        path = answer.links["next"]["url"] if page["next"] else ""
    assert len(seen) == len(set(seen))
    assert seen[:5] == made[::-1]


async def test_lists_are_filtered_by_what_cases_are_known_by(callers: Callers) -> None:
    project = new_project()
    case = await opened(callers.window(), application(project))
    office = callers.coordinator()
    found = (await office.get(f"/v1/cases?subject={project}&kind=connection&state=open&city={JINGMEN}&party=jm-water")).json()
    assert [one["caseId"] for one in found["items"]] == [case["caseId"]]
    assert (await office.get(f"/v1/cases?subject={project}&state=closed")).json()["items"] == []
    assert (await office.get(f"/v1/cases?city={DAYE}")).json()["items"] == []


async def test_a_case_is_found_by_the_year_and_number_that_its_form_prints(callers: Callers) -> None:
    first, second = await opened(callers.window()), await opened(callers.window())
    year, number = re.fullmatch(r"(\d+) 年 \((\d+)\) 号", second["number"]).groups()  # type: ignore[union-attr]  # it is a number
    office = callers.coordinator()
    found = (await office.get(f"/v1/cases?year={year}&number={number}")).json()["items"]
    assert [one["caseId"] for one in found] == [second["caseId"]] != [first["caseId"]]
    assert (await office.get(f"/v1/cases?year={int(year) - 1}&number={number}")).json()["items"] == []
    without = await office.get(f"/v1/cases?number={number}")
    assert (without.status_code, without.json()["field"]) == (422, "year")


async def test_a_party_asks_for_its_own_cases_alone(callers: Callers) -> None:
    await opened(callers.window())
    water = callers.water()
    assert (await water.get("/v1/cases?party=jm-gas")).json()["items"] == []
    assert (await water.get("/v1/cases?party=jm-water")).json()["items"] != []


async def test_a_portal_is_not_told_what_was_missed(callers: Callers, moving: Clock) -> None:
    portal = callers("portal", "hb-portal")
    case = await opened(portal)
    moving.advance(hours=2)
    office = (await callers.coordinator().get(f"/v1/cases/{case['caseId']}")).json()["deadlines"]
    outside = (await callers("portal", "hb-portal").get(f"/v1/cases/{case['caseId']}")).json()["deadlines"]
    assert {deadline["state"] for deadline in office} == {"breached"}
    assert {deadline["state"] for deadline in outside} == {"running"}
