"""The decision on a finding (认定): by the scheme's decider, once, with reasons, never in its own cause nor by who notified it."""

from collections.abc import Callable, Mapping

from calendars import SHANGHAI, local_day
from domain.acts.enforcement.process import FindingDecided, FindingDisposed, Outcome
from domain.acts.fact import DocumentAttached
from domain.cases.context import ActContext
from domain.cases.handlers import checks
from domain.clock import is_contested
from domain.finding import Finding
from domain.findings.objecting import check_excuse
from domain.findings.process import decider_on, finding_in, local, notifiers, objection_until, still_missed, told_at
from domain.refusals import AlreadyDone, Malformed, NotAllowed, NotCovered, OutOfOrder
from words import sentence


@checks(FindingDecided)
def check_decision(asked: ActContext, act: FindingDecided) -> None:
    """Refuse whoever may not decide, what is decided, and an outcome that the finding does not bear."""
    finding = finding_in(asked, act.finding_id)
    check_decider(asked, act.by, finding.party)
    _check_undecided(asked, finding, act)
    if asked.actor.account in notifiers(asked, finding.finding_id):
        message = sentence("the account that notified a finding does not decide it; another one of the decider does")
        raise NotAllowed(message)
    if finding.state == "lapsed":
        message = sentence("the finding {finding_id} has lapsed; there is nothing to decide", finding_id=finding.finding_id)
        raise OutOfOrder(message)
    _check_moment(asked, finding)
    _check_excused(asked, act)
    _OUTCOMES[act.outcome](asked, finding, act)


def _check_undecided(asked: ActContext, finding: Finding, act: FindingDecided) -> None:
    """It is decided once; what was upheld in error another account of the decider may still withdraw, and nothing else."""
    if finding.decided_at is None:
        return
    told = (entry for entry in asked.entries if isinstance(entry.act, FindingDecided) and entry.act.finding_id == finding.finding_id)
    same = asked.actor.account in {entry.actor.account for entry in told}
    if same or act.outcome != "withdrawn" or finding.state not in {"upheld", "disposed"}:
        message = sentence("the finding {finding_id} has been decided already: {state}", finding_id=finding.finding_id, state=finding.state)
        raise AlreadyDone(message, state=finding.state)


def check_decider(asked: ActContext, by: str, party: str) -> None:
    """Refuse everybody but the decider about that party, who says so in its own name."""
    actor = asked.actor.party
    if actor == party:
        message = sentence(
            "nobody decides in their own cause, and this is {party}'s; {by} decides it", party=party, by=decider_on(asked.book, party).by
        )
        raise NotAllowed(message)
    decider = decider_on(asked.book, party).by
    if {actor, by} != {decider}:
        message = sentence(
            "{decider} decides about {party} under {scheme}; you are here for {actor}",
            decider=decider,
            party=party,
            scheme=asked.book.id,
            actor=actor,
        )
        raise NotAllowed(message, decider=decider)


def _check_moment(asked: ActContext, finding: Finding) -> None:
    """A decision follows what it decides on."""
    steps = (finding.opened_at, finding.notified_at, finding.objected_at, finding.decided_at)
    before = max(one for one in steps if one is not None)
    if asked.at < before:
        message = sentence(
            "the finding was {state} at {when:%Y-%m-%dT%H:%M:%S}+08:00; it is decided after that",
            state=finding.state,
            when=before.astimezone(SHANGHAI),
        )
        raise OutOfOrder(message, earliest=local(before))


def _check_excused(asked: ActContext, act: FindingDecided) -> None:
    if (act.excuse is not None) is not (act.outcome == "excused"):
        message = sentence("an excuse goes with the outcome 'excused', and with it alone; name one of the scheme's list")
        raise Malformed(message, field="excuse")
    check_excuse(asked.book, act.excuse)


def _check_notified(finding: Finding) -> None:
    if finding.notified_at is None:
        message = sentence("the party has not been notified; until then a finding that rests on wrong data may be withdrawn, and no more")
        raise OutOfOrder(message, missing=["finding.notified"])


def _upheld(asked: ActContext, finding: Finding, act: FindingDecided) -> None:
    _check_notified(finding)
    _check_in_force(asked)
    if finding.provisional:
        message = sentence("the days of that year are not published yet; the finding is provisional and may be upheld once they are")
        raise OutOfOrder(message)
    if not still_missed(asked, finding):
        message = sentence("what was written since shows that nothing is missed; withdraw the finding")
        raise OutOfOrder(message)
    if finding.state == "notified":
        _check_heard(asked, finding)
    contested = is_contested(finding.due_at, finding.also_due_at, finding.ended_at, asked.at)
    if contested and act.on_reading is None:
        message = sentence("another reading would have cleared the party: onReading says in writing why the reading in force is right")
        raise Malformed(message, field="onReading")


def _check_in_force(asked: ActContext) -> None:
    """Past its last day a plan upholds nothing, whenever it was missed."""
    scheme = asked.book.scheme
    last = scheme.validity.last_day(scheme.in_force_from)
    if last is not None and local_day(asked.recorded_at) > last:
        message = sentence(
            "{title} holds until {last} as far as it was confirmed; past that nothing is upheld under it",
            title=scheme.document.title,
            last=last,
        )
        raise NotCovered(message, clause=scheme.validity.assumption)


def _check_heard(asked: ActContext, finding: Finding) -> None:
    """Without an objection its days have to run out first."""
    told = told_at(asked.book, finding, asked.entries, asked.offices)
    assert told is not None  # noqa: S101 -- it is notified
    until = objection_until(asked.book, finding.party, told, asked.offices)
    if until is None:
        message = sentence("{scheme} names no days to object; a finding is upheld only once the party has objected", scheme=asked.book.id)
        raise OutOfOrder(message, missing=["finding.objected"])
    if asked.at <= until:
        message = sentence(
            "the party may object until {until:%Y-%m-%dT%H:%M:%S}+08:00; without an objection the finding may be upheld after that",
            until=until.astimezone(SHANGHAI),
        )
        raise OutOfOrder(message, earliest=local(until))


def _excused(_: ActContext, finding: Finding, __: FindingDecided) -> None:
    _check_notified(finding)


def _withdrawn(asked: ActContext, finding: Finding, act: FindingDecided) -> None:
    """What was written too late clears the party only on evidence that the party did not make itself."""
    attached = {e.act.document_id: e.actor.party for e in asked.entries if isinstance(e.act, DocumentAttached)}
    others = [one for one in act.documents if attached.get(one, finding.party) != finding.party]
    if finding.late_entry and not others:
        message = sentence("the act was written too late: documents names evidence that the party did not make itself, attached by another")
        raise Malformed(message, field="documents")


_OUTCOMES: Mapping[Outcome, Callable[[ActContext, Finding, FindingDecided], None]] = {
    "upheld": _upheld,
    "excused": _excused,
    "withdrawn": _withdrawn,
}


@checks(FindingDisposed)
def check_disposal(asked: ActContext, act: FindingDisposed) -> None:
    """Refuse to tell what came of a finding that was not upheld, twice, or by the party itself."""
    finding = finding_in(asked, act.finding_id)
    if asked.actor.party == finding.party:
        message = sentence("what comes of a finding against {party} is told by another", party=finding.party)
        raise NotAllowed(message)
    if finding.state == "disposed":
        message = sentence("what came of the finding {finding_id} has been told already", finding_id=finding.finding_id)
        raise AlreadyDone(message)
    if finding.state != "upheld":
        message = sentence("the finding is {state}; something comes of it only once it is upheld", state=finding.state)
        raise OutOfOrder(message, missing=["finding.decided"])
