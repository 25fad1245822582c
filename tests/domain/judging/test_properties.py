"""What holds of every case, however it went: tried on cases made up at random from the acts of the plans."""

import random
from datetime import timedelta
from uuid import UUID

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.acts import Acted
from domain.acts.connection import (
    AccessConfirmed,
    ApplicationPushed,
    AppointmentAgreed,
    ApprovalNotNeeded,
    ApprovalOpened,
    ApprovalPushed,
    CaseWithdrawn,
    CommitmentNotified,
    MaterialsRefused,
    MaterialsSubmitted,
    MaterialsSupplemented,
    PlanIssued,
    ServiceConnected,
    SignoffGiven,
)
from domain.acts.fact import DocumentAttached, FeeCharged, PersonalDataRead, RemarkMade, ReviewMade, VisitRequired
from domain.acts.parts import Deferred
from domain.acts.service import (
    CaseClosed,
    EnquiryReceived,
    EnquiryReclassified,
    EnquiryTransferred,
    FeedbackGiven,
    MaterialsFoundIncomplete,
    MatterDone,
    MatterHandedOver,
    MatterRegistered,
    NoticeIssued,
    ReceiptConfirmed,
)
from domain.acts.stop import ClockResumed, ClockStopped
from domain.judging.judge import judge
from domain.ledger import Actor
from tests.domain.stories import Story, accepted, opened, shanghai, surveyed

WATER, BUREAU, OFFICE = "jm-water", "jm-cgw", "jm-spj"
START = shanghai("2026-09-28 09:00")
KEYS = (WATER, BUREAU)
ACTS: tuple[tuple[str, Acted], ...] = (
    (OFFICE, ApplicationPushed(utilities=(WATER,))),
    (OFFICE, surveyed(OFFICE, WATER)),
    (WATER, PlanIssued(utility=WATER)),
    (WATER, AccessConfirmed(utility=WATER)),
    (WATER, ServiceConnected(utility=WATER)),
    (OFFICE, opened(KEYS)),
    (WATER, ApprovalPushed(utility=WATER, departments=(BUREAU,))),
    (WATER, MaterialsSubmitted(utility=WATER, department=BUREAU)),
    (WATER, MaterialsSubmitted(utility=WATER, department=BUREAU, deferred=(Deferred(document="图", due_on=START.date()),))),
    (WATER, MaterialsSupplemented(utility=WATER, department=BUREAU, documents=("图",))),
    (BUREAU, MaterialsRefused(utility=WATER, department=BUREAU, reason="不符", noticed_at=START + timedelta(days=2))),
    (BUREAU, SignoffGiven(utility=WATER, department=BUREAU, outcome="approved", opinion="同意", signatory="李")),
    (BUREAU, ApprovalNotNeeded(utility=WATER, department=BUREAU, reason="无需")),
    (WATER, CommitmentNotified(utility=WATER, departments=(BUREAU,), commitment="c")),
    (BUREAU, ReviewMade(utility=WATER, department=BUREAU)),
    (OFFICE, VisitRequired(required_by=WATER)),
    (OFFICE, FeeCharged(charged_by=WATER, amount=1, works="off-site")),
    (WATER, AppointmentAgreed(
        utility=WATER, appointed_for=START + timedelta(days=5), slot_on=START.date(), chosen_by="customer", confirmed=True)),
    (BUREAU, ClockStopped(
        rule="joint-approval", keys=KEYS, reason="art-45", basis="鉴定",
        told_at=START + timedelta(days=1), needed_until=START + timedelta(days=12))),
    (BUREAU, ClockStopped(rule="joint-approval", keys=KEYS, reason="deferred-document", basis="图")),
    (BUREAU, ClockResumed(rule="joint-approval", keys=KEYS)),
    (OFFICE, CaseWithdrawn(proof="申请")),
)  # fmt: skip
RECEIPT = EnquiryReceived(channel="窗口", receiver=WATER, class_="general", reason="类别", subject="进度")
GAS, RECEIVED = "jm-gas", START + timedelta(hours=1)
ENQUIRED: tuple[tuple[str, Acted], ...] = (
    (WATER, EnquiryTransferred(to=GAS)),
    (WATER, EnquiryReclassified(class_="complex", reason="改造", by="赵")),
    (WATER, FeedbackGiven(to_customer_at=RECEIVED)),
    (GAS, FeedbackGiven(to_receiver_at=RECEIVED + timedelta(days=1))),
    (GAS, FeedbackGiven(to_customer_at=RECEIVED + timedelta(days=2), to_receiver_at=RECEIVED)),
    (GAS, MatterRegistered(class_="general", reason="需核实")),
    (WATER, MatterHandedOver(to=GAS, complete=True)),
    (GAS, MatterDone(outcome="已办结", replied_at=RECEIVED + timedelta(days=1))),
    (WATER, MaterialsFoundIncomplete(matter="扩容", missing=("图纸",))),
    (WATER, NoticeIssued(matter="扩容")),
    (GAS, CaseClosed()),
)
HALVES, HOURS = st.integers(0, 400), st.sampled_from((0, 0, 0, 1, 30))
HAPPENINGS = st.one_of(
    st.lists(st.tuples(st.sampled_from(ACTS), HALVES, HOURS), min_size=3, max_size=14),
    st.lists(st.tuples(st.sampled_from(ENQUIRED), HALVES, HOURS), min_size=3, max_size=10),
)


