"""A half-year settled over HTTP in Jingmen, from the costs to the city's share; what is refused; who sees it; Daye has none."""

import io
from zipfile import ZipFile

import httpx
import pdfplumber
import pytest

from tests.api.callers import DAYE, JINGMEN, Body, Callers, application, opened, record
from tests.auditor.keeping import tamper
from tests.conftest import Clock
from tests.database import Urls
from tests.domain.stories import shanghai

DONGBAO, DUODAO, WATER, GAS, CITY = "jm-dongbao", "jm-duodao", "jm-water", "jm-gas", "jm-czj"


class Offices:
    """Those who settle, by their tokens of the moment."""

    def __init__(self, callers: Callers, clock: Clock) -> None:
        self._callers, self.clock = callers, clock

    def __getattr__(self, name: str) -> httpx.AsyncClient:
        roles = {"water": ("utility", WATER), "gas": ("utility", GAS), "dongbao": ("finance", DONGBAO)}
        roles |= {"duodao": ("finance", DUODAO), "city": ("finance", CITY)}
        role, party = roles[name]
        return self._callers(role, party)  # type: ignore[arg-type]  # a role

    def at(self, text: str) -> None:
        self.clock.move_to(shanghai(text))


@pytest.fixture
def offices(callers: Callers, moving: Clock) -> Offices:
    return Offices(callers, moving)


async def done(client: httpx.AsyncClient, case: Body, tag: str, **fields: object) -> None:
    answer = await record(client, case, tag, **fields)
    assert answer.status_code == 201, answer.text


async def refused(client: httpx.AsyncClient, case: Body, tag: str, **fields: object) -> tuple[int, str]:
    answer = await record(client, case, tag, **fields)
    return answer.status_code, answer.json()["detail"]


async def costed(callers: Callers, amount: int, utility: str = WATER, district: str = DONGBAO) -> str:
    """A connection in a district whose works cost so much."""
    case = await opened(callers.window(), application() | {"district": district})
    await done(callers("utility", utility), case, "works.costed", utility=utility, amount=amount)
    found: str = case["caseId"]
    return found


async def period(client: httpx.AsyncClient, half: int = 1, year: int = 2026, utility: str = WATER, district: str = DONGBAO) -> Body:
    act = {"act": "period.opened", "utility": utility, "district": district, "year": year, "half": half}
    return await opened(client, {"kind": "settlement", "city": JINGMEN, "body": act})


def statement(*items: tuple[str, int], utility: str = WATER, **extra: str) -> Body:
    return {"utility": utility, "amount": sum(a for _, a in items), "items": [{"caseId": c, "amount": a} | extra for c, a in items]}


def payment(amount: int, on: str, utility: str = WATER, district: str = DONGBAO) -> Body:
    return {"district": district, "utility": utility, "amount": amount, "paidOn": on, "reference": f"东财建〔2026〕{amount}号"}


async def read(client: httpx.AsyncClient, case: Body) -> Body:
    answer = await client.get(f"/v1/settlements/{case['caseId']}")
    assert answer.status_code == 200, answer.text
    found: Body = answer.json()
    return found


async def listed(client: httpx.AsyncClient, **asked: object) -> list[Body]:
    answer = await client.get("/v1/settlements", params={name: str(value) for name, value in asked.items()})
    assert answer.status_code == 200, answer.text
    items: list[Body] = answer.json()["items"]
    return items


def words(pdf: bytes) -> str:
    with pdfplumber.open(io.BytesIO(pdf)) as document:
        return "".join(word["text"] for page in document.pages for word in page.extract_words()).replace("\u200b", "")


async def settle(offices: Offices, case: Body, amount: int, day: str, *items: tuple[str, int], **extra: str) -> None:
    await done(offices.water, case, "statement.submitted", **statement(*items, **extra))
    await done(offices.dongbao, case, "statement.checked", district=DONGBAO, accepted=True)
    await done(offices.dongbao, case, "statement.settled", **payment(amount, day))


