"""What may not happen to an applicant and sometimes does: visits, documents, fees, forms, filings and reviews asked for."""

from domain.acts import Acted
from domain.acts.fact import (
    FeeCharged,
    FilingRequested,
    FormDemanded,
    MaterialRequested,
    RemarkMade,
    ReviewMade,
    VisitRequired,
)
from simulation.case_script import Script
from simulation.connections.sites import Site


def facts(script: Script, site: Site, until: int) -> None:
    """Let some of it happen between the application and a moment."""
    for happen in (_visit, _document, _fee, _form):
        if script.unlucky(400):
            happen(script, site, _moment(script, site, until))
    if script.chance(5):
        amount = script.rng.randint(1, 500_000)
        paid = FeeCharged(charged_by=site.utilities[0], amount=amount, works="in-plot")
        script.say(_moment(script, site, until), paid, site.utilities[0])
    if script.chance(10):
        script.say(_moment(script, site, until), RemarkMade(text="样例：已电话联系用户"), site.utilities[0])


def _moment(script: Script, site: Site, until: int) -> int:
    hand = script.city.hand()
    return hand.next_open(script.rng.randint(site.applied_at + 1, max(site.applied_at + 1, until)))


def _tell(script: Script, at: int, act: Acted, about: str) -> None:
    """Let the party itself write it down, or the portal for the applicant."""
    portals = script.city.with_role("portal")
    script.say(at, act, about if script.chance(50) else script.rng.choice(portals))


def _visit(script: Script, site: Site, at: int) -> None:
    who = script.rng.choice(site.utilities)
    _tell(script, at, VisitRequired(required_by=who, reason="样例：补签字"), who)
    script.count("no-visits", who, at)
    if script.chance(30):
        again = script.after(at, 30, 600)
        other = script.rng.choice(site.utilities)
        _tell(script, again, VisitRequired(required_by=other), other)
        script.count("no-visits", other, again)


def _document(script: Script, site: Site, at: int) -> None:
    who = script.rng.choice(site.utilities)
    asked = MaterialRequested(requested_by=who, document="样例：营业执照")
    _tell(script, at, asked, who)
    script.count("no-materials", who, at)
    if script.chance(40):
        again = script.after(at, 30, 600)
        _tell(script, again, asked, who)
        script.count("no-document-twice", who, again, (who, asked.document))


def _fee(script: Script, site: Site, at: int) -> None:
    who = script.rng.choice(site.utilities)
    amount = script.rng.randint(1, 5_000_000)
    _tell(script, at, FeeCharged(charged_by=who, amount=amount, works="off-site"), who)
    script.count("no-fees", who, at)


def _form(script: Script, site: Site, at: int) -> None:
    who = script.rng.choice(site.utilities)
    _tell(script, at, FormDemanded(demanded_by=who, form="样例：本单位报装表"), who)
    script.count("no-extra-forms", who, at)


def review(script: Script, utility: str, department: str, between: tuple[int, int]) -> None:
    """Let a department sometimes review before it decides under a commitment."""
    notified, decided = between
    if decided - notified > 1 and script.unlucky(400):
        at = notified + (decided - notified) // 2
        script.say(at, ReviewMade(utility=utility, department=department), department)
        script.count("no-review-before-decision", department, at)


def filing(script: Script, utilities: list[str], at: int) -> None:
    """Let a utility sometimes leave the filing for an approval to the applicant."""
    if script.unlucky(400):
        who = script.rng.choice(utilities)
        asked = script.after(at, 10, 600)
        script.say(asked, FilingRequested(requested_by=who, department=script.city.departments[0]), who)
        script.count("no-filing-by-applicant", who, asked)
