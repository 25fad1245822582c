"""An evidence pack checks by itself, and says by name what is wrong when one byte of it is another, or when it was made anew."""

import io
import random
import zipfile

import httpx
import msgspec
import pytest
from litestar import Litestar

from domain.packs.pack import KeptCase, KeptFinding, Manifest
from exports.packs.checking import CONTAINER, Checked, check_pack
from exports.packs.container import Damaged, read, written
from exports.packs.making import FINDINGS, MANIFEST, MANIFEST_DIGEST, README, TooManyFindings, digest, make_pack
from schemes import load_schemes
from schemes.reader import Schemes
from tests.api.callers import Body, Callers
from tests.api.findings.test_findings import missed, notify
from tests.conftest import Clock

KNOWN = load_schemes()
JINGMEN = "schemes/jingmen-2023.toml"


@pytest.fixture
async def finding(app: Litestar, callers: Callers, moving: Clock) -> Body:
    case, found = await missed(app, callers, moving)
    assert (await notify(callers, moving, case, found)).status_code == 201
    return found


@pytest.fixture
async def pack(callers: Callers, finding: Body) -> bytes:
    answer = await callers.coordinator().get(f"/v1/findings/{finding['findingId']}/pack")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/zip"), answer.text
    return answer.content


def named(checked: Checked) -> set[str]:
    return {one.file for one in checked.wrong}


def anew(pack: bytes, **changed: bytes | None) -> bytes:
    """Make the manifest again over changed files, as somebody would who knows how."""
    files = read(pack) | {name: data for name, data in changed.items() if data is not None}
    files = {name: data for name, data in files.items() if name not in {gone for gone, data in changed.items() if data is None}}
    manifest = msgspec.json.decode(files.pop(MANIFEST), type=Manifest)
    del files[MANIFEST_DIGEST]
    listed = [{"name": name, "size": len(data), "sha256": digest(data)} for name, data in sorted(files.items())]
    made = msgspec.json.encode(msgspec.to_builtins(manifest) | {"files": listed})
    return written({**files, MANIFEST: made, MANIFEST_DIGEST: f"{digest(made)}  {MANIFEST}\n".encode()})


async def test_a_pack_holds_the_finding_its_ledger_its_plan_and_its_calendar(callers: Callers, finding: Body, pack: bytes) -> None:
    files = read(pack)
    (edition,) = (name for name in files if name.startswith("editions/"))
    case_file = f"cases/{finding['caseId']}.json"
    assert [*files] == sorted([README, case_file, edition, FINDINGS, MANIFEST, MANIFEST_DIGEST, JINGMEN])
    (kept,) = msgspec.json.decode(files[FINDINGS], type=list[KeptFinding])
    assert (str(kept.finding_id), kept.rule, kept.state) == (finding["findingId"], "any-window", "notified")
    case = msgspec.json.decode(files[case_file], type=KeptCase)
    acts = (await callers.coordinator().get(f"/v1/cases/{finding['caseId']}/acts")).json()["items"]
    assert [entry.hash for entry in case.entries] == [act["hash"] for act in acts]
    assert files[JINGMEN] == KNOWN.sources["jingmen-2023"]
    checked = check_pack(pack, KNOWN)
    assert (checked.wrong, checked.findings, checked.cases, checked.entries) == ((), 1, 1, len(acts))


async def test_any_program_reads_a_pack(pack: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(pack)) as container:
        assert container.testzip() is None
        assert container.namelist() == sorted(container.namelist())


async def test_the_same_findings_make_the_same_bytes(callers: Callers, finding: Body, pack: bytes) -> None:
    again = await callers("inspector", "jm-fgw").get(f"/v1/findings/{finding['findingId']}/pack")
    assert again.content == pack


async def test_every_changed_byte_is_told_with_the_file_that_it_is_in(pack: bytes) -> None:
    rng, files = random.Random(7), read(pack)  # noqa: S311 -- repeatable, and no secret
    for name, data in files.items():
        for _ in range(6):
            at = rng.randrange(len(data))
            other = data[:at] + bytes([data[at] ^ rng.randrange(1, 256)]) + data[at + 1 :]
            begins = pack.index(data)
            told = named(check_pack(pack[:begins] + other + pack[begins + len(data) :], KNOWN))
            assert (MANIFEST if name == MANIFEST_DIGEST else name) in told, (name, at, told)


