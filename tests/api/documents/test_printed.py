"""Forms come as PDF to whoever sees the case, persons masked; blanks come to everybody."""

import asyncio
import io
from pathlib import Path

import httpx
import pdfplumber
from litestar import Litestar
from msgspec.structs import replace

from tests.api.callers import JINGMEN, Body, Callers, application, opened, record

NOWHERE = "00000000-0000-4000-8000-000000000000"


def text(answer: httpx.Response) -> str:
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/pdf"), answer.text
    with pdfplumber.open(io.BytesIO(answer.content)) as document:
        return "".join(page.extract_text() for page in document.pages).replace("\n", "").replace(" ", "")


async def printed(client: httpx.AsyncClient, case: Body, form: str, **asked: object) -> httpx.Response:
    return await client.get(f"/v1/cases/{case['caseId']}/printed/{form}", params=asked)  # type: ignore[arg-type]  # texts and numbers


async def test_an_application_is_printed_with_its_number_and_its_persons_masked(callers: Callers) -> None:
    asked = application()
    asked["body"]["form"]["applicant"] |= {"contact": "李小例", "phone": "13800001234", "idNumber": "11010519491231002X"}
    case = await opened(callers.window(), asked)
    shown = text(await printed(callers.window(), case, "application"))
    assert f"编号：2026年（{case['number'].split('(')[1].split(')')[0]}）号" in shown
    assert asked["body"]["form"]["applicant"]["name"] in shown
    assert "☑用水" in shown
    assert "☐供热" in shown
    assert [one for one in ("李小例", "13800001234", "11010519491231002X", "sealed") if one in shown] == []


async def test_the_sheet_shows_the_opinions_given_so_far(callers: Callers) -> None:
    case = await opened(callers.window())
    works = {"place": "白云大道", "utilities": ["jm-water"], "metres": 400, "does": ["pavement-excavation"]}
    survey = {"calledBy": "jm-spj", "participants": ["jm-water"], "surveyed": [{"utility": "jm-water", "feasible": True}]}
    await record(callers.coordinator(), case, "survey.held", **survey, works=[works])
    await record(callers.coordinator(), case, "approval.opened", approvals=[{"utility": "jm-water", "department": "jm-cgw"}])
    await record(callers.water(), case, "materials.submitted", utility="jm-water", department="jm-cgw")
    parks = callers("department", "jm-cgw")
    opinion = {"utility": "jm-water", "department": "jm-cgw", "outcome": "approved", "opinion": "同意", "signatory": "张三"}
    signed = await record(parks, case, "signoff.given", **opinion)
    assert signed.status_code == 201, signed.text
    shown = text(await printed(parks, case, "sheet"))
    assert "同意（张三）" in shown
    assert "签批时间：2026年6月3日" in shown
    assert "白云大道" in shown


async def test_a_form_without_its_act_and_an_unknown_form_are_not_found(callers: Callers) -> None:
    case = await opened(callers.window())
    missing = await printed(callers.window(), case, "notice")
    assert (missing.status_code, missing.json()["missing"]) == (404, ["notice.issued"])
    unknown = await printed(callers.window(), case, "diploma")
    assert unknown.status_code == 404
    assert "no printed form 'diploma'" in unknown.json()["detail"]
    assert (await printed(callers.window(), {"caseId": NOWHERE}, "sheet")).status_code == 404


async def test_a_notice_is_printed_by_its_entry(callers: Callers) -> None:
    case = await opened(callers.window())
    seqs = []
    for matter in ("用水", "用气"):
        answer = await record(callers.window(), case, "notice.issued", matter=matter, materials=["平面图"], place="东宝区")
        assert answer.status_code == 201, answer.text
        seqs.append(answer.json()["items"][0]["seq"])
    assert "“用气”" in text(await printed(callers.window(), case, "notice"))
    assert "“用水”" in text(await printed(callers.window(), case, "notice", seq=seqs[0]))
    assert (await printed(callers.window(), case, "notice", seq=1)).status_code == 404
    assert (await printed(callers.window(), case, "sheet", seq=1)).status_code == 422


async def test_a_party_that_takes_no_part_prints_nothing(callers: Callers) -> None:
    case = await opened(callers.window())
    stranger = callers("utility", "jm-heat-zhongjing", JINGMEN)
    assert (await printed(stranger, case, "application")).status_code == 404


async def test_blanks_are_for_everybody_also_to_fill_on_a_screen(anybody: httpx.AsyncClient) -> None:
    plain = await anybody.get("/v1/schemes/daye-2023/printed/application")
    assert "企业用户水、电、气、网络联合报装业务" in text(plain)
    assert plain.headers["content-disposition"] == 'inline; filename="application.pdf"'
    fillable = await anybody.get("/v1/schemes/daye-2023/printed/application", params={"fillable": "true"})
    assert b"/AcroForm" in fillable.content
    assert b"/AcroForm" not in plain.content


async def test_a_blank_that_anybody_may_ask_for_waits_for_no_print_once_it_was_set(anybody: httpx.AsyncClient, app: Litestar) -> None:
    address = "/v1/schemes/jingmen-2023/printed/application?fillable=true"
    first = await anybody.get(address)
    async with app.state.program.printing, asyncio.timeout(10):
        again = await anybody.get(address)
    assert (again.status_code, again.content) == (200, first.content)


async def test_a_blank_of_no_city_or_no_form_is_not_found_and_offices_forms_have_no_fields(anybody: httpx.AsyncClient) -> None:
    assert (await anybody.get("/v1/schemes/atlantis/printed/sheet")).status_code == 404
    assert (await anybody.get("/v1/schemes/daye-2023/printed/interview")).status_code == 404
    refused = await anybody.get("/v1/schemes/daye-2023/printed/sheet", params={"fillable": "true"})
    assert (refused.status_code, refused.json()["field"]) == (422, "fillable")
    assert (await anybody.get("/v1/schemes/daye-2023/printed/sheet", params={"fillable": "yes"})).status_code == 400


async def test_without_a_font_nothing_is_printed_and_all_else_goes_on(app: Litestar, anybody: httpx.AsyncClient, tmp_path: Path) -> None:
    program = app.state.program
    kept = program.settings
    program.settings = replace(kept, fonts=tmp_path)
    try:
        answer = await anybody.get("/v1/schemes/daye-2023/printed/sheet")
        assert (answer.status_code, answer.json()["type"]) == (503, "urn:lianban:problem:no-font")
        assert "LIANBAN_FONTS" in answer.json()["detail"]
        assert (await anybody.get("/v1/schemes")).status_code == 200
    finally:
        program.settings = kept
