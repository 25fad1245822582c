"""A whole connection case, from the first form to the last supply; or one that ends early by refusal or withdrawal."""

from domain.acts.connection import AccessConfirmed, ApplicationAccepted, CaseWithdrawn
from domain.acts.service import CaseClosed
from simulation.case_script import Script
from simulation.connections.connecting import connect
from simulation.connections.facts import facts
from simulation.connections.forms import form_for, out_of_scope
from simulation.connections.intake import application, demand, desk
from simulation.connections.permits import approve
from simulation.connections.sites import Site, new_site
from simulation.connections.survey import build, survey


def connection(script: Script, at: int) -> None:
    """Plan a connection case that begins at a moment."""
    site = new_site(script, at)
    if script.chance(2):
        _out_of_scope(script, site, at)
        return
    begun = demand(script, site, at) if script.chance(50) else at
    if begun != at and script.chance(4):
        script.over = _out_of_scope(script, site, begun)
        return
    if begun != at:
        _confirm_early(script, site, begun)
    reached = application(script, site, begun if begun == at else max(begun, *site.confirmed.values(), at) + 60)
    over = _through(script, site, reached)
    facts(script, site, over)
    _end(script, site, at)


def _out_of_scope(script: Script, site: Site, at: int) -> int:
    """Somebody whom the plan does not cover applies: the case is opened as refused, or the demand's case ends so."""
    city = script.city
    form = form_for(city, "application", out_of_scope(city, script.rng, site.form))
    window = script.rng.choice([p.code for p in city.windows if not p.districts and (p.kind != "hall")])
    said = {} if "portal" in city.book.party(window).roles else desk(city, window)
    return script.say(city.hand(window).next_open(at), ApplicationAccepted(form=form, **said), window)


def _confirm_early(script: Script, site: Site, begun: int) -> None:
    """A utility without works may confirm access before the application; its half day begins with the application."""
    idle = [one for one in site.utilities if one not in site.routes]
    if idle and not site.routes and script.chance(30):
        site.confirmed[idle[0]] = script.say(begun, AccessConfirmed(utility=idle[0]), idle[0])


def _through(script: Script, site: Site, at: int) -> int:
    if not site.routes:
        ready = survey(script, site, at) if script.chance(20) else at
        return max(connect(script, site, one, ready) for one in site.utilities)
    surveyed = survey(script, site, at)
    idle = [one for one in site.utilities if one not in site.routes and one != site.infeasible]
    ends = [connect(script, site, one, surveyed) for one in idle]
    approved, periods = approve(script, site, surveyed)
    built = build(script, site, approved, periods)
    return max([*ends, *(connect(script, site, one, built) for one in site.routes)])


def _end(script: Script, site: Site, at: int) -> None:
    if script.chance(3):
        script.over = gone = script.rng.randint(max(at, site.applied_at) + 60, script.last)
        script.say(gone, CaseWithdrawn(proof="样例：用户书面申请"), _takes_back(script, site, gone))
    elif script.chance(70):
        closed = script.close(CaseClosed(outcome="样例：已接通"), script.city.leader)
        surveyed = any(one.act.__struct_config__.tag == "survey.held" for one in script.said)
        if closed and site.unreached and site.registrar and not surveyed:
            script.count("demand-reaches-all", site.registrar, closed)


def _takes_back(script: Script, site: Site, gone: int) -> str:
    """Say who writes the withdrawal down: never a window that owes something then itself, which the withdrawal would end."""
    portals = script.city.with_role("portal")
    owes = any(one.party == site.window and one.start <= gone <= max(one.end or gone, one.entered or 0) for one in script.promises)
    return script.rng.choice(portals) if owes or script.chance(30) else site.window
