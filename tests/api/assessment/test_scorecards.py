"""A scorecard as each caller may see it, and a year that is sealed once, by whoever answers for its rows."""

from datetime import UTC, datetime

from litestar import Litestar
from msgspec.structs import replace

from domain.assessment.scorecard import digest_of
from domain.assessment.sealing import sealed_in
from storage.assessment.scores import sealed_cases
from storage.cases.cases import lock_case
from storage.cases.clocks import read_clocks
from storage.cases.ledger import read_ledger
from storage.findings.findings import save_findings
from tests.api.callers import DAYE, Body, Callers, opened, record
from tests.conftest import Clock
from tests.storage.making import a_finding

THURSDAY = datetime(2026, 6, 4, 1, 30, tzinfo=UTC)
NEW_YEAR = datetime(2027, 1, 8, 1, 0, tzinfo=UTC)


async def connected_late(callers: Callers, moving: Clock) -> Body:
    """Water is ready on Wednesday at ten and connects on Thursday at 9:30, after a visit; it was due at four."""
    case = await opened(callers.window())
    for tag, fields in (("application.pushed", {"utilities": ["jm-water", "jm-gas"]}), ("access.confirmed", {"utility": "jm-water"})):
        client = callers.window() if tag == "application.pushed" else callers.water()
        assert (await record(client, case, tag, **fields)).status_code == 201
    moving.move_to(THURSDAY)
    assert (await record(callers.water(), case, "visit.required", requiredBy="jm-water")).status_code == 201
    assert (await record(callers.water(), case, "service.connected", utility="jm-water")).status_code == 201
    return case


async def upheld(app: Litestar, case: Body) -> None:
    """A decision, as far as lists know of it."""
    program = app.state.program
    async with program.db.transaction() as tx:
        [clock] = [one for one in await read_clocks(tx, case["caseId"]) if one.rule == "half-day-connection"]
        found = a_finding(
            case["caseId"], rule=clock.rule, keys=clock.keys, party=clock.party, start_seq=clock.start_seq, started_at=clock.started,
            due_at=clock.due, ended_at=clock.ended_at, state="upheld",
        )  # fmt: skip
        known = program.books["jingmen-2023"].stages
        held = await lock_case(tx, case["caseId"])
        assert held is not None
        await save_findings(tx, held, [found], stages=known)


def row(shown: Body, party: str) -> Body:
    [found] = [one for one in shown["parties"] if one["party"] == party]
    return {stage["stage"]: stage for stage in found["stages"]} | {"assessedBy": found["assessedBy"], "own": found["own"]}


async def test_a_period_is_scored_with_its_weights_and_the_sum_shown(app: Litestar, callers: Callers, moving: Clock) -> None:
    """One of water's one obligations of the half day was late and upheld: 100 points for yellow, nothing left of them.

    Late by two hours on Wednesday and one on Thursday; 23.5 of 6 natural hours are 3 916 thousandths.
    """
    case = await connected_late(callers, moving)
    await upheld(app, case)
    answer = await callers.coordinator().get("/v1/scorecards", params={"period": "2026-06"})
    assert answer.status_code == 200, answer.text
    shown = answer.json()
    everything = row(shown, "jm-water")["all"]
    assert (everything["obligations"], everything["late"], everything["upheld"], everything["small"]) == (1, 1, 1, True)
    assert (everything["median"], everything["delayShareSeconds"]) == (3_916, 3 * 3_600)
    assert everything["losses"] == [{"what": "yellow", "count": 1, "each": 10_000, "lost": 10_000}]
    assert everything["score"] == 0
    assert (shown["weights"]["yellow"], shown["weights"]["red"], shown["weights"]["cite"]["clause"]) == (100, 150, "八(五)")
    assert "协调小组办公室设定" in shown["weights"]["assumption"]
    assert row(shown, "jm-spj")["assessedBy"] == "jm-fgw"
    assert (row(shown, "jm-spj")["own"], row(shown, "jm-water")["own"]) == (True, False)
    [month] = [one for one in shown["service"] if one["party"] == "jm-water"]
    assert (month["month"], month["visits"], month["links"], month["connections"], month["slowest"]) == ("2026-06", 1, 1, 1, 93)


async def test_a_party_sees_its_own_row_and_a_portal_none(callers: Callers) -> None:
    shown = (await callers.water().get("/v1/scorecards", params={"period": "2026"})).json()
    assert [one["party"] for one in shown["parties"]] == ["jm-water"]
    assert {one["party"] for one in shown["service"]} <= {"jm-water"}
    assert row(shown, "jm-water")["all"]["upheld"] == 0  # it has not been notified
    assert (await callers("portal", "hb-portal").get("/v1/scorecards", params={"period": "2026"})).status_code == 403
    other = await callers.coordinator().get("/v1/scorecards", params={"period": "2026", "city": DAYE})
    assert other.status_code == 403


