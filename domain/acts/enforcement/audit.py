"""What the auditor writes into a case's own ledger, and what people then do about a finding."""

from typing import Annotated, Literal
from uuid import UUID

from msgspec import Meta

from domain.acts.enforcement.process import Ground
from domain.acts.field import Acted, Code, Metres, Moment, Text
from domain.acts.kinds import FOLLOWING, NAMED, OFFICES, PARTIES, kind, read_by

Keys = tuple[str, ...]
Seq = Annotated[int, Meta(ge=1, le=2**31 - 1)]


@kind("预警", NAMED, read_by(NAMED, "rule", "keys", "party", "started_seq", "due_at"), written_by="auditor")
class WarningRaised(Acted, tag="warning.raised", kw_only=True):
    """预警: the rule's share of the time has gone."""

    rule: Code
    keys: Keys
    party: Code
    started_seq: Seq
    due_at: Moment


@kind(
    "发现逾期",
    NAMED,
    read_by(
        NAMED,
        "finding_id",
        "rule",
        "keys",
        "party",
        "started_seq",
        "started_at",
        "due_at",
        "ended_seq",
        "provisional",
        "late_entry",
        "assumptions",
        "relied_on",
    ),
    written_by="auditor",
)
class FindingOpened(Acted, tag="finding.opened", kw_only=True):
    """违规: who missed which limit, from which entry on, and what it rests on."""

    finding_id: UUID
    rule: Code
    keys: Keys
    party: Code
    started_seq: Seq
    started_at: Moment
    due_at: Moment
    ended_seq: Seq | None = None
    """The entry that ended the clock late, where one had by then."""
    provisional: bool = False
    late_entry: bool = False
    assumptions: tuple[str, ...] = ()
    relied_on: tuple[str, ...] = ()
    """The hashes of the entries relied on, in hexadecimal."""


@kind("违规记录消除", NAMED, read_by(NAMED, "finding_id", "because_seq"), written_by="auditor")
class FindingLapsed(Acted, tag="finding.lapsed", kw_only=True):
    """The finding ends: a lawful late entry shows that nothing was missed."""

    finding_id: UUID
    because_seq: Seq


@kind("提请撤销", NAMED, read_by(NAMED, "finding_id", "because_seq", "reason"), written_by="auditor")
class FindingWithdrawalProposed(Acted, tag="finding.withdrawal_proposed", kw_only=True):
    """The auditor proposes withdrawal; a person decides."""

    finding_id: UUID
    because_seq: Seq
    reason: Text


@kind("送达", NAMED, read_by(NAMED, "finding_id", "served_at"), about_finding=True, checked=FOLLOWING)
class FindingNotified(Acted, tag="finding.notified", kw_only=True):
    """送达: served on the party at that moment."""

    finding_id: UUID
    served_at: Moment


@kind("列出疑点", OFFICES, read_by(OFFICES, "about", "seqs", "clause", "party", "assumes"), written_by="auditor")
class SuspicionRaised(Acted, tag="suspicion.raised", kw_only=True):
    """A question for a person, with its evidence; never a finding by itself."""

    about: Code
    seqs: tuple[Seq, ...] = ()
    clause: Text | None = None
    party: Code | None = None
    """Whose doing it would be: it does not look into it itself."""
    assumes: Code | None = None
    """The scheme's assumption that makes it one."""


@kind("转红牌", NAMED, read_by(NAMED, "finding_id", "party", "because"), written_by="auditor")
class LightTurned(Acted, tag="light.turned", kw_only=True):
    """红牌: the overrun has lasted as long as the scheme says, or was repeated; told to more people than the yellow light."""

    finding_id: UUID
    party: Code
    because: Literal["overrun", "repeated"]


@kind(
    "提请采取措施",
    NAMED,
    read_by(NAMED, "step", "party", "department", "because_seqs", "grounds.finding_id", "grounds.case_id", "text"),
    written_by="auditor",
)
class StepProposed(Acted, tag="step.proposed", kw_only=True):
    """The auditor proposes the next step with what is under it; a person decides."""

    step: Literal["order", "interview", "referral", "accountability", "credit"]
    party: Code
    department: Code | None = None
    """Who would take it."""
    because_seqs: tuple[Seq, ...] = ()
    grounds: tuple[Ground, ...] = ()
    text: Text


@kind("依据撤销", PARTIES, read_by(PARTIES, "finding_id", "case_id", "left"), written_by="auditor")
class GroundFell(Acted, tag="ground.fell", kw_only=True):
    """A finding that this record rests on was withdrawn, excused or has lapsed."""

    finding_id: UUID
    case_id: UUID
    left: Annotated[int, Meta(ge=0, le=2**31 - 1)]
    """How many of its grounds still stand."""


@kind(
    "合并计算工程",
    PARTIES,
    read_by(PARTIES, "utility", "place", "metres", "surveyed_seq", "other_case", "other_seq", "days"),
    written_by="auditor",
)
class WorksCountedTogether(Acted, tag="works.counted_together", kw_only=True):
    """合并计算: works at the same place in another case count towards the threshold, for that utility."""

    utility: Code
    place: Annotated[str, Meta(min_length=1, max_length=300)]
    metres: Metres
    """What the other case digs there."""
    surveyed_seq: Seq
    """The survey of this case that it counts with; a later survey counts anew."""
    other_case: UUID
    other_seq: Seq
    """The survey there."""
    days: Annotated[int, Meta(ge=0, le=3_660)]
    """How many days lie between the two surveys."""


@kind(
    "按新日历改期",
    PARTIES,
    read_by(PARTIES, "rule", "keys", "started_seq", "was_due", "due_at", "was_edition", "because"),
    written_by="auditor",
)
class ClockRedated(Acted, tag="clock.redated", kw_only=True):
    """重新计算: a new calendar edition moved an open clock's due moment; the old one stays here."""

    rule: Code
    keys: Keys
    started_seq: Seq
    was_due: Moment
    due_at: Moment
    was_edition: Text
    because: Text


__all__ = [name for name, value in list(globals().items()) if isinstance(value, type) and issubclass(value, Acted)]