async def test_a_half_year_is_settled_whole_once_its_district_has_accepted_what_was_costed(offices: Offices, callers: Callers) -> None:
    offices.at("2026-06-10 10:00")
    first, second = await costed(callers, 1_000_001), await costed(callers, 234_500)
    half = await period(offices.dongbao)
    whole = await read(offices.water, half)
    waiting = {(one["caseId"], one["amount"], one["belongsTo"]) for one in whole["waiting"]}
    assert waiting == {(first, 1_000_001, None), (second, 234_500, None)}
    assert (whole["state"], whole["amount"], whole["seal"], whole["clause"]) == ("opened", 0, None, "八(六)")

    # The statement, with one amount that its case did not cost; then as it is.
    wrong = statement((first, 1_000_001), (second, 234_501))
    status, why = await refused(offices.water, half, "statement.submitted", **wrong)
    assert (status, f"case {second} cost 234500 fen, the item says 234501" in why) == (422, True)
    await done(offices.water, half, "statement.submitted", **statement((first, 1_000_001), (second, 234_500)))
    offices.at("2026-06-11 10:00")
    assert (await refused(offices.dongbao, half, "statement.checked", district=DONGBAO, accepted=False))[0] == 422
    await done(offices.dongbao, half, "statement.checked", district=DONGBAO, accepted=False, reason="第二项缺验收单")
    assert (await read(offices.water, half))["reason"] == "第二项缺验收单"
    offices.at("2026-06-12 10:00")
    await done(offices.water, half, "statement.submitted", **statement((first, 1_000_001), (second, 234_500)))
    await done(offices.dongbao, half, "statement.checked", district=DONGBAO, accepted=True)
    assert (await refused(offices.dongbao, half, "statement.settled", **payment(617_250, "2026-06-12")))[0] == 422
    await done(offices.dongbao, half, "statement.settled", **payment(1_234_501, "2026-06-12"))
    assert (await refused(offices.dongbao, half, "statement.settled", **payment(1_234_501, "2026-06-12")))[0] == 409
    settled = await read(offices.city, half)
    assert (settled["state"], settled["amount"], settled["paidOn"], settled["waiting"]) == ("settled", 1_234_501, "2026-06-12", [])
    assert settled["seal"]["holds"] is True

    said = words((await offices.dongbao.get(f"/v1/settlements/{half['caseId']}/sheet.pdf")).content)
    sums = ("10,000.01", "2,345.00", "12,345.01", "壹万贰仟叁佰肆拾伍元零壹分")
    for one in ("半年结算单", "2026年上半年", "东宝区人民政府", *sums, first[:8], settled["seal"]["digest"]):
        assert one in said, one


async def test_a_late_cost_goes_into_the_next_half_year_and_the_year_s_end_waits_for_it(offices: Offices, callers: Callers) -> None:
    offices.at("2030-06-10 10:00")
    first = await costed(callers, 1_234_501)
    half = await period(offices.dongbao, 1, 2030)
    await settle(offices, half, 1_234_501, "2030-06-10", (first, 1_234_501))
    await done(offices.dongbao, half, "case.closed", outcome="已结算")
    again = {"act": "period.opened", "utility": WATER, "district": DONGBAO, "year": 2030, "half": 1}
    answer = await offices.city.post("/v1/cases", json={"kind": "settlement", "city": JINGMEN, "body": again})
    assert (answer.status_code, "is settled" in answer.json()["detail"]) == (409, True)

    # Stated after its half-year was settled: into the next, under the name of its own.
    offices.at("2030-06-20 10:00")
    late = await costed(callers, 99)
    status, why = await refused(offices.water, {"caseId": first}, "works.costed", utility=WATER, amount=1)
    assert (status, "accepted 1234501 fen for this case in the statement of 2030-1" in why) == (409, True)
    offices.at("2030-12-02 10:00")
    following = await period(offices.city, 2, 2030)
    assert [(one["caseId"], one["belongsTo"]) for one in (await read(offices.water, following))["waiting"]] == [(late, "2030-1")]
    assert "write belongsTo 2030-1" in (await refused(offices.water, following, "statement.submitted", **statement((late, 99))))[1]
    taken = statement((late, 99), (first, 1_234_501), belongsTo="2030-1")
    assert "stands in the statement of 2030-1" in (await refused(offices.water, following, "statement.submitted", **taken))[1]

    begun = {"act": "yearend.opened", "district": DONGBAO, "year": 2030}
    year = await opened(offices.city, {"kind": "settlement", "city": JINGMEN, "body": begun})
    share = {"district": DONGBAO, "year": 2030, "paidOn": "2030-12-02", "reference": "荆财结〔2030〕8号"}
    status, why = await refused(offices.city, year, "yearend.settled", **share, settled=1_234_501, amount=617_250)
    assert (status, "not settled yet: 2030-2 jm-water（opened）" in why) == (409, True)
    await settle(offices, following, 99, "2030-12-02", (late, 99), belongsTo="2030-1")
    await pay_share(offices, year, share)
    await sheets_of(offices, following, year, late)


