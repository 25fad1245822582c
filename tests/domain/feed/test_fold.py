"""What an audience is told of a case is told once, for good, in the order in which it came to see it."""

from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.access.audience import Audience
from domain.access.visibility import visible
from domain.acts.enforcement.audit import FindingNotified, FindingOpened, LightTurned, SuspicionRaised
from domain.acts.enforcement.process import FindingObjected
from domain.acts.fact import DocumentAttached, RemarkMade
from domain.feed.fold import shown
from domain.ledger import AUDITOR_PARTY, Entry
from tests.domain.feed.histories import CITY, LEDGERS, OFFICE, START, WHO, entry_of

FINDING, PAPER = UUID(int=1), UUID(int=2)
REMARK = RemarkMade(text="已电话联系用户")
WATER, GAS = Audience(CITY, "jm-water", "own"), Audience(CITY, "jm-gas", "own")
OPENED = FindingOpened(
    finding_id=FINDING, rule="access", keys=("jm-water",), party="jm-water", started_seq=1, started_at=START, due_at=START
)
NOTIFIED = FindingNotified(finding_id=FINDING, served_at=START)
ATTACHED = DocumentAttached(document_id=PAPER, name="说明.pdf", media_type="application/pdf", size=1, sha256="0" * 64)

examples = pytest.mark.parametrize("examples", [200, pytest.param(10_000, marks=pytest.mark.nightly)])


def ledger(*acts: tuple[str, object]) -> list[Entry]:
    return [entry_of(seq, party, act) for seq, (party, act) in enumerate(acts, 1)]  # type: ignore[arg-type] # acts of the catalogue


def test_a_finding_is_told_where_its_party_is_notified_of_it() -> None:
    entries = ledger(("jm-spj", REMARK), (AUDITOR_PARTY, OPENED), ("jm-spj", REMARK), (AUDITOR_PARTY, NOTIFIED), ("jm-spj", REMARK))
    assert shown(WATER, entries) == [(1, 1), (2, 3), (3, 2), (4, 4), (5, 5)]
    assert shown(GAS, entries) == [(1, 1), (2, 3), (3, 5)]


def test_who_joins_later_is_told_all_that_it_may_see_at_that_place() -> None:
    entries = ledger(("jm-spj", REMARK), (AUDITOR_PARTY, SuspicionRaised(about="out-of-order")), ("jm-spj", REMARK), ("jm-gas", REMARK))
    assert shown(GAS, entries[:2], joined_seq=3) == []
    assert shown(GAS, entries, joined_seq=3) == [(1, 1), (2, 3), (3, 4)]


def test_what_an_unseen_act_names_later_stays_told() -> None:
    objected = FindingObjected(finding_id=FINDING, party="jm-water", text="不属实", documents=(PAPER,))
    entries = ledger(("jm-water", ATTACHED), (AUDITOR_PARTY, OPENED), (AUDITOR_PARTY, NOTIFIED), ("jm-water", objected))
    assert [entry.seq for entry in visible(GAS, entries)] == []
    assert shown(GAS, entries) == [(1, 1)]


def test_the_numbers_of_a_party_do_not_tell_of_what_it_may_not_see() -> None:
    light = LightTurned(finding_id=FINDING, party="jm-water", because="overrun")
    secret = ledger(("jm-spj", REMARK), (AUDITOR_PARTY, OPENED), (AUDITOR_PARTY, light), ("jm-spj", REMARK))
    assert [number for number, _ in shown(WATER, secret)] == [number for number, _ in shown(WATER, ledger(*[("jm-spj", REMARK)] * 2))]


@examples
def test_each_entry_is_told_once_and_as_soon_as_it_is_seen(examples: int) -> None:
    """The short way through a ledger gives what the long way gives: after each entry, all that is seen and was not told."""

    @settings(max_examples=examples, deadline=None)
    @given(WHO, LEDGERS, st.integers(1, 10))
    def tried(who: Audience, entries: list[Entry], joined: int) -> None:
        slowly: list[int] = []
        for length in range(joined, len(entries) + 1):
            slowly += [one.seq for one in visible(who, entries[:length]) if one.seq not in slowly]
        assert shown(who, entries, joined) == list(enumerate(slowly, 1))

    tried()


@examples
def test_a_ledger_that_grows_only_adds_to_the_end(examples: int) -> None:
    @settings(max_examples=examples, deadline=None)
    @given(WHO, LEDGERS, st.integers(1, 10), st.lists(st.integers(0, 30), max_size=4))
    def tried(who: Audience, entries: list[Entry], joined: int, cuts: list[int]) -> None:
        told: list[tuple[int, int]] = []
        for cut in [*sorted(cuts), len(entries)]:
            now = shown(who, entries[:cut], joined)
            assert now[: len(told)] == told
            told = now
        assert told == shown(who, entries, joined)
        assert [number for number, _ in told] == list(range(1, len(told) + 1))
        assert len({seq for _, seq in told}) == len(told)

    tried()


@settings(max_examples=200, deadline=None)
@given(LEDGERS)
def test_the_offices_count_as_the_ledger_does(entries: list[Entry]) -> None:
    assert shown(OFFICE, entries) == [(entry.seq, entry.seq) for entry in entries]
