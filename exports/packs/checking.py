"""Checks an evidence pack by itself, with no server and no database: says of each file what is wrong with it, and mends nothing."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeVar

import msgspec
from msgspec import Struct

from calendars import CalendarFault, Edition, decode_edition
from domain.offices import Offices
from domain.packs.checking import Broken, ledger_of, missing_editions, wrong_findings, wrong_seal
from domain.packs.pack import FORMAT, READ, KeptCase, KeptFinding, Manifest
from domain.schemes.rulebook import Rulebook, compile_scheme
from domain.schemes.scheme import Scheme
from exports.packs.container import Damaged, read, unlike
from exports.packs.making import (
    FINDINGS,
    MANIFEST,
    MANIFEST_DIGEST,
    README,
    WORDS,
    case_file,
    digest,
    edition_file,
    scheme_file,
)
from schemes.compare import diff
from schemes.faults import SchemeFault
from schemes.misfits import unreadable
from schemes.reader import Schemes, parse_scheme
from words import sentence

CONTAINER = sentence("(file)")
"""Stands for the file around the pack."""
_JUDGES = ("rule ", "office.", "late_entry.", "at_once.", "lights.", "objection.", "decision.", "route.", "entry_margin", "utilities")
_OF_PARTIES = ("sessions", "supplies", "roles", "districts")
"""What of a plan, and of its parties, a finding follows from."""
_LONGEST_LINE = 20_000
"""Many times the longest of a plan; a key of some hundred thousand parts would be read for minutes."""
Kind = TypeVar("Kind")


class Wrong(Struct, frozen=True):
    """One thing that is wrong: in which file, and what."""

    file: str
    what: str


class Checked(Struct, frozen=True):
    """What a pack holds and everything that is wrong with it; a pack with nothing wrong is whole."""

    findings: int = 0
    cases: int = 0
    entries: int = 0
    digest: str | None = None
    """The manifest's SHA-256, by which two packs are told apart."""
    wrong: tuple[Wrong, ...] = ()
    unknown: tuple[str, ...] = ()
    """Plans that are taken from the pack alone, for this program does not know them."""


def check_pack(data: bytes, known: Schemes) -> Checked:
    """Check the container, every file against the manifest, every chain, and judge every finding again."""
    try:
        files = read(data)
    except Damaged as fault:
        return Checked(wrong=(Wrong(CONTAINER, fault.args[0]),))
    changed = unlike(data, files)
    wrongs = [Wrong(CONTAINER, changed)] if changed else []
    try:
        manifest = _decoded(files, MANIFEST, Manifest)
    except _Unreadable as fault:
        return Checked(wrong=(*wrongs, *_wrong_manifest(files), fault.wrong))
    if manifest.format not in READ:
        return Checked(
            wrong=(
                *wrongs,
                Wrong(MANIFEST, sentence("its format is {format!r}; this program reads {ours!r}", format=manifest.format, ours=FORMAT)),
            )
        )
    pack = _Pack(files, manifest, known)
    wrongs += [*_wrong_manifest(files), *_wrong_files(files, manifest), *pack.wrong()]
    counted = Checked(manifest.findings, manifest.cases, manifest.entries, digest(files[MANIFEST]))
    return msgspec.structs.replace(counted, wrong=tuple(dict.fromkeys(wrongs)), unknown=tuple(sorted(pack.unknown)))


def _wrong_manifest(files: Mapping[str, bytes]) -> Iterator[Wrong]:
    there = files.get(MANIFEST_DIGEST)
    if there is None:
        yield Wrong(MANIFEST_DIGEST, sentence("the pack does not hold it"))
    elif MANIFEST in files and there != f"{digest(files[MANIFEST])}  {MANIFEST}\n".encode():
        yield Wrong(
            MANIFEST,
            sentence(
                "its SHA-256 is {digest}, and {manifest_digest} says otherwise: one of the two was changed",
                digest=digest(files[MANIFEST]),
                manifest_digest=MANIFEST_DIGEST,
            ),
        )


def _wrong_files(files: Mapping[str, bytes], manifest: Manifest) -> Iterator[Wrong]:
    listed = {one.name: one for one in manifest.files}
    for name in sorted({*files, *listed} - {MANIFEST, MANIFEST_DIGEST}):
        if name not in files:
            yield Wrong(name, sentence("the pack does not hold it; the manifest lists it"))
        elif name not in listed:
            yield Wrong(name, sentence("the manifest does not list it"))
        elif (listed[name].size, listed[name].sha256) != (len(files[name]), digest(files[name])):
            yield Wrong(
                name,
                sentence(
                    "it was changed: its SHA-256 is {digest}, the manifest says {sha256}",
                    digest=digest(files[name]),
                    sha256=listed[name].sha256,
                ),
            )
    if len(listed) != len(manifest.files):
        yield Wrong(MANIFEST, sentence("it lists a file twice"))
    if files.get(README) != WORDS.encode():
        yield Wrong(README, sentence("its words are not those that a pack comes with"))


class _Unreadable(Exception):
    """A file cannot be read as what it should be."""

    def __init__(self, file: str, what: str) -> None:
        super().__init__(what)
        self.wrong = Wrong(file, what)


def _words_of(fault: Exception) -> str:
    """Give what a fault says, as the sentence that it is; of what has parts, what is wrong and where."""
    if isinstance(fault, SchemeFault | CalendarFault):
        return sentence("{path}: {what}", path=fault.path, what=fault.what)
    if isinstance(fault, RecursionError):
        return unreadable(fault)
    first = fault.args[0] if fault.args else ""
    return first if isinstance(first, str) else str(fault)


