"""六(二)1: the window's register and the handling departments', each step with its moments and limits, and what does not agree.

16 November 2026 is a Monday; office hours are 08:30-12:00 and 14:30-18:00; at once is 30 minutes of office time.
"""

from domain.acts.connection import (
    ApplicationAccepted,
    ApplicationPushed,
    MaterialsRefused,
    MaterialsSubmitted,
    ServiceConnected,
    SurveyHeld,
)
from domain.acts.enforcement.audit import FindingOpened, SuspicionRaised
from domain.acts.fact import PersonalDataRead, RemarkMade
from domain.acts.service import (
    ComplaintAccepted,
    EnquiryTransferred,
    FeedbackGiven,
    MaterialsFoundIncomplete,
    MatterDone,
    NoticeIssued,
    PolicyExplained,
    ReceiptConfirmed,
)
from domain.ledger import AUDITOR
from domain.service.agreement import SAYS, concerns
from domain.service.registers import Register, Registers, Step, registers_of
from tests.domain.journeys.jingmen import CITY, GAS, OFFICE, PARKS, WATER
from tests.domain.journeys.journeys import Step as Told
from tests.domain.journeys.journeys import journey
from tests.domain.journeys.test_journeys_jingmen_service import HALL, HOUSING, REFORM, asked, complaint, told
from tests.domain.stories import Story, accepted, approval, form, said, shanghai

LATER = "2026-11-16 18:00"
PASSED: Told = ("2026-11-16 10:00", HALL, EnquiryTransferred(to=GAS))


def read(story: Story, now: str = LATER) -> Registers:
    return registers_of(story.situation(), story.judged().clocks, story.offices, shanghai(now))


def kept(story: Story, side: str, party: str, now: str = LATER) -> Register:
    return next(one for one in read(story, now).registers if (one.side, one.party) == (side, party))


def step(ledger: Register, seq: int) -> Step:
    return next(one for one in ledger.steps if one.seq == seq)


def differs(story: Story, now: str = LATER) -> list[tuple[str, list[tuple[str, str, int | None, str | None, str]]]]:
    found = read(story, now).disagreements
    return [(one.kind, [(by.side, by.party, by.seq, said(by.at), by.words) for by in one.said]) for one in found]


def receipt(at: str, seq: int, received: str | None, party: str = GAS, remark: str | None = None) -> Told:
    return at, party, ReceiptConfirmed(seq=seq, party=party, received_at=shanghai(received) if received else None, remark=remark)


def test_the_window_and_the_department_have_a_ledger_each_and_what_was_handed_over_stands_in_both() -> None:
    story = journey(CITY, asked("2026-11-16 09:00", by=HALL), PASSED, told("2026-11-16 11:00", by=GAS, customer="2026-11-16 11:00"))
    assert [(one.side, one.party, [step.seq for step in one.steps]) for one in read(story).registers] == [
        ("window", HALL, [1, 2]),
        ("handling", GAS, [2, 3]),
    ]
    handed = step(kept(story, "handling", GAS), 2)
    assert (handed.title, handed.party, handed.role, said(handed.happened_at), said(handed.written_at)) == (
        "转办", HALL, "window", "2026-11-16 10:00", "2026-11-16 10:00",
    )  # fmt: skip


def test_a_step_tells_the_limit_that_it_sets_running_and_the_one_that_it_ends() -> None:
    both = told("2026-11-16 11:00", by=HALL, customer="2026-11-16 11:00")
    story = journey(CITY, asked("2026-11-16 09:00", by=HALL), both)
    ledger = kept(story, "window", HALL)
    (began,), (ended,) = step(ledger, 1).limits, step(ledger, 2).limits
    assert (began.rule, began.party, began.part, said(began.due), began.state) == (
        "general-feedback", HALL, "started", "2026-11-17 09:00", "met",
    )  # fmt: skip
    assert (ended.title, ended.part) == ("一般事项24小时内反馈", "ended")


