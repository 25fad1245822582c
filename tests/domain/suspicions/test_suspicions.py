"""What is odd about an act is noticed as it is recorded, with its evidence, once; a person looks, and never whoever it is about."""

import re
from pathlib import Path

import pytest
from msgspec.structs import replace

from domain.acts.connection import ApplicationPushed, MaterialsSubmitted, SignoffGiven
from domain.acts.enforcement.audit import StepProposed, SuspicionRaised
from domain.acts.enforcement.process import SuspicionCleared, SuspicionConfirmed
from domain.acts.fact import RemarkMade, VisitRequired
from domain.acts.field import Acted
from domain.acts.service import EnquiryReceived, EnquiryReclassified
from domain.acts.stop import ClockStopped
from domain.refusals import AlreadyDone, Malformed, NotAllowed, NotFound
from domain.schemes.rulebook import compile_scheme
from domain.suspicions.titles import WORDS
from tests.domain.desk import Desk, applied, joint, signed
from tests.domain.stories import accepted, book, shanghai

MON = "2026-11-16"


def raised(desk: Desk) -> list[tuple[str, tuple[int, ...], str | None, str | None]]:
    return [(one.about, one.seqs, one.party, one.assumes) for one in desk.story.written(SuspicionRaised)]


def remark(desk: Desk, at: str, written: str | None = None, account: str = "person") -> None:
    desk.records(RemarkMade(text="记录"), by="jm-spj", at=at, written=written, account=account)


def visit(desk: Desk, at: str, account: str = "person") -> None:
    desk.records(VisitRequired(required_by="jm-gas"), by="jm-spj", at=at, account=account)


# ── Written long after ──


@pytest.mark.parametrize(("written", "odd"), [("2026-11-19 18:00", False), ("2026-11-19 18:00:01", True)])
def test_what_is_written_more_than_three_working_days_after_is_asked_about(written: str, odd: bool) -> None:  # noqa: FBT001 -- a table's column
    desk = applied()
    remark(desk, f"{MON} 10:00", written)
    assert raised(desk) == [("written-late", (3,), "jm-spj", "suspicion-signs")] * odd


def test_a_case_that_is_opened_long_after_is_asked_about_too() -> None:
    desk = Desk()
    desk.opens(accepted("jm-water"), by="jm-spj", at=f"{MON} 09:00", written="2026-11-20 09:00")
    assert raised(desk) == [("written-late", (1,), "jm-spj", "suspicion-signs")]
    assert [entry.actor.role for entry in desk.story.entries] == ["window", "auditor"]


@pytest.mark.parametrize("written", [f"{MON} 09:00", "2026-11-19 18:00"])
def test_a_case_that_is_opened_soon_enough_is_not(written: str) -> None:
    desk = Desk()
    desk.opens(accepted("jm-water"), by="jm-spj", at=f"{MON} 09:00", written=written)
    assert raised(desk) == []


# ── Entered in bulk ──


def test_the_eighth_act_of_an_account_within_ten_minutes_is_asked_about_once() -> None:
    desk = applied()
    for minute in range(10, 17):
        visit(desk, f"{MON} 10:{minute}")
    assert raised(desk) == []
    visit(desk, f"{MON} 10:20")
    assert raised(desk) == [("written-in-bulk", (10, 3, 4, 5, 6, 7, 8, 9), "jm-spj", "suspicion-signs")]
    visit(desk, f"{MON} 10:20")
    assert len(raised(desk)) == 1


def test_the_next_run_is_asked_about_anew() -> None:
    desk = applied()
    for hour in (10, 15):
        for second in range(9):
            visit(desk, f"{MON} {hour}:00:0{second}")
    assert [one[0] for one in raised(desk)] == ["written-in-bulk"] * 2


def test_acts_of_two_accounts_or_of_a_longer_while_are_no_run() -> None:
    desk = applied()
    for minute in range(7):
        visit(desk, f"{MON} 10:0{minute}")
    visit(desk, f"{MON} 10:07", account="other")
    visit(desk, f"{MON} 10:10:01")
    assert raised(desk) == []


