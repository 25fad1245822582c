"""How a connection case begins: the demand, the visit that follows it, the application, and how it reaches everyone."""

from domain.acts.connection import (
    ApplicationAccepted,
    ApplicationPushed,
    ApprovalPushed,
    DemandDeferred,
    DemandPushed,
    DemandRegistered,
    EnterpriseInformed,
    Occasion,
    OutreachMade,
    PlanningPermitted,
)
from simulation.case_script import Script
from simulation.city import City
from simulation.connections.forms import form_for
from simulation.connections.sites import Site
from simulation.matters.notices import notice


def demand(script: Script, site: Site, at: int) -> int:
    """Let the demand be taken and passed on; give the moment from which the application may follow."""
    city = script.city
    occasion, taker = script.rng.choice(_registrars(script) if script.chance(75) else _others(script))
    site.registrar = city.book.answering(city.actor(taker, "demand.registered"))
    window = "window" in city.book.party(taker).roles
    form = form_for(city, "demand", site.form)
    script.say(at, DemandRegistered(occasion=occasion, form=form, **(desk(city, taker) if window else {})), taker)
    _inform(script, taker, occasion, at)
    pushed = _push_demand(script, site, taker, occasion, at)
    visited = _reach_out(script, site, pushed)
    if not script.chance(10):
        return script.after(max(pushed, visited), 30, 1200)
    who = taker if city.may(taker, "demand.deferred") else city.leader
    waits = script.say(script.after(pushed, 10, 60), DemandDeferred(reason="样例：用量暂时无法确定"), who)
    permitted = script.after(waits, 420, 2100)
    permit = PlanningPermitted(permit=f"样例建字第{script.rng.randrange(10_000):04}号")
    return script.say(permitted, permit, who if city.may(who, "planning.permitted") else city.leader)


def _registrars(script: Script) -> list[tuple[Occasion, str]]:
    return [(occasion, party.code) for party in script.city.parties for occasion in party.takes]


def _others(script: Script) -> list[tuple[Occasion, str]]:
    """List who else takes demands: windows, portals and registrars without an occasion of their own."""
    growth: tuple[Occasion, ...] = ("growth", "other") if any("growth" in party.takes for party in script.city.parties) else ("other",)
    takers = [party for party in script.city.parties if not party.takes and script.city.may(party.code, "demand.registered")]
    return [(one, party.code) for party in takers if not party.districts or script.district in party.districts for one in growth]


def _inform(script: Script, registrar: str, occasion: str, at: int) -> None:
    if occasion != "land-contract" or "enterprise-informed" not in script.city.duties:
        return
    if script.unlucky():
        script.count("enterprise-informed", registrar, at)
    else:
        script.say(at - script.rng.randint(1, 900), EnterpriseInformed(), registrar, entered=at + 1)


