"""Striking out an unlawful stop (暂停计时不合法) by the decider about the clock's party: the clock is judged as if it had not been."""

from domain.acts.enforcement.process import StopStruckOut
from domain.acts.stop import ClockStopped
from domain.cases.context import ActContext
from domain.cases.handlers import checks
from domain.findings.deciding import check_decider
from domain.judging.clocks.stopping import struck_out
from domain.judging.situation import Situation
from domain.ledger import Entry
from domain.refusals import AlreadyDone, NotAllowed, NotFound
from words import sentence


@checks(StopStruckOut)
def check_struck_out(asked: ActContext, act: StopStruckOut) -> None:
    """Refuse what is no stop, a stop that is struck out already, and whoever may not decide about the clock's party."""
    stop = next((entry for entry in asked.entries if entry.seq == act.stopped_seq), None)
    if stop is None or not isinstance(stop.act, ClockStopped):
        message = sentence("entry {stopped_seq} of this case stops no clock", stopped_seq=act.stopped_seq)
        raise NotFound(message)
    for party in sorted(_parties(asked, stop, stop.act)):
        check_decider(asked, act.by, party)
    if act.stopped_seq in struck_out(Situation(asked.book, asked.entries)):
        message = sentence("the stop of entry {stopped_seq} is struck out already", stopped_seq=act.stopped_seq)
        raise AlreadyDone(message)
    if asked.actor.account == stop.actor.account:
        message = sentence("the account that stopped a clock does not decide about the stop")
        raise NotAllowed(message)


def _parties(asked: ActContext, stop: Entry, stopped: ClockStopped) -> frozenset[str]:
    """Say whose clock was stopped, and who stopped it."""
    about = stopped.rule, stopped.keys
    return frozenset(clock.party for clock in asked.clocks if (clock.rule, clock.keys) == about) | {stop.actor.party}