def told(happenings: list[tuple[tuple[str, Acted], int, int]]) -> Story:
    """A case in which things happen at those half hours and are written some hours after, in whatever order."""
    story = Story("jingmen-2023")
    enquiry = happenings[0][0] in ENQUIRED
    story.write(RECEIPT if enquiry else accepted(WATER), START, START, Actor(OFFICE, "window", "a"))
    written = START
    for (party, act), halves, late in happenings:
        at = START + timedelta(minutes=30 * halves)
        written = max(written, at + timedelta(hours=late))
        story.write(act, at, written, Actor(party, "person", "a"))
    return story


@settings(max_examples=60)
@given(HAPPENINGS, st.randoms(use_true_random=False))
def test_judging_does_not_depend_on_the_order_in_which_the_entries_are_given(
    happenings: list[tuple[tuple[str, Acted], int, int]], chance: random.Random
) -> None:
    story = told(happenings)
    shuffled = list(story.entries)
    chance.shuffle(shuffled)
    assert judge(story.book, shuffled, story.offices) == story.judged()


@settings(max_examples=60)
@given(HAPPENINGS)
def test_once_the_auditor_has_done_everything_nothing_is_left_and_no_due_moment_has_moved(
    happenings: list[tuple[tuple[str, Acted], int, int]],
) -> None:
    story = told(happenings)
    before = {_mark(clock): (clock.due, clock.state, clock.ended_at) for clock in story.judged().clocks}
    story.swept("2027-03-01 09:00")
    after = story.judged().clocks
    assert {_mark(clock): (clock.due, clock.state, clock.ended_at) for clock in after} == before
    assert [clock for clock in after if clock.next_check_at is not None and clock.next_check_at <= shanghai("2027-03-01 09:00")] == []


@settings(max_examples=60)
@given(HAPPENINGS)
def test_judging_again_finds_the_same_and_every_missed_limit_has_one_finding(
    happenings: list[tuple[tuple[str, Acted], int, int]],
) -> None:
    story = told(happenings)
    found = story.swept("2027-03-01 09:00")
    assert found == story.swept("2027-03-02 09:00")
    assert len({finding.finding_id for finding in found}) == len(found)
    missed = {_mark(c) for c in story.judged().clocks if c.state == "late" or (c.state == "running" and c.due)}
    assert {_mark(f) for f in found} == missed


@settings(max_examples=40)
@given(HAPPENINGS, st.integers(1, 13))
def test_what_the_auditor_wrote_in_the_middle_changes_no_finding_that_stands_in_the_end(
    happenings: list[tuple[tuple[str, Acted], int, int]], cut: int
) -> None:
    whole, piecewise = told(happenings), told(happenings[:cut])
    piecewise.swept(f"{max(entry.recorded_at for entry in piecewise.entries):%Y-%m-%d %H:%M:%S}")
    behind = max(entry.recorded_at for entry in piecewise.entries)
    for (party, act), halves, late in happenings[cut:]:
        at = START + timedelta(minutes=30 * halves)
        behind = max(behind, at + timedelta(hours=late))
        piecewise.write(act, at, behind, Actor(party, "person", "a"))
    standing = {_fact(f) for f in piecewise.swept("2027-03-01 09:00") if f.state != "lapsed" and f.rule != "no-visits"}
    assert standing == {_fact(f) for f in whole.swept("2027-03-01 09:00") if f.rule != "no-visits"}


NOISE: tuple[tuple[str, Acted], ...] = (
    (OFFICE, RemarkMade(text="已电话联系")),
    (WATER, ReceiptConfirmed(seq=1, party=WATER)),
    (WATER, DocumentAttached(document_id=UUID(int=7), name="图.pdf", sha256="00" * 32, media_type="application/pdf", size=1)),
    (OFFICE, PersonalDataRead(reason="回访", fields=("applicant.phone",))),
)
APART = st.one_of(
    st.lists(st.tuples(st.sampled_from(ACTS), HALVES, HOURS), min_size=3, max_size=12, unique_by=lambda one: one[1]),
    st.lists(st.tuples(st.sampled_from(ENQUIRED), HALVES, HOURS), min_size=3, max_size=10, unique_by=lambda one: one[1]),
)


