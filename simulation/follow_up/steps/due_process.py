"""A finding from its service to what came of it, as its fate says; the domain decides whether each step may be taken."""

from datetime import datetime
from random import Random
from uuid import UUID

from domain.acts.enforcement.audit import FindingNotified
from domain.acts.enforcement.process import Excuse, FindingDecided, FindingDisposed, FindingObjected, Outcome
from domain.clock import is_contested
from domain.finding import Finding
from simulation.follow_up.office import Office
from simulation.follow_up.outcomes import Fate
from simulation.follow_up.schedule import Track
from storage.findings.findings import read_findings

EXCUSE: Excuse = "applicant-delay"
WAIT = 5
"""So many working days nothing is served: late entries have their time."""
OBJECT, DECIDE, DISPOSE = (1, 3), (3, 8), (1, 10)
LATE, SILENT = (13, 18), (8, 15)
"""Working days after service; without an objection its days run out first."""


class Process:
    """One finding's way."""

    def __init__(self, office: Office, fate: Fate, rng: Random, *, spread: int, fall: int) -> None:
        """Take the fate; it is served within `spread` working days, and falls, where it does, at the moment `fall`."""
        self.office, self.fate, self.rng, self.spread, self.fall = office, fate, rng, spread, fall
        self.served = False
        self.decided: int | None = None
        """When it was upheld."""

    @property
    def case_id(self) -> UUID:
        """Say in which case it is."""
        return self.fate.answer.case_id

    async def track(self) -> Track:
        """Go the way step by step."""
        way, office, party = self.fate.way, self.office, self.fate.answer.party
        if way.end == "open":
            return
        yield office.later(self.rng, WAIT, WAIT + self.spread)
        found = await self.finding()
        if way.end == "withdrawn" and not way.objected:
            await self._decide("withdrawn", "样例：数据有误")
            return
        served = FindingNotified(finding_id=found.finding_id, served_at=office.now())
        await office.record(self.case_id, office.somebody("finding.notified", party), served)
        self.served = True
        if way.end == "notified":
            return
        if way.objected:
            yield office.later(self.rng, *OBJECT)
            await self._object(found.finding_id)
        if way.end == "objected":
            return
        yield office.later(self.rng, *(LATE if way.late else DECIDE if way.objected else SILENT))
        await self._decide(_outcome(way.end), "样例：经核查认定")
        if way.end == "disposed":
            yield office.later(self.rng, *DISPOSE)
            disposed = FindingDisposed(finding_id=found.finding_id, measure="样例：责令改进")
            await office.record(self.case_id, office.somebody("finding.disposed", party), disposed)
        if way.fallen:
            yield max(self.fall, office.at)
            await self._decide("withdrawn", "样例：复查发现数据有误", account=3)

    async def finding(self) -> Finding:
        """Find what the sweep has opened for the breach."""
        said = self.fate.answer
        due, keys = datetime.fromisoformat(said.due_at), tuple(said.keys.values())
        async with self.office.database.connection() as tx:
            rows = [row.finding for row in await read_findings(tx, said.case_id)]
        same = [one for one in rows if (one.rule, one.party, one.keys, one.due_at) == (said.rule, said.party, keys, due)]
        return sorted(same, key=lambda one: one.start_seq)[self.fate.twin]

    async def _object(self, finding_id: UUID) -> None:
        said = self.fate.answer
        excuse = EXCUSE if self.fate.way.end == "excused" else None
        act = FindingObjected(finding_id=finding_id, party=said.party, text="样例：请求复核", excuse=excuse)
        await self.office.record(said.case_id, said.party, act)

    async def _decide(self, outcome: Outcome, reason: str, account: int = 2) -> None:
        found, by = await self.finding(), self.office.decider(self.fate.answer.party)
        contested = is_contested(found.due_at, found.also_due_at, found.ended_at, self.office.now())
        act = FindingDecided(
            finding_id=found.finding_id,
            by=by,
            outcome=outcome,
            reason=reason,
            excuse=EXCUSE if outcome == "excused" else None,
            on_reading="样例：以本方案设定的计时口径为准" if outcome == "upheld" and contested else None,
        )
        await self.office.record(self.case_id, by, act, account)
        self.decided = self.office.at if outcome == "upheld" else None


def _outcome(end: str) -> Outcome:
    outcomes: dict[str, Outcome] = {"excused": "excused", "withdrawn": "withdrawn"}
    return outcomes.get(end, "upheld")
