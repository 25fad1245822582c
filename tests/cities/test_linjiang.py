"""临江市 is made up, and differs from the real cities wherever a plan can: its own services, hours, limits, threshold, forms and parties.

Its whole case, with every due moment worked out by hand, is the worked case `tests/examples/linjiang`.
"""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

import httpx
import msgspec
import pdfplumber
import pytest

from domain.schemes.citation import Cite
from schemes.reader import load_schemes
from tests.api.callers import Body, Callers, act, new_project, opened, record
from tests.cli.conftest import Saying
from tests.domain.stories import LINJIANG

CITY, ID = "429099", "linjiang-2026"


def cites(value: Any) -> Iterator[Cite]:  # noqa: ANN401 -- any part of a scheme
    """Every citation of a scheme, wherever it stands."""
    if isinstance(value, Cite):
        yield value
    elif isinstance(value, msgspec.Struct):
        yield from (cite for name in value.__struct_fields__ for cite in cites(getattr(value, name)))
    elif isinstance(value, dict | tuple):
        yield from (cite for one in (value.values() if isinstance(value, dict) else value) for cite in cites(one))


def application(**changes: object) -> Body:
    form = {
        "applicant": {"name": "临江印染有限公司"},
        "supplies": [{"service": "steam", "utility": "lj-qi"}, {"service": "reclaimed-water", "utility": "lj-zhongshui"}],
        "projectName": "江北印染厂",
        "address": "江北大道9号",
        "road": "江北大道",
        "zone": "jiangbei",
    }
    return {"kind": "connection", "city": CITY, "body": {"act": "application.accepted", "form": form | changes}}


async def applied(callers: Callers, **changes: object) -> httpx.Response:
    return await callers("window", "lj-dating", CITY).post("/v1/cases", json=application(**changes))


def test_its_plan_is_accepted(lianban: Saying) -> None:
    said = lianban("scheme", "check", str(LINJIANG / f"{ID}.toml"))
    assert (said.status, said.err) == (0, "")
    assert "临江市" in said.out


def test_every_quotation_stands_in_its_text() -> None:
    plan = (LINJIANG / "plan.txt").read_text()
    quoted = list(cites(load_schemes([LINJIANG]).by_id(ID)))
    assert len(quoted) > 20
    assert [cite.quote for cite in quoted if cite.document is None and cite.quote not in plan] == []


# From Thursday 30 April 2026, 17:00; 1 to 5 May are days of rest, Saturday 9 May is worked (国办发明电〔2025〕7号).
@pytest.mark.usefixtures("_named")
@pytest.mark.parametrize(
    ("rule", "due"),
    [
        ("tell-suppliers", "2026-04-30T17:15:00+08:00"),  # 15 minutes, before the close at 17:30
        ("go-and-see", "2026-05-02T05:00:00+08:00"),  # 36 hours day and night
        ("pass-on", "2026-05-06T10:00:00+08:00"),  # 30 minutes that day, 60 from nine on
        ("design", "2026-05-08T13:15:00+08:00"),  # 18.75 h: 0.5, 7.5, 7.5, then 3 h to noon and a quarter after one
        ("L-05", "2026-05-06T13:30:00+08:00"),  # 4 h: 0.5, 3 to noon, 0.5
        ("hand-in", "2026-05-06T17:30:00+08:00"),  # the fifth day is 5 May, a day of rest
        ("finish", "2026-05-11T17:30:00+08:00"),  # 6, 7, 8, 9 and 11 May
        ("connect", "2026-05-07T13:15:00+08:00"),  # 11.25 h: 0.5, 7.5, 3, 0.25
        ("reply", "2026-05-06T17:30:00+08:00"),
        ("reply-complex", "2026-05-06T17:30:00+08:00"),
    ],
)
def test_its_limits_end_when_its_plan_says(lianban: Saying, rule: str, due: str) -> None:
    said = lianban("due", "--scheme", ID, "--rule", rule, "--from", "2026-04-30 17:00", "--json")
    assert (said.status, said.err, said.json["due"]) == (0, "", due)


async def test_its_numbers_are_written_as_its_form_prints_them(callers: Callers) -> None:
    first, second = [await opened(callers("window", "lj-dating", CITY), application()) for _ in range(2)]
    assert first["number"].startswith("临联2026第")
    digits = [int(one["number"].removeprefix("临联2026第").removesuffix("号")) for one in (first, second)]
    assert digits[1] == digits[0] + 1


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"plannedUseOn": "2026-12-01"}, "plannedUseOn"),  # no box on its form
        ({"power": {"mainKva": 500}}, "power.mainKva"),  # its form asks in kilowatts
        ({"projectName": None}, "projectName"),  # required
        ({"applicant": {"name": "临江印染有限公司", "creditCode": "91350100M000100Y44"}}, "91350100M000100Y44"),  # a wrong digit is refused
        ({"applicant": {"name": "张某", "kind": "resident"}}, "第一条"),
        ({"covered": False}, "第一条"),
        ({"supplies": [{"service": "heat", "utility": "lj-qi"}]}, "steam"),
        ({"zone": "laocheng"}, "江北中水公司"),  # which supplies the north alone
    ],
)
async def test_its_form_is_held_against_its_own_boxes_and_scope(callers: Callers, changes: Body, says: str) -> None:
    answer = await applied(callers, **changes)
    assert answer.status_code in {400, 409, 422}, answer.text
    assert says in answer.text


