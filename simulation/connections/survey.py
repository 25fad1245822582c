"""The joint survey, its plans, and the works once they are approved: from the visit on the ground to the joint acceptance."""

from domain.acts import Acted
from domain.acts.connection import (
    AcceptanceHeld,
    ApprovalNotNeeded,
    ConditionsDetermined,
    PlanIssued,
    SignoffGiven,
    SurveyHeld,
    SurveyScheduled,
    WorksCompleted,
    WorksStarted,
)
from domain.acts.parts import Surveyed
from simulation.case_script import Kept, Script
from simulation.connections.sites import Site, note_survey
from simulation.slow_calendar import moment


def survey(script: Script, site: Site, at: int) -> int:
    """Hold the survey, sometimes a second, and let every plan be issued; give the moment when the approval may begin."""
    leader = script.city.leader
    held = script.after(script.city.hand(leader).workday(at, script.rng.randint(1, 3)), 10, 300)
    script.say(script.after(at, 5, 60), SurveyScheduled(scheduled_for=moment(held)), leader)
    script.say(held, _held(script, site, site.utilities, None), leader)
    note_survey(script, site, held)
    if site.unreached and site.registrar:
        script.count("demand-reaches-all", site.registrar, held)
    again = _again(script)
    planning = [u for u in site.utilities if u != site.infeasible and (u in site.routes or _all_plan(script))]
    ends = [_plan(script, site, u, held, sure=again is not None and u == site.utilities[0]) for u in planning]
    ready = max([held, *ends])
    return ready if again is None else _second(script, site, ready, again)


def _held(script: Script, site: Site, who: list[str], reason: str | None) -> SurveyHeld:
    surveyed = tuple(Surveyed(utility=u, feasible=u != site.infeasible, works_needed=u in site.routes) for u in who)
    leader, plan = script.city.leader, script.city.book.scheme.survey
    others = plan.attended_by if plan and site.works and script.chance(90) else ()
    came = tuple(dict.fromkeys((leader, *others, *site.utilities)))
    return SurveyHeld(called_by=leader, participants=came, surveyed=surveyed, works=site.works, reason=reason)


def _all_plan(script: Script) -> bool:
    """Say whether utilities without works issue a plan too (Daye), or only those that have to build (Jingmen)."""
    return "plan" in script.city.duties


def _plan(script: Script, site: Site, utility: str, held: int, *, sure: bool) -> int:
    if not _all_plan(script):
        kept = script.keep("plan-at-survey", (utility,), utility, held, missing=True, entry=True, sure=sure)
        return _issue(script, site, utility, kept, held)
    known = script.after(held, 0, 400, utility)
    script.say(known, ConditionsDetermined(utility=utility, met=True), utility)
    kept = script.keep("plan", (utility,), utility, known, missing=True, entry=True, sure=sure)
    return _issue(script, site, utility, kept, known)


def _issue(script: Script, site: Site, utility: str, kept: Kept, otherwise: int) -> int:
    if kept.end is None:
        return otherwise
    sharing = tuple(one for one in site.routes if one != utility) if utility in site.routes else ()
    plan = PlanIssued(utility=utility, standard="样例施工规范", shares_trench_with=sharing)
    return script.say(kept.end, plan, utility, entered=kept.entered)


def _again(script: Script) -> str | None:
    """Decide on a second survey: with its reason on record (any text), or without (empty), which may not be."""
    if script.unlucky(400):
        return ""
    return "样例：现场条件变化" if script.chance(3) else None


def _second(script: Script, site: Site, ready: int, reason: str) -> int:
    leader, first = script.city.leader, site.utilities[0]
    held = script.after(script.city.hand(leader).workday(ready, 1), 10, 300)
    script.say(held, _held(script, site, [first], reason or None), leader)
    note_survey(script, site, held)
    if not reason:
        script.count("one-survey", leader, held)
    if _all_plan(script) or first not in site.routes:
        return held
    kept = script.keep("plan-at-survey", (first,), first, held, entry=True)
    return _issue(script, site, first, kept, held)


def build(script: Script, site: Site, at: int, periods: dict[str, tuple[int, int]]) -> int:
    """Do the works and accept them together; `periods` says from when on and until when each utility may build."""
    diggers = list(site.routes)
    done = [_build_one(script, one, at) for one in diggers]
    accepted = script.after(max(done), 60, 840)
    if periods and script.unlucky():
        accepted = max(accepted, script.after(max(due for _, due in periods.values()), 5, 900))
    apart = len(diggers) > 1 and script.unlucky(500)
    together = diggers[:-1] if apart else diggers
    _accept(script, together, accepted, periods)
    if not apart:
        return accepted
    later = script.after(accepted, 60, 840)
    _accept(script, diggers[-1:], later, periods)
    script.count("joint-acceptance", diggers[-1], later)
    return later


def _build_one(script: Script, utility: str, at: int) -> int:
    started = script.say(script.after(at, 60, 900, utility), WorksStarted(utility=utility), utility)
    completed = script.after(started, 420, 2520, utility)
    return script.say(completed, WorksCompleted(utility=utility), utility)


def _accept(script: Script, who: list[str], at: int, periods: dict[str, tuple[int, int]]) -> None:
    script.say(at, AcceptanceHeld(utilities=tuple(who)), who[0])
    for one in who:
        if one in periods:
            since, due = periods[one]
            if _permitted(script, one) <= due:
                script.promise("works-period", (one,), one, since, due, Kept(at))


def _permitted(script: Script, utility: str) -> int:
    """Say when the last of a company's permits was there: it owes no works by a day before that."""
    return max((said.at for said in script.said if _permits(said.act, utility)), default=0)


def _permits(act: Acted, utility: str) -> bool:
    if isinstance(act, SignoffGiven):
        return act.utility == utility and act.outcome == "approved"
    return isinstance(act, ApprovalNotNeeded) and act.utility == utility
