"""Entries of credit files: whose and on what ground, every step once and in its turn, nobody in their own cause."""

from datetime import date
from uuid import UUID

import pytest
from msgspec.structs import replace

from domain.acts.enforcement.credit import (
    CreditCompleted,
    CreditHeard,
    CreditProposed,
    CreditWithdrawn,
    SuspicionRef,
)
from domain.acts.enforcement.process import SuspicionConfirmed
from domain.acts.enforcement.supervision import RectificationJudged, RectificationOrdered
from domain.cases.other_cases import NOTHING, OtherCases
from domain.credit.basis import terms_of
from domain.refusals import AlreadyDone, Malformed, NotAllowed, NotCovered, OutOfOrder
from tests.domain.accountability.records import (
    DECISION,
    ELSEWHERE,
    FIRM,
    GROUND,
    ITEM,
    LATE,
    SOMEBODY,
    WATER,
    File,
    decision,
    falsified,
    finding,
    ledger,
    notice,
    shown,
)
from tests.domain.credit.credit_file import entering, proposed, ready, refused, says, stands
from tests.domain.stories import book, shanghai

PENALTY = replace(DECISION, kind="行政处罚决定书")


def judged(*, accepted: bool = False, utility: str = "jm-water", commitment: UUID | None = ELSEWHERE) -> OtherCases:
    """An order under a commitment, and how the rectification was judged."""
    order = RectificationOrdered(
        utility=utility, department="jm-cgw", defect="路面沉降", due_on=date(2026, 5, 20), commitment=commitment, defect_seq=4
    )
    return ledger(("jm-cgw", order), ("jm-cgw", RectificationJudged(utility=utility, accepted=accepted, reason="现场未恢复")))


def broken(**changes: object) -> CreditProposed:
    return falsified(WATER, **({"party": "jm-water", "conduct": "commitment-not-honoured", "supervision": ELSEWHERE} | changes))


def suspected(*, falsified_: bool = True, party: str | None = None) -> OtherCases:
    said = SuspicionConfirmed(raised_seq=3, reason="照片系伪造", falsified=falsified_, party=party)
    return ledger(("jm-fgw", said))


NAMED = SuspicionRef(case_id=ELSEWHERE, seq=3)


# ───────────── proposing ─────────────


@pytest.mark.parametrize(
    ("act", "other_cases"),
    [
        (falsified(), NOTHING),
        (falsified(SOMEBODY), NOTHING),
        (falsified(item=None, rests_on=None), NOTHING),
        (falsified(suspicion=NAMED), suspected()),
        (falsified(SOMEBODY, suspicion=NAMED), suspected(party="jm-water")),
        (falsified(WATER, party="jm-water", suspicion=NAMED), suspected(party="jm-water")),
        (falsified(WATER, party="jm-water", grounds=(GROUND,)), finding()),
        (falsified(WATER, party="jm-water", grounds=(GROUND,)), finding("disposed")),
        (falsified(conduct="commitment-not-honoured"), NOTHING),
        (broken(), judged()),
        (broken(grounds=(GROUND,)), OtherCases(findings=finding().findings, ledgers=judged().ledgers)),
        (falsified(rests_on=PENALTY, penalty=True), NOTHING),
    ],
)
def test_an_entry_is_proposed_about_a_firm_or_a_person_on_what_stands(act: CreditProposed, other_cases: OtherCases) -> None:
    file = File()
    opened = file.proposes(act, by="jm-spj", role="coordinator", other_cases=other_cases)
    assert (opened.case.kind, opened.case.parties) == ("credit", ("jm-spj",))
    assert stands(file).state == ("proposed" if act.item else "note")


