"""How a case stands follows from its ledger and its plan alone, whatever was kept of it."""

from uuid import UUID

from msgspec.structs import replace

from domain.acts.connection import ApplicationAccepted, ApplicationPushed, CaseWithdrawn, DemandRegistered
from domain.acts.enforcement.supervision import CommitmentSigned
from domain.acts.fact import FormDemanded, RemarkMade
from domain.case import Case
from domain.judging.judge import judge
from domain.recording.state import Header, as_it_follows, header_kept, header_of
from domain.schemes.rulebook import compile_scheme
from tests.domain.accountability.records import File, answerable, entered, finding, told
from tests.domain.desk import Desk, applied
from tests.domain.forms import PROJECT_CODE, jingmen
from tests.domain.settlement.settling import DONGBAO, period
from tests.domain.settlement.settling import desk as desk_of_settlement
from tests.domain.stories import CASE, accepted, shanghai

OFFICE, WATER, GAS = "jm-spj", "jm-water", "jm-gas"


def stands(desk: Desk, kept: Case | None = None) -> Header:
    case = kept or desk.case
    assert case is not None
    clocks = judge(desk.story.book, desk.story.entries, desk.story.offices).clocks
    return header_of(desk.story.book, case, desk.story.entries, clocks, desk.story.offices)


def test_a_case_is_what_its_ledger_says() -> None:
    desk = applied(WATER, GAS)
    header = stands(desk)
    assert (header.kind, header.city, header.state, header.year, header.numbered) == ("connection", "420800", "open", 2026, True)
    assert (header.opened_at, header.opened_by, header.parties) == (shanghai("2026-11-16 09:00"), OFFICE, (GAS, OFFICE, WATER))
    desk.records(FormDemanded(demanded_by="jm-power", form="用电申请"), by=OFFICE)
    assert stands(desk).parties == (GAS, OFFICE, WATER), "who asked for another form comes into no case by that"
    desk.records(RemarkMade(text="催办"), by="jm-cgw", role="department", at="2026-11-16 10:01")
    assert stands(desk).parties == ("jm-cgw", GAS, OFFICE, WATER)
    desk.records(CaseWithdrawn(proof="申请"), by=OFFICE, at="2026-11-16 10:05")
    assert stands(desk).state == "withdrawn"


def test_what_is_kept_falsely_is_put_right_but_for_its_number() -> None:
    desk = applied(WATER)
    assert desk.case is not None
    false = replace(desk.case, kind="enquiry", state="closed", parties=("jm-heat-zhongjing", OFFICE), year=2020, opened_by=GAS, number=None)
    right = as_it_follows(false, stands(desk, false))
    assert right == replace(desk.case, number=None)
    assert header_kept(right) == stands(desk)._replace(numbered=False), "a number is told where it is missing, and never made up"


def test_who_owed_a_deadline_once_stays_and_a_stranger_does_not() -> None:
    """A later form asks gas for nothing more; by what it owed before it came into the case."""
    desk = applied(WATER, GAS)
    desk.records(ApplicationAccepted(form=accepted(WATER).form), by=OFFICE, at="2026-11-16 10:00")
    assert desk.case is not None
    assert stands(desk, replace(desk.case, parties=(*desk.case.parties, "jm-heat-zhongjing"))).parties == (GAS, OFFICE, WATER)


def test_a_demand_lets_in_the_window_and_its_project_is_named_by_the_application() -> None:
    desk, form = Desk(), jingmen()
    desk.opens(DemandRegistered(occasion="licence", form=replace(form, project_code=None)), by="jm-zsj", role="registrar")
    header = stands(desk)
    assert (header.subject, header.district, OFFICE in header.parties) == (None, "jm-dongbao", True)
    place = {"place": "市民中心", "window": "3", "officer": "李四"}
    desk.records(ApplicationAccepted(form=form, **place), by=OFFICE)
    assert stands(desk).subject == PROJECT_CODE


def test_the_subject_of_a_record_comes_when_it_is_served() -> None:
    file = File()
    file.proposes(answerable(), by="jm-fgw", role="inspector", other_cases=finding())
    assert WATER not in stands(file).parties
    file.records(told(), by="jm-fgw", at="2026-06-03 10:30")
    assert WATER in stands(file).parties
    credit = entered(File())
    assert credit.case is not None
    assert set(credit.case.parties) <= set(stands(credit, credit.case).parties)


def test_what_is_settled_and_signed_is_named_by_its_first_act() -> None:
    settling = desk_of_settlement(period())
    half = stands(settling)
    assert (half.kind, half.subject, half.district) == ("settlement", f"{WATER}|{DONGBAO}|2026-1", DONGBAO)
    assert WATER in half.parties
    signed = Desk()
    signed.opens(CommitmentSigned(utility=WATER, department="jm-cgw", year=2026, standard="2026 版", document="书"), by=WATER)
    header = stands(signed)
    assert (header.kind, header.subject, header.parties) == ("commitment", f"{WATER}|jm-cgw|2026", ("jm-cgw", WATER))
    assert not header.numbered, "the plan numbers forms alone"


def test_where_a_plan_numbers_nothing_no_case_has_a_number() -> None:
    desk = applied(WATER)
    assert desk.case is not None
    plain = compile_scheme(replace(desk.story.book.scheme, numbering=None))
    entries = desk.story.entries
    assert not header_of(plain, desk.case, entries, (), desk.story.offices).numbered
    assert isinstance(entries[1].act, ApplicationPushed)
    assert desk.case.case_id == UUID(int=CASE.int)
