"""The last step: access confirmed, an appointment or none, kept, changed or missed, and the supply connected."""

from typing import Literal, NamedTuple

from msgspec.structs import asdict

from domain.acts.connection import AccessConfirmed, AppointmentAgreed, AppointmentChanged, ServiceConnected
from simulation.case_script import Kept, Script
from simulation.connections.sites import Site
from simulation.slow_calendar import day_of, moment

Chooser = Literal["customer", "utility"]
HALF_DAY = "half-day-connection"


class Slot(NamedTuple):
    """An appointment: when it was made, for when, and the duty that it starts."""

    made: int
    appointed: int
    start: int
    due: int
    ends_at: int | None


def connect(script: Script, site: Site, utility: str, ready: int) -> int:
    """Connect one utility's supply; give the moment by which that is over."""
    confirmed = site.confirmed.get(utility)
    if confirmed is None:
        confirmed = script.after(ready, 10, 600, utility)
        script.say(confirmed, AccessConfirmed(utility=utility), utility)
    start = max(confirmed, site.applied_at)
    if HALF_DAY in script.city.duties:
        return _in_half_a_day(script, utility, start)
    if script.chance(85):
        return _by_appointment(script, utility, script.after(start, 10, 300, utility))
    return _connected(script, utility, script.keep(HALF_DAY, (utility,), utility, start), start)


def _connected(script: Script, utility: str, kept: Kept, otherwise: int) -> int:
    if kept.end is None:
        return otherwise
    return script.say(kept.end, ServiceConnected(utility=utility), utility, entered=kept.entered)


def _in_half_a_day(script: Script, utility: str, start: int) -> int:
    way = script.rng.randrange(100)
    hand = script.city.hand(utility)
    due = script.due(HALF_DAY, utility, start)
    if way < 60:  # noqa: PLR2004 -- so many of a hundred ask for no appointment
        return _connected(script, utility, script.keep(HALF_DAY, (utility,), utility, start, missing=True, entry=True), start)
    made = hand.ahead(start, max(1, hand.between(start, due) * script.rng.randint(5, 90) // 100))
    if way < 92:  # noqa: PLR2004 -- most who ask want a later day
        # The customer's later appointment takes the place of the half day.
        script.promise(HALF_DAY, (utility,), utility, start, due, Kept(None), void=made)
        return _by_appointment(script, utility, made)
    return _appointed_within(script, utility, start, made, due)


def _appointed_within(script: Script, utility: str, start: int, made: int, due: int) -> int:
    """An appointment within the half day: both hold, and one act keeps or misses both."""
    slot = Slot(made, made, made, min(due, made + script.rng.randint(1, 3600)), None)
    slot = slot._replace(ends_at=slot.due, appointed=script.rng.randint(made, slot.due))
    _say(script, utility, slot, "customer" if script.chance(50) else "utility", confirmed=True)
    kept = script.keep("appointment", (utility,), utility, made, due=slot.due)
    script.promise(HALF_DAY, (utility,), utility, start, due, kept)
    return _connected(script, utility, kept, start)


def _by_appointment(script: Script, utility: str, made: int) -> int:
    """Agree on a later day; sometimes the customer changes it, which is a new appointment, or the utility does, which is none."""
    slot = _slot(script, utility, made, script.city.hand(utility).workday(made, script.rng.randint(2, 6)))
    if script.chance(10) and HALF_DAY not in script.city.duties:
        unconfirmed = _slot(script, utility, made, slot.appointed)
        _say(script, utility, unconfirmed, "utility", confirmed=False)
        slot = slot._replace(made=script.after(made, 1, 60, utility))
        slot = _slot(script, utility, slot.made, slot.appointed)
    _say(script, utility, slot, "customer", confirmed=True)
    if script.chance(15):
        slot = _changed_by_customer(script, utility, slot)
    rule = _rule(script)
    if script.unlucky(300):
        return _changed_by_utility(script, utility, slot)
    since = slot.appointed if script.chance(85) else slot.made
    kept = script.keep(rule, (utility,), utility, slot.start, due=slot.due, since=since, missing=True, entry=True)
    return _connected(script, utility, kept, slot.due)


def _rule(script: Script) -> str:
    return "appointment" if "appointment" in script.city.duties else "appointment-connection"


def _slot(script: Script, utility: str, made: int, near: int) -> Slot:
    """Choose an hour on the day of a moment; the duty lasts to the end of the slot, the day, or one working day more."""
    hand = script.city.hand(utility)
    day = hand.workday(near, 0)
    appointed = hand.ahead(day, script.rng.randrange(1, 7) * 3600)
    if _rule(script) == "appointment-connection":
        return Slot(made, appointed, appointed, script.due("appointment-connection", utility, appointed), None)
    ends = appointed + 3600 if script.chance(70) else None
    return Slot(made, appointed, made, ends or hand.close_of(appointed), ends)


def _say(script: Script, utility: str, slot: Slot, chosen_by: Chooser, *, confirmed: bool, change: bool = False) -> None:
    agreed = AppointmentAgreed(
        utility=utility,
        appointed_for=moment(slot.appointed),
        slot_ends_at=None if slot.ends_at is None else moment(slot.ends_at),
        slot_on=day_of(slot.appointed) if slot.ends_at is None else None,
        chosen_by=chosen_by,
        confirmed=confirmed,
    )
    script.say(slot.made, AppointmentChanged(**asdict(agreed), reason="样例：另约时间") if change else agreed, utility)


def _changed_by_customer(script: Script, utility: str, old: Slot) -> Slot:
    hand = script.city.hand(utility)
    changed = hand.ahead(old.made, max(1, hand.between(old.made, old.appointed) * script.rng.randint(5, 95) // 100))
    later = hand.workday(old.appointed, script.rng.randint(1, 4))
    new = _slot(script, utility, changed, later)
    _say(script, utility, new, "customer", confirmed=True, change=True)
    script.promise(_rule(script), (utility,), utility, old.start, old.due, Kept(None), void=changed)
    return new


def _changed_by_utility(script: Script, utility: str, old: Slot) -> int:
    """The utility puts it off: that is no new appointment, and the old one is missed."""
    hand = script.city.hand(utility)
    changed = hand.ahead(old.made, max(1, hand.between(old.made, old.appointed) // 2))
    new = _slot(script, utility, changed, hand.workday(old.due, script.rng.randint(1, 3)))
    _say(script, utility, new, "utility", confirmed=script.chance(50), change=True)
    kept = Kept(script.rng.randint(new.appointed, new.appointed + 3600))
    script.promise(_rule(script), (utility,), utility, old.start, old.due, kept)
    return _connected(script, utility, kept, old.due)