@pytest.mark.parametrize(
    ("act", "other_cases", "refusal", "word"),
    [
        (falsified(by="jm-zjj"), NOTHING, NotAllowed, "in one's own name"),
        (falsified(party="jm-spj"), NOTHING, NotAllowed, "own cause"),
        (falsified(replace(FIRM, credit_code=None)), NOTHING, Malformed, "by its credit code"),
        (falsified(replace(FIRM, credit_code="91420800MA000012XX")), NOTHING, Malformed, "GB 32100"),
        (falsified(replace(FIRM, id_number="11010519491231002X")), NOTHING, Malformed, "leave the ID number out"),
        (falsified(WATER), NOTHING, Malformed, "role 'utility'"),
        (falsified(party="jm-water"), NOTHING, Malformed, "role 'utility'"),
        (falsified(party="jm-nobody"), NOTHING, Malformed, "is no party"),
        (falsified(replace(SOMEBODY, credit_code="x")), NOTHING, Malformed, "no credit code"),
        (falsified(replace(SOMEBODY, id_number=None)), NOTHING, Malformed, "namesake"),
        (falsified(replace(SOMEBODY, id_number="110105194912310021")), NOTHING, Malformed, "GB 11643"),
        (falsified(SOMEBODY, party="jm-water", grounds=(GROUND,)), finding(), Malformed, "own act only; party, grounds are"),
        (falsified(SOMEBODY, supervision=ELSEWHERE), judged(), Malformed, "own act only; supervision"),
        (falsified(penalty=True), NOTHING, Malformed, "only an administrative penalty"),
        (falsified(rests_on=None, penalty=True), NOTHING, Malformed, "only an administrative penalty"),
        (falsified(rests_on=PENALTY), NOTHING, Malformed, "say so by 'penalty'"),
        (falsified(item=replace(ITEM, title="行政处罚信息")), NOTHING, Malformed, "rests on none"),
        (falsified(rests_on=replace(DECISION, served_on=date(2026, 6, 4))), NOTHING, Malformed, "today is 2026-06-03"),
        (falsified(rests_on=replace(DECISION, issued_on=date(2026, 6, 3))), NOTHING, Malformed, "takes effect"),
        (falsified(WATER, party="jm-water", grounds=(GROUND,)), NOTHING, Malformed, "has no finding"),
        (falsified(WATER, party="jm-water", grounds=(GROUND,)), finding(party="jm-gas"), Malformed, "has no finding"),
        (falsified(grounds=(GROUND,)), finding(), Malformed, "a subject that is no party of the plan has no finding"),
        (falsified(WATER, party="jm-water", grounds=(GROUND, GROUND)), finding(), Malformed, "named once"),
        (falsified(WATER, party="jm-water", grounds=(GROUND,)), finding("objected"), OutOfOrder, "upheld findings only"),
        (falsified(suspicion=NAMED), NOTHING, OutOfOrder, "no suspicion confirmed"),
        (falsified(suspicion=NAMED), suspected(falsified_=False), OutOfOrder, "no suspicion confirmed"),
        (falsified(suspicion=NAMED), suspected(party="jm-gas"), OutOfOrder, "no suspicion confirmed"),
        (falsified(suspicion=SuspicionRef(case_id=ELSEWHERE, seq=4)), suspected(), OutOfOrder, "no suspicion confirmed"),
        (falsified(supervision=ELSEWHERE), judged(), Malformed, "belongs to the conduct 'commitment-not-honoured'"),
        (broken(suspicion=NAMED), judged(), Malformed, "belongs to the conduct 'falsification'"),
        (falsified(conduct="commitment-not-honoured", supervision=ELSEWHERE), judged(), Malformed, "name it in 'party'"),
        (broken(supervision=None), NOTHING, OutOfOrder, "a missed deadline is no broken commitment"),
        (broken(supervision=None, grounds=(GROUND,)), finding(), OutOfOrder, "a missed deadline is no broken commitment"),
        (broken(), judged(accepted=True), OutOfOrder, "judged insufficient"),
        (broken(), judged(commitment=None), OutOfOrder, "judged insufficient"),
        (broken(), judged(utility="jm-gas"), OutOfOrder, "judged insufficient"),
        (broken(), ledger(*[]), OutOfOrder, "judged insufficient"),
        (
            broken(grounds=(replace(GROUND, case_id=LATE),)),
            OtherCases(findings={LATE: replace(finding().findings[LATE], case_id=LATE)}, ledgers=judged().ledgers),
            Malformed,
            "findings of other cases",
        ),
    ],
)
def test_an_entry_is_refused_about_nobody_or_on_nothing(
    act: CreditProposed, other_cases: OtherCases, refusal: type[Exception], word: str
) -> None:
    with pytest.raises(refusal) as told:
        File().proposes(act, by="jm-spj", role="coordinator", other_cases=other_cases)
    assert word in str(told.value)


