"""The commands that need a database: clients, lists, audits and verification on real tables."""

import asyncio
import csv
import io
import json
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from api.tokens import fits
from cli.servers import Addresses
from domain.case import Case
from storage.access.clients import ApiClient, find_client
from storage.findings.findings import save_findings
from storage.postgres.transaction import Database
from tests.cli.conftest import Saying, process
from tests.database import Urls
from tests.storage.making import a_finding, stored

DUE = datetime(2026, 11, 13, 10, 0, tzinfo=UTC)  # Friday 18:00 in Shanghai
STAGES = {"joint-approval": "approval", "no-visits": "connection"}


@pytest.fixture(scope="module")
async def case(database: Database) -> Case:
    """A case with two findings: an approval missed by a day, and a visit that was asked for."""
    async with database.transaction() as tx:
        kept = await stored(tx, scheme="jingmen-2023", city="420800", district="jm-dongbao", opened_at=DUE - timedelta(days=9))
        late = {"started_at": DUE - timedelta(days=3), "opened_at": DUE + timedelta(minutes=2), "red_at": DUE + timedelta(days=3)}
        missed = a_finding(
            kept.case_id,
            keys=("jm-water", "jm-cgw"),
            party="jm-cgw",
            due_at=DUE,
            ended_at=DUE + timedelta(hours=5),
            also_due_at=DUE + timedelta(hours=6),
            **late,
        )
        visit = a_finding(kept.case_id, rule="no-visits", keys=(), party="jm-water", due_at=DUE + timedelta(days=3), start_seq=2, **late)
        await save_findings(tx, kept, [missed, visit], stages=STAGES)
    return kept


@pytest.mark.usefixtures("case")
def test_a_client_is_kept_and_its_secret_is_not(on_database: Saying, fresh_urls: Urls) -> None:
    said = on_database("token", "样例门户", "--party", "jm-water", "--role", "utility", "--scope", "cases:read", "cases:write", "--json")
    assert (said.status, said.err) == (0, "")
    given = said.json
    client = asyncio.run(_client(fresh_urls.app, given["client_id"]))
    assert (client.name, client.city, client.party, client.role) == ("样例门户", "420800", "jm-water", "utility")
    assert client.scopes == ("cases:read", "cases:write")
    [secret] = client.secrets
    assert given["client_secret"] not in secret.hash
    assert fits(given["client_secret"], secret.hash)
    assert secret.ends_at is None


async def _client(url: str, client_id: str) -> ApiClient:
    database = await Database.open(url)
    try:
        async with database.connection() as tx:
            found = await find_client(tx, client_id)
    finally:
        await database.close()
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--party", "jm-water", "--scope", "cases:read"), "--role"),  # a company that keeps a window too
        (("--party", "jm-cgw", "--role", "portal", "--scope", "cases:read"), "portal"),
        (("--party", "nobody", "--scope", "cases:read"), "nobody"),
        (("--party", "jm-cgw", "--scope", "everything"), "everything"),
    ],
)
def test_a_client_gets_no_more_than_its_party_has(lianban: Saying, words: tuple[str, ...], told: str) -> None:
    said = lianban("token", "样例", *words)
    assert said.status == 2
    assert told in said.err
    assert said.err.count("\n") == 1


def test_findings_have_the_names_that_programs_use(on_database: Saying, case: Case) -> None:
    said = on_database("findings", "--format", "json")
    assert (said.status, said.err) == (0, "")
    visit, missed = said.json
    assert visit["rule"] == "no-visits"
    assert missed["caseId"] == str(case.case_id)
    assert UUID(missed["findingId"]).version == 8, "made from what it is about"
    assert missed["keys"] == {"utility": "jm-water", "department": "jm-cgw"}
    assert missed["dueAt"] == "2026-11-13T10:00:00Z", "as the API writes it"
    assert missed["startedAt"] == "2026-11-10T10:00:00Z"
    assert (missed["party"], missed["state"], missed["light"]) == ("jm-cgw", "open", "yellow")
    assert missed["contested"] is True, "closing at midnight would have cleared it"
    assert missed["provisional"] is False


