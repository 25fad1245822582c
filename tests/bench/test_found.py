"""What the lists are measured on: findings with their cases, ledgers and records, as a reader of any of them would find them."""

import asyncio
import json
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from bench.cities.found import fill
from bench.cities.place import connected, place
from bench.measures.lists import CONTRACT, Filter, lists_of
from bench.serving import OURS, served, token
from cli.servers import Addresses

COUNT = 3_000
ALONE = {
    "a finding without its case": "SELECT count(*) FROM finding f LEFT JOIN cases c USING (case_id) WHERE c.case_id IS NULL",
    "a finding whose ledger does not open it": """
        SELECT count(*) FROM finding f LEFT JOIN entry e ON e.case_id = f.case_id AND e.seq = f.opened_seq AND e.act = 'finding.opened'
            AND e.body::json ->> 'findingId' = f.finding_id::text WHERE e.seq IS NULL""",
    "a finding whose clock did not start": """
        SELECT count(*) FROM finding f LEFT JOIN entry e ON e.case_id = f.case_id AND e.seq = f.start_seq WHERE e.seq IS NULL""",
    "a case whose ledger is not as long as it says": """
        SELECT count(*) FROM cases c WHERE seq <> (SELECT count(*) FROM entry e WHERE e.case_id = c.case_id)""",
    "a record that rests on a finding of another case": """
        SELECT count(*) FROM ground g LEFT JOIN finding f USING (finding_id) WHERE f.case_id IS DISTINCT FROM g.finding_case""",
    "a record without its case": "SELECT count(*) FROM ground g LEFT JOIN cases c USING (case_id) WHERE c.case_id IS NULL",
    "a clock without its case": "SELECT count(*) FROM clock k LEFT JOIN cases c USING (case_id) WHERE c.case_id IS NULL",
}
THERE = {
    "findings": "SELECT count(*) BETWEEN 2000 AND 4000 FROM finding",
    "cases with several of them": "SELECT count(*) > 1.5 * count(DISTINCT case_id) FROM finding",
    "findings in every state": "SELECT count(DISTINCT state) = 8 FROM finding",
    "both cities": "SELECT count(DISTINCT city) = 2 FROM finding",
    "records that rest on them": "SELECT count(*) > 0 FROM ground",
    "credit records": "SELECT count(*) > 0 FROM credit_record",
    "running clocks": "SELECT count(*) > 0 FROM clock WHERE state = 'running'",
}


@pytest.fixture(scope="module")
def filled() -> Iterator[Addresses]:
    with place() as addresses:
        asyncio.run(fill(addresses, COUNT, datetime.now(UTC).replace(microsecond=0)))
        yield addresses


def asked(addresses: Addresses, question: str) -> object:
    async def ask() -> object:
        async with connected(addresses.admin_url) as connection:
            return await connection.fetchval(question)

    return asyncio.run(ask())


@pytest.mark.parametrize("what", ALONE)
def test_no_row_stands_alone(filled: Addresses, what: str) -> None:
    assert asked(filled, ALONE[what]) == 0


@pytest.mark.parametrize("what", THERE)
def test_what_a_city_has_is_there(filled: Addresses, what: str) -> None:
    assert asked(filled, THERE[what]) is True


def test_a_finding_of_a_copied_case_is_shown_with_its_evidence(filled: Addresses) -> None:
    finding = asked(filled, "SELECT finding_id::text FROM finding WHERE city = '420800' ORDER BY case_id DESC LIMIT 1")
    with served(OURS, filled) as server:
        shown = server.asked(f"/v1/findings/{finding}", token("coordinator", datetime.now(UTC)))
    assert shown["evidence"]["reliedOn"] != []
    assert shown["process"] != {}


def test_every_list_of_the_contract_that_has_pages_is_asked() -> None:
    lists = {paged.path: paged for paged in lists_of(json.loads(CONTRACT.read_bytes()))}
    assert set(lists) >= {
        "/v1/cases",
        "/v1/findings",
        "/v1/warnings",
        "/v1/suspicions",
        "/v1/supervision",
        "/v1/events",
        "/v1/credit-records",
    }
    assert not any("{" in path or path.endswith((".csv", ".xlsx")) for path in lists)
    assert lists["/v1/warnings"].filters["light"].words == ("warning", "red", "yellow")
    assert not {"after", "limit"} & set(lists["/v1/findings"].filters)


def test_a_filter_is_asked_only_for_what_the_contract_takes() -> None:
    assert Filter((), is_number=True).takes(2025)
    assert not Filter((), is_number=True).takes("2025-0007")
    assert not Filter((), is_number=False).takes(None)
