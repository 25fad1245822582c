"""Accountability records (责任追究) on upheld findings, each as far as its fate says."""

from random import Random
from typing import Literal
from uuid import UUID

from domain.acts.enforcement.accountability import (
    AccountabilityConcluded,
    AccountabilityDecided,
    AccountabilityHeard,
    AccountabilityNotified,
    AccountabilityProposed,
    Official,
)
from domain.acts.enforcement.process import Ground
from simulation.follow_up.office import Office
from simulation.follow_up.schedule import Track
from simulation.follow_up.steps.due_process import Process
from simulation.people import person
from simulation.slow_calendar import DAY, moment

Far = Literal["proposed", "notified", "heard", "decided", "concluded", "spared"]
DECK: dict[Far, int] = {"proposed": 1, "notified": 1, "heard": 1, "decided": 2, "concluded": 3, "spared": 1}
"""How far a record comes; spared is decided too, with nothing imposed."""


class Held:
    """One record on one finding."""

    def __init__(self, office: Office, process: Process, far: Far, rng: Random) -> None:
        """Take the finding, and how far it comes."""
        self.office, self.process, self.far, self.rng = office, process, far, rng

    @property
    def state(self) -> str:
        """Say how the record stands in the end: with its ground it falls."""
        if self.process.fate.way.fallen and self.far != "spared":
            return "withdrawn"
        return "decided" if self.far == "spared" else self.far

    async def track(self) -> Track:
        """Wait until the finding is upheld, and go the steps."""
        office, party = self.office, self.process.fate.answer.party
        while self.process.decided is None:
            yield office.at + DAY
        yield office.later(self.rng, 1, 4)
        by, decider = office.somebody("accountability.proposed", party), office.decider(party)
        about = await self._propose(by)
        if self.far == "proposed":
            return
        yield office.later(self.rng, 1, 2)
        until = office.heard_until()
        served = AccountabilityNotified(by=by, served_at=office.now(), statement_until=moment(until))
        await office.record(about, by, served)
        if self.far == "notified":
            return
        silent = self.rng.randrange(2) == 0
        yield until + 60 if silent else office.later(self.rng, 1, 5)
        await office.record(about, by, AccountabilityHeard(by=by, statement=None if silent else "样例：情况说明"))
        if self.far == "heard":
            return
        yield office.later(self.rng, 1, 4)
        await office.record(about, decider, self._decision(decider), account=2)
        if self.far == "concluded":
            yield office.later(self.rng, 3, 8)
            done = AccountabilityConcluded(by=decider, outcome="样例：已执行")
            await office.record(about, decider, done)

    async def _propose(self, by: str) -> UUID:
        found = await self.process.finding()
        act = AccountabilityProposed(
            unit=found.party,
            by=by,
            person=Official(name=person(self.rng), post="样例科长") if self.rng.randrange(3) == 0 else None,
            conduct=self.rng.choice(("slow", "inaction", "other")),
            facts="样例：超过规定时限",
            grounds=(Ground(finding_id=found.finding_id, case_id=found.case_id),),
        )
        return await self.office.open(self.rng, by, act)

    def _decision(self, decider: str) -> AccountabilityDecided:
        measure: Literal["criticism", "discipline", "none"] = (
            "none" if self.far == "spared" else self.rng.choice(("criticism", "discipline"))
        )
        basis = "《样例责任追究办法》第五条" if measure == "discipline" else None
        return AccountabilityDecided(by=decider, measure=measure, basis=basis, reason="样例：经集体研究")
