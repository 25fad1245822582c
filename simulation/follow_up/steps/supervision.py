"""Orders, interviews and referrals (责令整改、约谈、移送): for what was found under a commitment, and interviews on other grounds."""

from datetime import timedelta
from random import Random
from typing import Literal
from uuid import UUID

from domain.acts.enforcement.ladder import InterviewArranged, InterviewHeld, PenaltyReferred, ReferralAnswered
from domain.acts.enforcement.process import Ground
from domain.acts.enforcement.supervision import (
    Checked,
    DefectFound,
    InspectionHeld,
    InterviewCalled,
    RectificationJudged,
    RectificationOrdered,
    RectificationReported,
)
from simulation.follow_up.office import Office
from simulation.follow_up.schedule import Track
from simulation.follow_up.steps.due_process import Process
from simulation.slow_calendar import DAY, day_of

Climb = Literal["mended", "unreported", "interview", "referral"]
_DAYS = 12
_NOTICE = timedelta(days=3)


class Ladder:
    """What becomes of one commitment whose standard is not met."""

    def __init__(self, office: Office, key: tuple[str, str, int], commitment: UUID, climb: Climb, rng: Random) -> None:
        """Take the commitment, and how far it comes."""
        self.office, self.commitment, self.climb, self.rng = office, commitment, climb, rng
        self.utility, self.department, _ = key
        self.judged: UUID | None = None
        """The order whose rectification was judged insufficient for good."""

    async def track(self) -> Track:
        """Order once, and where it climbs once more, to an interview and on."""
        office = self.office
        yield office.later(self.rng, 5, 30)
        if self.climb in {"interview", "referral"}:
            first = await self._order()
            yield office.later(self.rng, 2, 4)
            await self._report(first, accepted=True)
            yield office.later(self.rng, 5, 15)
        order = await self._order()
        if self.climb == "unreported":
            return
        yield office.later(self.rng, 2, 4)
        await self._report(order, accepted=self.climb == "mended")
        if self.climb == "mended":
            return
        self.judged = order
        yield office.later(self.rng, 1, 2)
        await self._call(order)
        yield office.later(self.rng, 6, 8)
        came = ("样例负责人",) if self.climb == "interview" else ()
        held = InterviewHeld(party=self.utility, by=self.department, attended=came, outcome="样例：限期整改到位")
        await office.record(order, self.department, held)
        if self.climb == "referral":
            yield office.later(self.rng, 8, 12)
            await self._refer(order)
            yield office.later(self.rng, 10, 20)
            await office.record(order, self.department, ReferralAnswered(department=self.department, outcome="样例：已立案"))

    async def _order(self) -> UUID:
        checked = (Checked(item=1, met=False),)
        looked = InspectionHeld(department=self.department, utility=self.utility, inspectors=("样例甲",), checked=checked)
        await self.office.record(self.commitment, self.department, looked)
        found = DefectFound(department=self.department, utility=self.utility, item=1, text="样例：未达到承诺标准")
        seq = await self.office.record(self.commitment, self.department, found)
        order = RectificationOrdered(
            utility=self.utility,
            department=self.department,
            defect="样例：路面恢复未达标准",
            due_on=day_of(self.office.hand.workday(self.office.at, _DAYS)),
            commitment=self.commitment,
            defect_seq=seq,
        )
        return await self.office.open(self.rng, self.department, order)

    async def _report(self, order: UUID, *, accepted: bool) -> None:
        await self.office.record(order, self.utility, RectificationReported(utility=self.utility, evidence="样例：照片"))
        judged = RectificationJudged(utility=self.utility, accepted=accepted, reason="样例：现场核查")
        await self.office.record(order, self.department, judged)

    async def _call(self, order: UUID) -> None:
        held_for = self.office.now() + _NOTICE
        called = InterviewCalled(
            utility=self.utility, department=self.department, grounds="样例：整改不到位", held_for=held_for, place="样例会议室"
        )
        await self.office.record(order, self.department, called)

    async def _refer(self, order: UUID) -> None:
        referred = PenaltyReferred(
            utility=self.utility,
            department=self.department,
            authority="样例执法机关",
            law="《样例管理条例》第十条",
            facts="样例：连续发生违规现象，整改不到位，约谈无人参加",
        )
        await self.office.record(order, self.department, referred)


async def arranged(office: Office, process: Process, rng: Random) -> Track:
    """Call a party in on a finding that it was notified of, and say what came of it."""
    while not process.served:
        yield office.at + DAY
    yield office.later(rng, 1, 5)
    party = process.fate.answer.party
    by = office.somebody("interview.arranged", party)
    found = await process.finding()
    ground = Ground(finding_id=found.finding_id, case_id=process.case_id)
    act = InterviewArranged(
        party=party, by=by, ground="样例：提醒约谈", findings=(ground,), held_for=office.now() + _NOTICE, place="样例会议室"
    )
    about = await office.open(rng, by, act)
    yield office.later(rng, 5, 8)
    await office.record(about, by, InterviewHeld(party=party, by=by, attended=("样例负责人",), outcome="样例：已说明"))
