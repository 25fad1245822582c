"""Accountability records: on upheld findings of the unit alone, every step once and in its turn, nobody in their own cause."""

from uuid import UUID

import pytest
from msgspec.structs import replace

from domain.accountability.checks import terms_of
from domain.accountability.proposing import proposed_beside
from domain.accountability.state import Accountability, accountability_of
from domain.acts import Acted
from domain.acts.enforcement.accountability import (
    AccountabilityConcluded,
    AccountabilityDecided,
    AccountabilityProposed,
    AccountabilityWithdrawn,
    Official,
)
from domain.acts.enforcement.audit import FindingNotified, FindingOpened, GroundFell, StepProposed
from domain.acts.enforcement.process import FindingDecided, Ground
from domain.acts.service import CaseClosed
from domain.cases.context import ActContext
from domain.cases.other_cases import NOTHING, OtherCases
from domain.ledger import AUDITOR
from domain.people.particulars import particulars
from domain.refusals import AlreadyDone, Malformed, NotAllowed, NotCovered, OutOfOrder
from tests.domain.accountability.records import ELSEWHERE, GROUND, LATE, File, answerable, finding, heard, measure, told
from tests.domain.stories import CASE, book, shanghai

SOMEBODY = Official(name="李某某", post="报装专员")


def stands(file: File) -> Accountability:
    return accountability_of(file.story.entries)


def proposed(act: AccountabilityProposed | None = None, role: str = "inspector", other_cases: OtherCases | None = None) -> File:
    file = File()
    act = act or answerable()
    file.proposes(act, by=act.by, role=role, other_cases=finding() if other_cases is None else other_cases)
    return file


def says(
    file: File, act: Acted, by: str = "jm-fgw", at: str = "2026-06-03 11:00", role: str = "inspector", account: str = "notifier"
) -> None:
    file.records(act, by=by, at=at, role=role, account=account)


def refused(refusal: type[Exception], word: str, file: File, act: Acted, **how: str) -> None:
    with pytest.raises(refusal) as said:
        says(file, act, **how)
    assert word in str(said.value)


def ready(act: AccountabilityProposed | None = None, other_cases: OtherCases | None = None) -> File:
    file = proposed(act, other_cases=other_cases)
    says(file, told())
    says(file, heard(), at="2026-06-04 10:00")
    return file


BOSS = {"by": "jm-spj", "role": "supervisor", "account": "decider", "at": "2026-06-05 10:00"}


def decided(act: AccountabilityDecided | None = None) -> File:
    file = ready()
    says(file, act or measure(), **BOSS)
    return file


# ───────────── proposing ─────────────


@pytest.mark.parametrize("state", ["upheld", "disposed"])
def test_a_record_is_proposed_on_upheld_findings_of_the_unit(state: str) -> None:
    file = proposed(other_cases=finding(state))
    assert file.case is not None
    assert (file.case.kind, file.case.parties, stands(file).state) == ("accountability", ("jm-fgw",), "proposed")


@pytest.mark.parametrize(
    ("act", "other_cases", "refusal", "word"),
    [
        (answerable(), finding("open"), OutOfOrder, "is open; a record rests on upheld findings only"),
        (answerable(), finding("notified"), OutOfOrder, "upheld findings only"),
        (answerable(), finding("objected"), OutOfOrder, "upheld findings only"),
        (answerable(), finding("lapsed"), OutOfOrder, "upheld findings only"),
        (answerable(), finding("excused"), OutOfOrder, "upheld findings only"),
        (answerable(), finding("withdrawn"), OutOfOrder, "upheld findings only"),
        (answerable(), finding(party="jm-gas"), Malformed, "jm-water has no finding"),
        (answerable(), NOTHING, Malformed, "jm-water has no finding"),
        (answerable(grounds=(replace(GROUND, case_id=LATE),)), finding(), Malformed, "jm-water has no finding"),
        (answerable(grounds=(GROUND, GROUND)), finding(), Malformed, "named once"),
        (answerable(unit="jm-cgw"), finding(party="jm-cgw"), NotCovered, "goes into their assessment"),
        (answerable(unit="jm-nobody"), finding(), Malformed, "is no party"),
    ],
)
def test_a_record_is_refused_on_anything_less(
    act: AccountabilityProposed, other_cases: OtherCases, refusal: type[Exception], word: str
) -> None:
    with pytest.raises(refusal) as said:
        proposed(act, other_cases=other_cases)
    assert word in str(said.value)


