"""The acts of the sample cases, as a city's offices and companies would record them; judges nothing."""

from itertools import product

from msgspec import Struct

from domain.acts import Acted
from domain.acts.connection import (
    ApplicationAccepted,
    ApplicationPushed,
    ApprovalOpened,
    ApprovalPushed,
    MaterialsSubmitted,
    PlanIssued,
    ResultReturned,
    SignoffGiven,
    SurveyHeld,
)
from domain.acts.parts import Applicant, Approval, Form, Stretch, Supply, Surveyed
from domain.schemes.enforcement import Role

AGENT = "bench"
OFFICE = "jm-spj"
COMPANIES = {"water": "jm-water", "gas": "jm-gas", "power": "jm-power", "network": "jm-mobile", "heat": "jm-heat-zhongjing"}
DEPARTMENTS = ("jm-cgw", "jm-zgj")


def form_for(*services: str) -> Form:
    """Fill in an application for these services."""
    return Form(
        applicant=Applicant(name="样例机械制造有限公司", credit_code="91350100M000100Y43", contact="样例联系人", phone="07240000000"),
        supplies=tuple(Supply(service=service, utility=COMPANIES[service]) for service in services),
        address="样例大道62号",
        zone="zhuchengqu",
    )


FORM = form_for("water", "gas")


class Step(Struct, frozen=True):
    """An act, by whom in which role, and how many minutes after the start."""

    minutes: int
    party: str
    role: Role
    act: Acted


def accepted(*services: str) -> Step:
    """An application at the window."""
    act = ApplicationAccepted(form=form_for(*services), place="市民中心", window="3", officer="样例受理员")
    return Step(0, OFFICE, "window", act)


def pushed(minutes: int, *services: str) -> Step:
    """The application reaches every company asked for."""
    return Step(minutes, OFFICE, "window", ApplicationPushed(utilities=_companies(services)))


def surveyed(minutes: int, metres: int, *services: str) -> Step:
    """One survey of works that take the joint route."""
    those = _companies(services)
    works = Stretch(place="样例大道", utilities=those, metres=metres, does=("pavement-excavation",))
    held = SurveyHeld(
        called_by=OFFICE, participants=those, surveyed=tuple(Surveyed(utility=each, feasible=True) for each in those), works=(works,)
    )
    return Step(minutes, OFFICE, "coordinator", held)


def planned(minutes: int, service: str) -> Step:
    """A company issues its part of the plan."""
    return Step(minutes, COMPANIES[service], "utility", PlanIssued(utility=COMPANIES[service]))


def opened(minutes: int, *services: str, departments: tuple[str, ...] = DEPARTMENTS) -> Step:
    """The joint approval is opened with these departments."""
    pairs = product(_companies(services), departments)
    return Step(minutes, OFFICE, "coordinator", ApprovalOpened(approvals=tuple(Approval(utility=u, department=d) for u, d in pairs)))


def told(minutes: int, service: str) -> Step:
    """The project reaches every department."""
    return Step(minutes, COMPANIES[service], "utility", ApprovalPushed(utility=COMPANIES[service], departments=DEPARTMENTS))


def submitted(minutes: int, service: str, department: str) -> Step:
    """A company hands in its materials."""
    utility = COMPANIES[service]
    return Step(minutes, utility, "utility", MaterialsSubmitted(utility=utility, department=department))


def signed(minutes: int, service: str, department: str) -> Step:
    """A department gives its opinion."""
    given = SignoffGiven(utility=COMPANIES[service], department=department, outcome="approved", opinion="同意", signatory="样例签批人")
    return Step(minutes, department, "department", given)


def returned(minutes: int, service: str, department: str) -> Step:
    """The result goes back to the portal."""
    return Step(minutes, department, "department", ResultReturned(utility=COMPANIES[service], department=department))


def _companies(services: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(COMPANIES[service] for service in services)
