"""Complaints and reports: received, taken up by a body, sometimes taken over by another, answered and closed."""

from domain.acts.field import Class
from domain.acts.service import CaseClosed, ComplaintAccepted, ComplaintAnswered, ComplaintReceived, StatementAsked
from simulation.case_script import Kept, Script
from simulation.matters.limits import by_class
from simulation.people import somebody

_CHANNELS = ("12345热线", "窗口")


def complaint(script: Script, at: int) -> None:
    """Plan a complaint or report that is received at a moment."""
    rng, city = script.rng, script.city
    about = rng.choice(city.utilities)
    kind: Class = "complex" if script.chance(40) else "general"
    taker = rng.choice([one for one in city.whoever_may("complaint.received") if one != about])
    plan = city.book.scheme.complaints
    received = ComplaintReceived(
        form="report" if script.chance(30) else "complaint",
        channel=rng.choice(plan.channels if plan else _CHANNELS),
        about=about,
        business_environment=script.chance(85),
        class_=kind,
        subject="样例：服务问题",
        reporter=somebody(rng) if script.chance(80) else None,
    )
    script.say(at, received, taker)
    body = rng.choice(_bodies(script, {about, taker}))
    since = script.say(script.after(at, 10, 400), ComplaintAccepted(body=body), body)
    if script.chance(20):
        body, since = _taken_over(script, received, body, since)
    _handle(script, received, body, since)
    if script.chance(70):
        script.close(CaseClosed(outcome="样例：已答复"), body)


def _bodies(script: Script, without: set[str]) -> list[str]:
    """List who may take a complaint up, the inspectors and supervisors first of all."""
    able = [one for one in script.city.whoever_may("complaint.accepted") if one not in without and one not in script.city.utilities]
    return [one for one in script.city.with_role("inspector", "supervisor") if one in able] or able


def _rule(received: ComplaintReceived) -> str:
    """The clause sets a limit for what touches the business environment alone."""
    return "report-handling" if received.business_environment else ""


def _taken_over(script: Script, received: ComplaintReceived, body: str, since: int) -> tuple[str, int]:
    """Let another body take it over: from then on that one owes the answer, and the first what it has missed by then."""
    due = by_class(script, _rule(received), body, since, received.class_)
    other = script.rng.choice([one for one in script.city.whoever_may("complaint.accepted") if one not in {body, received.about}])
    late = due is not None and script.unlucky()
    taken = script.after(due or since, 30, 300, other) if late else script.after(since, 5, 90, other)
    if due is not None and not late and taken > due:
        taken = script.rng.randint(since + 1, due)
    script.say(taken, ComplaintAccepted(body=other, reason="样例：按职责移交"), other)
    if due is not None:
        missed = taken > due
        script.promise(_rule(received), (body,), body, since, due, Kept(taken if missed else None), void=None if missed else taken)
    return other, taken


def _handle(script: Script, received: ComplaintReceived, body: str, since: int) -> None:
    due = by_class(script, _rule(received), body, since, received.class_)
    if received.form == "complaint" and script.chance(30):
        script.say(since + script.rng.randint(60, 1800), StatementAsked(of=received.about), body)
        script.confirm(received.about, 30)
    kept = script.keep(_rule(received), (body,), body, since, due=due, missing=True, entry=True)
    if kept.end is not None:
        script.say(kept.end, ComplaintAnswered(body=body, answer="样例：已查处并回复"), body, entered=kept.entered)