def test_a_coordinator_too_proposes_in_its_own_name() -> None:
    with pytest.raises(NotAllowed, match="in one's own name"):
        File().proposes(answerable(by="jm-fgw"), by="jm-spj", role="coordinator", other_cases=finding())


def test_a_utility_proposes_for_its_own_staff_whose_name_is_a_particular() -> None:
    act = answerable(by="jm-water", person=SOMEBODY)
    assert [(field.name, value) for field, value in particulars(act)] == [("person.name", "李某某")]
    assert stands(proposed(act, role="utility")).state == "proposed"


def test_in_daye_nobody_is_held_to_account() -> None:
    with pytest.raises(NotAllowed, match="not recorded by people under daye-2023"):
        File("daye-2023").proposes(answerable("dy-water", "dy-ysb"), by="dy-ysb", role="inspector", other_cases=finding(party="dy-water"))
    with pytest.raises(NotCovered, match="says nothing of accountability"):
        terms_of(book("daye-2023"))


# ───────────── notified, heard, decided ─────────────


def test_the_unit_is_notified_with_five_working_days_and_joins_its_case() -> None:
    file = proposed()
    refused(Malformed, "2026-06-10T18:00:00+08:00", file, told(until="2026-06-10 17:59"))
    refused(Malformed, "served before", file, told(served="2026-06-03 09:59"))
    says(file, told())
    assert file.case is not None
    assert (stands(file).state, file.case.parties) == ("notified", ("jm-fgw", "jm-water"))
    refused(AlreadyDone, "recorded once", file, told())


def test_a_unit_neither_notifies_nor_hears_itself() -> None:
    file = proposed(answerable(by="jm-water"), role="utility")
    refused(NotAllowed, "own cause", file, told(by="jm-water"), by="jm-water", role="utility")
    says(file, told())
    refused(NotAllowed, "own cause", file, heard(by="jm-water"), by="jm-water", role="utility", at="2026-06-04 10:00")


def test_without_a_statement_the_hearing_ends_with_its_time() -> None:
    file = proposed()
    says(file, told())
    refused(OutOfOrder, "2026-06-10T18:00:00+08:00", file, heard(statement=None), at="2026-06-10 17:59")
    says(file, heard(statement=None), at="2026-06-10 18:00")
    assert (stands(file).state, stands(file).heard_at) == ("heard", shanghai("2026-06-10 18:00"))


def test_nothing_is_decided_before_the_unit_was_heard() -> None:
    file = proposed()
    says(file, told())
    refused(OutOfOrder, "accountability.heard", file, measure(), **BOSS)


@pytest.mark.parametrize("account", ["proposer", "notifier"])
def test_the_account_that_proposed_or_notified_does_not_decide(account: str) -> None:
    refused(NotAllowed, "two pairs of eyes", ready(), measure(), **(BOSS | {"account": account}))


def test_it_is_decided_by_whom_the_plan_names_and_once() -> None:
    file = ready()
    refused(NotAllowed, "jm-spj decides about", file, measure("jm-fgw"), **(BOSS | {"by": "jm-fgw"}))
    refused(NotAllowed, "recorded by supervisor", file, measure(), **(BOSS | {"role": "coordinator"}))
    says(file, measure(), **BOSS)
    assert (stands(file).state, stands(file).decided_at) == ("decided", shanghai("2026-06-05 10:00"))
    refused(AlreadyDone, "recorded once", file, measure(), **(BOSS | {"account": "third"}))


def test_the_decider_of_others_does_not_decide_about_itself() -> None:
    act = answerable(unit="jm-spj")
    file = ready(act, finding(party="jm-spj"))
    refused(NotAllowed, "own cause", file, measure(), **BOSS)
    says(file, measure("jm-fgw"), **(BOSS | {"by": "jm-fgw"}))
    assert stands(file).state == "decided"


@pytest.mark.parametrize("kind", ["discipline", "liability"])
def test_any_measure_but_criticism_rests_on_a_rule(kind: str) -> None:
    refused(Malformed, "name it in 'basis'", ready(), measure(measure=kind), **BOSS)
    assert stands(decided(measure(measure=kind, basis="公职人员政务处分法第三十九条"))).state == "decided"