async def pay_share(offices: Offices, year: Body, share: Body) -> None:
    shown = await read(offices.city, year)
    assert (shown["amount"], shown["cityShare"], shown["districtShare"]) == (1_234_600, 617_300, 617_300)
    assert [(one["half"], one["amount"], one["state"]) for one in shown["halves"]] == [(1, 1_234_501, "settled"), (2, 99, "settled")]
    assert shown["assumption"] == "市级承担结算总额的一半，除不尽的一分由区承担"
    assert (await refused(offices.dongbao, year, "yearend.settled", **share, settled=1_234_600, amount=617_300))[0] == 403
    assert (await refused(offices.city, year, "yearend.settled", **share, settled=1_234_600, amount=617_301))[0] == 422
    await done(offices.city, year, "yearend.settled", **share, settled=1_234_600, amount=617_300)
    assert (await read(offices.dongbao, year))["seal"]["holds"] is True


async def sheets_of(offices: Offices, half: Body, year: Body, late: str) -> None:
    said = words((await offices.city.get(f"/v1/settlements/{year['caseId']}/sheet.pdf")).content)
    for one in ("年终体制结算单", "12,346.00", "6,173.00", "陆仟壹佰柒拾叁元整", "荆财结〔2030〕8号"):
        assert one in said, one
    answer = await offices.water.get(f"/v1/settlements/{half['caseId']}/sheet.xlsx")
    cells = sheet(answer)
    for text in (late, "2030年上半年", "0.99", "<v>99</v>", "2030-12-02"):
        assert text in cells, text
    assert "%E5%8D%8A%E5%B9%B4%E7%BB%93%E7%AE%97%E5%8D%95" in answer.headers["content-disposition"]
    cells = sheet(await offices.city.get(f"/v1/settlements/{year['caseId']}/sheet.xlsx"))
    for text in ("市级承担", "<v>617300</v>", "上半年", "12,345.01"):
        assert text in cells, text


def sheet(answer: httpx.Response) -> str:
    assert answer.status_code == 200, answer.text
    with ZipFile(io.BytesIO(answer.content)) as book:
        return book.read("xl/worksheets/sheet1.xml").decode()


