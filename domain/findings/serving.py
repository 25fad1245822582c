"""When a finding may be served on the party (送达): not before lawful late entries had their time, and only what is still missed."""

from calendars import SHANGHAI
from domain.acts.enforcement.audit import FindingNotified, FindingOpened
from domain.cases.context import ActContext
from domain.cases.handlers import checks
from domain.findings.audit_acts import notifiable_from
from domain.findings.process import finding_in, local, still_missed
from domain.refusals import AlreadyDone, OutOfOrder
from words import sentence


@checks(FindingNotified)
def check_served(asked: ActContext, act: FindingNotified) -> None:
    """Refuse to notify twice, what no longer stands, and before a lawful late entry can no longer come."""
    finding = finding_in(asked, act.finding_id)
    if finding.notified_at is not None:
        message = sentence("the finding {finding_id} has already been notified", finding_id=act.finding_id)
        raise AlreadyDone(message)
    if finding.state != "open" or finding.withdrawal_proposed or not still_missed(asked, finding):
        message = sentence(
            "the finding {finding_id} no longer stands: what was written since shows that nothing is missed", finding_id=act.finding_id
        )
        raise OutOfOrder(message)
    opened = asked.entries[finding.opened_seq - 1].act
    assert isinstance(opened, FindingOpened)  # noqa: S101 -- the finding was made from it
    earliest = notifiable_from(asked.book, opened, asked.offices)
    if min(asked.at, act.served_at) < earliest:
        message = sentence(
            "the finding {finding_id} may be notified from {when:%Y-%m-%dT%H:%M:%S}+08:00 on: "
            "until then an act may still be written down lawfully",
            finding_id=act.finding_id,
            when=earliest.astimezone(SHANGHAI),
        )
        raise OutOfOrder(message, earliest=local(earliest))