def test_what_another_city_confirmed_is_no_ground_here() -> None:
    elsewhere = ledger(("dy-ysb", SuspicionConfirmed(raised_seq=3, reason="伪造", falsified=True)), scheme="daye-2023")
    with pytest.raises(OutOfOrder):
        File().proposes(falsified(suspicion=NAMED), by="jm-spj", role="coordinator", other_cases=elsewhere)


def test_a_role_that_the_plan_does_not_name_is_not_entered() -> None:
    file = File()
    scheme = file.story.book.scheme
    assert scheme.credit is not None
    file.story.book = type(file.story.book)(replace(scheme, credit=replace(scheme.credit, roles=("utility",))))
    with pytest.raises(Malformed, match="not construction"):
        file.proposes(falsified(), by="jm-spj", role="coordinator")


def test_in_daye_nobody_is_entered() -> None:
    with pytest.raises(NotAllowed, match="not recorded by people under daye-2023"):
        File("daye-2023").proposes(falsified(by="dy-cgj"), by="dy-cgj", role="coordinator")
    with pytest.raises(NotCovered, match="says nothing of credit files"):
        terms_of(book("daye-2023"))


# ───────────── notified, heard, decided ─────────────


@pytest.mark.parametrize(
    ("lacking", "names"),
    [({"item": None}, "item"), ({"rests_on": None}, "restsOn"), ({"item": None, "rests_on": None}, "item and restsOn")],
)
def test_without_its_catalogue_item_or_its_document_an_entry_stays_a_note(lacking: dict[str, None], names: str) -> None:
    file = proposed(falsified(FIRM, **lacking))
    refused(OutOfOrder, f"without {names} stays an internal note", file, notice())
    says(file, CreditCompleted(by="jm-spj", item=ITEM, rests_on=DECISION))
    assert stands(file).state == "proposed"
    refused(AlreadyDone, "recorded once", file, CreditCompleted(by="jm-spj", item=ITEM, rests_on=DECISION))
    refused(Malformed, "served before", file, notice())
    says(file, notice(served="2026-06-03 11:00", until="2026-06-10 18:00"), at="2026-06-03 11:30")
    assert stands(file).state == "notified"


def test_a_whole_entry_is_not_completed_and_a_note_only_with_a_document_in_effect() -> None:
    refused(OutOfOrder, "'proposed'", proposed(), CreditCompleted(by="jm-spj", item=ITEM, rests_on=DECISION))
    note = proposed(falsified(item=None))
    refused(Malformed, "only an administrative penalty", note, CreditCompleted(by="jm-spj", item=ITEM, rests_on=DECISION, penalty=True))


def test_there_are_five_working_days_for_a_statement() -> None:
    # Wednesday 3 June: Thursday, Friday, Monday, Tuesday, Wednesday the tenth, 18:00.
    refused(Malformed, "2026-06-10T18:00:00+08:00", proposed(), notice(until="2026-06-10 17:59"))
    file = proposed()
    says(file, notice(until="2026-06-10 18:00"))
    assert stands(file).state == "notified"
    refused(AlreadyDone, "recorded once", file, notice())


def test_the_time_for_a_statement_is_what_the_plan_says() -> None:
    # Half a working day from 10:30: an hour and a half to noon, two hours from 14:30.
    file = proposed()
    scheme = file.story.book.scheme
    assert scheme.credit is not None
    file.story.book = type(file.story.book)(replace(scheme, credit=replace(scheme.credit, statement="0.5wd")))
    refused(Malformed, "2026-06-03T16:30:00+08:00", file, notice(until="2026-06-03 15:00"))


