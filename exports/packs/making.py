"""Puts an evidence pack together from what is kept: findings, their cases' ledgers, the plans and calendars; chooses no finding."""

import asyncio
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

import msgspec

from calendars import encode_edition
from domain.case import Case
from domain.ledger import Entry
from domain.offices import Offices
from domain.packs.pack import FORMAT, KeptCase, Listed, Manifest, Sealed, kept_case, kept_finding
from domain.refusals import NotFound, Refusal
from exports.packs.container import TooLarge, written
from schemes.reader import Schemes
from storage.cases.cases import read_cases
from storage.cases.ledger import read_ledgers
from storage.cases.seals import LastSeal, last_seals
from storage.findings.findings import FindingRow
from storage.postgres.transaction import Tx
from words import sentence

MOST_FINDINGS = 1_000
"""So many ledgers are held in memory at once."""
MANIFEST, MANIFEST_DIGEST, FINDINGS, README = "manifest.json", "manifest.sha256", "findings.json", "README.txt"
WORDS = """证据包 Evidence pack

findings.json     违规记录 the findings
cases/            每个办件的完整记录，逐条带校验码 each case's whole ledger, every entry with its hash
schemes/          所依据的方案 the plans that the cases are judged by
editions/         所依据的工作日历 the calendars that they are judged by
manifest.json     每个文件的长度和 SHA-256 every file's length and SHA-256
manifest.sha256   manifest.json 的 SHA-256 (sha256sum -c manifest.sha256)

校验 Check it, without any server: lianban verify 证据包.zip
个人信息保持加密 Persons' particulars stay sealed.
"""


class TooManyFindings(Refusal):
    """More than one pack holds."""


def case_file(case_id: UUID) -> str:
    return f"cases/{case_id}.json"


def scheme_file(scheme: str) -> str:
    return f"schemes/{scheme}.toml"


def edition_file(edition: str) -> str:
    return f"editions/{edition}.json"


async def make_pack(tx: Tx, schemes: Schemes, offices: Offices, rows: Sequence[FindingRow]) -> bytes:
    """Make the pack of some findings, the same bytes while nothing about them changes; `tx` comes from `Database.reading()`."""
    if len(rows) > MOST_FINDINGS:
        raise TooManyFindings(
            sentence("A pack holds at most {most_findings} findings. Choose fewer by from, to, party or rule.", most_findings=MOST_FINDINGS)
        )
    ids = sorted({row.finding.case_id for row in rows})
    ledgers, seals = await read_ledgers(tx, ids), await last_seals(tx, ids)
    cases = [_case(case, ledgers[case.case_id], seals.get(case.case_id)) for case in await read_cases(tx, ids)]
    return await asyncio.to_thread(_built, schemes, offices, rows, cases)  # many ledgers take a processor for a while


def _built(schemes: Schemes, offices: Offices, rows: Sequence[FindingRow], cases: Sequence[KeptCase]) -> bytes:
    files = {README: WORDS.encode(), FINDINGS: _findings(rows)}
    files |= {case_file(case.case_id): _encoded(case) for case in cases}
    files |= {scheme_file(name): _source(schemes, name) for name in {case.scheme for case in cases}}
    files |= _editions(offices, cases)
    return sealed_up(files, offices.newest, len(rows), cases)


def sealed_up(files: Mapping[str, bytes], newest: str, findings: int, cases: Sequence[KeptCase]) -> bytes:
    """Put the manifest beside the files, and its digest beside that."""
    listed = tuple(Listed(name=name, size=len(data), sha256=digest(data)) for name, data in sorted(files.items()))
    entries = sum(len(case.entries) for case in cases)
    made = Manifest(format=FORMAT, newest_edition=newest, findings=findings, cases=len(cases), entries=entries, files=listed)
    manifest = _encoded(made)
    try:
        return written({**files, MANIFEST: manifest, MANIFEST_DIGEST: f"{digest(manifest)}  {MANIFEST}\n".encode()})
    except TooLarge as fault:
        raise TooManyFindings(
            sentence("These findings make a pack that is too large: {fault}. Choose fewer.", fault=fault.args[0])
        ) from fault


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _case(case: Case, entries: Sequence[Entry], last: LastSeal | None) -> KeptCase:
    sealed = None if last is None else Sealed(day=last.day, seal=last.seal.hex(), seq=last.seq, head=last.head.hex())
    return kept_case(case, entries, sealed)


def _findings(rows: Sequence[FindingRow]) -> bytes:
    kept = [kept_finding(row.finding, row.scheme) for row in sorted(rows, key=lambda row: row.finding.finding_id)]
    return _encoded(kept)


def _source(schemes: Schemes, name: str) -> bytes:
    if name not in schemes.sources:
        raise NotFound(
            sentence("There are cases under the plan {name!r}, which is not known here: name its folder in LIANBAN_SCHEMES.", name=name)
        )
    return schemes.sources[name]


def _editions(offices: Offices, cases: Iterable[KeptCase]) -> dict[str, bytes]:
    """Give every calendar that an entry was written under, and the newest, which open clocks are judged by."""
    named = {entry.edition for case in cases for entry in case.entries} | {offices.newest}
    return {edition_file(one): encode_edition(offices.editions[one]) for one in named if one in offices.editions}


def _encoded(value: object) -> bytes:
    return msgspec.json.format(msgspec.json.encode(value), indent=1) + b"\n"
