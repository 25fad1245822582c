"""Orders to rectify what was found defective under a commitment, and what follows one after another: interviews and referrals."""

from collections.abc import Iterator, Sequence
from uuid import UUID

from domain.acts.enforcement.ladder import InterviewHeld, PenaltyReferred, ReferralAnswered
from domain.acts.enforcement.supervision import (
    DefectFound,
    InterviewCalled,
    RectificationJudged,
    RectificationOrdered,
    RectificationReported,
)
from domain.acts.service import CaseClosed
from domain.cases.other_cases import OtherCases
from domain.commitments.commitment import open_defects
from simulation.case_script import HOUR, LATE_ENTRIES, WRITING, Script, Simulated, Wanted
from simulation.city import City
from simulation.playing import play
from simulation.slow_calendar import day_of, moment, seconds
from simulation.wanted import WantedTraffic

RECTIFY = "rectification"
_NEVER = 2**40


def ordered(city: City, asked: WantedTraffic, made: Simulated) -> Iterator[Simulated]:
    """Let most defects of a commitment be ordered to be rectified, where the plan has a ladder."""
    ladder = city.book.scheme.ladder
    if ladder is None:
        return
    orders: list[Simulated] = []
    for found in made.entries:
        one = _order(city, asked, made, orders, found.seq) if isinstance(found.act, DefectFound) else None
        if one is not None:
            orders.append(one)
            yield one


def _order(city: City, asked: WantedTraffic, made: Simulated, before: Sequence[Simulated], seq: int) -> Simulated | None:
    """Order what is still defective by then, if it is over by the last day."""
    ladder, found = city.book.scheme.ladder, made.entries[seq - 1]
    script = Script(city, asked.rng(city, f"order {made.case.case_id} {seq}"), Wanted(asked.breaches, LATE_ENTRIES), {})
    assert isinstance(found.act, DefectFound)  # noqa: S101 -- asked for defects alone
    at = script.after(seconds(found.recorded_at) + WRITING, 5, 600, found.act.department)
    there = tuple(one for one in made.entries if one.recorded_at <= moment(at))
    if not script.chance(80) or found not in [one for one, _ in open_defects(there)]:
        return None
    consecutive = ladder is not None and len(before) + 1 >= ladder.violations
    alone = all(one.entries[0].occurred_at < moment(at) for one in before)
    until = _next_defect(made, seq) if consecutive and alone else 0
    rectification(script, at, (made.case.case_id, seq, found.act), consecutive=consecutive, until=until)
    if script.last > asked.end:
        return None
    ledgers = {made.case.case_id: there, **{one.case.case_id: one.entries for one in before}}
    return play(script, other_cases=OtherCases(ledgers=ledgers))


def _next_defect(made: Simulated, seq: int) -> int:
    """Say when the commitment's next defect was found: once that is ordered too, what follows, follows in that one's case."""
    later = (seconds(one.recorded_at) for one in made.entries if one.seq > seq and isinstance(one.act, DefectFound))
    return min(later, default=_NEVER)


def rectification(script: Script, at: int, about: tuple[UUID, int, DefectFound], *, consecutive: bool, until: int) -> None:
    """Plan an order: reported in time or not, sometimes judged insufficient; what is consecutive may lead to an interview (约谈).

    Nobody is called in from `until` on.
    """
    commitment, seq, found = about
    utility, department, hand = found.utility, found.department, script.city.hand(found.utility)
    last = hand.workday(at, script.rng.randint(4, 12))
    due = hand.close_of(last)
    order = RectificationOrdered(
        utility=utility, department=department, defect="样例：路面恢复未达标准", due_on=day_of(last), commitment=commitment, defect_seq=seq
    )
    since = script.say(at, order, department)
    if script.chance(60 if consecutive else 25):
        since = _insufficient(script, found, hand.ahead(at, hand.between(at, due) * script.rng.randint(10, 60) // 100), until)
    kept = script.keep(RECTIFY, (utility,), utility, at, due=due, since=since, missing=True)
    if kept.end is None:
        return
    script.say(kept.end, RectificationReported(utility=utility, evidence="样例：恢复后照片"), utility)
    judged = RectificationJudged(utility=utility, accepted=True, reason="样例：符合标准")
    script.say(script.after(kept.end, 30, 900, department), judged, department)
    script.close(CaseClosed(outcome="样例：整改到位"), department)


def _insufficient(script: Script, found: DefectFound, at: int, until: int) -> int:
    """Judge a report insufficient; where orders follow one another the utility is mostly called in."""
    script.say(at, RectificationReported(utility=found.utility, evidence="样例：部分照片"), found.utility)
    judged = script.after(at, 30, 300, found.department)
    script.say(judged, RectificationJudged(utility=found.utility, accepted=False, reason="样例：仍有沉降"), found.department)
    at = script.after(judged, 5, 60, found.department)
    return _interview(script, found, at) if at + HOUR < until and script.chance(80) else judged


def _interview(script: Script, found: DefectFound, at: int) -> int:
    """Call in, and say what came of it; seldom nobody comes, and it is referred."""
    utility, department = found.utility, found.department
    held_for = script.after(at, 400, 1000, department)
    called = InterviewCalled(
        utility=utility, department=department, grounds="样例：整改不到位", held_for=moment(held_for), place="样例会议室"
    )
    script.say(at, called, department)
    came = script.chance(85)
    held = InterviewHeld(party=utility, by=department, attended=("样例负责人",) if came else (), outcome="样例：限期整改到位")
    over = script.say(script.after(held_for, 30, 120, department), held, department)
    return over if came else _referral(script, found, over)


def _referral(script: Script, found: DefectFound, held: int) -> int:
    referred = PenaltyReferred(
        utility=found.utility,
        department=found.department,
        authority="样例执法机关",
        law="《样例管理条例》第十条",
        facts="样例：连续发生违规现象，整改不到位，约谈无人参加",
    )
    over = script.say(script.after(held, 60, 600, found.department), referred, found.department)
    answered = ReferralAnswered(department=found.department, outcome="样例：已立案")
    return script.say(script.after(over, 600, 3000, found.department), answered, found.department)