def test_what_is_remarked_is_no_run() -> None:
    desk = applied()
    for minute in range(9):
        remark(desk, f"{MON} 10:0{minute}")
    assert raised(desk) == []


# ── Stops, classes, opinions ──


STOP = ClockStopped(
    rule="joint-approval", keys=("jm-water", "jm-cgw"), reason="art-45", basis="听证", needed_until=None, told_at=None
)  # fmt: skip


@pytest.mark.parametrize(
    ("at", "odd"),
    [
        ("2026-11-17 16:59:59", False),
        ("2026-11-17 17:00", True),
        ("2026-11-17 18:00", True),
        ("2026-11-17 18:00:01", False),
        # A Saturday.
        ("2026-11-21 17:30", False),
    ],
)
def test_a_stop_in_the_last_hour_before_the_office_closes_is_asked_about(at: str, odd: bool) -> None:  # noqa: FBT001 -- a table's column
    desk = joint()
    start = desk.story.clock("joint-approval").start_seq
    stop = replace(STOP, needed_until=shanghai("2026-11-30 18:00"), told_at=shanghai(at))
    desk.records(stop, by="jm-cgw", at=at)
    assert raised(desk) == [("late-stop", (8, start), "jm-cgw", "suspicion-signs")] * odd


def general(at: str) -> Desk:
    desk = Desk()
    received = EnquiryReceived(channel="窗口", receiver="jm-water", handler="王五", class_="general", reason="可以直接解决", subject="水压")
    desk.opens(received, by="jm-water", at=at)
    return desk


@pytest.mark.parametrize(("at", "odd"), [("2026-11-17 08:59:59", False), ("2026-11-17 09:00", True), ("2026-11-17 10:00", True)])
def test_a_class_that_is_changed_in_the_last_of_its_hours_is_asked_about(at: str, odd: bool) -> None:  # noqa: FBT001 -- a table's column
    desk = general(f"{MON} 10:00")
    desk.records(EnquiryReclassified(by="科长", class_="complex", reason="涉及多个部门"), by="jm-water", at=at, account="other")
    assert raised(desk) == [("late-class", (2, 1), "jm-water", "suspicion-signs")] * odd


def test_one_account_that_gives_several_departments_opinions_is_asked_about_once_for_each() -> None:
    desk = joint()
    at = shanghai(f"{MON} 10:30")
    other = SignoffGiven(utility="jm-water", department="jm-zgj", outcome="approved", opinion="同意", signatory="李")
    desk.story.write(other, at, at, desk.actor(other, "jm-zgj", account="li"))
    desk.case = replace(desk.case, seq=8) if desk.case else None
    desk.records(replace(signed(), outcome="rejected"), by="jm-cgw", at=f"{MON} 11:00", account="li")
    desk.records(MaterialsSubmitted(utility="jm-water", department="jm-cgw"), by="jm-water", at=f"{MON} 11:20")
    desk.records(signed(), by="jm-cgw", at=f"{MON} 11:30", account="li")
    assert raised(desk) == [("one-hand", (9, 8), "jm-cgw", "suspicion-signs")]


def test_each_department_that_signs_for_itself_is_asked_nothing() -> None:
    desk = joint()
    desk.records(signed(), by="jm-cgw", at=f"{MON} 11:00", account="zhang")
    assert raised(desk) == []


# ── What a plan does not ask for ──


def test_a_plan_that_names_no_signs_or_lets_nobody_answer_asks_nothing() -> None:
    scheme = book("jingmen-2023").scheme
    for plan in (
        replace(scheme, suspicions=None),
        replace(scheme, acts={tag: row for tag, row in scheme.acts.items() if tag != "suspicion.cleared"}),
    ):
        desk = Desk()
        desk.story.book = compile_scheme(plan)
        desk.opens(accepted("jm-water"), by="jm-spj", at=f"{MON} 09:00", written="2026-11-27 09:00")
        desk.records(ApplicationPushed(utilities=("jm-water",)), by="jm-spj", at=f"{MON} 09:05", written="2026-11-27 09:05")
        assert raised(desk) == []