async def test_every_changed_byte_of_the_container_is_told(pack: bytes) -> None:
    rng = random.Random(11)  # noqa: S311 -- repeatable, and no secret
    inside = [pack.index(data) for data in read(pack).values()]
    ends = [begins + len(data) for begins, data in zip(inside, read(pack).values(), strict=True)]
    headers = [at for begins, end in zip([0, *ends], [*inside, len(pack)], strict=True) for at in range(begins, end)]
    for at in rng.sample(headers, 60):
        other = pack[:at] + bytes([pack[at] ^ rng.randrange(1, 256)]) + pack[at + 1 :]
        assert check_pack(other, KNOWN).wrong, at


async def test_a_comment_another_order_or_a_file_more_are_told(pack: bytes) -> None:
    commented = io.BytesIO(pack)
    with zipfile.ZipFile(commented, "a") as container:
        container.comment = b"seen"
    assert named(check_pack(commented.getvalue(), KNOWN)) == {CONTAINER}
    files = read(pack)
    turned = io.BytesIO()
    with zipfile.ZipFile(turned, "w") as container:
        for name in reversed(files):
            container.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), files[name])
    assert named(check_pack(turned.getvalue(), KNOWN)) == {CONTAINER}
    assert named(check_pack(written(files | {"more.json": b"{}"}), KNOWN)) == {"more.json"}
    assert named(check_pack(pack + b"\n", KNOWN)) == {CONTAINER}
    for cut in (0, 1, 40, len(pack) // 2, len(pack) - 1):
        assert check_pack(pack[:cut], KNOWN).wrong
    squeezed = io.BytesIO()
    with zipfile.ZipFile(squeezed, "w", zipfile.ZIP_DEFLATED) as container:
        container.writestr("a.json", "[]" * 9)
    assert check_pack(squeezed.getvalue(), KNOWN).wrong


@pytest.mark.parametrize("gone", [README, FINDINGS, MANIFEST, MANIFEST_DIGEST, JINGMEN])
async def test_a_file_that_is_missing_is_told(pack: bytes, gone: str) -> None:
    files = {name: data for name, data in read(pack).items() if name != gone}
    assert gone in named(check_pack(written(files), KNOWN))


async def test_a_ledger_or_calendar_that_is_missing_is_told_though_the_manifest_was_made_anew(pack: bytes) -> None:
    for kind in ("cases/", "editions/", "schemes/"):
        (name,) = (one for one in read(pack) if one.startswith(kind))
        assert name in named(check_pack(anew(pack, **{name: None}), KNOWN))


async def test_a_finding_that_was_changed_does_not_follow_from_its_ledger_whatever_the_manifest_says(pack: bytes) -> None:
    kept = msgspec.json.decode(read(pack)[FINDINGS])
    for name, other in (("party", "jm-water"), ("dueAt", "2026-06-03T01:30:00Z"), ("state", "upheld"), ("findingId", kept[0]["caseId"])):
        forged = anew(pack, **{FINDINGS: msgspec.json.encode([kept[0] | {name: other}])})
        checked = check_pack(forged, KNOWN)
        assert named(checked) == {FINDINGS}, name
        assert all("from the ledger" in one.what or "does not follow" in one.what for one in checked.wrong)
    assert named(check_pack(anew(pack, **{FINDINGS: b"[]"}), KNOWN)) >= {MANIFEST}
    other_plan = msgspec.json.encode([kept[0] | {"scheme": "daye-2023"}])
    assert named(check_pack(anew(pack, **{FINDINGS: other_plan}), KNOWN)) == {FINDINGS, JINGMEN}


async def test_an_entry_that_was_changed_breaks_its_chain_whatever_the_manifest_says(finding: Body, pack: bytes) -> None:
    name = f"cases/{finding['caseId']}.json"
    case = msgspec.json.decode(read(pack)[name])
    case["entries"][0]["occurredAt"] = "2026-06-02T02:00:00Z"
    (wrong,) = check_pack(anew(pack, **{name: msgspec.json.encode(case)}), KNOWN).wrong
    assert (wrong.file, wrong.what) == (name, "entry 1 is not what was written: its fields make another hash")


async def test_another_case_under_the_name_is_told(finding: Body, pack: bytes) -> None:
    name = f"cases/{finding['caseId']}.json"
    case = msgspec.json.decode(read(pack)[name]) | {"caseId": finding["findingId"]}
    assert named(check_pack(anew(pack, **{name: msgspec.json.encode(case)}), KNOWN)) == {name}


async def test_a_plan_that_says_otherwise_than_the_one_in_force_is_told(pack: bytes) -> None:
    plan = read(pack)[JINGMEN]
    milder = plan.replace(b'limit = "30om"', b'limit = "60om"', 1)
    (wrong,) = check_pack(anew(pack, **{JINGMEN: milder}), KNOWN).wrong
    assert (wrong.file, wrong.what) == (JINGMEN, "it is not the plan that this program knows: at_once.limit: 30om -> 60om")
    told = check_pack(anew(pack, **{JINGMEN: plan.replace(b"id = ", b"id == ", 1)}), KNOWN).wrong[0]
    assert (told.file, "it is no plan" in told.what) == (JINGMEN, True)
    renamed = plan.replace(b'id = "jingmen-2023"', b'id = "jingmen-2024"', 1)
    assert named(check_pack(anew(pack, **{JINGMEN: renamed}), KNOWN)) == {JINGMEN}


async def test_a_plan_that_this_program_has_not_is_noted(pack: bytes) -> None:
    checked = check_pack(pack, Schemes(()))
    assert (checked.wrong, checked.unknown) == ((), ("jingmen-2023",))


async def test_a_calendar_that_was_changed_is_told(pack: bytes) -> None:
    (name,) = (one for one in read(pack) if one.startswith("editions/"))
    edition = read(pack)[name]
    assert named(check_pack(anew(pack, **{name: edition.replace("元旦".encode(), "新年".encode(), 1)}), KNOWN)) == {name}
    moved = anew(pack, **{"editions/0123456789abcdef.json": edition})
    assert named(check_pack(moved, KNOWN)) == {"editions/0123456789abcdef.json"}


async def test_a_ledger_that_no_finding_needs_and_another_format_are_told(finding: Body, pack: bytes) -> None:
    files = read(pack)
    extra = "cases/00000000-0000-4000-8000-000000000000.json"
    assert named(check_pack(anew(pack, **{extra: files[f"cases/{finding['caseId']}.json"]}), KNOWN)) == {extra}
    manifest = files[MANIFEST].replace(b"lianban-evidence/2", b"lianban-evidence/9")
    digested = f"{digest(manifest)}  {MANIFEST}\n".encode()
    (wrong,) = check_pack(written(files | {MANIFEST: manifest, MANIFEST_DIGEST: digested}), KNOWN).wrong
    assert wrong.what == "its format is 'lianban-evidence/9'; this program reads 'lianban-evidence/2'"


async def test_a_pack_of_many_holds_what_the_list_shows(app: Litestar, callers: Callers, moving: Clock) -> None:
    for _ in range(2):
        await missed(app, callers, moving)
    office = callers.coordinator()
    listed = (await office.get("/v1/findings?party=jm-spj&limit=200")).json()["items"]
    checked = check_pack((await office.get("/v1/packs?party=jm-spj")).content, KNOWN)
    assert (checked.wrong, checked.findings) == ((), len(listed))
    empty = check_pack((await office.get("/v1/packs?party=jm-power")).content, KNOWN)
    assert (empty.wrong, empty.findings) == ((), 0)
    assert check_pack((await office.get("/v1/packs?city=420281")).content, KNOWN).findings == 0


async def test_packs_are_for_those_who_see_the_whole_city_and_of_what_they_see(callers: Callers, finding: Body) -> None:
    path = f"/v1/findings/{finding['findingId']}/pack"
    answers: dict[str, httpx.Response] = {
        "party": await callers.window().get(path),
        "building": await callers("inspector", "jm-zjj").get(path),
        "other city": await callers("coordinator", "dy-cgj", "420281").get(path),
    }
    assert {who: answer.status_code for who, answer in answers.items()} == {"party": 403, "building": 404, "other city": 404}


async def test_a_pack_has_a_most(app: Litestar) -> None:
    program = app.state.program
    with pytest.raises(TooManyFindings, match="at most 1000 findings"):
        await make_pack(None, program.schemes, program.offices, [None] * 1001)  # type: ignore[list-item]  # refused by their number
    with pytest.raises(Damaged):
        read(b"PK\3\4")
