"""A case as people open and record it, with every check in the way; holds no expected answers."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from domain.acts import Acted
from domain.acts.connection import ApplicationPushed, ApprovalPushed, MaterialsSubmitted, PlanIssued, SignoffGiven
from domain.acts.enforcement.supervision import StandardPublished
from domain.acts.parts import Deferred
from domain.case import Case
from domain.cases.other_cases import NOTHING, Dug, OtherCases
from domain.ledger import Actor, Entry
from domain.recording.opening import Opened, open_case
from domain.recording.recording import Recorded, record
from tests.domain.stories import CASE, Story, accepted, opened, shanghai, surveyed


class Desk:
    """One case at a desk: what is refused leaves no trace."""

    def __init__(self, scheme: str = "jingmen-2023") -> None:
        self.story = Story(scheme)
        self.case: Case | None = None

    def opens(
        self,
        act: Acted,
        by: str,
        at: str = "2026-11-16 09:00",
        role: str | None = None,
        district: str | None = None,
        *,
        written: str | None = None,
        other_cases: OtherCases = NOTHING,
    ) -> Opened:
        opened = open_case(
            self.story.book,
            act,
            case_id=CASE,
            occurred_at=shanghai(at),
            recorded_at=shanghai(written or at),
            actor=self.actor(act, by, role),
            edition=self.story.offices.newest,
            district=district,
            number=7,
            offices=self.story.offices,
            other_cases=other_cases,
        )
        self._keep(opened.case, opened.entries)
        return opened

    def records(  # noqa: PLR0913 -- each is a fact of the one act
        self,
        act: Acted,
        by: str,
        at: str = "2026-11-16 10:00",
        written: str | None = None,
        role: str | None = None,
        account: str = "person",
        *,
        commitments: Sequence[Case] = (),
        nearby: Sequence[Dug] = (),
        standards: Sequence[StandardPublished] = (),
        other_cases: OtherCases = NOTHING,
    ) -> Recorded:
        assert self.case is not None
        recorded = record(
            self.story.book,
            self.case,
            self.story.entries,
            act,
            occurred_at=shanghai(at),
            recorded_at=shanghai(written or at),
            actor=self.actor(act, by, role, account),
            offices=self.story.offices,
            clocks=self.story.judged().clocks,
            commitments=commitments,
            nearby=nearby,
            standards=standards,
            other_cases=other_cases,
        )
        self._keep(recorded.case, recorded.entries)
        return recorded

    def actor(self, act: Acted, by: str, role: str | None = None, account: str = "person") -> Actor:
        return Actor(by, role or self.story.role(act, by), account)

    def _keep(self, case: Case, entries: Sequence[Entry]) -> None:
        self.case = case
        self.story.entries.extend(entries)


def commitment(utility: str, department: str, year: int, scheme: str = "jingmen-2023") -> Case:
    """A commitment in force, as far as a notice rests on it."""
    return Case(
        case_id=UUID(int=9),
        kind="commitment",
        scheme=scheme,
        city="420800",
        district=None,
        subject=f"{utility}|{department}|{year}",
        number=None,
        year=year,
        state="open",
        opened_at=shanghai(f"{year}-01-05 09:00"),
        opened_by=utility,
        parties=(department, utility),
        seq=1,
        head=b"",
    )


def applied(*utilities: str) -> Desk:
    desk = Desk()
    desk.opens(accepted(*(utilities or ("jm-water",))), by="jm-spj")
    desk.records(ApplicationPushed(utilities=utilities or ("jm-water",)), by="jm-spj", at="2026-11-16 09:05")
    return desk


def joint(*, deferred: str | None = None) -> Desk:
    """A joint approval with the materials submitted on Monday at ten, due on Thursday at six; a document may come ten days later."""
    desk = applied()
    desk.records(surveyed("jm-spj", "jm-water"), by="jm-spj", at="2026-11-16 09:10")
    desk.records(PlanIssued(utility="jm-water"), by="jm-water", at="2026-11-16 09:11")
    desk.records(opened(("jm-water", "jm-cgw")), by="jm-spj", at="2026-11-16 09:20")
    desk.records(ApprovalPushed(utility="jm-water", departments=("jm-cgw",)), by="jm-water", at="2026-11-16 09:21")
    later = (Deferred(document=deferred, due_on=date(2026, 11, 26)),) if deferred else ()
    desk.records(MaterialsSubmitted(utility="jm-water", department="jm-cgw", deferred=later), by="jm-water", at="2026-11-16 10:00")
    return desk


def signed() -> SignoffGiven:
    return SignoffGiven(utility="jm-water", department="jm-cgw", outcome="approved", opinion="同意", signatory="李")