def test_what_is_overdue_late_or_written_late_is_a_problem_of_its_step() -> None:
    story = journey(CITY, asked("2026-11-16 09:00", by=HALL))
    assert [one.kind for one in step(kept(story, "window", HALL, "2026-11-17 09:00"), 1).problems] == []
    overdue = step(kept(story, "window", HALL, "2026-11-17 09:01"), 1).problems
    assert [(one.kind, one.words, one.party) for one in overdue] == [("overdue", "超期未办：一般事项24小时内反馈", HALL)]
    story.at("2026-11-17 09:30", written="2026-11-17 15:00").does(FeedbackGiven(to_customer_at=shanghai("2026-11-17 09:30")), by=HALL)
    late = step(kept(story, "window", HALL, "2026-11-17 18:00"), 2).problems
    assert [(one.kind, one.words, one.party) for one in late] == [
        ("late", "逾期：一般事项24小时内反馈", HALL),
        ("late-entry", "补录", HALL),
    ]
    assert step(kept(story, "window", HALL, "2026-11-17 18:00"), 1).problems == ()


def test_a_finding_shows_at_its_step_until_it_lapses() -> None:
    story = journey(CITY, asked("2026-11-16 09:00", by=HALL))
    story.swept("2026-11-17 09:05")
    assert story.written(FindingOpened)
    assert "finding" in [one.kind for one in step(kept(story, "window", HALL, "2026-11-17 09:05"), 1).problems]
    story.at("2026-11-17 08:59", written="2026-11-17 09:10").does(FeedbackGiven(to_customer_at=shanghai("2026-11-17 08:59")), by=HALL)
    story.swept("2026-11-17 09:20")
    assert step(kept(story, "window", HALL, "2026-11-17 09:20"), 1).problems == ()


def test_a_count_that_was_passed_shows_as_a_finding_and_not_as_an_hour_missed() -> None:
    """五(三): the second notice on one matter."""
    story = journey(CITY, asked("2026-11-16 09:00", by=HALL), told("2026-11-16 09:05", by=HALL, customer="2026-11-16 09:05"))
    for at, document in (("2026-11-16 09:10", "平面图"), ("2026-11-16 11:00", "授权书")):
        story.at(at).does(NoticeIssued(matter="扩容", materials=(document,)), by=HALL)
    assert step(kept(story, "window", HALL), 4).problems == ()
    story.swept(LATER)
    assert [(one.kind, one.words) for one in step(kept(story, "window", HALL), 4).problems] == [
        ("finding", "违规记录：一次性告知，不让群众多次往返")
    ]


def test_what_lacks_is_odd_or_was_remarked_stands_in_the_record_of_problems() -> None:
    story = journey(
        CITY,
        asked("2026-11-16 09:00", by=HALL),
        ("2026-11-16 09:10", HALL, MaterialsFoundIncomplete(matter="扩容", missing=("平面图", "授权书"))),
        ("2026-11-16 09:20", HALL, RemarkMade(text="客户电话打不通")),
        ("2026-11-16 09:30", HALL, PersonalDataRead(reason="回访", fields=("customer.phone",))),
    )
    for odd in (SuspicionRaised(about="out-of-order", seqs=(2,), clause="五(三)"), SuspicionRaised(about="bulk-entry", seqs=(2, 3))):
        story.write(odd, shanghai("2026-11-16 09:40"), shanghai("2026-11-16 09:40"), AUDITOR)
    ledger = kept(story, "window", HALL, "2026-11-16 09:35")
    assert [one.seq for one in ledger.steps] == [1, 2, 3]
    assert [(one.kind, one.words) for one in step(ledger, 2).problems] == [
        ("irregular", "疑点：out-of-order（五(三)）"),
        ("irregular", "疑点：bulk-entry"),
        ("incomplete", "欠缺：平面图、授权书"),
    ]
    assert [(one.kind, one.words) for one in step(ledger, 3).problems] == [("irregular", "疑点：bulk-entry"), ("remark", "客户电话打不通")]


def test_refused_materials_are_a_problem_of_the_company_that_handed_them_in() -> None:
    story = approval()
    story.at("2026-11-16 11:00").does(MaterialsRefused(utility=WATER, department=PARKS, reason="图纸不符"), by=PARKS)
    problems = step(kept(story, "handling", WATER), len(story.entries)).problems
    assert [(one.kind, one.words, one.party) for one in problems] == [("incomplete", "退回：图纸不符", WATER)]


