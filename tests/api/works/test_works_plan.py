"""The one plan of a case as everybody in it reads it: parts, trenches dug once, and what could be shared."""

from tests.api.callers import Callers, opened, record


async def test_a_plan_names_who_digs_where_and_what_could_be_dug_once(callers: Callers) -> None:
    case = await opened(callers.window())
    before = (await callers.water().get(f"/v1/cases/{case['caseId']}/plan")).json()
    assert (before["survey"], before["complete"], [one["utility"] for one in before["parts"]]) == (None, False, ["jm-gas", "jm-water"])
    assert [one["route"] for one in before["parts"]] == [None, None]
    works = [
        {"place": "深圳大道", "utilities": ["jm-water", "jm-gas"], "metres": 100, "does": ["pavement-excavation"]},
        {"place": "万里路", "utilities": ["jm-water"], "metres": 80, "does": ["pavement-excavation"]},
        {"place": "万里 路", "utilities": ["jm-gas"], "metres": 60, "does": ["pavement-excavation"]},
    ]
    surveyed = [{"utility": one, "feasible": True} for one in ("jm-water", "jm-gas")]
    came = ["jm-spj", "jm-cgw", "jm-zgj", "jm-water", "jm-gas"]
    await record(callers.coordinator(), case, "survey.held", calledBy="jm-spj", participants=came, surveyed=surveyed, works=works)
    await record(callers.water(), case, "plan.issued", utility="jm-water", standard="CJJ 101-2016")
    plan = (await callers.water().get(f"/v1/cases/{case['caseId']}/plan")).json()
    assert (plan["metresNamed"], plan["metresDug"], plan["complete"]) == (340, 240, False)
    assert plan["couldShare"] == [{"place": "万里路", "utilities": ["jm-gas", "jm-water"], "metres": 60}]
    water = next(one for one in plan["parts"] if one["utility"] == "jm-water")
    assert (water["metres"], water["standard"], water["issuedAt"]) == (180, "CJJ 101-2016", "2026-06-03T02:00:00Z")
    assert (water["route"]["route"], water["route"]["cite"]["clause"]) == ("commitment", "四(二)1")
    gas = callers("utility", "jm-gas")
    await record(gas, case, "plan.issued", utility="jm-gas", sharesTrenchWith=["jm-water"])
    plan = (await gas.get(f"/v1/cases/{case['caseId']}/plan")).json()
    # the two sixty and eighty metres in 万里路 are now dug together
    assert (plan["metresDug"], plan["couldShare"], plan["complete"]) == (180, [], True)
    assert [one["togetherWith"] for one in plan["stretches"]] == [[], ["jm-gas"], ["jm-water"]]


async def test_a_plan_is_not_shown_to_whoever_takes_no_part(callers: Callers) -> None:
    case = await opened(callers.window())
    assert (await callers("utility", "jm-cable").get(f"/v1/cases/{case['caseId']}/plan")).status_code == 404