async def test_what_its_form_expects_is_doubted_where_it_is_missing(callers: Callers) -> None:
    case = await opened(callers("window", "lj-dating", CITY), application(road=None))
    assert [doubt for doubt in case["doubts"] if "road" in doubt]


async def test_a_small_customers_application_finds_its_demand_though_the_name_is_kept_sealed(callers: Callers) -> None:
    somebody = {"name": "张三丰", "kind": "other-non-resident"}
    form = application(applicant=somebody, projectCode=new_project())
    asked = {name: value for name, value in form["body"]["form"].items() if name not in {"road", "zone"}}
    demand = {"act": "demand.registered", "occasion": "growth", "form": asked}
    taken = await opened(callers("window", "lj-dating", CITY), form | {"body": demand})
    other = await applied(callers, **form["body"]["form"] | {"applicant": somebody | {"name": "张三"}})
    assert (other.status_code, other.json()["caseId"]) == (409, taken["caseId"])
    same = await applied(callers, **form["body"]["form"])
    assert (same.status_code, same.json()["caseId"]) == (201, taken["caseId"])


async def test_its_survey_is_called_and_attended_as_its_plan_says(callers: Callers) -> None:
    window = callers("window", "lj-dating", CITY)
    case = await opened(window, application())
    held = {
        "calledBy": "lj-dating",
        "participants": ["lj-dating", "lj-qi", "lj-zhongshui"],
        "surveyed": [{"utility": "lj-qi", "feasible": True}],
        "works": [{"place": "汽管廊", "utilities": ["lj-qi"], "metres": 40, "does": ["green-occupation"]}],
    }
    answer = await record(window, case, "survey.held", **held)
    assert answer.status_code == 201, answer.text
    assert [doubt for doubt in answer.json()["doubts"] if "道路管理处" in doubt]


async def test_its_sheet_has_its_own_departments(callers: Callers) -> None:
    window = callers("window", "lj-dating", CITY)
    case = await opened(window, application())
    works = {"place": "滨江路", "utilities": ["lj-qi"], "metres": 300, "does": ["road-excavation"]}
    came = ["lj-dating", "lj-lu", "lj-qi", "lj-zhongshui"]
    surveyed = [{"utility": "lj-qi", "feasible": True}]
    await record(window, case, "survey.held", calledBy="lj-dating", participants=came, surveyed=surveyed, works=[works])
    asked = [{"utility": "lj-qi", "department": "lj-he"}, {"utility": "lj-qi", "department": "lj-wen"}]
    await record(window, case, "approval.opened", approvals=asked)
    await record(callers("utility", "lj-qi", CITY), case, "materials.submitted", utility="lj-qi", department="lj-he")
    signed = {"utility": "lj-qi", "department": "lj-he", "outcome": "approved", "opinion": "同意", "signatory": "丁"}
    answer = await callers("department", "lj-he", CITY).post(f"/v1/cases/{case['caseId']}/acts", json=act("signoff.given", **signed))
    assert answer.status_code == 201, answer.text
    sheet = (await window.get(f"/v1/cases/{case['caseId']}/sign-offs")).json()
    lines = {one["title"]: (one["asked"], one["outcome"]) for one in sheet["items"] if one["utility"] == "lj-qi"}
    nobody = (False, None)
    assert lines == {
        "道路": nobody,
        "园林": nobody,
        "交警": nobody,
        "河道": (True, "approved"),
        "文物": (True, None),
        "人防": nobody,
    }


@pytest.mark.parametrize(("form", "says"), [("application", "接入单"), ("demand", "意向单"), ("sheet", "综合审批意见单")])
async def test_its_forms_are_printed_plainly_without_a_layout_of_its_own(callers: Callers, form: str, says: str) -> None:
    answer = await callers("window", "lj-dating", CITY).get(f"/v1/schemes/{ID}/printed/{form}")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/pdf"), answer.text
    with pdfplumber.open(BytesIO(answer.content)) as pdf:
        text = "".join(page.extract_text() for page in pdf.pages)
    assert says in text.replace("\n", "").replace(" ", "")


async def test_a_case_of_its_own_services_is_printed(callers: Callers) -> None:
    window = callers("window", "lj-dating", CITY)
    case = await opened(window, application())
    answer = await window.get(f"/v1/cases/{case['caseId']}/printed/application")
    assert answer.status_code == 200, answer.text
    with pdfplumber.open(BytesIO(answer.content)) as pdf:
        text = "".join(page.extract_text() for page in pdf.pages).replace("\n", "").replace(" ", "")
    assert case["number"] in text
    assert "临江印染有限公司" in text
