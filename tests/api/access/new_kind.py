"""What each role reads of a kind of act that the code has only just learned; run by test_new_kind.py, in a copy that knows the kind."""

import io
from datetime import timedelta
from zipfile import ZipFile

import httpx
from litestar import Litestar

from auditor.findings.sweep import sweep
from casework.program import read_context
from tests.api.callers import Body, Callers, opened, record
from tests.conftest import Clock

TESTER, PHONE, REMARK = "王小明", "13812345678", "内部：勿外传"
TESTED = {"utility": "jm-water", "bars": 4, "tester": TESTER, "phone": PHONE, "internalRemark": REMARK}


async def told(callers: Callers) -> tuple[Body, Body]:
    """A case that a portal opened, with the new act of the water company in it."""
    case = await opened(callers("portal", "hb-portal"))
    await record(callers.window(), case, "application.pushed", utilities=["jm-water", "jm-gas"])
    answer = await record(callers.water(), case, "pressure.tested", **TESTED)
    assert answer.status_code == 201, answer.text
    return case, answer.json()


async def read(client: httpx.AsyncClient, case: Body) -> tuple[Body, Body]:
    """The new act as the case's ledger shows it, and as the feed does."""
    ledger = (await client.get(f"/v1/cases/{case['caseId']}/acts?limit=200")).json()["items"]
    events: list[Body] = []
    path = "/v1/events?limit=200"
    while path:
        page = (await client.get(path)).json()
        events += page["items"]
        path = f"/v1/events?limit=200&after={page['next']}" if page["more"] else ""
    [fed] = [one["entry"]["body"] for one in events if one["caseId"] == case["caseId"] and one["entry"]["act"] == "pressure.tested"]
    [shown] = [one["body"] for one in ledger if one["act"] == "pressure.tested"]
    return shown, fed


async def test_each_reads_what_the_row_opens_and_no_more(callers: Callers) -> None:
    case, answer = await told(callers)
    assert REMARK not in str(answer), "the company wrote it, and the row opens it to the offices alone"
    plain = {"act": "pressure.tested", "utility": "jm-water", "bars": 4}
    parties = plain | {"tester": "王**", "phone": None, "internalRemark": None}
    fed = plain | {"tester": "—", "phone": None}
    assert await read(callers.coordinator(), case) == (
        plain | {"tester": "王**", "phone": "138****5678", "internalRemark": REMARK},
        fed | {"internalRemark": REMARK},
    )
    for party in (callers.water(), callers("utility", "jm-gas"), callers.window()):
        assert await read(party, case) == (parties, fed | {"internalRemark": None})
    assert await read(callers("portal", "hb-portal"), case) == (
        plain | {"tester": "—", "phone": None, "internalRemark": None},
        fed | {"internalRemark": None},
    )


async def test_no_list_no_paper_and_no_pack_tells_it(app: Litestar, callers: Callers, moving: Clock) -> None:
    case, _ = await told(callers)
    await record(callers.water(), case, "access.confirmed", utility="jm-water")
    moving.advance(timedelta(days=9))
    program = app.state.program
    await sweep(program.db, await read_context(program.db, program.books, moving()))
    office = callers.coordinator()
    [finding, *_] = [one for one in (await office.get("/v1/findings?limit=200")).json()["items"] if one["caseId"] == case["caseId"]]
    paths = ["/v1/cases?limit=200", f"/v1/cases/{case['caseId']}", f"/v1/cases/{case['caseId']}/deadlines", "/v1/findings?limit=200"]
    paths += [f"/v1/findings/{finding['findingId']}", "/v1/findings.csv", f"/v1/cases/{case['caseId']}/registers", "/v1/warnings"]
    for client in (office, callers.water(), callers("portal", "hb-portal")):
        for path in paths:
            said = (await client.get(path)).text
            assert not [secret for secret in (TESTER, PHONE, REMARK) if secret in said], path
    pack = await office.get(f"/v1/findings/{finding['findingId']}/pack")
    assert pack.status_code == 200
    kept = [ZipFile(io.BytesIO(pack.content)).read(name).decode(errors="replace") for name in ZipFile(io.BytesIO(pack.content)).namelist()]
    assert not [secret for secret in (TESTER, PHONE) if any(secret in one for one in kept)], "persons are in it sealed"
