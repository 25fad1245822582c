"""A year of assessment, told once: a finding is upheld and costs points, the year is sealed, a withdrawal stands beside the seal."""

from datetime import UTC, datetime

import httpx
import pytest
from litestar import Litestar

from auditor.assessment.corrections import correct_scores
from casework.program import read_context
from tests.api.callers import Body, Callers
from tests.api.process import Office, taken
from tests.conftest import Clock

NEW_YEAR = datetime(2027, 1, 8, 1, 0, tzinfo=UTC)


@pytest.fixture
def office(app: Litestar, callers: Callers, moving: Clock) -> Office:
    return Office(app, callers, moving)


async def card(client: httpx.AsyncClient, period: str) -> Body:
    answer = await client.get("/v1/scorecards", params={"period": period, "party": "jm-water"})
    assert answer.status_code == 200, answer.text
    shown: Body = answer.json()
    return shown


def whole(rows: list[Body]) -> Body:
    [row] = [one for one in rows if one["party"] == "jm-water"]
    stage: Body = row["stages"][3]
    return stage


async def test_a_withdrawal_after_sealing_reaches_the_score_beside_the_seal(
    app: Litestar, office: Office, callers: Callers, moving: Clock
) -> None:
    _, finding = await office.upheld()
    live = whole((await card(callers.coordinator(), "2026-06"))["parties"])
    assert (live["upheld"], live["losses"][0]["count"]) == (1, 1)
    lost = live["losses"][0]["lost"]
    assert live["score"] == 10_000 - lost < 10_000
    moving.move_to(NEW_YEAR)
    sealed = await callers.coordinator().post("/v1/scorecards", json={"year": 2026})
    assert sealed.status_code == 201, sealed.text
    was = whole(sealed.json()["parties"])["score"]
    assert was is not None
    moving.advance(days=10)
    await taken(office.account("li", "supervisor", "jm-spj"), finding, "decisions", outcome="withdrawn", reason="用户签收单核实为真")
    program = app.state.program
    context = await read_context(program.db, program.books, program.domain_now())
    assert await correct_scores(program.db, context.at(program.domain_now())) == 1
    shown = await card(callers.water(), "2026")
    assert whole(shown["parties"])["score"] == 10_000
    [seal] = shown["sealed"]
    assert whole(seal["parties"])["score"] == was
    [correction] = seal["corrections"]
    assert (correction["party"], correction["stage"], correction["was"], correction["now"]) == ("jm-water", "all", was, 10_000)
    assert (seal["digest"], seal["by"]) == (sealed.json()["digest"], "jm-spj")
