"""A kind of act without a row does not start, nor one with a field that nobody is said to read; a check is bound for each that has one."""

from collections.abc import Mapping

import pytest

from domain.acts import KINDS, ROWS, TAGS
from domain.acts.enforcement.audit import SuspicionRaised
from domain.acts.field import Acted, Code, Part
from domain.acts.kinds import ALL, FOLLOWING, HANDLER, OFFICES, PARTIES, Field, Fields, Kind, Kinds, check_codes, leaves, read_by, within
from domain.cases.context import ActContext
from domain.cases.handlers import FOLLOWING as FOLLOWING_CHECKS
from domain.cases.handlers import checks
from domain.cases.parties import BRINGS_NOBODY, NAMES_PARTY
from domain.recording.checks import hold_to_rows


class Person(Part, kw_only=True):
    """Who tests."""

    name: str
    phone: str | None = None


class PressureTested(Acted, tag="pressure.tested", kw_only=True):
    """A kind that no plan knows: a test of the pipes."""

    tester: Person
    by: tuple[Person, ...] = ()
    bars: int
    remark: str | None = None


TESTER = read_by(ALL, "name", "phone")
FIELDS = {**within("tester", TESTER), **within("by", TESTER), **read_by(ALL, "bars", "remark")}


def row(fields: Fields) -> Mapping[type[Acted], Kind]:
    return {PressureTested: Kind(act=PressureTested, title="试压", written_by="people", readers=ALL, fields=fields)}


def test_a_kind_needs_a_row() -> None:
    with pytest.raises(TypeError, match="PressureTested"):
        Kinds([PressureTested], {})


def test_every_leaf_has_its_readers_down_to_the_pieces_of_a_list() -> None:
    assert sorted(leaves(PressureTested)) == ["bars", "by.name", "by.phone", "remark", "tester.name", "tester.phone"]
    assert Kinds([PressureTested], row(FIELDS))[PressureTested].tag == "pressure.tested"


@pytest.mark.parametrize("left_out", sorted(FIELDS))
def test_a_leaf_that_the_row_leaves_out_stops_the_start(left_out: str) -> None:
    fields = {path: field for path, field in FIELDS.items() if path != left_out}
    with pytest.raises(TypeError, match=f"PressureTested.{left_out}"):
        Kinds([PressureTested], row(fields))


@pytest.mark.parametrize(
    ("path", "field"),
    [("tester", Field(ALL)), ("nobody", Field(ALL)), ("remark", Field(frozenset()))],
    ids=["a piece instead of its leaves", "a field that is not there", "a field that nobody reads"],
)
def test_a_row_of_nothing_and_a_field_for_nobody_stop_the_start(path: str, field: Field) -> None:
    with pytest.raises(TypeError, match=f"PressureTested.{path}"):
        Kinds([PressureTested], row({**FIELDS, path: field}))


@pytest.mark.parametrize("kept", [Field(PARTIES), Field(OFFICES), Field(ALL, fed="never"), Field(ALL, fed="of-firms")])
def test_what_is_kept_from_somebody_can_be_left_out_of_the_act(kept: Field) -> None:
    with pytest.raises(TypeError, match=r"PressureTested\.bars"):
        Kinds([PressureTested], row({**FIELDS, "bars": kept}))
    assert Kinds([PressureTested], row({**FIELDS, "remark": kept, "tester.name": kept, "by.phone": kept}))


def test_of_every_code_is_said_whether_it_names_a_party() -> None:
    """A party that an act names takes part in the case, and sees it."""

    class Sampled(Acted, tag="water.sampled", kw_only=True):
        """A kind that no plan knows."""

        laboratory: Code
        utility: Code

    fields = read_by(ALL, "laboratory", "utility")
    rows: dict[type[Acted], Kind] = {Sampled: Kind(act=Sampled, title="采样", written_by="people", readers=ALL, fields=fields)}
    with pytest.raises(TypeError, match=r"Sampled\.laboratory$"):
        check_codes(rows, NAMES_PARTY | BRINGS_NOBODY)
    check_codes(rows, NAMES_PARTY | BRINGS_NOBODY | {"laboratory"})


def test_what_the_offices_may_not_read_is_sealed() -> None:
    """They hold whole ledgers, in packs too: what lies open in one is theirs to read."""
    with pytest.raises(TypeError, match=r"PressureTested\.remark"):
        Kinds([PressureTested], row({**FIELDS, "remark": Field(HANDLER)}))
    assert Kinds([PressureTested], row({**FIELDS, "remark": Field(HANDLER, "name")}))


def test_every_kind_of_ours_has_its_row_and_its_name_in_chinese() -> None:
    assert len(ROWS) == len(KINDS)
    assert {row.tag for row in ROWS.values()} == set(KINDS)
    assert [row.tag for row in ROWS.values() if not row.title or any(one.isascii() for one in row.title)] == []


def test_only_the_auditor_and_operations_write_what_nobody_says() -> None:
    """What the worker finds is its alone; whoever reads, erases, uploads or seals is written down as it happens."""
    by = {who: {row.tag for row in ROWS.values() if row.written_by == who} for who in ("auditor", "operation")}
    assert by["operation"] == {"document.attached", "personal_data.read", "personal_data.erased", "score.sealed"}
    assert {"finding.opened", "finding.lapsed", "light.turned", "warning.raised", "suspicion.raised", "clock.redated"} <= by["auditor"]
    assert "finding.decided" not in by["auditor"] | by["operation"]


def test_a_suspicion_is_read_by_the_offices_alone() -> None:
    """Whoever is suspected learns of it when it is asked."""
    assert ROWS[SuspicionRaised].readers == OFFICES


def test_no_kind_has_two_checks() -> None:
    checked = next(act for act, row in ROWS.items() if row.checked == FOLLOWING)

    def again(asked: ActContext, act: Acted) -> None:
        """Check nothing."""

    with pytest.raises(TypeError, match=checked.__name__):
        checks(checked)(again)


def test_a_check_that_no_row_speaks_of_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    unchecked = next(act for act, row in ROWS.items() if not row.checked)
    monkeypatch.setitem(FOLLOWING_CHECKS, unchecked, lambda _asked, _act: None)
    with pytest.raises(TypeError, match=TAGS[unchecked]):
        hold_to_rows()
    monkeypatch.undo()
    hold_to_rows()


def test_whoever_names_findings_or_other_cases_says_that_they_are_read() -> None:
    """What is named and not read is checked against nothing."""
    naming = {
        row.tag
        for row in ROWS.values()
        if row.written_by == "people" and any(path.startswith(("grounds.", "findings.", "suspicion.")) for path in row.fields)
    }
    assert naming >= {"credit.proposed", "accountability.proposed", "interview.arranged"}
    assert {tag for tag in naming if not ROWS[KINDS[tag]].needs} == set()