@pytest.mark.parametrize("by", ["jm-water", "jm-spj"])
def test_the_unit_or_the_decider_says_what_came_of_it(by: str) -> None:
    file = decided()
    role = "utility" if by == "jm-water" else "supervisor"
    done = AccountabilityConcluded(by=by, outcome="已批评教育，本人书面检查")
    refused(NotAllowed, "jm-spj decides about", file, replace(done, by="jm-gas"), by="jm-gas", role="utility", at="2026-06-08 10:00")
    says(file, done, by=by, role=role, at="2026-06-08 10:00")
    assert (stands(file).state, stands(file).concluded_at) == ("concluded", shanghai("2026-06-08 10:00"))


def test_of_nothing_nothing_comes_and_the_record_is_closed() -> None:
    file = decided(measure(measure="none"))
    refused(
        OutOfOrder,
        "nothing to conclude",
        file,
        AccountabilityConcluded(by="jm-water", outcome="无"),
        by="jm-water",
        role="utility",
        at="2026-06-08 10:00",
    )
    says(file, CaseClosed(), by="jm-fgw", at="2026-06-08 10:00")
    assert file.case is not None
    assert file.case.state == "closed"


def test_a_record_that_is_not_over_is_not_closed_and_never_by_its_unit() -> None:
    file = decided()
    refused(OutOfOrder, "closed once it is over", file, CaseClosed(), at="2026-06-08 10:00")
    refused(NotAllowed, "somebody else closes it", file, CaseClosed(), by="jm-water", role="utility", at="2026-06-08 10:00")
    refused(OutOfOrder, "closed once it is over", proposed(), CaseClosed())


def test_a_record_whose_grounds_fell_is_withdrawn_once() -> None:
    file = decided()
    at = shanghai("2026-06-08 09:00")
    file.story.write(GroundFell(finding_id=LATE, case_id=ELSEWHERE, left=0), at, at, AUDITOR)
    gone = AccountabilityWithdrawn(by="jm-spj", reason="违规记录已撤销")
    refused(NotAllowed, "jm-spj decides about", file, replace(gone, by="jm-fgw"), by="jm-fgw", role="supervisor", at="2026-06-08 10:00")
    refused(NotAllowed, "two pairs of eyes", file, gone, **(BOSS | {"at": "2026-06-08 10:00"}))
    says(file, gone, **(BOSS | {"at": "2026-06-08 10:00", "account": "another"}))
    assert (stands(file).state, stands(file).fallen, stands(file).withdrawn_at) == (
        "withdrawn",
        frozenset({LATE}),
        shanghai("2026-06-08 10:00"),
    )
    refused(AlreadyDone, "recorded once", file, gone, **(BOSS | {"at": "2026-06-08 11:00"}))
    refused(OutOfOrder, "'withdrawn'", file, AccountabilityConcluded(by="jm-spj", outcome="x"), **(BOSS | {"at": "2026-06-08 11:00"}))


# ───────────── what the auditor proposes ─────────────


def other_cases(outcome: str, party: str, scheme: str = "jingmen-2023", known: UUID = LATE) -> tuple[Acted, ...]:
    """What is proposed beside a decision on a finding of that party."""
    file = File(scheme)
    at = shanghai("2026-06-03 10:00")
    rule = next(iter(file.story.book.deadlines["connection"])).rule.id
    opened = FindingOpened(finding_id=LATE, rule=rule, keys=(), party=party, started_seq=1, started_at=at, due_at=at)
    file.story.write(opened, at, at, AUDITOR)
    file.story.write(FindingNotified(finding_id=LATE, served_at=at), at, at, AUDITOR)
    decision = FindingDecided(finding_id=known, by="jm-spj", outcome=outcome, reason="属实")  # type: ignore[arg-type]  # one of three
    case = proposed().case
    assert case is not None
    asked = ActContext(file.story.book, case, file.story.entries, at, at, AUDITOR, (), (), file.story.offices)
    return tuple(proposed_beside(asked, decision))


def test_an_upheld_finding_against_a_unit_that_answers_is_proposed_and_no_other() -> None:
    [step] = other_cases("upheld", "jm-water")
    assert isinstance(step, StepProposed)
    assert (step.step, step.party, step.because_seqs) == ("accountability", "jm-water", (2,))
    assert step.grounds == (Ground(finding_id=LATE, case_id=CASE),)
    assert "六(二)2" in step.text
    assert other_cases("excused", "jm-water") == ()
    assert other_cases("withdrawn", "jm-water") == ()
    assert other_cases("upheld", "jm-cgw") == (), "a department's findings go into its assessment"
    assert other_cases("upheld", "dy-water", "daye-2023") == (), "Daye's plan has no accountability"
    assert other_cases("upheld", "jm-water", known=ELSEWHERE) == ()
