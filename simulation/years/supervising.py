"""Half-year settlements: the duties that follow from money."""

from domain.acts.enforcement.supervision import (
    PeriodOpened,
    StatementChecked,
    StatementSubmitted,
)
from domain.acts.service import CaseClosed
from simulation.case_script import Script
from simulation.slow_calendar import midnight


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
