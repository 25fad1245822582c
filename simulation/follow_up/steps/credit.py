"""Entries of credit files (信用档案), each as far as its fate says: from the proposal to its repair or its end."""

from collections.abc import Callable
from datetime import timedelta
from random import Random
from typing import Literal
from uuid import UUID

from domain.acts.enforcement.credit import (
    CatalogueItem,
    CreditCompleted,
    CreditDecided,
    CreditHeard,
    CreditNotified,
    CreditProposed,
    CreditPublished,
    CreditRepaired,
    CreditSubject,
    CreditWithdrawn,
    EffectiveDocument,
    Grade,
    MeasureEntered,
    SuspicionRef,
)
from simulation.follow_up.office import Office
from simulation.follow_up.schedule import Track
from simulation.follow_up.steps.supervision import Ladder
from simulation.follow_up.steps.suspicions import Looked
from simulation.people import credit_code, id_number, person
from simulation.slow_calendar import DAY, day_of, moment

Filed = Literal["note", "proposed", "notified", "heard", "refused", "entered", "shown", "repaired", "expired", "withdrawn"]
DECK: dict[Filed, int] = dict.fromkeys(("note", "proposed", "notified", "heard", "refused", "entered", "shown", "withdrawn"), 1)
DECK |= {"repaired": 2, "expired": 2}
_WINDOWS: dict[str, tuple[Grade, int]] = {"expired": ("minor", 31), "shown": ("serious", 900)}
_REPAIRED: tuple[Grade, int] = ("general", 200)


class CreditGround:
    """Whose entry it is, and what it rests on beside its document."""

    def __init__(self, party: str | None = None, suspicion: SuspicionRef | None = None, supervision: UUID | None = None) -> None:
        """Name what there is."""
        self.party, self.suspicion, self.supervision = party, suspicion, supervision


Ready = Callable[[], CreditGround | None]
"""Gives the ground once it is there."""


def free() -> Ready:
    """Rest on the document alone: an enterprise or a person that is no party of the plan."""
    return CreditGround


def under(ladder: Ladder) -> Ready:
    """Rest on an order whose rectification was judged insufficient."""
    return lambda: None if ladder.judged is None else CreditGround(ladder.utility, supervision=ladder.judged)


def because(looked: Looked) -> Ready:
    """Rest on a suspicion that was confirmed as falsified."""
    raised = looked.raised
    return lambda: None if looked.done is None else CreditGround(raised.party, SuspicionRef(case_id=raised.case_id, seq=raised.seq))


class Entry:
    """One entry of a credit file."""

    def __init__(self, office: Office, filed: Filed, ready: Ready, rng: Random) -> None:
        """Take how far it comes; it begins as soon as its ground is there."""
        self.office, self.filed, self.ready, self.rng = office, filed, ready, rng

    async def track(self) -> Track:
        """Wait for the ground, and go the steps."""
        office = self.office
        yield office.later(self.rng, 5, 40)
        while (ground := self.ready()) is None:
            yield office.at + DAY
        by, decider = office.somebody("credit.proposed", ground.party), office.decider(ground.party)
        completed = self.rng.randrange(2) == 0 and self.filed not in {"note", "proposed"}
        about = await self._propose(by, ground, whole=not completed and self.filed != "note")
        if completed:
            yield office.later(self.rng, 1, 3)
            await office.record(about, by, CreditCompleted(by=by, item=self._item(), rests_on=self._document()))
        if self.filed in {"note", "proposed"}:
            return
        yield office.later(self.rng, 1, 3)
        until = office.heard_until()
        await office.record(about, by, CreditNotified(by=by, served_at=office.now(), statement_until=moment(until)))
        if self.filed == "notified":
            return
        yield until + 60
        await office.record(about, by, CreditHeard(by=by))
        if self.filed == "heard":
            return
        yield office.later(self.rng, 1, 4)
        outcome: Literal["entered", "refused"] = "refused" if self.filed == "refused" else "entered"
        await office.record(about, decider, CreditDecided(by=decider, outcome=outcome, reason="样例：经集体研究"), account=2)
        if self.filed in {"refused", "entered"}:
            return
        yield office.later(self.rng, 1, 3)
        await self._show(about, by, decider, ground)
        if self.filed in {"repaired", "withdrawn"}:
            yield office.later(self.rng, 15, 25)
            await self._end(about, decider)

    async def _show(self, about: UUID, by: str, decider: str, ground: CreditGround) -> None:
        _, days = _WINDOWS.get(self.filed, _REPAIRED)
        on = day_of(self.office.at)
        publisher = self.office.somebody("credit.published", ground.party)
        shown = CreditPublished(by=publisher, how="shared", on=on, until=on + timedelta(days=days))
        await self.office.record(about, publisher, shown)
        department = next(one for one in self.office.city.whoever_may("measure.entered") if one not in {ground.party, by, decider})
        measure = MeasureEntered(
            department=department, measures_list="样例清单2026版", number="1", law="《样例信用条例》第八条", text="样例：加强抽查", on=on
        )
        await self.office.record(about, department, measure)

    async def _end(self, about: UUID, decider: str) -> None:
        if self.filed == "repaired":
            act: CreditRepaired | CreditWithdrawn = CreditRepaired(by=decider, on=day_of(self.office.at), reason="样例：已纠正并承诺")
        else:
            act = CreditWithdrawn(by=decider, reason="样例：依据的文书被撤销")
        await self.office.record(about, decider, act, account=3)

    async def _propose(self, by: str, ground: CreditGround, *, whole: bool) -> UUID:
        person_of_it = ground.party is None and ground.suspicion is None and self.rng.randrange(3) == 0
        act = CreditProposed(
            subject=self._person() if person_of_it else self._enterprise(ground.party),
            party=ground.party,
            by=by,
            conduct="commitment-not-honoured" if ground.supervision else "falsification",
            facts="样例：经核查属实",
            item=self._item() if whole else None,
            rests_on=self._document() if whole else None,
            suspicion=ground.suspicion,
            supervision=ground.supervision,
        )
        return await self.office.open(self.rng, by, act)

    def _enterprise(self, party: str | None) -> CreditSubject:
        code = credit_code(self.rng, self.office.city.region)
        return CreditSubject(kind="enterprise", role="utility" if party else "user", name="样例有限公司", credit_code=code)

    def _person(self) -> CreditSubject:
        return CreditSubject(kind="person", role="user", name=person(self.rng), id_number=id_number(self.rng))

    def _item(self) -> CatalogueItem:
        grade, _ = _WINDOWS.get(self.filed, _REPAIRED)
        standard = "样例：目录载明的标准"
        return CatalogueItem(
            catalogue="national", edition="样例2026版", number="样例1", title="样例：未履行承诺", grade=grade, standard=standard,
            published=True, shared=True,
        )  # fmt: skip

    def _document(self) -> EffectiveDocument:
        on = day_of(self.office.at)
        return EffectiveDocument(kind="行政决定书", number="样例1号", authority="样例机关", issued_on=on, served_on=on)