async def test_an_inspector_of_water_gas_and_heat_sees_their_companies_alone(callers: Callers) -> None:
    """市住建局：对用水、用气、用热“1.5”服务标准和工程质量安全进行检查督办."""
    shown = (await callers("inspector", "jm-zjj").get("/v1/scorecards", params={"period": "2026"})).json()
    parties = {one["party"] for one in shown["parties"]}
    assert {"jm-water", "jm-gas"} <= parties
    assert parties.isdisjoint({"jm-power", "jm-mobile", "jm-cgw"})


async def test_what_is_no_period_or_district_is_refused(callers: Callers) -> None:
    office = callers.coordinator()
    for asked in ({"period": "2026-Q5"}, {"period": "2026", "district": "nowhere"}):
        assert (await office.get("/v1/scorecards", params=asked)).status_code == 422
    assert (await office.get("/v1/scorecards", params={"period": "2019"})).json()["type"] == "urn:lianban:problem:not-covered"
    assert (
        await office.get("/v1/scorecards", params={"period": "2026-06", "district": "jm-dongbao", "party": "jm-gas"})
    ).status_code == 200


async def test_a_year_is_sealed_once_by_whoever_answers_for_the_rows(app: Litestar, callers: Callers, moving: Clock) -> None:
    early = await callers.coordinator().post("/v1/scorecards", json={"year": 2026})
    assert (early.status_code, early.json()["type"]) == (409, "urn:lianban:problem:out-of-order")
    moving.move_to(NEW_YEAR)
    office, decider = callers.coordinator(), callers("supervisor", "jm-fgw")
    sealed = await office.post("/v1/scorecards", json={"year": 2026})
    assert sealed.status_code == 201, sealed.text
    assert "jm-spj" not in {one["party"] for one in sealed.json()["parties"]}
    again = await office.post("/v1/scorecards", json={"year": 2026})
    assert (again.status_code, again.json()["type"]) == (409, "urn:lianban:problem:already-done")
    other = await decider.post("/v1/scorecards", json={"year": 2026})
    assert [one["party"] for one in other.json()["parties"]] == ["jm-spj"]
    assert (await callers("supervisor", "jm-spj").post("/v1/scorecards", json={"year": 2026})).status_code == 409
    assert (await callers.water().post("/v1/scorecards", json={"year": 2026})).status_code == 403
    shown = (await callers.water().get("/v1/scorecards", params={"period": "2026"})).json()
    assert [[one["party"] for one in seal["parties"]] for seal in shown["sealed"]] == [["jm-water"]]
    async with app.state.program.db.connection() as tx:
        first, second = await sealed_cases(tx, "420800", 2026)
        assert (first.subject, second.subject) == ("2026|jm-spj", "2026|jm-fgw")
        act = sealed_in(await read_ledger(tx, first.case_id))
    shown = (await callers("window", "jm-spj").get(f"/v1/cases/{first.case_id}/acts")).json()
    assert shown["items"] == []  # rows of others are for the city's offices
    assert act is not None
    assert act.digest == sealed.json()["digest"] == digest_of(2026, act.upto, act.parties)
    assert digest_of(2026, act.upto, [replace(act.parties[0], party="jm-gas"), *act.parties[1:]]) != act.digest


async def test_nobody_hands_in_figures_of_its_own(callers: Callers, moving: Clock) -> None:
    moving.move_to(NEW_YEAR)
    body = {"act": "score.sealed", "year": 2025, "by": "jm-spj", "upto": "2027-01-08T01:00:00Z", "parties": [], "digest": "0" * 64}
    answer = await callers.coordinator().post("/v1/cases", json={"kind": "assessment", "city": "420800", "body": body})
    assert answer.status_code == 400
    assert (await callers.coordinator().post("/v1/scorecards", json={"year": 2026, "parties": []})).status_code == 400
    before = await callers.coordinator().post("/v1/scorecards", json={"year": 2020})
    assert before.json()["type"] == "urn:lianban:problem:not-covered", "no plan was in force"


async def test_daye_seals_its_year_the_same_way(callers: Callers, moving: Clock) -> None:
    moving.move_to(NEW_YEAR)
    sealed = await callers("coordinator", "dy-cgj", DAYE).post("/v1/scorecards", json={"year": 2026})
    assert sealed.status_code == 201, sealed.text
    assert "dy-cgj" not in {one["party"] for one in sealed.json()["parties"]}
