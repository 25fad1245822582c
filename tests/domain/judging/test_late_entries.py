"""What an act that is written after it happened is worth: within two office hours as much as any, later a late entry."""

from domain.acts.connection import ApplicationPushed, CaseWithdrawn, SignoffGiven
from domain.acts.enforcement.audit import FindingLapsed, FindingNotified, FindingOpened, FindingWithdrawalProposed
from domain.acts.service import EnquiryReceived, EnquiryTransferred
from domain.deadlines.explain import contested
from tests.domain.stories import Story, accepted, approval, shanghai, summary

WATER, BUREAU = "jm-water", "jm-cgw"
KEYS = (WATER, BUREAU)


def signed(story: Story, at: str, written: str) -> None:
    act = SignoffGiven(utility=WATER, department=BUREAU, outcome="approved", opinion="同意", signatory="李")
    story.at(at, written).does(act, by=BUREAU)


def overdue(story: Story, now: str) -> list[tuple[str, tuple[str, ...], str, str]]:
    return [one for one in summary(story.swept(now)) if one[0] == "joint-approval"]


def test_nothing_is_found_before_the_margin_has_run() -> None:
    story = approval()
    assert overdue(story, "2026-11-19 18:00:59") == []
    assert overdue(story, "2026-11-19 18:01:00") == [("joint-approval", KEYS, BUREAU, "open")]


def test_an_act_written_within_two_office_hours_leaves_no_finding() -> None:
    story = approval()
    signed(story, "2026-11-19 17:30", written="2026-11-20 10:00")
    assert (story.state("joint-approval"), overdue(story, "2026-11-23 10:00")) == ("met", [])


def test_an_act_written_a_second_after_two_office_hours_is_a_late_entry() -> None:
    story = approval()
    signed(story, "2026-11-19 17:30", written="2026-11-20 10:00:01")
    clock = story.clock("joint-approval")
    assert (clock.state, clock.late_entry, clock.ended_at) == ("late", True, shanghai("2026-11-19 17:30"))
    assert overdue(story, "2026-11-20 10:30") == [("joint-approval", KEYS, BUREAU, "open")]
    assert [act.late_entry for act in story.written(FindingOpened) if act.rule == "joint-approval"] == [True]


def test_a_late_entry_is_not_contested_since_no_reading_of_the_limit_clears_it() -> None:
    story = approval()
    signed(story, "2026-11-19 17:30", written="2026-11-23 10:00")
    clock = story.clock("joint-approval")
    assert clock.also_due == shanghai("2026-11-20 00:00")
    assert not contested(clock, shanghai("2026-11-23 11:00"))


def test_an_act_written_before_the_finding_could_be_opened_is_never_late() -> None:
    story = approval()
    signed(story, "2026-11-17 09:00", written="2026-11-19 18:01:00")
    assert story.state("joint-approval") == "met"


def test_a_finding_opened_meanwhile_lapses_and_names_the_entry() -> None:
    story = approval()
    assert overdue(story, "2026-11-20 08:40") == [("joint-approval", KEYS, BUREAU, "open")]
    signed(story, "2026-11-19 17:30", written="2026-11-20 09:00")
    entry = story.entries[-1]
    assert overdue(story, "2026-11-20 09:10") == [("joint-approval", KEYS, BUREAU, "lapsed")]
    assert [act.because_seq for act in story.written(FindingLapsed)] == [entry.seq]
    assert story.clock("joint-approval").next_check_at is None


def test_after_notification_the_auditor_only_proposes_withdrawal() -> None:
    story = approval()
    found = next(one for one in story.swept("2026-11-20 08:40") if one.rule == "joint-approval")
    served = FindingNotified(finding_id=found.finding_id, served_at=shanghai("2026-11-20 08:50"))
    story.at("2026-11-20 08:50").does(served, by="jm-spj", role="supervisor")
    signed(story, "2026-11-19 17:30", written="2026-11-20 09:00")
    found = next(one for one in story.swept("2026-11-20 09:10") if one.rule == "joint-approval")
    assert (found.state, found.withdrawal_proposed, found.notified_at) == ("notified", True, shanghai("2026-11-20 08:50"))
    assert len(story.written(FindingWithdrawalProposed)) == 1
    assert story.clock("joint-approval").next_check_at is None


def test_every_act_that_an_end_rests_on_has_to_be_written_in_time() -> None:
    story = Story("jingmen-2023")
    story.at("2026-11-16 09:00").does(accepted(WATER, "jm-gas"), by="jm-spj")
    story.at("2026-11-16 09:10", written="2026-11-17 09:00").does(ApplicationPushed(utilities=(WATER,)), by="jm-spj")
    story.at("2026-11-16 09:20").does(ApplicationPushed(utilities=("jm-gas",)), by="jm-spj")
    clock = story.clock("any-window")
    assert (clock.state, clock.late_entry) == ("late", True)


def test_a_lawful_withdrawal_written_late_in_the_day_ends_the_finding() -> None:
    story = approval()
    assert overdue(story, "2026-11-19 18:05") == [("joint-approval", KEYS, BUREAU, "open")]
    story.at("2026-11-19 17:50", written="2026-11-20 08:45").does(CaseWithdrawn(proof="申请"), by="jm-spj")
    assert overdue(story, "2026-11-20 08:50") == [("joint-approval", KEYS, BUREAU, "lapsed")]


def test_a_transfer_written_lawfully_late_moves_the_finding_to_who_held_the_matter() -> None:
    story = Story("jingmen-2023")
    act = EnquiryReceived(channel="窗口", receiver=WATER, class_="general", reason="类别", subject="进度")
    story.at("2026-11-16 10:00").does(act, by=WATER)
    assert summary(story.swept("2026-11-17 10:05")) == [("general-feedback", (), WATER, "open")]
    story.at("2026-11-17 09:30", written="2026-11-17 10:10").does(EnquiryTransferred(to="jm-gas"), by=WATER)
    assert summary(story.swept("2026-11-17 10:15")) == [
        ("general-feedback", (), "jm-gas", "open"),
        ("general-feedback", (), WATER, "lapsed"),
    ]


def test_a_transfer_after_the_limit_leaves_the_finding_where_it_is() -> None:
    story = Story("jingmen-2023")
    act = EnquiryReceived(channel="窗口", receiver=WATER, class_="general", reason="类别", subject="进度")
    story.at("2026-11-16 10:00").does(act, by=WATER)
    story.at("2026-11-17 10:00:01").does(EnquiryTransferred(to="jm-gas"), by=WATER)
    assert story.clock("general-feedback").party == WATER
