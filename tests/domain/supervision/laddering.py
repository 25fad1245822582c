"""A commitment with defects found under it and orders given for them, act by act with every check in the way; holds no expected answers."""

from datetime import date
from uuid import UUID

import msgspec

from domain.acts import Acted, encode_act
from domain.acts.enforcement.ladder import InterviewHeld
from domain.acts.enforcement.supervision import (
    Checked,
    CommitmentSigned,
    DefectFound,
    InspectionHeld,
    InterviewCalled,
    RectificationJudged,
    RectificationOrdered,
    RectificationReported,
)
from domain.clock import Clock
from domain.ledger import Entry
from tests.domain.stories import shanghai
from tests.domain.worked_cases.worked import Act, Example
from tests.domain.worked_cases.worked_desk import WorkedDesk

WATER, PARKS = "jm-water", "jm-cgw"


class Ladder:
    """One commitment of the water company to the department of parks, signed in January 2026."""

    def __init__(self, scheme: str = "jingmen-2023") -> None:
        self.desk = WorkedDesk(Example(title="", scheme=scheme, why="", now="2026-12-31 12:00", acts=()), swept=False)
        signed = CommitmentSigned(utility=WATER, department=PARKS, year=2026, standard="2026版", document="承诺书")
        self.does("commitment", "2026-01-05 09:00", WATER, signed)

    def does(self, case: str, at: str, by: str, act: Acted, written: str | None = None) -> None:
        body = msgspec.json.decode(encode_act(act))
        self.desk.take(Act(at=at, by=by, case=case, act=body, written=written))

    def finds(self, at: str, item: int = 1) -> int:
        """Inspect, and find an item not met; give the defect's entry."""
        self.does("commitment", f"{at} 10:00", PARKS, inspected((item, False)))
        seq = len(self.entries("commitment"))
        self.does(
            "commitment", f"{at} 10:30", PARKS, DefectFound(department=PARKS, utility=WATER, item=item, text="沉降", inspected_seq=seq)
        )
        return seq + 1

    def orders(self, case: str, at: str, due: str, seq: int) -> None:
        self.does(case, at, PARKS, self.order(due, seq))

    def order(self, due: str, seq: int | None) -> RectificationOrdered:
        return RectificationOrdered(
            utility=WATER,
            department=PARKS,
            defect="沉降",
            due_on=date.fromisoformat(due),
            commitment=self.id("commitment"),
            defect_seq=seq,
        )

    def reports(self, case: str, at: str) -> None:
        self.does(case, at, WATER, RectificationReported(utility=WATER, evidence="照片"))

    def judges(self, case: str, at: str, *, accepted: bool) -> None:
        self.does(case, at, PARKS, RectificationJudged(utility=WATER, accepted=accepted, reason="见照片"))

    def calls(self, case: str, at: str, held_for: str) -> None:
        self.does(case, at, PARKS, called(held_for))

    def holds(self, case: str, at: str, *attended: str) -> None:
        self.does(case, at, PARKS, InterviewHeld(party=WATER, by=PARKS, attended=attended, outcome="见纪要"))

    def id(self, case: str) -> UUID:
        return self.desk.cases[case].case_id

    def entries(self, case: str) -> list[Entry]:
        return self.desk.stories[case].entries

    def clocks(self, case: str) -> tuple[Clock, ...]:
        return self.desk.stories[case].judged().clocks

    def beside(self, case: str) -> dict[UUID, list[Entry]]:
        return {one.case_id: self.entries(name) for name, one in self.desk.cases.items() if name != case}


def inspected(*found: tuple[int, bool]) -> InspectionHeld:
    checked = tuple(Checked(item=item, met=met) for item, met in found)
    return InspectionHeld(department=PARKS, utility=WATER, inspectors=("赵四",), checked=checked)


def called(held_for: str, utility: str = WATER, department: str = PARKS) -> InterviewCalled:
    return InterviewCalled(utility=utility, department=department, grounds="连续违规", held_for=shanghai(held_for), place="三楼会议室")


def insufficient_twice() -> Ladder:
    """Two orders, in March and June; the last judged insufficient on 18 June."""
    ladder = Ladder()
    ladder.orders("first", "2026-03-17 10:00", "2026-03-27", ladder.finds("2026-03-16"))
    ladder.orders("second", "2026-06-09 10:00", "2026-06-18", ladder.finds("2026-06-08", item=2))
    ladder.reports("second", "2026-06-17 10:00")
    ladder.judges("second", "2026-06-18 10:00", accepted=False)
    return ladder
