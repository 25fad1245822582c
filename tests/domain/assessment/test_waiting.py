"""How long a case waited, whoever it waited for."""

from datetime import datetime

from msgspec.structs import replace

from domain.acts.connection import CaseWithdrawn, ServiceConnected
from domain.assessment.waiting import waiting_of
from domain.case import Case
from tests.domain.desk import applied
from tests.domain.stories import said, shanghai


def waited(case: Case, *acts: tuple[str, object, str]) -> tuple[str | None, str | None]:
    desk = applied("jm-water", "jm-gas")
    for at, act, by in acts:
        desk.story.at(at).does(act, by=by)  # type: ignore[arg-type]  # any act
    begun, until = waiting_of(case, desk.story.situation(), shanghai("2026-11-20 09:00"))
    return said(begun), said(until)


def a_case() -> Case:
    desk = applied("jm-water", "jm-gas")
    assert desk.case is not None
    return desk.case


def connected(at: str, utility: str) -> tuple[str, object, str]:
    return at, ServiceConnected(utility=utility), utility


def test_a_case_waits_to_now_until_everybody_has_connected() -> None:
    assert waited(a_case(), connected("2026-11-17 10:00", "jm-water")) == ("2026-11-16 09:00", "2026-11-20 09:00")
    both = connected("2026-11-18 10:00", "jm-gas"), connected("2026-11-17 10:00", "jm-water")
    assert waited(a_case(), *both) == ("2026-11-16 09:00", "2026-11-18 10:00")


def test_a_case_that_is_over_waits_no_more() -> None:
    withdrawn = "2026-11-19 15:00", CaseWithdrawn(proof="申请书"), "jm-spj"
    assert waited(replace(a_case(), state="withdrawn"), withdrawn) == ("2026-11-16 09:00", "2026-11-19 15:00")


def test_a_case_that_asks_nobody_waits_to_now() -> None:
    desk = applied("jm-water")
    assert desk.case is not None
    now: datetime = shanghai("2026-11-20 09:00")
    enquiry = type(desk.story)("jingmen-2023")
    enquiry.at("2026-11-16 09:00").does(ServiceConnected(utility="jm-water"), by="jm-water")
    assert waiting_of(desk.case, enquiry.situation(), now)[1] == now