async def test_who_takes_part_sees_it_and_lists_are_filtered_by_all_that_they_are_known_by(offices: Offices, callers: Callers) -> None:
    offices.at("2027-06-10 10:00")
    mine = await period(offices.city, 1, 2027)
    other = await period(offices.city, 1, 2027, GAS, DUODAO)
    end = {"act": "yearend.opened", "district": DUODAO, "year": 2027}
    year = await opened(offices.city, {"kind": "settlement", "city": JINGMEN, "body": end})
    ids = {"mine": mine["caseId"], "other": other["caseId"], "year": year["caseId"]}

    async def seen(client: httpx.AsyncClient, **asked: object) -> set[str]:
        found = {one["caseId"] for one in await listed(client, year=2027, **asked)}
        return {name for name, case_id in ids.items() if case_id in found}

    assert await seen(offices.city) == await seen(callers.coordinator()) == {"mine", "other", "year"}
    assert await seen(offices.dongbao) == await seen(offices.water) == {"mine"}
    assert await seen(offices.duodao) == {"other", "year"}
    assert await seen(offices.gas) == {"other"}
    assert await seen(callers("department", "jm-cgw")) == set()
    for client in (offices.gas, offices.duodao):
        for path in ("", "/sheet.pdf", "/sheet.xlsx"):
            assert (await client.get(f"/v1/settlements/{ids['mine']}{path}")).status_code == 404
    assert (await callers("portal", "hb-portal").get("/v1/settlements")).status_code == 403
    assert (await callers.coordinator().get("/v1/settlements", params={"city": DAYE})).json() == {"items": [], "next": None}

    assert await seen(offices.city, utility=GAS) == {"other"}
    assert await seen(offices.city, district=DUODAO) == {"other", "year"}
    assert await seen(offices.city, kind="year-end") == {"year"}
    assert await seen(offices.city, half=1) == {"mine", "other"}
    assert await seen(offices.city, half=2) == set()
    await done(offices.gas, other, "statement.submitted", **statement(utility=GAS))
    assert await seen(offices.city, state="submitted") == {"other"}
    assert await seen(offices.city, state="opened") == {"mine", "year"}

    page = await offices.city.get("/v1/settlements", params={"year": "2027", "limit": "1", "state": "opened"})
    more = await offices.city.get(page.headers["link"].partition("<")[2].partition(">")[0])
    # Both were opened at one moment: by their ids then, the higher first.
    assert [one["caseId"] for found in (page, more) for one in found.json()["items"]] == sorted((ids["year"], ids["mine"]), reverse=True)
    assert more.json()["next"] is None


async def test_a_sheet_that_no_longer_gives_its_digest_is_named(fresh_urls: Urls, offices: Offices, callers: Callers) -> None:
    offices.at("2028-06-10 10:00")
    costs = [await costed(callers, 700), await costed(callers, 300)]
    half = await period(offices.dongbao, 1, 2028)
    await settle(offices, half, 1_000, "2028-06-10", (costs[0], 700), (costs[1], 300))
    [row] = await listed(offices.dongbao, year=2028, state="settled")
    assert row["seal"]["holds"] is True
    # Another payment than the one that was sealed: what only a superuser can write.
    change = "UPDATE entry SET body = replace(body, '1000号', '1001号') WHERE case_id = $1 AND act = 'statement.settled'"
    await tamper(fresh_urls.admin, change, half["caseId"])
    [row] = await listed(offices.dongbao, year=2028, state="settled")
    assert row["seal"]["holds"] is False


async def test_what_is_no_settlement_is_not_shown_as_one_and_its_sheet_is_printed_at_its_own_place(
    offices: Offices, callers: Callers
) -> None:
    case = await opened(callers.window())
    assert (await callers.window().get(f"/v1/settlements/{case['caseId']}")).status_code == 404
    offices.at("2029-06-10 10:00")
    half = await period(offices.dongbao, 1, 2029)
    answer = await offices.dongbao.get(f"/v1/cases/{half['caseId']}/printed/statement")
    assert (answer.status_code, f"/v1/settlements/{half['caseId']}/sheet.pdf" in answer.json()["detail"]) == (404, True)
    assert "半年结算单" in words((await offices.dongbao.get(f"/v1/settlements/{half['caseId']}/sheet.pdf")).content)


async def test_daye_has_no_settlement(callers: Callers) -> None:
    office = callers("coordinator", "dy-zsj", DAYE)
    act = {"act": "period.opened", "utility": "dy-water", "district": "dy", "year": 2026, "half": 1}
    answer = await office.post("/v1/cases", json={"kind": "settlement", "city": DAYE, "body": act})
    assert (answer.status_code, "is not recorded by people under daye-2023" in answer.json()["detail"]) == (403, True)
    assert await listed(office) == []
