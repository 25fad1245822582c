"""What people do about a finding, a stop or a suspicion (异议、认定、处理); who may, the scheme says."""

from typing import Annotated, Literal
from uuid import UUID

from msgspec import Meta

from domain.acts.field import Acted, Code, Part, Text
from domain.acts.kinds import FOLLOWING, NAMED, OFFICES, kind, read_by
from domain.acts.parts import Documents

Seq = Annotated[int, Meta(ge=1, le=2**31 - 1)]
Excuse = Literal["applicant-delay", "upstream-late", "force-majeure", "authority-order", "safety"]
"""The closed list of excuses: 申请人原因, 上游单位延误, 不可抗力, 其他机关书面命令, 安全."""
Outcome = Literal["upheld", "excused", "withdrawn"]
"""认定成立, 免责, 撤销."""


class Ground(Part, kw_only=True):
    """A finding that something else rests on, with the case that holds it."""

    finding_id: UUID
    case_id: UUID


Grounds = Annotated[tuple[Ground, ...], Meta(max_length=200)]


@kind(
    "提出异议",
    NAMED,
    read_by(NAMED, "finding_id", "party", "text", "excuse", "documents", "addressed_to"),
    about_finding=True,
    checked=FOLLOWING,
)
class FindingObjected(Acted, tag="finding.objected", kw_only=True):
    """异议: the party says why the finding is wrong or excusable, with its evidence."""

    finding_id: UUID
    party: Code
    text: Text
    excuse: Excuse | None = None
    documents: Documents = ()
    addressed_to: Code | None = None
    """Who decides; the scheme names it, and it is filled in when the objection is taken."""


@kind(
    "认定",
    NAMED,
    read_by(NAMED, "finding_id", "by", "outcome", "reason", "excuse", "on_reading", "documents"),
    about_finding=True,
    checked=FOLLOWING,
)
class FindingDecided(Acted, tag="finding.decided", kw_only=True):
    """认定: one of three outcomes, with its reasons; once, and never in one's own cause."""

    finding_id: UUID
    by: Code
    outcome: Outcome
    reason: Text
    excuse: Excuse | None = None
    """Which of the closed list, where it is excused."""
    on_reading: Text | None = None
    """Why the reading in force is the right one, where another would have cleared the party and it is upheld all the same."""
    documents: Documents = ()


@kind("处理结果", NAMED, read_by(NAMED, "finding_id", "measure", "documents"), about_finding=True, checked=FOLLOWING)
class FindingDisposed(Acted, tag="finding.disposed", kw_only=True):
    """处理结果: what came of a finding that was upheld."""

    finding_id: UUID
    measure: Text
    documents: Documents = ()


@kind("撤销暂停计时", NAMED, read_by(NAMED, "stopped_seq", "by", "reason"), about_finding=True, checked=FOLLOWING)
class StopStruckOut(Acted, tag="stop.struck_out", kw_only=True):
    """A stop is found unlawful: the clock is judged again as if it had not been."""

    stopped_seq: Seq
    by: Code
    reason: Text


@kind("排除疑点", OFFICES, read_by(OFFICES, "raised_seq", "reason"), about_finding=True, checked=FOLLOWING)
class SuspicionCleared(Acted, tag="suspicion.cleared", kw_only=True):
    """A person has looked, and there is nothing in it."""

    raised_seq: Seq
    reason: Text


@kind("查实疑点", OFFICES, read_by(OFFICES, "raised_seq", "reason", "falsified", "party"), about_finding=True, checked=FOLLOWING)
class SuspicionConfirmed(Acted, tag="suspicion.confirmed", kw_only=True):
    """A person has looked, and it is so; falsified (弄虚作假) it may go to the credit file."""

    raised_seq: Seq
    reason: Text
    falsified: bool = False
    party: Code | None = None
    """Whose doing it was, where that is known."""


__all__ = [name for name, value in list(globals().items()) if isinstance(value, type) and issubclass(value, Acted)]