@pytest.mark.usefixtures("case")
@pytest.mark.parametrize(
    ("words", "rules"),
    [
        (("--city", "荆门市"), ["no-visits", "joint-approval"]),
        (("--city", "420281"), []),
        (("--party", "jm-cgw"), ["joint-approval"]),
        (("--rule", "J-04"), ["joint-approval"]),
        (("--rule", "no-visits"), ["no-visits"]),
        (("--from", "2026-11-14"), ["no-visits"]),
        (("--from", "2026-11-13", "--to", "2026-11-13"), ["joint-approval"]),
        (("--state", "upheld"), []),
    ],
)
def test_lists_are_narrowed(on_database: Saying, words: tuple[str, ...], rules: list[str]) -> None:
    lines = on_database("findings", *words, "--format", "jsonl").out.splitlines()
    assert [json.loads(line)["rule"] for line in lines] == rules


@pytest.mark.usefixtures("case")
def test_spreadsheets_and_people_get_their_forms(on_database: Saying) -> None:
    said = on_database("findings", "--format", "csv")
    assert said.out.startswith("\ufeff"), "or a spreadsheet garbles the Chinese"
    rows = list(csv.DictReader(io.StringIO(said.out.removeprefix("\ufeff"))))
    assert [row["rule"] for row in rows] == ["no-visits", "joint-approval"]
    assert rows[1]["dueAt"] == "2026-11-13T18:00:00+08:00"
    assert rows[1]["keys"] == "utility=jm-water department=jm-cgw"
    table = on_database("findings").out
    assert "2026-11-13 18:00 Fri" in table
    assert "contested" in table
    assert "2 in all" in table
    chinese = on_database("--lang", "zh", "findings", "--state", "待送达").out
    assert all(word in chinese for word in ("2026-11-13 18:00 周五", "待送达（有争议）", "预警等级", "涉及单位", "共 2 条"))


@pytest.mark.parametrize(
    ("words", "told"),
    [(("--rule", "J-20"), "no-visits"), (("--city", "武汉"), "武汉"), (("--party", "x"), "'x'")],
)
def test_a_list_that_cannot_be_made_is_refused(lianban: Saying, words: tuple[str, ...], told: str) -> None:
    said = lianban("findings", *words)
    assert said.status == 2
    assert told in said.err


def test_migrating_twice_changes_nothing(on_database: Saying) -> None:
    said = on_database("migrate")
    assert (said.status, said.err) == (0, "")
    assert "nothing to do" in said.out


def test_the_migrations_make_the_tables_as_they_are_declared(lianban: Saying) -> None:
    assert lianban("migrate", "--check").status == 0


def test_migrating_needs_the_owner(fresh_urls: Urls, settings: dict[str, str]) -> None:
    said = process("migrate", settings=settings | {"LIANBAN_DATABASE_URL": fresh_urls.app})
    assert said.status == 1
    assert "LIANBAN_OWNER_URL" in said.err


def test_a_database_that_is_away_is_said_in_one_line(settings: dict[str, str]) -> None:
    said = process("verify", settings=settings | {"LIANBAN_DATABASE_URL": "postgresql://app:hush@127.0.0.1:1/lianban"})
    assert said.status == 1
    assert said.err.count("\n") == 1
    assert "127.0.0.1" in said.err
    assert "hush" not in said.err


def test_old_tables_are_said_with_the_command_that_mends_them(servers: Addresses, settings: dict[str, str]) -> None:
    """The servers' own database is never migrated by these tests."""
    said = process("verify", settings=settings | {"LIANBAN_DATABASE_URL": servers.database_url})
    assert said.status == 1
    assert "lianban migrate" in said.err


def test_packs_are_not_verified_yet(lianban: Saying) -> None:
    assert lianban("verify", "pack.zip").status == 2
