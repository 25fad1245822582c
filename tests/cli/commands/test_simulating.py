"""`lianban simulate` whose database goes away: it says what is kept and how to go on, in one line."""

import re
import signal
import subprocess
import time
from contextlib import suppress
from pathlib import Path

import asyncpg
import msgspec
import pytest

from cli.servers import Addresses
from tests.cli.conftest import HOUSE, LIANBAN, Said, process, surroundings

WORDS = ("simulate", "--scheme", "jingmen-2023", "--seed", "1")
TRAFFIC = (*WORDS, "--cases", "4000")
FOLLOWED = (*WORDS, "--cases", "40", "--to", "2025-06-30", "--follow", "365")


async def counted(data: Path, table: str) -> int:
    """Count the rows that are there by now; none where the database does not answer yet."""
    with suppress(OSError, asyncpg.PostgresError):
        addresses = msgspec.json.decode((data / "servers" / "addresses.json").read_bytes(), type=Addresses)
        connection = await asyncpg.connect(addresses.database_url)
        try:
            return int(await connection.fetchval(f"SELECT count(*) FROM {table}"))  # noqa: S608 -- a table of ours
        finally:
            await connection.close()
    return 0


async def lost(settings: dict[str, str], words: tuple[str, ...], table: str, sent: signal.Signals) -> Said:
    """Run it, and end its PostgreSQL once there is something in a table."""
    data = Path(settings["LIANBAN_DATA"])
    with subprocess.Popen(
        [*LIANBAN, *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=surroundings(**settings), cwd=HOUSE
    ) as command:
        while not await counted(data, table):
            assert command.poll() is None, command.communicate()
            time.sleep(0.1)
        server = int((data / "postgres" / "postmaster.pid").read_text().split("\n")[0])
        subprocess.run(["kill", f"-{sent}", str(server)], check=True)
        out, err = command.communicate(timeout=120)
    return Said(command.returncode, out, err)


@pytest.mark.parametrize("sent", [signal.SIGKILL, signal.SIGINT])
async def test_a_lost_connection_says_how_many_cases_are_kept(settings: dict[str, str], tmp_path: Path, sent: signal.Signals) -> None:
    answers = tmp_path / "answers.jsonl"
    answers.write_text("earlier\n")
    said = await lost(settings, (*TRAFFIC, "--answers", str(answers)), "cases", sent)
    assert (said.status, said.out, said.err.count("\n")) == (1, "", 1)
    told = re.search(r"(\d+) cases are kept", said.err)
    assert told is not None, said.err
    assert "another --seed" in said.err
    assert f"no answers were written, {answers} is as it was before" in said.err
    assert answers.read_text() == "earlier\n"
    kept = process("audit", "--json", settings=settings).json["cases"]
    assert int(told[1]) in {kept, kept - 200}, "a batch whose end was not heard of may be there"


async def test_a_connection_that_is_lost_in_the_year_after_says_so(settings: dict[str, str], tmp_path: Path) -> None:
    answers = tmp_path / "answers.jsonl"
    said = await lost(settings, (*FOLLOWED, "--answers", str(answers)), "finding", signal.SIGKILL)
    assert (said.status, said.out, said.err.count("\n")) == (1, "", 1)
    assert re.search(r"all \d+ cases are kept, and of the days after them the first \d+", said.err), said.err
    assert not list(tmp_path.glob("*.jsonl"))