def test_the_subject_is_heard_at_any_time_and_without_a_statement_only_at_its_end() -> None:
    file = proposed()
    refused(OutOfOrder, "credit.notified", file, CreditHeard(by="jm-spj", statement="属实"))
    says(file, notice())
    refused(OutOfOrder, "2026-06-10T18:00:00+08:00", file, CreditHeard(by="jm-spj"), at="2026-06-10 17:59")
    says(file, CreditHeard(by="jm-spj"), at="2026-06-10 18:00")
    assert (stands(file).state, stands(file).heard_at) == ("heard", shanghai("2026-06-10 18:00"))


def test_nothing_is_decided_before_the_subject_was_heard() -> None:
    file = proposed()
    says(file, notice())
    refused(OutOfOrder, "credit.heard", file, decision(), role="supervisor", at="2026-06-05 10:00", account="other")


@pytest.mark.parametrize("account", ["proposer", "notifier"])
def test_the_account_that_proposed_or_notified_does_not_decide(account: str) -> None:
    refused(NotAllowed, "two pairs of eyes", ready(), decision(), role="supervisor", at="2026-06-05 10:00", account=account)


def test_it_is_decided_by_whom_the_plan_names_and_once() -> None:
    file = ready()
    elsewhere = {"by": "jm-fgw", "role": "supervisor", "account": "other", "at": "2026-06-05 10:00"}
    refused(NotAllowed, "jm-spj decides about whoever is no party", file, decision("jm-fgw"), **elsewhere)
    refused(NotAllowed, "recorded by supervisor", file, decision(), role="coordinator", account="other", at="2026-06-05 10:00")
    refused(NotAllowed, "in one's own name", file, notice(by="jm-fgw"), account="other")
    says(file, decision(), role="supervisor", at="2026-06-05 10:00", account="decider")
    assert stands(file).state == "entered"
    refused(AlreadyDone, "recorded once", file, decision(), role="supervisor", at="2026-06-05 11:00", account="third")


def test_a_refused_entry_is_refused_for_good() -> None:
    file = ready()
    says(file, decision(outcome="refused"), role="supervisor", at="2026-06-05 10:00", account="decider")
    assert stands(file).state == "refused"
    refused(OutOfOrder, "'refused'", file, shown(), at="2026-06-05 11:00")
    refused(OutOfOrder, "'refused'", file, CreditWithdrawn(by="jm-spj", reason="误"), role="supervisor", at="2026-06-05 11:00")


def test_a_utility_is_decided_about_by_the_plans_decider_and_joins_once_notified() -> None:
    act = falsified(WATER, party="jm-water")
    file = File()
    assert file.proposes(act, by="jm-spj", role="coordinator").case.parties == ("jm-spj",)
    says(file, notice(), account="notifier")
    assert file.case is not None
    assert file.case.parties == ("jm-spj", "jm-water")
    says(file, CreditHeard(by="jm-spj", statement="属实"), at="2026-06-04 10:00")
    refused(
        NotAllowed,
        "jm-spj decides about 荆门",
        file,
        decision("jm-fgw"),
        by="jm-fgw",
        role="supervisor",
        account="other",
        at="2026-06-05 10:00",
    )
    says(file, decision(), role="supervisor", at="2026-06-05 10:00", account="decider")
    assert {"jm-cgw", "jm-spj", "jm-water"} <= set(file.case.parties), "departments may enter measures now"
    assert "jm-gas" not in file.case.parties


def test_nobody_takes_a_step_in_their_own_cause() -> None:
    act = falsified(replace(FIRM, role="user"), party="jm-spj", by="jm-fgw")
    file = File()
    file.proposes(act, by="jm-fgw", role="inspector")
    refused(NotAllowed, "own cause", file, notice())
    says(file, notice(by="jm-fgw"), by="jm-fgw", role="inspector")
    says(file, CreditHeard(by="jm-fgw", statement="属实"), by="jm-fgw", role="inspector", at="2026-06-04 10:00")
    refused(NotAllowed, "own cause", file, decision(), role="supervisor", account="other", at="2026-06-05 10:00")
    says(file, decision("jm-fgw"), by="jm-fgw", role="supervisor", account="other", at="2026-06-05 10:00")
    measure = entering("jm-spj")
    refused(NotAllowed, "own cause", file, measure, role="department", at="2026-06-05 11:00")
