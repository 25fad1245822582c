"""What a release has written stays readable: a body of each kind, in either format, and bodies that are older than their kind."""

import json
from pathlib import Path
from typing import Any
from uuid import UUID

import msgspec
import pytest

from domain.acts import KINDS, ROWS, read_act, tag_of
from domain.acts.fact import RemarkMade
from domain.acts.kinds import Kind
from domain.acts.upcasting import upcast
from domain.packs.checking import ledger_of
from domain.packs.pack import KeptCase, KeptEntry, kept_case
from tests.domain.packs.test_packs import case as a_case

CASE = UUID("5c5a2f6e-8d0b-4c50-9d3f-1f0d6a3b7e11")
BODIES = Path(__file__).parent / "bodies.jsonl"
"""Entries of one ledger for each format, their hashes made by `hashlib` alone. A kind that comes new gets a line of format 2 at the end."""


def kept_entries(form: int) -> list[KeptEntry]:
    every = [msgspec.json.decode(line, type=KeptEntry) for line in BODIES.read_bytes().splitlines()]
    return [one for one in every if one.format == form]


def kept_ledger(form: int) -> KeptCase:
    entries = kept_entries(form)
    head = {"seq": len(entries), "head": entries[-1].hash, "sealed": None, "entries": tuple(entries)}
    return KeptCase(case_id=CASE, kind="connection", scheme="jingmen-2023", city="420800", district=None, **head)  # type: ignore[arg-type]  # a dict of several types


@pytest.mark.parametrize("form", [1, 2])
def test_what_was_written_in_either_format_is_read_and_hashed_as_it_was(form: int) -> None:
    entries = ledger_of(kept_ledger(form))
    assert {one.format for one in entries} == {form}
    assert [tag_of(one.act) for one in entries] == [json.loads(one.body)["act"] for one in entries]


@pytest.mark.parametrize("form", [1, 2])
def test_it_is_packed_as_it_was_written(form: int) -> None:
    ledger = kept_ledger(form)
    entries = ledger_of(ledger)
    case = msgspec.structs.replace(a_case(entries), case_id=CASE)
    assert ledger_of(kept_case(case, entries, None)) == entries


def test_of_every_kind_a_body_is_kept() -> None:
    assert {json.loads(one.body)["act"] for one in kept_entries(2)} == set(KINDS)


def older(was: Any, **fields: object) -> dict[str, Any]:  # noqa: ANN401 -- upcasters of any kind
    row: Kind = msgspec.structs.replace(ROWS[RemarkMade], was=was)
    return upcast(row, {"act": "remark.made", **fields})


def test_a_body_goes_through_all_that_its_kind_has_been_the_oldest_first() -> None:
    first = lambda told: {**told, "words": told.pop("note")} if "note" in told else told  # noqa: E731 -- two steps beside each other
    second = lambda told: {**told, "text": told.pop("words")} if "words" in told else told  # noqa: E731 -- as above
    assert older((first, second), note="旧") == {"act": "remark.made", "text": "旧"}
    assert older((first, second), words="新") == {"act": "remark.made", "text": "新"}
    assert older((first, second), text="今") == {"act": "remark.made", "text": "今"}


def test_a_field_that_is_gone_is_left_in_the_body_and_not_read() -> None:
    assert read_act('{"act":"remark.made","text":"已联系","mood":"calm"}') == RemarkMade(text="已联系")
    nested = json.loads(next(one.body for one in kept_entries(2) if json.loads(one.body)["act"] == "survey.held"))
    gone = json.loads(json.dumps(nested))
    gone["works"][0]["shovels"] = {"many": 3}
    assert read_act(json.dumps(gone)) == read_act(json.dumps(nested))


@pytest.mark.parametrize(
    "body",
    [
        '{"act":"coffee.made"}',
        '{"text":"without a kind"}',
        '["remark.made"]',
        '{"act":"remark.made"}',
        '{"act":"remark.made","text":7}',
        '{"act":"survey.held","works":["none"]}',
        '{"act":3}',
        "{",
    ],
)
def test_what_is_no_act_is_refused(body: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 -- whatever msgspec says of it
        read_act(body)