ASKED_ABOUT = re.compile(r'(?:about=|_raised\(signs, asked, |_BULK = )"([a-z-]+)"')


def test_people_read_in_words_what_they_are_asked_about() -> None:
    sources = [path.read_text("utf-8") for path in (Path(__file__).parents[3] / "domain").glob("**/*.py")]
    assert set(WORDS) == {code for text in sources for code in ASKED_ABOUT.findall(text)}


# ── Looked into ──


def late() -> Desk:
    """The window wrote something down eleven days later: entry 3, and the question about it entry 4."""
    desk = applied()
    remark(desk, f"{MON} 10:00", "2026-11-27 10:00")
    return desk


def answers(desk: Desk, act: Acted, by: str = "jm-fgw", at: str = "2026-11-27 11:00") -> None:
    desk.records(act, by=by, at=at)


def test_a_suspicion_is_cleared_once() -> None:
    desk = late()
    answers(desk, SuspicionCleared(raised_seq=4, reason="有当日的纸质记录"))
    with pytest.raises(AlreadyDone):
        answers(desk, SuspicionConfirmed(raised_seq=4, reason="确有其事"))


@pytest.mark.parametrize("seq", [3, 99])
def test_only_what_was_raised_in_the_case_is_looked_into(seq: int) -> None:
    with pytest.raises(NotFound):
        answers(late(), SuspicionCleared(raised_seq=seq, reason="无"))


def test_nobody_looks_into_its_own_doing() -> None:
    with pytest.raises(NotAllowed, match="jm-spj"):
        answers(late(), SuspicionCleared(raised_seq=4, reason="无"), by="jm-spj")


def test_whoever_wrote_the_evidence_is_whom_a_suspicion_is_about_where_it_names_nobody() -> None:
    desk = late()
    bare = SuspicionRaised(about="out-of-order", seqs=(2,))
    desk.story.write(bare, shanghai("2026-11-27 10:30"), shanghai("2026-11-27 10:30"), desk.story.entries[-1].actor)
    desk.case = replace(desk.case, seq=5) if desk.case else None
    with pytest.raises(NotAllowed):
        answers(desk, SuspicionCleared(raised_seq=5, reason="无"), by="jm-spj")
    answers(desk, SuspicionCleared(raised_seq=5, reason="已核查"))


def test_a_falsification_names_whose_it_was_and_no_party_names_itself() -> None:
    with pytest.raises(Malformed):
        answers(late(), SuspicionConfirmed(raised_seq=4, reason="补造", falsified=True))
    with pytest.raises(NotAllowed):
        answers(late(), SuspicionConfirmed(raised_seq=4, reason="补造", falsified=True, party="jm-fgw"))
    with pytest.raises(Malformed):
        answers(late(), SuspicionConfirmed(raised_seq=4, reason="补造", falsified=True, party="nobody"))


def test_a_confirmed_falsification_proposes_a_credit_entry_and_nothing_more() -> None:
    desk = late()
    answers(desk, SuspicionConfirmed(raised_seq=4, reason="日期是补造的", falsified=True, party="jm-water"))
    (proposed,) = desk.story.written(StepProposed)
    assert (proposed.step, proposed.party, proposed.because_seqs, proposed.grounds) == ("credit", "jm-water", (4, 5), ())
    assert "弄虚作假" in proposed.text
    assert [entry.actor.role for entry in desk.story.entries[4:]] == ["supervisor", "auditor"]


def test_what_is_confirmed_without_falsification_proposes_nothing() -> None:
    desk = late()
    answers(desk, SuspicionConfirmed(raised_seq=4, reason="补录过迟"))
    assert desk.story.written(StepProposed) == []
