"""From submitted materials to an opinion: plainly, after a refusal, with a stop of the clock, or with documents that come later."""

from typing import Literal

from domain.acts.connection import (
    MaterialsRefused,
    MaterialsSubmitted,
    MaterialsSupplemented,
    ResultReturned,
    ReviewFinished,
    SignoffGiven,
)
from domain.acts.parts import Deferred
from domain.acts.stop import ClockResumed, ClockStopped
from simulation.case_script import Kept, Script
from simulation.slow_calendar import Stop, day_of, midnight, moment

RULE = "joint-approval"


def decide(script: Script, utility: str, department: str, submitted: int) -> int:
    """Let the department decide on materials; give the moment of its opinion."""
    way = script.rng.choices((_plainly, _refused, _stopped, _deferred, _rejected), weights=(68, 8, 9, 11, 4))[0]
    return way(script, utility, department, submitted)


def opinion(script: Script, utility: str, department: str, at: int, *, sure: bool = False, rejected: bool = False) -> int:
    """Sign the sheet; the result goes back to the portal at once where the plan asks for it."""
    outcome: Literal["approved", "rejected"] = "rejected" if rejected else "approved"
    words = "样例：不同意" if rejected else "样例：同意"
    act = SignoffGiven(utility=utility, department=department, outcome=outcome, opinion=words, signatory="样例签批人")
    script.say(at, act, department)
    if "result-return" in script.city.duties:
        kept = script.keep("result-return", (utility, department), department, at, missing=True, entry=True, sure=sure)
        if kept.end is not None:
            returned = ResultReturned(utility=utility, department=department)
            script.say(kept.end, returned, department, entered=kept.entered)
        return max(at, kept.end or at)
    return at


def _submit(script: Script, utility: str, department: str, at: int, deferred: tuple[Deferred, ...] = ()) -> None:
    script.say(at, MaterialsSubmitted(utility=utility, department=department, deferred=deferred), utility)
    script.confirm(department, 15)


def _plainly(script: Script, utility: str, department: str, submitted: int) -> int:
    _submit(script, utility, department, submitted)
    return _sign(script, utility, department, submitted)


def _sign(script: Script, utility: str, department: str, submitted: int) -> int:
    signed = script.keep(RULE, (utility, department), department, submitted).end or submitted
    return opinion(script, utility, department, signed)


def _rejected(script: Script, utility: str, department: str, submitted: int) -> int:
    """Reject once; new materials start a new clock."""
    _submit(script, utility, department, submitted)
    signed = script.keep(RULE, (utility, department), department, submitted).end or submitted
    returned = opinion(script, utility, department, signed, sure=True, rejected=True)
    return _plainly(script, utility, department, script.after(returned, 60, 840, utility))


def _refused(script: Script, utility: str, department: str, submitted: int) -> int:
    """Refuse unusable materials with the one-time notice within the law's five working days: lawful, even after the plan's limit."""
    _submit(script, utility, department, submitted)
    hand, pair = script.city.hand(department), (utility, department)
    due = script.due(RULE, department, submitted)
    latest = hand.due(submitted, "5wd") if script.wanted.breaches else due
    refused = hand.ahead(submitted, script.rng.randint(1, hand.between(submitted, latest)))
    told = script.rng.randint(submitted, refused)
    if script.unlucky():
        return _without_notice(script, utility, department, submitted, refused)
    act = MaterialsRefused(utility=utility, department=department, reason="样例：图纸无法使用", noticed_at=moment(told))
    script.say(refused, act, department)
    script.promise(RULE, pair, department, submitted, due, Kept(None), void=refused)
    return _plainly(script, utility, department, script.after(refused, 60, 840, utility))


def _without_notice(script: Script, utility: str, department: str, submitted: int, refused: int) -> int:
    """Refuse without a notice: receipt is acceptance, so the clock goes on, beside that of the next submission."""
    script.say(refused, MaterialsRefused(utility=utility, department=department, reason="样例：材料不全"), department)
    again = script.after(refused, 60, 840, utility)
    _submit(script, utility, department, again)
    signed = script.keep(RULE, (utility, department), department, again).end or again
    due = script.due(RULE, department, submitted)
    script.promise(RULE, (utility, department), department, submitted, due, Kept(signed))
    return opinion(script, utility, department, signed)


