"""监管方案与抽查: one plan per department and year, and a draw that anybody can repeat from its seed."""

import hashlib
from uuid import UUID

import msgspec
import pytest

from domain.acts.enforcement.ladder import Sampled, SampleDrawn, SupervisionPlanned
from domain.acts.enforcement.supervision import CommitmentSigned, DefectFound
from domain.cases.other_cases import Opening, OtherCases, Works
from domain.ledger import Actor
from domain.refusals import AlreadyDone, Malformed, NotAllowed, OutOfOrder
from domain.schemes.rulebook import compile_scheme
from domain.supervision.drawing import draw, rank_of, risk_of
from domain.supervision.inspection_plan_checks import check_planned
from tests.domain.desk import Desk
from tests.domain.stories import book, shanghai
from tests.domain.supervision.laddering import inspected

PARKS, WATER, GAS, HEAT = "jm-cgw", "jm-water", "jm-gas", "jm-heat-zhongjing"
CITY = book("jingmen-2023")
CASES = [UUID(int=number) for number in range(1, 7)]


def planned(department: str = PARKS, year: int = 2026, low: int = 10, middle: int = 50, high: int = 100) -> SupervisionPlanned:
    return SupervisionPlanned(department=department, year=year, title="2026年监管方案", low=low, middle=middle, high=high)


@pytest.fixture
def desk() -> Desk:
    made = Desk()
    made.opens(planned(), by=PARKS, at="2026-03-02 09:00")
    return made


def commitment(utility: str, defects: int, department: str = PARKS) -> Desk:
    made = Desk()
    made.opens(
        CommitmentSigned(utility=utility, department=department, year=2026, standard="一", document="承诺书"),
        by=utility,
        at="2026-01-05 09:00",
    )
    for number in range(defects):
        found = msgspec.structs.replace(inspected((1, False)), utility=utility, department=department)
        made.records(found, by=department, at=f"2026-02-0{number + 2} 10:00")
        made.records(
            DefectFound(department=department, utility=utility, item=1, text="沉降"), by=department, at=f"2026-02-0{number + 2} 11:00"
        )
    return made


def works(*utilities: str) -> list[Works]:
    """The cases 1, 2, 3… one after the other, each of one utility."""
    return [Works(case, frozenset({utility})) for case, utility in zip(CASES, utilities, strict=False)]


def test_the_rank_is_the_sha_256_of_the_seed_a_space_and_the_case() -> None:
    case = UUID("00000000-0000-0000-0000-000000000001")
    assert rank_of("福彩2026031", case) == hashlib.sha256("福彩2026031 00000000-0000-0000-0000-000000000001".encode()).hexdigest()
    # printf '%s %s' a 00000000-0000-0000-0000-000000000001 | sha256sum
    assert rank_of("a", case).startswith("1d783eda61a59d40")


def test_the_smallest_ranks_are_drawn_and_the_share_is_rounded_up() -> None:
    shares = {"low": 34, "middle": 0, "high": 0}
    (stratum,) = draw("种子", works(GAS, GAS, GAS), {}, 2, shares)  # type: ignore[arg-type]  # its keys are the risks
    by_rank = sorted(CASES[:3], key=lambda case: hashlib.sha256(f"种子 {case}".encode()).digest())
    # 34 per cent of three works are 1.02: two are drawn
    assert stratum == Sampled(risk="low", share=34, drawn_from=tuple(CASES[:3]), drawn=tuple(by_rank[:2]))
    assert draw("种子", works(GAS, GAS, GAS)[::-1], {}, 2, shares) == (stratum,)  # type: ignore[arg-type]  # as above


def test_works_are_as_risky_as_the_riskiest_of_their_utilities() -> None:
    both = Works(CASES[0], frozenset({WATER, GAS}))
    assert risk_of(both, {}, 2) == "low"
    assert risk_of(both, {WATER: 1}, 2) == "middle"
    assert risk_of(both, {WATER: 1, GAS: 2}, 2) == "high"


def test_a_draw_takes_works_by_risk_with_the_shares_of_the_plan(desk: Desk) -> None:
    desks = [commitment(WATER, 2), commitment(GAS, 1), commitment(HEAT, 3, department="jm-zgj")]
    ledgers = {UUID(int=100 + number): made.story.entries for number, made in enumerate(desks)}
    other_cases = OtherCases(ledgers=ledgers, works=works(WATER, GAS, HEAT, WATER, GAS))
    made = desk.records(SampleDrawn(department=PARKS, seed="2026031"), by=PARKS, at="2026-03-03 10:00", other_cases=other_cases)
    drawn = made.entries[0].act
    assert isinstance(drawn, SampleDrawn)
    # heat's defects stand at another department; 10 per cent of one are rounded up to one, 50 of two are one, 100 of two are both
    assert [(one.risk, one.share, one.drawn_from, len(one.drawn)) for one in drawn.strata] == [
        ("low", 10, (CASES[2],), 1),
        ("middle", 50, (CASES[1], CASES[4]), 1),
        ("high", 100, (CASES[0], CASES[3]), 2),
    ]
    middle = sorted([CASES[1], CASES[4]], key=lambda case: hashlib.sha256(f"2026031 {case}".encode()).digest())
    assert drawn.strata[1].drawn == (middle[0],)