def _push_demand(script: Script, site: Site, registrar: str, occasion: str, at: int) -> int:
    pushed = script.keep(_push_owed(script, occasion), (), site.registrar or registrar, at).end or at
    bureau = _bureau(script, occasion)
    site.unreached = bool(bureau) and script.unlucky()
    utilities = tuple(site.utilities)
    if len(utilities) > 1 and at + 1 < pushed and "outreach" not in script.city.duties and script.chance(20):
        script.say(at + (pushed - at) // 2, DemandPushed(utilities=utilities[:1]), registrar)
        utilities = utilities[1:]
    reached = () if site.unreached else bureau
    script.say(pushed, DemandPushed(utilities=utilities, departments=reached), registrar)
    script.confirm(utilities[0], 15)
    return pushed


def _push_owed(script: Script, occasion: str) -> str:
    """Say which duty it is to pass the demand on: on some occasions, or on all, or none."""
    rule = script.city.duties.get("demand-push")
    start = rule.deadline.starts if rule is not None and rule.deadline is not None else ""
    asked = None if isinstance(start, str) else start.when.get("occasion")
    return "demand-push" if asked in {None, occasion} else ""


def _bureau(script: Script, occasion: str) -> tuple[str, ...]:
    """Say which bureau has to get the demand, where the plan asks for it on this occasion."""
    rule = script.city.duties.get("demand-reaches-all")
    standard = rule.standard if rule is not None else None
    if standard is None or occasion not in {trigger.when.get("occasion") for trigger in standard.after}:
        return ()
    required = standard.requires
    return () if required is None or isinstance(required, str) else tuple(p for p in required.all_of if p != "utility")


def _reach_out(script: Script, site: Site, pushed: int) -> int:
    """Let the utilities visit, together as the plan wants, or one of them on its own."""
    if "outreach" not in script.city.duties:
        return pushed
    apart = len(site.utilities) > 1 and script.unlucky()
    together = site.utilities[:-1] if apart else site.utilities
    first = _outreach(script, together, pushed, since=pushed, missing=not apart)
    if not apart:
        return first
    alone = site.utilities[-1]
    second = _outreach(script, [alone], pushed, since=first + 60, missing=False)
    script.count("joint-outreach", alone, second)
    return second


def _outreach(script: Script, who: list[str], pushed: int, *, since: int, missing: bool) -> int:
    alike = len({script.city.hand(one) for one in who}) == 1  # one entry is lawfully late for all, or for none
    kept = script.keep("outreach", (who[0],), who[0], pushed, since=since, missing=missing, entry=missing and alike)
    for other in who[1:]:
        script.promise("outreach", (other,), other, pushed, script.due("outreach", other, pushed), kept)
    if kept.end is None:
        return pushed
    return script.say(kept.end, OutreachMade(utilities=tuple(who)), who[0], entered=kept.entered)


def application(script: Script, site: Site, at: int) -> int:
    """Let the one application be accepted and reach every utility; give the moment when it has."""
    window = _window(script)
    site.window = window
    city = script.city
    portal = "portal" in city.book.party(window).roles
    at = at if portal else city.hand(window).next_open(at)
    site.applied_at = at
    script.say(at, ApplicationAccepted(form=form_for(city, "application", site.form), **({} if portal else desk(city, window))), window)
    pushed = script.keep("application-push", (), city.leader if portal else window, at).end or at
    _push_application(script, site, at, pushed)
    if not portal and script.chance(6) and city.knows("notice.issued", "connection"):
        notice(script, script.after(at, 1, 30), window, "联合报装申请")
    return pushed


def desk(city: City, window: str) -> dict[str, str]:
    """Say at which place and window, and by whom, something is taken in (定点、定窗、定人)."""
    return {"place": city.book.name_of(window), "window": "样例1号窗", "officer": "样例专员"}


def _window(script: Script) -> str:
    open_here = [p for p in script.city.windows if not p.districts or script.district in p.districts]
    portals = [p for p in open_here if "portal" in p.roles]
    return script.rng.choice(portals if script.chance(35) else open_here).code


def _push_application(script: Script, site: Site, at: int, pushed: int) -> None:
    utilities, window = tuple(site.utilities), site.window
    if len(utilities) > 1 and at + 1 < pushed and script.chance(20):
        script.say(at + (pushed - at) // 2, ApplicationPushed(utilities=utilities[1:]), window)
        utilities = utilities[:1]
    if not (pushes_from_window(script) and site.routes and script.chance(60)):
        script.say(pushed, ApplicationPushed(utilities=utilities), window)
        script.confirm(script.rng.choice(utilities), 15)
        return
    departments = tuple(script.city.departments)
    script.say(pushed, ApplicationPushed(utilities=utilities, departments=departments, approval_needed=True), window)
    portal = "portal" in script.city.book.party(window).roles
    end = script.keep("approval-push", (), script.city.leader if portal else window, pushed).end or pushed
    script.say(end, ApprovalPushed(departments=departments), window)
    site.approval_pushed = True


def pushes_from_window(script: Script) -> bool:
    """Say whether it is the window that has to reach the departments, not each utility."""
    rule = script.city.duties.get("approval-push")
    return rule is not None and rule.deadline is not None and not rule.deadline.per
