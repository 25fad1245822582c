"""A finding and what people do about it, in words short enough for a story; holds no expected answers."""

from collections.abc import Sequence
from uuid import UUID

import msgspec

from domain.acts.enforcement.audit import FindingNotified
from domain.acts.enforcement.process import Excuse, FindingDecided, FindingDisposed, FindingObjected, Outcome
from domain.acts.fact import DocumentAttached
from domain.finding import Finding
from tests.domain.desk import Desk, joint
from tests.domain.stories import shanghai

PARKS, OFFICE, REFORM = "jm-cgw", "jm-spj", "jm-fgw"
"""Who missed the approval; who decides; who decides about that one."""
PAPER = UUID(int=77)


class Hearing:
    """One finding of a case: the joint approval that 城管委 owed by Thursday 19 November at 18:00, unless another is named."""

    def __init__(self, desk: Desk | None = None, rule: str = "joint-approval", until: str = "2026-11-19 18:02") -> None:
        self.desk, self.rule = desk or joint(), rule
        self.sweep(until)

    def sweep(self, until: str) -> None:
        """Let the auditor do all that there is to do by then."""
        self.desk.story.swept(until)
        assert self.desk.case is not None
        self.desk.case = msgspec.structs.replace(self.desk.case, seq=len(self.desk.story.entries))

    @property
    def finding(self) -> Finding:
        return next(one for one in self.desk.story.judged().findings if one.rule == self.rule)

    def notified(self, at: str = "2026-11-20 11:00", by: str = OFFICE, account: str = "clerk") -> "Hearing":
        """Served on Friday, half an hour after late entries had their time: five working days on is Friday 27 November."""
        act = FindingNotified(finding_id=self.finding.finding_id, served_at=shanghai(at))
        self.desk.records(act, by, at, account=account)
        return self

    def objects(
        self,
        at: str = "2026-11-24 10:00",
        by: str = PARKS,
        written: str | None = None,
        party: str | None = None,
        excuse: Excuse | None = None,
        addressed_to: str | None = None,
        role: str | None = None,
    ) -> None:
        about = self.finding.finding_id
        act = FindingObjected(finding_id=about, party=party or by, text="当日已签批", excuse=excuse, addressed_to=addressed_to)
        self.desk.records(act, by, at, written, role=role)

    def decides(  # noqa: PLR0913 -- each is a fact of the one act
        self,
        outcome: Outcome,
        at: str = "2026-11-30 10:00",
        by: str = OFFICE,
        *,
        excuse: Excuse | None = None,
        on_reading: str | None = None,
        documents: Sequence[UUID] = (),
        account: str = "decider",
        named: str | None = None,
        role: str | None = "supervisor",
    ) -> None:
        act = FindingDecided(
            finding_id=self.finding.finding_id,
            by=named or by,
            outcome=outcome,
            reason="核对台账",
            excuse=excuse,
            on_reading=on_reading,
            documents=tuple(documents),
        )
        self.desk.records(act, by, at, account=account, role=role)

    def disposes(self, at: str = "2026-12-02 10:00", by: str = OFFICE) -> None:
        self.desk.records(FindingDisposed(finding_id=self.finding.finding_id, measure="责令书面检查"), by, at, role=None)

    def attaches(self, by: str, at: str) -> UUID:
        act = DocumentAttached(document_id=PAPER, name="签批记录.pdf", media_type="application/pdf", size=9, sha256="0" * 64)
        self.desk.records(act, by, at)
        return PAPER
