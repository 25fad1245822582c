"""Orders to rectify by a day, and half-year settlements: the duties that follow from supervision and money."""

from cli.simulate.hand import day_of, midnight, moment
from cli.simulate.script import Script
from domain.acts.service import CaseClosed
from domain.acts.supervision import (
    InterviewCalled,
    PeriodOpened,
    RectificationJudged,
    RectificationOrdered,
    RectificationReported,
    StatementChecked,
    StatementSubmitted,
)

RECTIFY = "rectification"


def rectification(script: Script, at: int) -> None:
    """Plan an order to rectify: reported in time or not, and sometimes judged insufficient, which takes the report back."""
    utility, department = script.rng.choice(script.city.utilities), script.rng.choice(script.city.departments)
    hand = script.city.hand(utility)
    until = hand.workday(at, script.rng.randint(4, 12))
    due = hand.close_of(until)
    order = RectificationOrdered(utility=utility, department=department, defect="样例：路面恢复未达标准", due_on=day_of(until))
    script.say(at, order, department)
    since = at
    if script.chance(25):
        since = _insufficient(script, utility, department, hand.ahead(at, hand.between(at, due) * script.rng.randint(10, 60) // 100))
    kept = script.keep(RECTIFY, (utility,), utility, at, due=due, since=since, missing=True)
    if kept.end is None:
        return
    script.say(kept.end, RectificationReported(utility=utility, evidence="样例：恢复后照片"), utility)
    judged = RectificationJudged(utility=utility, accepted=True, reason="样例：符合标准")
    script.say(script.after(kept.end, 30, 900, department), judged, department)
    script.close(CaseClosed(outcome="样例：整改到位"), department)


def _insufficient(script: Script, utility: str, department: str, at: int) -> int:
    """Judge a report insufficient; sometimes the utility is then called in for an interview (约谈)."""
    script.say(at, RectificationReported(utility=utility, evidence="样例：部分照片"), utility)
    judged = script.after(at, 30, 300, department)
    script.say(judged, RectificationJudged(utility=utility, accepted=False, reason="样例：仍有沉降"), department)
    if not script.chance(60) or not script.city.knows("interview.called", "supervision"):
        return judged
    called = InterviewCalled(
        utility=utility,
        department=department,
        grounds="样例：整改不到位",
        held_for=moment(script.after(judged, 400, 2000, department)),
        place="样例会议室",
    )
    return script.say(script.after(judged, 5, 60, department), called, department)


def settlement(script: Script, opened: PeriodOpened, at: int) -> None:
    """Plan one half-year's settlement; where the finance bureau names no day, there is a reminder and nothing to find."""
    utility, district = opened.utility, opened.district
    script.say(at, opened, district)
    sent = _keep(script, "settlement-statement", utility, opened, at, at)
    script.say(sent, StatementSubmitted(utility=utility, amount=0), utility)
    checked = _keep(script, "settlement-check", district, opened, at, sent)
    script.say(checked, StatementChecked(district=district, accepted=True), district)
    script.close(CaseClosed(outcome="样例：已结算"), district)


def _keep(script: Script, rule: str, party: str, opened: PeriodOpened, at: int, since: int) -> int:
    if opened.due_on is None:
        return script.after(since, 60, 2100)
    due = script.city.hand(party).close_of(midnight(opened.due_on))
    return script.keep(rule, (party,), party, at, due=due, since=since).end or due
