"""Files made up to harm whoever opens them: packs nested without end or with names that lead elsewhere, and cells that are formulas."""

import csv
import io

import msgspec
import pytest
from litestar import Litestar

from exports.packs.checking import CONTAINER, Checked, check_pack
from exports.packs.container import read
from exports.spreadsheets.csv_lines import CommaSeparated
from schemes import load_schemes
from tests.api.callers import Callers
from tests.api.findings.test_packs import JINGMEN, anew, named
from tests.api.process import Office
from tests.conftest import Clock

KNOWN = load_schemes()
DEEP = 200_000


@pytest.fixture
async def pack(app: Litestar, callers: Callers, moving: Clock) -> bytes:
    _, finding = await Office(app, callers, moving).unconnected()
    answer = await callers.coordinator().get(f"/v1/findings/{finding['findingId']}/pack")
    assert answer.status_code == 200
    return answer.content


def checked(pack: bytes, name: str, data: bytes) -> Checked:
    return check_pack(anew(pack, **{name: data}), KNOWN)


async def test_what_is_nested_without_end_is_told_with_its_file(pack: bytes) -> None:
    files = read(pack)
    [case] = [name for name in files if name.startswith("cases/")]
    [edition] = [name for name in files if name.startswith("editions/")]
    for name in (case, edition, "findings.json"):
        for data in (b"[" * DEEP, b'{"a":' * DEEP):
            assert name in named(checked(pack, name, data)), (name, data[:5])
    for data in (b"a=" + b"[" * DEEP, b"a=" + b"[\n" * DEEP, b"a=" + b"{b=" * DEEP, b"a." * DEEP + b"b=1"):
        assert JINGMEN in named(checked(pack, JINGMEN, data)), data[:5]
    kept = msgspec.json.decode(files[case])
    kept["entries"][0]["body"] = '{"act":' * DEEP
    assert case in named(checked(pack, case, msgspec.json.encode(kept)))


@pytest.mark.parametrize("name", ["../../tmp/evil", "/etc/passwd", "a//b", "./a", "a\x1b[2Jb", "cases/\u202e.json", ""])
async def test_a_name_that_no_file_of_a_pack_has_is_refused(pack: bytes, name: str) -> None:
    [wrong] = checked(pack, name, b"x").wrong
    assert wrong.file == CONTAINER
    assert wrong.what.isprintable()


@pytest.mark.parametrize("name", ["extra.txt", "schemes/other.toml", "cases/other.json"])
async def test_a_file_that_no_finding_needs_is_told_though_the_manifest_lists_it(pack: bytes, name: str) -> None:
    assert named(checked(pack, name, b"x")) == {name}


@pytest.mark.parametrize("first", ["=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20"])
def test_no_cell_of_a_csv_begins_like_a_formula(first: str) -> None:
    lines = CommaSeparated(("facts",)).take([[f'{first}HYPERLINK("http://x")']]).decode("utf-8-sig")
    [_, [cell]] = csv.reader(io.StringIO(lines, newline=""))
    assert cell == f'\'{first}HYPERLINK("http://x")'
