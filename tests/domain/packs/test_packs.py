"""What a pack says of a case is checked by itself: its chain, its seal, and whether its findings follow from its ledger."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

import msgspec
import pytest
from msgspec.structs import replace

from domain.acts.enforcement.audit import FindingOpened
from domain.case import Case
from domain.ledger import GENESIS, Entry, body_of, chain_hash
from domain.offices import Offices
from domain.packs.checking import Broken, ledger_of, missing_editions, wrong_findings, wrong_seal
from domain.packs.pack import KeptCase, KeptFinding, Sealed, kept_case, kept_finding
from tests.domain.stories import CASE, Story, approval, book, offices, shanghai

OPENED = 9
"""The entry in which the auditor finds that the department signed nothing by Thursday's close; the materials came with the sixth."""


def chained(entries: Iterable[Entry]) -> list[Entry]:
    made, head = [], GENESIS
    for entry in entries:
        head = chain_hash(head, entry)
        made.append(replace(entry, hash=head))
    return made


def ledger() -> list[Entry]:
    """Materials on Monday 16 November, three working days until Thursday, and nothing signed."""
    story = approval()
    story.swept("2026-11-25 09:00")
    before = chained(story.entries[: OPENED - 1])
    opened = story.entries[OPENED - 1]
    assert isinstance(opened.act, FindingOpened)
    act = replace(opened.act, relied_on=(before[opened.act.started_seq - 1].hash.hex(),))
    return chained([*before, replace(opened, act=act, body=body_of(act))])


def kept(entries: list[Entry], sealed: Sealed | None = None) -> KeptCase:
    return kept_case(case(entries), entries, sealed)


def case(entries: list[Entry]) -> Case:
    return Case(
        case_id=CASE,
        kind="connection",
        scheme="jingmen-2023",
        city="420800",
        district=None,
        subject=None,
        number=1,
        year=2026,
        state="open",
        opened_at=shanghai("2026-11-16 09:00"),
        opened_by="jm-spj",
        parties=("jm-cgw", "jm-spj", "jm-water"),
        seq=len(entries),
        head=entries[-1].hash,
    )


def found(entries: list[Entry]) -> KeptFinding:
    story = Story("jingmen-2023")
    story.entries = entries
    (finding,) = story.judged().findings
    return kept_finding(finding, "jingmen-2023")


def wrong(entries: list[Entry], finding: KeptFinding) -> list[str]:
    return [*wrong_findings(book("jingmen-2023"), entries, offices(), [finding])]


def test_a_ledger_is_read_back_as_it_was_written() -> None:
    entries = ledger()
    there = msgspec.json.decode(msgspec.json.encode(kept(entries)), type=KeptCase)
    assert ledger_of(there) == entries


def test_an_entry_whose_words_were_changed_is_named() -> None:
    whole = kept(ledger())
    changes: list[dict[str, Any]] = [
        {"body": whole.entries[3].body.replace("jm-water", "jm-gas")},
        {"party": "jm-gas"},
        {"person": "zhang"},
        {"post": "clerk"},
        {"on_behalf_of": "jm-gas"},
        {"provenance": "made"},
        {"entry_id": UUID(int=1)},
        {"format": 1, "provenance": None},
        {"hash": "0" * 64},
    ]
    for change in changes:
        entries = (*whole.entries[:3], replace(whole.entries[3], **change), *whole.entries[4:])
        with pytest.raises(Broken, match="entry 4 is not what was written"):
            ledger_of(replace(whole, entries=entries))


def test_an_entry_that_is_no_act_is_named() -> None:
    whole = kept(ledger())
    entries = (replace(whole.entries[0], body='{"act":"coffee.made"}'), *whole.entries[1:])
    with pytest.raises(Broken, match="entry 1 cannot be read"):
        ledger_of(replace(whole, entries=entries))


def test_a_missing_entry_is_named_wherever_it_stood() -> None:
    whole = kept(ledger())
    with pytest.raises(Broken, match="entry 4 is missing: entry 5 stands in its place"):
        ledger_of(replace(whole, entries=(*whole.entries[:3], *whole.entries[4:])))
    with pytest.raises(Broken, match="its ledger has 8 entries; the case names 9 and another head"):
        ledger_of(replace(whole, entries=whole.entries[:-1]))


def test_a_seal_names_the_entry_that_the_ledger_has() -> None:
    entries = ledger()
    seal = Sealed(day=date(2026, 11, 17), seal="a" * 64, seq=6, head=entries[5].hash.hex())
    assert [*wrong_seal(kept(entries))] == []
    assert [*wrong_seal(kept(entries, seal))] == []
    told = ["the seal of 2026-11-17 names another entry 6 than the ledger has"]
    assert [*wrong_seal(kept(entries, replace(seal, head="b" * 64)))] == told
    assert [*wrong_seal(kept(entries[:5], seal))] == told


def test_a_calendar_that_entries_were_written_under_has_to_be_there() -> None:
    entries, known = ledger(), offices()
    assert missing_editions(entries, known) == []
    assert missing_editions(entries, Offices({}, "other")) == [known.newest]


def test_a_finding_that_follows_from_its_ledger_is_right() -> None:
    entries = ledger()
    finding = found(entries)
    assert (finding.rule, finding.party, finding.due_at) == ("joint-approval", "jm-cgw", shanghai("2026-11-19 18:00"))
    assert wrong(entries, finding) == []


def test_a_finding_that_says_otherwise_than_its_ledger_is_told_by_its_field() -> None:
    entries = ledger()
    finding = found(entries)
    told = wrong(entries, replace(finding, due_at=shanghai("2026-11-18 18:00"), party="jm-zgj"))
    assert told == [
        f"finding {finding.finding_id}: party is jm-zgj; from the ledger follows jm-cgw",
        f"finding {finding.finding_id}: due_at is 2026-11-18 10:00:00+00:00; from the ledger follows 2026-11-19 10:00:00+00:00",
    ]


def test_a_finding_that_nobody_opened_is_told() -> None:
    entries = ledger()
    made_up = replace(found(entries), finding_id=CASE)
    assert wrong(entries, made_up) == [f"finding {CASE} does not follow from the ledger"]


def test_a_finding_that_rests_on_another_ledger_is_told() -> None:
    story = approval()
    story.swept("2026-11-25 09:00")
    entries = chained(story.entries)  # the story's auditor names an entry that nobody has
    finding = found(entries)
    assert wrong(entries, finding) == [f"finding {finding.finding_id} rests on an entry that the ledger has not"]