def test_in_a_connection_the_office_is_the_window_and_as_a_department_a_handler_too() -> None:
    """The bureau accepts at its window, and approves as a department what the water company hands in to it."""
    story = approval()
    story.at("2026-11-16 11:00").does(MaterialsSubmitted(utility=WATER, department=OFFICE), by=WATER)
    ledgers = {(one.side, one.party): [step.title for step in one.steps] for one in read(story).registers}
    assert set(ledgers) == {("window", OFFICE), ("handling", WATER), ("handling", PARKS), ("handling", OFFICE)}
    assert ledgers["window", OFFICE][:2] == ["申请受理", "申请推送"]
    assert ledgers["handling", OFFICE] == ["提交资料"]


def test_what_came_through_a_portal_was_taken_in_by_the_window_behind_it() -> None:
    story = Story(CITY)
    story.at("2026-11-16 09:00").does(accepted(WATER), by="hb-portal")
    assert [(one.side, one.party) for one in read(story).registers] == [("window", OFFICE)]


def test_a_connection_in_daye_has_both_ledgers_too() -> None:
    story = Story("daye-2023")
    story.at("2026-11-16 09:00").does(ApplicationAccepted(form=form("dy-water")), by="dy-zsj")
    story.at("2026-11-16 09:10").does(ApplicationPushed(utilities=("dy-water",)), by="dy-zsj")
    assert [(one.side, one.party, len(one.steps)) for one in read(story).registers] == [
        ("window", "dy-zsj", 2),
        ("handling", "dy-water", 1),
    ]
    assert [kind for kind, _ in differs(story)] == ["unconfirmed"]


def test_what_was_handed_over_and_left_no_trace_does_not_agree_once_half_an_hour_has_gone() -> None:
    story = journey(CITY, asked("2026-11-16 09:00", by=HALL), PASSED)
    assert differs(story, "2026-11-16 10:30") == []
    assert differs(story, "2026-11-16 10:31") == [
        ("unconfirmed", [("window", HALL, 2, "2026-11-16 10:00", "转办"), ("handling", GAS, None, None, "没有记录")])
    ]


def test_whoever_wrote_anything_since_has_it() -> None:
    story = journey(CITY, asked("2026-11-16 09:00", by=HALL), PASSED, told("2026-11-16 15:00", by=GAS, customer="2026-11-16 15:00"))
    assert differs(story) == []


def test_received_within_half_an_hour_of_what_was_said_agrees_and_a_second_later_not() -> None:
    for received, expected in (
        ("2026-11-16 10:30:00", []),
        ("2026-11-16 10:30:01", ["other-moment"]),
        ("2026-11-16 09:29:59", ["other-moment"]),
    ):
        story = journey(CITY, asked("2026-11-16 09:00", by=HALL), PASSED, receipt("2026-11-16 11:00", 2, received))
        assert [kind for kind, _ in differs(story)] == expected
    late = journey(CITY, asked("2026-11-16 09:00", by=HALL), PASSED, receipt("2026-11-16 12:00", 2, "2026-11-16 11:00"))
    assert differs(late) == [
        ("other-moment", [("window", HALL, 2, "2026-11-16 10:00", "转办"), ("handling", GAS, 3, "2026-11-16 11:00", "收到")])
    ]


def test_what_one_says_it_sent_and_the_other_did_not_get_is_told_with_both_words() -> None:
    story = journey(CITY, asked("2026-11-16 09:00", by=HALL), PASSED, receipt("2026-11-16 11:00", 2, None, remark="平台没有记录"))
    assert differs(story) == [
        ("not-arrived", [("window", HALL, 2, "2026-11-16 10:00", "转办"), ("handling", GAS, 3, "2026-11-16 11:00", "平台没有记录")])
    ]
    assert [one.kind for one in step(kept(story, "handling", GAS), 3).problems] == ["not-arrived"]
    story.at("2026-11-16 11:30").does(ReceiptConfirmed(seq=2, party=GAS, received_at=shanghai("2026-11-16 10:10")), by=GAS)
    assert differs(story) == []