def _stopped(script: Script, utility: str, department: str, submitted: int) -> int:
    """Stop the clock for an expert review (Administrative Licensing Law art. 45), for as long as the applicant was told or shorter."""
    _submit(script, utility, department, submitted)
    hand, pair = script.city.hand(department), (utility, department)
    at = script.after(submitted, 10, 120, department)
    told = script.rng.choice((at, at + script.rng.randint(1, 3600)))
    needed = hand.ahead(max(at, told), script.rng.randint(600, 5 * hand.full_day))
    script.say(
        at,
        ClockStopped(
            rule=script.city.duties[RULE].id,
            keys=pair,
            reason="art-45",
            basis="专家评审",
            needed_until=moment(needed),
            told_at=moment(told),
        ),
        department,
    )
    until = needed
    if script.chance(40):
        resumed = hand.ahead(told, max(1, hand.between(told, needed) // 2))
        if told < resumed < needed:
            until = script.say(resumed, ClockResumed(rule=script.city.duties[RULE].id, keys=pair), department)
    return _after_stop(script, utility, department, submitted, (max(at, told), until))


def _after_stop(script: Script, utility: str, department: str, submitted: int, stop: Stop) -> int:
    due = script.due(RULE, department, submitted, [stop])
    signed = script.keep(RULE, (utility, department), department, submitted, due=due, since=stop[1]).end or due
    return opinion(script, utility, department, signed)


def _deferred(script: Script, utility: str, department: str, submitted: int) -> int:
    """Accept with a document still missing; where the review ends first, the clock may stand still until it comes."""
    hand = script.city.hand(utility)
    until = day_of(hand.workday(submitted, script.rng.randint(1, 4)))
    name = script.rng.choice(("样例：用地红线图", "样例：交通组织方案"))
    if _ends_with_rejection(script) and script.chance(12):
        return _rejected_meanwhile(script, utility, department, submitted, name)
    _submit(script, utility, department, submitted, (Deferred(document=name, due_on=until),))
    stops = script.chance(50)
    keys, due = (utility, department, name), hand.close_of(midnight(until))
    kept = script.keep("deferred-document", keys, utility, submitted, due=due, missing=not stops, entry=not stops)
    if kept.end is not None:
        act = MaterialsSupplemented(utility=utility, department=department, documents=(name,))
        script.say(kept.end, act, utility, entered=kept.entered)
    if not stops or kept.end is None:
        return _sign(script, utility, department, submitted)
    return _awaited(script, utility, department, submitted, kept.end, name)


def _ends_with_rejection(script: Script) -> bool:
    """Say whether the plan awaits no document any more for what has been rejected."""
    rule = script.city.duties.get("deferred-document")
    return rule is not None and rule.deadline is not None and "signoff.given" in {void.act for void in rule.deadline.void_by}


def _rejected_meanwhile(script: Script, utility: str, department: str, submitted: int, name: str) -> int:
    """Reject before the document has come: nobody waits for it from then on; new materials come whole."""
    hand = script.city.hand(utility)
    until = day_of(hand.workday(script.due(RULE, department, submitted), 1))
    _submit(script, utility, department, submitted, (Deferred(document=name, due_on=until),))
    signed = script.keep(RULE, (utility, department), department, submitted).end or submitted
    due = hand.close_of(midnight(until))
    missed = signed > due
    kept, void = Kept(signed if missed else None), None if missed else signed
    script.promise("deferred-document", (utility, department, name), utility, submitted, due, kept, void=void)
    returned = opinion(script, utility, department, signed, sure=True, rejected=True)
    return _plainly(script, utility, department, script.after(returned, 60, 840, utility))


def _awaited(script: Script, utility: str, department: str, submitted: int, came: int, name: str) -> int:
    reviewed = script.after(submitted, 5, 90, department)
    stopped = reviewed + script.rng.randint(60, 600)
    if stopped >= came:
        return _sign(script, utility, department, submitted)
    script.say(reviewed, ReviewFinished(utility=utility, department=department), department)
    script.say(
        stopped,
        ClockStopped(rule=script.city.duties[RULE].id, keys=(utility, department), reason="deferred-document", basis=name),
        department,
    )
    return _after_stop(script, utility, department, submitted, (stopped, came))
