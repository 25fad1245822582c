"""The dossier of an interview: one party's findings on paper, with clauses, day counts, shares and objections."""

import io

import httpx
import pdfplumber
from litestar import Litestar

from tests.api.callers import Callers
from tests.api.findings.test_findings import missed, notify
from tests.conftest import Clock


def words_of(answer: httpx.Response) -> str:
    """All that stands on its pages, without spaces and line breaks."""
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/pdf"), answer.text
    with pdfplumber.open(io.BytesIO(answer.content)) as document:
        return "".join("".join((page.extract_text() or "").split()) for page in document.pages)


async def test_a_dossier_says_what_each_finding_rests_on(app: Litestar, callers: Callers, moving: Clock) -> None:
    case, finding = await missed(app, callers, moving)
    assert (await notify(callers, moving, case, finding)).status_code == 201
    said = words_of(await callers("inspector", "jm-fgw").get("/v1/dossiers/jm-spj?rule=any-window"))
    assert "约谈材料" in said
    assert "荆门市行政审批局" in said
    assert finding["findingId"] in said.replace("\u200b", "")
    assert "四(一)1：“" in said
    # Accepted at 10:00, at once is thirty minutes of office time.
    assert "起算2026-06-0310:00" in said
    assert "到期2026-06-0310:30" in said
    assert "至今未完成" in said
    assert "2026-06-03" in said
    assert "共30分" in said
    # 10:30 to 12:00 and 14:30 to 16:00, and nobody else was late.
    assert "本办件逾期办公时间3小时，其中本单位3小时" in said
    assert "状态已送达、黄牌逾期责任时长" in said
    assert "2026-06-0316:00送达荆门市行政审批局" in said
    assert "即时、实时、同步、当场：办公时间30分钟以内" in said


async def test_a_dossier_is_for_those_who_see_the_whole_city_and_of_its_own_parties(app: Litestar, callers: Callers, moving: Clock) -> None:
    await missed(app, callers, moving)
    assert (await callers.window().get("/v1/dossiers/jm-spj")).status_code == 403
    assert (await callers("inspector", "jm-zjj").get("/v1/dossiers/jm-spj")).status_code == 404
    assert (await callers("coordinator", "dy-cgj", "420281").get("/v1/dossiers/jm-spj")).status_code == 404
    assert "0条" in words_of(await callers("inspector", "jm-zjj").get("/v1/dossiers/jm-gas"))
    assert "0条" in words_of(await callers.coordinator().get("/v1/dossiers/jm-spj?from=2026-06-04"))