def test_feedback_that_the_receiver_does_not_confirm_is_told() -> None:
    told_both = told("2026-11-16 11:00", by=GAS, customer="2026-11-16 10:40", receiver="2026-11-16 10:45")
    story = journey(CITY, asked("2026-11-16 09:00", by=HALL), PASSED, told_both)
    assert differs(story) == [
        ("unconfirmed", [("handling", GAS, 3, "2026-11-16 10:45", "进度反馈"), ("window", HALL, None, None, "没有记录")])
    ]


def test_the_same_step_written_twice_with_different_moments_does_not_agree() -> None:
    story = journey(
        CITY,
        ("2026-11-16 09:00", OFFICE, accepted(WATER)),
        ("2026-11-16 10:00", WATER, ServiceConnected(utility=WATER)),
        ("2026-11-16 10:02", OFFICE, ServiceConnected(utility=WATER)),
    )
    assert differs(story) == [
        ("told-differently", [("handling", WATER, 2, "2026-11-16 10:00", "接通"), ("window", OFFICE, 3, "2026-11-16 10:02", "接通")])
    ]
    same = journey(
        CITY,
        ("2026-11-16 09:00", OFFICE, accepted(WATER)),
        ("2026-11-16 10:00", WATER, ServiceConnected(utility=WATER)),
        ("2026-11-16 10:01", OFFICE, ServiceConnected(utility=WATER)),
    )
    assert differs(same) == []


def test_a_second_survey_with_its_reason_is_another_survey() -> None:
    story = journey(
        CITY,
        ("2026-11-16 09:00", OFFICE, accepted(WATER)),
        ("2026-11-16 10:00", OFFICE, SurveyHeld(called_by=OFFICE, participants=(WATER,), surveyed=())),
        ("2026-11-16 15:00", WATER, SurveyHeld(called_by=OFFICE, participants=(WATER,), surveyed=(), reason="暴雨")),
    )
    assert differs(story) == []


def test_done_without_an_answer_to_the_customer_is_told_until_somebody_answers() -> None:
    done: Told = ("2026-11-16 11:00", GAS, MatterDone(outcome="已办"))
    before = told("2026-11-16 10:30", by=GAS, customer="2026-11-16 10:30")
    story = journey(CITY, asked("2026-11-16 09:00", by=HALL), PASSED, before, done)
    assert differs(story) == [
        ("no-reply", [("handling", GAS, 4, "2026-11-16 11:00", "办结"), ("window", HALL, None, None, "没有答复客户的记录")])
    ]
    answers: tuple[Told, ...] = (
        told("2026-11-16 15:00", by=GAS, customer="2026-11-16 15:00"),
        ("2026-11-16 15:00", GAS, MatterDone(outcome="已办", replied_at=shanghai("2026-11-16 15:00"))),
        ("2026-11-16 15:00", GAS, PolicyExplained(policy="红线", text="已说明")),
    )
    for answer in answers:
        assert differs(journey(CITY, asked("2026-11-16 09:00", by=HALL), PASSED, done, answer)) == []


def test_a_matter_that_comes_back_stands_in_the_windows_ledger_again() -> None:
    story = journey(CITY, asked("2026-11-16 09:00", by=HALL), PASSED, ("2026-11-16 11:00", GAS, EnquiryTransferred(to=HALL)))
    assert [one.seq for one in kept(story, "window", HALL).steps] == [1, 2, 3]
    assert differs(story, "2026-11-16 18:00")[0][1][1] == ("window", HALL, None, None, "没有记录")


def test_a_complaint_is_kept_by_whoever_took_it_in_and_by_the_body_that_handles_it() -> None:
    story = journey(CITY, ("2026-11-16 09:00", REFORM, complaint()), ("2026-11-16 10:00", HOUSING, ComplaintAccepted(body=HOUSING)))
    assert [(one.side, one.party) for one in read(story).registers] == [("window", REFORM), ("handling", HOUSING)]


def test_a_disagreement_concerns_both_its_sides_and_nobody_else() -> None:
    story = journey(CITY, asked("2026-11-16 09:00", by=HALL), PASSED)
    (one,) = read(story).disagreements
    assert [concerns(one, party) for party in (HALL, GAS, WATER)] == [True, True, False]
    assert SAYS[one.kind] == "一方已交出，另一方没有任何记录"
