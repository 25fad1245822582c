"""The approval stage by both routes: under the annual commitment, or jointly with materials, refusals, stops and deferred documents."""

from datetime import date, timedelta

from domain.acts.connection import (
    ApprovalNotNeeded,
    ApprovalOpened,
    ApprovalPushed,
    ChecklistReturned,
    CommitmentNotified,
)
from domain.acts.parts import Approval
from simulation.case_script import Kept, Script
from simulation.connections.facts import filing, review
from simulation.connections.intake import pushes_from_window
from simulation.connections.opinions import decide, opinion
from simulation.connections.sites import Site
from simulation.slow_calendar import day_of, midnight

Periods = dict[str, tuple[int, int]]


def approve(script: Script, site: Site, at: int) -> tuple[int, Periods]:
    """Take every utility's works through its route; give the moment when all may be built, and until when."""
    periods: Periods = {}
    ends = [at]
    for utility, route in site.routes.items():
        if route == "commitment":
            ends.append(_under_commitment(script, utility, script.after(at, 20, 600, utility), periods))
    joint = [utility for utility, route in site.routes.items() if route == "joint"]
    if joint:
        ends.append(_jointly(script, site, joint, script.after(at, 20, 600), periods))
    return max(ends), periods


def _departments(script: Script) -> tuple[str, ...]:
    every = script.city.departments
    return tuple(sorted(script.rng.sample(every, script.rng.randint(1, min(3, len(every))))))


def _period(script: Script, who: list[str], at: int, periods: Periods) -> date | None:
    """Choose the last day of works that the sheet states, or none."""
    if script.chance(15):
        return None
    until = day_of(at) + timedelta(days=script.rng.randint(24, 45))
    for one in who:
        periods[one] = (at, script.city.hand(one).close_of(midnight(until)))
    return until


def _under_commitment(script: Script, utility: str, at: int, periods: Periods) -> int:
    departments = _departments(script)
    # Of a year that comes after the last day nothing is signed yet: what is planned there is cut off, or planned anew.
    held = script.commitments.get((utility, departments[0], day_of(at).year))
    until = _period(script, [utility], at, periods)
    act = CommitmentNotified(
        utility=utility, departments=departments, commitment=str(held.case_id if held else ""), works_from=day_of(at), works_until=until
    )
    script.say(at, act, utility)
    return max(_decision(script, utility, one, at) for one in departments)


def _decision(script: Script, utility: str, department: str, at: int) -> int:
    pair = (utility, department)
    if script.chance(4):
        gone = script.after(at, 1, 15, department)
        script.promise(
            "commitment-decision", pair, department, at, script.due("commitment-decision", department, at), Kept(None), void=gone
        )
        return _not_needed(script, utility, department, gone)
    decided = script.keep("commitment-decision", pair, department, at).end or at
    review(script, utility, department, (at, decided))
    return opinion(script, utility, department, decided)


def _not_needed(script: Script, utility: str, department: str, at: int) -> int:
    act = ApprovalNotNeeded(utility=utility, department=department, reason="样例：不涉及本部门许可事项")
    return script.say(at, act, department)


def _jointly(script: Script, site: Site, joint: list[str], at: int, periods: Periods) -> int:
    leader = script.city.leader
    chosen = {utility: _departments(script) for utility in joint}
    approvals = tuple(Approval(utility=u, department=d) for u, those in chosen.items() for d in those)
    until = _period(script, joint, at, periods)
    script.say(at, ApprovalOpened(approvals=approvals, works_from=day_of(at), works_until=until), leader)
    _push(script, site, chosen, at)
    filing(script, joint, at)
    done = max(_permit(script, one.utility, one.department, at) for one in approvals)
    _nothing_to_push(script, chosen)
    return done


def _nothing_to_push(script: Script, chosen: dict[str, tuple[str, ...]]) -> None:
    """Nobody owes a push any more once each of the departments has said, by then, that it need not approve."""
    said = {(s.act.utility, s.act.department): s.at for s in script.said if isinstance(s.act, ApprovalNotNeeded)}
    for utility, those in chosen.items():
        if all((utility, department) in said for department in those):
            script.excuse("approval-push", (utility,), max(said[utility, department] for department in those))


def _push(script: Script, site: Site, chosen: dict[str, tuple[str, ...]], at: int) -> None:
    if pushes_from_window(script):
        if not site.approval_pushed:
            every = tuple(sorted({d for those in chosen.values() for d in those}))
            script.say(script.after(at, 1, 20), ApprovalPushed(departments=every), script.city.leader)
        return
    for utility, those in chosen.items():
        kept = script.keep("approval-push", (utility,), utility, at, missing=True, entry=True)
        if kept.end is not None:
            act = ApprovalPushed(utility=utility, departments=those)
            script.say(kept.end, act, utility, entered=kept.entered)


def _permit(script: Script, utility: str, department: str, opened: int) -> int:
    """Take one permit from the checklist to the opinion."""
    pair, at = (utility, department), opened
    if _by_checklist(script) or script.chance(30):
        listed = script.after(opened, 30, 840, department)
        script.say(listed, ChecklistReturned(utility=utility, department=department, items=("样例清单",)), department)
        at = listed if _by_checklist(script) else opened
    if script.chance(5):
        gone = script.after(at, 5, 90, department)
        due = script.due("materials-submission", utility, at)
        script.promise("materials-submission", pair, utility, at, due, Kept(None), void=gone)
        return _not_needed(script, utility, department, gone)
    submitted = script.keep("materials-submission", pair, utility, at).end or at
    return decide(script, utility, department, submitted)


def _by_checklist(script: Script) -> bool:
    """Say whether the time to submit runs from the department's list, not from the opening of the approval."""
    rule = script.city.duties.get("materials-submission")
    return rule is not None and rule.deadline is not None and rule.deadline.starts == "checklist.returned"
