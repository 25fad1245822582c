"""An operator makes keys, sees what is under which, and wraps everything under a new one; a missing key is told."""

import asyncio
from base64 import b64decode
from pathlib import Path

import pdfplumber
import pytest

from cli.running.secrets import key_line
from storage.postgres.transaction import Database
from tests.api.callers import DATA_KEYS
from tests.cli.conftest import Saying, process

SIMULATED = ("simulate", "--scheme", "daye-2023", "--cases", "12", "--seed", "7")


def test_a_new_key_is_random_and_written_as_the_setting_takes_it(lianban: Saying) -> None:
    said = [lianban("keys", "new", "spring") for _ in range(2)]
    assert [one.status for one in said] == [0, 0]
    names, keys = zip(*(one.out.strip().split(":") for one in said), strict=True)
    assert set(names) == {"spring"}
    assert [len(b64decode(key)) for key in keys] == [32, 32]
    assert keys[0] != keys[1]
    assert lianban("keys", "new").out.startswith("key-")


@pytest.mark.parametrize("name", ["Spring", "a:b", "a" * 33])
def test_a_name_that_the_setting_would_not_take_is_refused(lianban: Saying, name: str) -> None:
    said = lianban("keys", "new", name)
    assert (said.status, said.out) == (2, "")


def test_keys_are_counted_rotated_and_missed(on_database: Saying, monkeypatch: pytest.MonkeyPatch) -> None:
    assert on_database(*SIMULATED).status == 0
    first = on_database("keys", "status", "--json").json
    [old] = first["keys"]
    assert (old["name"], old["place"]) == ("tests", "first")
    assert old["cases"] > 0
    fresh = key_line("fresh")
    monkeypatch.setenv("LIANBAN_DATA_KEYS", f"{fresh},{DATA_KEYS}")
    turned = on_database("keys", "rotate")
    assert turned.status == 0
    assert f"wrapped anew: {old['cases']}" in turned.out
    assert {key["name"]: key["cases"] for key in on_database("keys", "status", "--json").json["keys"]} == {
        "fresh": old["cases"],
        "tests": 0,
    }
    monkeypatch.setenv("LIANBAN_DATA_KEYS", DATA_KEYS)
    missed = on_database("keys", "status")
    assert missed.status == 1
    assert "fresh" in missed.err
    assert on_database("keys", "rotate").status == 1
    assert fresh.partition(":")[2] not in turned.out + turned.err + missed.out + missed.err


@pytest.mark.parametrize("value", ["", "spring", "spring:c2hvcnQ=", "spring:" + "QUFB" * 11, f"{DATA_KEYS},{DATA_KEYS}"])
def test_a_missing_or_weak_key_stops_the_start(named: dict[str, str], value: str) -> None:
    given = named | {"LIANBAN_SECRET": "correct-horse-battery-staple-of-a-test-42", "LIANBAN_DATA_KEYS": value}
    for words in (("serve", "--port", "0"), SIMULATED):
        said = process(*words, settings=given)
        assert said.status == 1
        assert said.err.startswith("lianban: LIANBAN_DATA_KEYS")
        assert "QUFB" not in said.err


def test_a_key_that_is_another_than_its_name_says_stops_the_start(named: dict[str, str]) -> None:
    given = named | {"LIANBAN_SECRET": "correct-horse-battery-staple-of-a-test-42", "LIANBAN_DATA_KEYS": DATA_KEYS}
    assert process("simulate", "--scheme", "jingmen-2023", "--cases", "3", "--seed", "7", settings=given).status == 0
    name = DATA_KEYS.partition(":")[0]
    said = process("serve", "--port", "0", settings=given | {"LIANBAN_DATA_KEYS": key_line(name)})
    assert (said.status, len(said.err.splitlines())) == (1, 2)
    told = f"lianban: LIANBAN_DATA_KEYS: the key '{name}' in LIANBAN_DATA_KEYS is not the one that wraps"
    assert said.err.splitlines()[1].startswith(told)
    for word in ("status", "rotate"):
        said = process("keys", word, settings=given | {"LIANBAN_DATA_KEYS": key_line(name)})
        assert (said.status, said.out, said.err.splitlines()[-1].startswith(told)) == (1, "", True)


def test_the_embedded_servers_keep_a_key_of_their_own(settings: dict[str, str], tmp_path: Path) -> None:
    assert process("migrate", settings=settings).status == 0
    assert process(*SIMULATED, settings=settings).status == 0
    file = tmp_path / "data" / "data-keys"
    assert file.stat().st_mode & 0o777 == 0o600
    assert file.read_text("ascii").startswith("first:")
    said = process("keys", "status", settings=settings)
    assert said.status == 0
    assert "first" in said.out


async def test_a_printed_form_bears_its_persons_masked(on_database: Saying, database: Database, tmp_path: Path) -> None:
    file = tmp_path / "form.pdf"
    made = await asyncio.to_thread(on_database, "simulate", "--scheme", "jingmen-2023", "--cases", "12", "--seed", "8")
    assert made.status == 0, made.err
    async with database.connection() as tx:
        case = await tx.fetchval(
            "SELECT case_id FROM entry JOIN cases USING (case_id) "
            "WHERE scheme = 'jingmen-2023' AND act = 'application.accepted' AND body LIKE '%\"sealed:1:%' LIMIT 1"
        )
    said = await asyncio.to_thread(on_database, "form", "print", str(case), "application", "-o", str(file))
    assert said.status == 0, said.err
    with pdfplumber.open(file) as document:
        text = "".join(page.extract_text() for page in document.pages)
    assert "样**" in text
    assert "0000-*****" in text.replace("\n", "")
    assert "sealed" not in text