def stands(story: Story) -> list[tuple[object, ...]]:
    """Every clock without the numbers of its entries."""
    clocks = ((one.rule, one.keys, one.party, one.started, one.due, one.state, one.ended_at, one.stops) for one in story.judged().clocks)
    return sorted(clocks, key=repr)


@settings(max_examples=60)
@given(APART, st.randoms(use_true_random=False))
def test_what_happened_at_different_moments_may_be_numbered_in_any_order(
    happenings: list[tuple[tuple[str, Acted], int, int]], chance: random.Random
) -> None:
    """Each act keeps both its moments; only the number that it got in the ledger is another."""
    story, other = told(happenings), Story("jingmen-2023")
    first, *rest = story.entries
    chance.shuffle(rest)
    other.entries = [first, *(msgspec.structs.replace(one, seq=seq) for seq, one in enumerate(rest, 2))]
    assert stands(other) == stands(story)


@settings(max_examples=60)
@given(HAPPENINGS, st.lists(st.tuples(st.sampled_from(NOISE), HALVES), min_size=1, max_size=6))
def test_remarks_receipts_documents_and_readings_change_no_clock(
    happenings: list[tuple[tuple[str, Acted], int, int]], noise: list[tuple[tuple[str, Acted], int]]
) -> None:
    story, before = told(happenings), stands(told(happenings))
    for (party, act), halves in noise:
        at = START + timedelta(minutes=30 * halves)
        story.write(act, at, at, Actor(party, "person", "a"))
    assert stands(story) == before


PAIRS = tuple((utility, department) for utility in (WATER, GAS) for department in (BUREAU, "jm-zgj"))
SOME = st.lists(st.sampled_from(PAIRS), min_size=1, max_size=4, unique=True)
REACHING: st.SearchStrategy[Acted] = st.one_of(
    st.lists(st.sampled_from((WATER, GAS)), min_size=1, max_size=2, unique=True).map(lambda who: ApplicationPushed(utilities=tuple(who))),
    SOME.map(lambda pairs: opened(*pairs)),
    st.builds(
        lambda who, utility: ApprovalPushed(utility=utility, departments=tuple(who)),
        st.lists(st.sampled_from((BUREAU, "jm-zgj")), min_size=1, max_size=2, unique=True),
        st.sampled_from((WATER, GAS)),
    ),
)


def parted(act: Acted) -> list[Acted]:
    """One act for several parties as several acts for one each."""
    if isinstance(act, ApplicationPushed):
        return [msgspec.structs.replace(act, utilities=(one,)) for one in act.utilities]
    if isinstance(act, ApprovalOpened):
        return [msgspec.structs.replace(act, approvals=(one,)) for one in act.approvals]
    if isinstance(act, ApprovalPushed):
        return [msgspec.structs.replace(act, departments=(one,)) for one in act.departments]
    return [act]


@settings(max_examples=80)
@given(st.lists(st.tuples(REACHING, st.integers(1, 200)), min_size=1, max_size=7))
def test_reaching_several_in_one_act_or_each_in_an_act_of_its_own_is_the_same(acts: list[tuple[Acted, int]]) -> None:
    """三7、四(一)1: what is missed does not depend on how many acts tell it."""
    missed = []
    for apart in (False, True):
        story = Story("jingmen-2023")
        story.write(accepted(WATER, GAS), START, START, Actor(OFFICE, "window", "a"))
        for act, halves in acts:
            at = START + timedelta(minutes=30 * halves)
            for one in parted(act) if apart else [act]:
                story.write(one, at, at, Actor(OFFICE, "window", "a"))
        missed.append({(one.rule, one.keys, one.party) for one in story.judged().clocks if one.state not in {"met", "void"}})
    assert missed[0] == missed[1]


def _mark(one: object) -> tuple[object, ...]:
    rule, seq, keys, party = (getattr(one, name) for name in ("rule", "start_seq", "keys", "party"))
    return rule, seq, keys, party


def _fact(one: object) -> tuple[object, ...]:
    rule, keys, party = (getattr(one, name) for name in ("rule", "keys", "party"))
    return rule, keys, party


def test_an_entry_is_never_changed_by_judging() -> None:
    story = told([(ACTS[7], 3, 0), (ACTS[11], 9, 0)])
    before = msgspec.json.encode([entry.act for entry in story.entries])
    story.judged()
    assert msgspec.json.encode([entry.act for entry in story.entries]) == before
