"""What Jingmen's officers do, in words short enough for a journey; holds no expected answers."""

from domain.acts.connection import (
    ApplicationPushed,
    AppointmentAgreed,
    AppointmentChanged,
    MaterialsRefused,
    MaterialsSubmitted,
    SignoffGiven,
)
from domain.acts.parts import Deferred
from tests.domain.journeys.journeys import Step
from tests.domain.stories import accepted, shanghai

CITY = "jingmen-2023"
OFFICE, WATER, GAS, POWER, MOBILE = "jm-spj", "jm-water", "jm-gas", "jm-power", "jm-mobile"
PARKS, PLANNERS, MARKET = "jm-cgw", "jm-zgj", "jm-sjj"


def pushed(*utilities: str) -> ApplicationPushed:
    return ApplicationPushed(utilities=utilities)


def accept(*utilities: str, at: str = "2026-11-16 09:00") -> tuple[Step, Step]:
    return (at, OFFICE, accepted(*utilities)), (at, OFFICE, pushed(*utilities))


def signed(department: str = PARKS, outcome: str = "approved") -> SignoffGiven:
    return SignoffGiven(utility=WATER, department=department, outcome=outcome, opinion="意见", signatory="李")  # type: ignore[arg-type]  # either word


def handed_in(department: str = PARKS, *deferred: Deferred) -> MaterialsSubmitted:
    return MaterialsSubmitted(utility=WATER, department=department, deferred=deferred)


def refused(noticed: str | None) -> MaterialsRefused:
    return MaterialsRefused(utility=WATER, department=PARKS, reason="图纸不符", noticed_at=shanghai(noticed) if noticed else None)


def agreed(day: str, until: str, by: str = "customer") -> AppointmentAgreed:
    return AppointmentAgreed(
        utility=WATER,
        appointed_for=shanghai(day),
        slot_ends_at=shanghai(until),
        chosen_by=by,  # type: ignore[arg-type]  # either word
        confirmed=True,
    )


def changed(day: str, until: str, by: str = "customer") -> AppointmentChanged:
    return AppointmentChanged(
        utility=WATER,
        appointed_for=shanghai(day),
        slot_ends_at=shanghai(until),
        chosen_by=by,  # type: ignore[arg-type]  # either word
        confirmed=True,
        reason="改期",
    )