def test_nobody_draws_again_until_the_result_suits(desk: Desk) -> None:
    desk.records(SampleDrawn(department=PARKS, seed="一"), by=PARKS, at="2026-03-03 10:00", other_cases=OtherCases(works=works(WATER, GAS)))
    with pytest.raises(AlreadyDone, match="has been drawn with"):
        desk.records(
            SampleDrawn(department=PARKS, seed="一"), by=PARKS, at="2026-03-04 10:00", other_cases=OtherCases(works=works(WATER, GAS, GAS))
        )
    with pytest.raises(OutOfOrder, match="no works of 2026 notified to jm-cgw that no earlier draw was made from"):
        desk.records(
            SampleDrawn(department=PARKS, seed="二"), by=PARKS, at="2026-03-04 10:00", other_cases=OtherCases(works=works(WATER, GAS))
        )
    made = desk.records(
        SampleDrawn(department=PARKS, seed="二"), by=PARKS, at="2026-03-04 10:00", other_cases=OtherCases(works=works(WATER, GAS, GAS))
    )
    drawn = made.entries[0].act
    assert isinstance(drawn, SampleDrawn)
    assert [one.drawn_from for one in drawn.strata] == [(CASES[2],)]


def test_what_is_drawn_nobody_writes(desk: Desk) -> None:
    strata = (Sampled(risk="low", share=10, drawn_from=(CASES[0],), drawn=(CASES[0],)),)
    with pytest.raises(Malformed, match="the strata are filled in by the draw itself"):
        desk.records(
            SampleDrawn(department=PARKS, seed="一", strata=strata),
            by=PARKS,
            at="2026-03-03 10:00",
            other_cases=OtherCases(works=works(WATER)),
        )
    with pytest.raises(NotAllowed, match="this is the plan of jm-cgw"):
        desk.records(
            SampleDrawn(department="jm-zgj", seed="一"), by="jm-zgj", at="2026-03-03 10:00", other_cases=OtherCases(works=works(WATER))
        )


def test_a_plan_is_made_for_this_year_or_the_next_and_once() -> None:
    desk = Desk()
    with pytest.raises(Malformed, match="for 2026 or 2027"):
        desk.opens(planned(year=2028), by=PARKS)
    desk.opens(planned(year=2027), by=PARKS)
    with pytest.raises(AlreadyDone, match="opens a case of its own"):
        desk.records(planned(), by=PARKS)


def test_a_plan_is_made_by_the_departments_that_the_scheme_names() -> None:
    assert CITY.scheme.oversight is not None
    narrower = msgspec.structs.replace(CITY.scheme.oversight, planned_by=("jm-zgj",))
    plan, moment = compile_scheme(msgspec.structs.replace(CITY.scheme, oversight=narrower)), shanghai("2026-03-02 09:00")
    with pytest.raises(NotAllowed, match=r"made by jm-zgj \(四\(二\)1\), not by jm-cgw"):
        check_planned(Opening(plan, moment, moment, Actor(PARKS, "department", "person")), planned())


@pytest.mark.parametrize(("low", "middle", "high", "field"), [(20, 10, 30, "middle"), (10, 20, 15, "high")])
def test_riskier_works_are_inspected_at_least_as_often(low: int, middle: int, high: int, field: str) -> None:
    with pytest.raises(Malformed, match="at least as often") as refused:
        Desk().opens(planned(low=low, middle=middle, high=high), by=PARKS)
    assert refused.value.extra == {"field": field}


def test_where_the_scheme_names_no_planner_nobody_plans() -> None:
    bare, moment = compile_scheme(msgspec.structs.replace(CITY.scheme, oversight=None)), shanghai("2026-03-02 09:00")
    with pytest.raises(NotAllowed, match="names no department that plans supervision"):
        check_planned(Opening(bare, moment, moment, Actor(PARKS, "department", "person")), planned())


def test_both_cities_plan_and_draw() -> None:
    """D-53: Daye's text asks for supervision during and after the works as well."""
    daye = Desk("daye-2023")
    daye.opens(planned("dy-cgj"), by="dy-cgj", role="department")
    made = daye.records(
        SampleDrawn(department="dy-cgj", seed="一"), by="dy-cgj", role="department", other_cases=OtherCases(works=works("dy-water"))
    )
    drawn = made.entries[0].act
    assert isinstance(drawn, SampleDrawn)
    assert [(one.risk, one.share, one.drawn) for one in drawn.strata] == [("low", 10, (CASES[0],))]