class _Pack:
    """The pack's content, each part read once."""

    def __init__(self, files: Mapping[str, bytes], manifest: Manifest, known: Schemes) -> None:
        self.files, self.manifest, self.known = files, manifest, known
        self.unknown: set[str] = set()

    def wrong(self) -> Iterator[Wrong]:
        """Say what does not fit, as far as it can be read."""
        try:
            findings = _decoded(self.files, FINDINGS, list[KeptFinding])
            offices = self._offices()
        except _Unreadable as fault:
            yield fault.wrong
            return
        cases = sorted({finding.case_id for finding in findings})
        plans = {scheme_file(finding.scheme) for finding in findings}
        expected = {MANIFEST, MANIFEST_DIGEST, FINDINGS, README, *map(case_file, cases), *plans}
        unneeded = (name for name in self.files if name not in expected and not name.startswith("editions/"))
        yield from (Wrong(name, sentence("no finding needs it")) for name in unneeded)
        entries = 0
        for case_id in cases:
            those = [finding for finding in findings if finding.case_id == case_id]
            try:
                case = _decoded(self.files, case_file(case_id), KeptCase)
                entries += len(case.entries)
                yield from self._wrong_case(case_file(case_id), case, those, offices)
            except _Unreadable as fault:
                yield fault.wrong
        counted = (len(findings), len(cases), entries)
        if counted != (self.manifest.findings, self.manifest.cases, self.manifest.entries):
            yield Wrong(
                MANIFEST,
                sentence(
                    "it counts otherwise than the pack holds: {findings} findings, {cases} cases, {entries} entries",
                    findings=counted[0],
                    cases=counted[1],
                    entries=counted[2],
                ),
            )

    def _wrong_case(self, name: str, case: KeptCase, findings: Sequence[KeptFinding], offices: Offices) -> Iterator[Wrong]:
        if name != case_file(case.case_id):
            raise _Unreadable(name, sentence("it is the ledger of another case, {case_id}", case_id=case.case_id))
        try:
            entries = ledger_of(case)
        except Broken as fault:
            raise _Unreadable(name, _words_of(fault)) from fault
        yield from (Wrong(name, what) for what in wrong_seal(case))
        missing = missing_editions(entries, offices)
        if missing:
            raise _Unreadable(
                edition_file(missing[0]), sentence("entries of {name} were written under it, and it is not in the pack", name=name)
            )
        if any(finding.scheme != case.scheme for finding in findings):
            yield Wrong(FINDINGS, sentence("a finding of case {case_id} names another plan than its case", case_id=case.case_id))
        book = self._book(case.scheme)
        try:
            yield from [Wrong(FINDINGS, what) for what in wrong_findings(book, entries, offices, findings)]
        except Exception as fault:  # noqa: BLE001 -- what was made up may break any of the judge's expectations
            yield Wrong(
                name, sentence("it cannot be judged by {scheme_file}: {fault!r}", scheme_file=scheme_file(case.scheme), fault=fault)
            )

    def _offices(self) -> Offices:
        names = [name for name in self.files if name.startswith("editions/")]
        editions = {name: self._edition(name) for name in names}
        newest = self.manifest.newest_edition
        if edition_file(newest) not in editions:
            raise _Unreadable(edition_file(newest), sentence("the pack does not hold it; the manifest names it as the newest"))
        return Offices({one.id: one for one in editions.values()}, newest)

    def _edition(self, name: str) -> Edition:
        try:
            edition = decode_edition(self.files[name], name)
        except (CalendarFault, RecursionError) as fault:
            raise _Unreadable(name, _words_of(fault)) from fault
        if name != edition_file(edition.id):
            raise _Unreadable(name, sentence("it is another edition, {id}", id=edition.id))
        return edition

    def _book(self, scheme: str) -> Rulebook:
        name = scheme_file(scheme)
        if name not in self.files:
            raise _Unreadable(name, sentence("the pack does not hold it; a case is judged by it"))
        if max(map(len, self.files[name].split(b"\n"))) > _LONGEST_LINE:
            raise _Unreadable(name, sentence("it is no plan: a line of it is longer than {longest_line} bytes", longest_line=_LONGEST_LINE))
        try:
            found = parse_scheme(self.files[name], name)
            book = compile_scheme(found)
        except (SchemeFault, ValueError, RecursionError) as fault:
            raise _Unreadable(name, sentence("it is no plan: {fault}", fault=_words_of(fault))) from fault
        if found.id != scheme:
            raise _Unreadable(name, sentence("it is another plan, {id!r}", id=found.id))
        self._must_be_known(name, found)
        return book

    def _must_be_known(self, name: str, found: Scheme) -> None:
        """Refuse a plan that says otherwise than the one of that id that this program has; one that it has not is noted."""
        ours = next((scheme for scheme in self.known.all if scheme.id == found.id), None)
        if ours is None:
            self.unknown.add(found.id)
            return
        changes = [change for change in diff(ours, found) if _judges(change.where)]
        if changes:
            raise _Unreadable(name, sentence("it is not the plan that this program knows: {change}", change=changes[0].words))


def _judges(where: str) -> bool:
    """Say whether findings follow from what stands there in a plan."""
    thing, _, path = where.partition(": ")
    return where.startswith(_JUDGES) or (thing.startswith("party ") and path in _OF_PARTIES)


def _decoded(files: Mapping[str, bytes], name: str, kind: type[Kind]) -> Kind:
    if name not in files:
        raise _Unreadable(name, sentence("the pack does not hold it"))
    try:
        return msgspec.json.decode(files[name], type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as fault:
        raise _Unreadable(name, sentence("it cannot be read: {why}", why=unreadable(fault))) from fault
