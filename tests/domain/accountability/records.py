"""Records of credit and accountability as people open and take them on, with the findings and ledgers that they rest on; no answers."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from domain.acts import Acted
from domain.acts.enforcement.accountability import (
    AccountabilityDecided,
    AccountabilityHeard,
    AccountabilityNotified,
    AccountabilityProposed,
)
from domain.acts.enforcement.credit import (
    CatalogueItem,
    CreditDecided,
    CreditHeard,
    CreditNotified,
    CreditProposed,
    CreditPublished,
    CreditSubject,
    EffectiveDocument,
)
from domain.acts.enforcement.process import Ground
from domain.cases.other_cases import NOTHING, OtherCases
from domain.finding import Finding
from domain.ledger import Entry
from domain.recording.opening import Opened, open_case
from tests.domain.desk import Desk
from tests.domain.stories import CASE, shanghai

LATE, ELSEWHERE = UUID(int=71), UUID(int=72)
"""A finding, and the case that holds it."""
CODE = "91420800MA000012XL"
ITEM = CatalogueItem(
    catalogue="national",
    edition="2025 年版",
    number="3.12",
    title="提供虚假材料",
    grade="general",
    standard="情节一般",
    published=True,
    shared=True,
)
DECISION = EffectiveDocument(
    kind="责令改正决定书", number="荆审改〔2026〕3号", authority="荆门市行政审批局", issued_on=date(2026, 6, 1), served_on=date(2026, 6, 2)
)
FIRM = CreditSubject(kind="enterprise", role="construction", name="某某管道工程公司", credit_code=CODE)
WATER = CreditSubject(kind="enterprise", role="utility", name="荆门水务", credit_code=CODE)
SOMEBODY = CreditSubject(kind="person", role="user", name="张三", id_number="11010519491231002X")


class File(Desk):
    """One record at its desk."""

    def __init__(self, scheme: str = "jingmen-2023", case_id: UUID = CASE) -> None:
        super().__init__(scheme)
        self.case_id = case_id

    def proposes(
        self, act: Acted, by: str, at: str = "2026-06-03 10:00", role: str | None = None, other_cases: OtherCases = NOTHING
    ) -> Opened:
        moment = shanghai(at)
        opened = open_case(
            self.story.book,
            act,
            case_id=self.case_id,
            occurred_at=moment,
            recorded_at=moment,
            actor=self.actor(act, by, role, "proposer"),
            edition=self.story.offices.newest,
            offices=self.story.offices,
            other_cases=other_cases,
        )
        self._keep(opened.case, opened.entries)
        return opened


def finding(state: str = "upheld", party: str = "jm-water") -> OtherCases:
    """A finding in another case, as it stands."""
    at = datetime.fromisoformat("2026-05-06T10:00:00+08:00")
    found = Finding(
        finding_id=LATE,
        case_id=ELSEWHERE,
        rule="half-day-connection",
        keys=(party,),
        party=party,
        start_seq=1,
        started_at=at,
        due_at=at + timedelta(hours=4),
        state=state,  # type: ignore[arg-type]  # the tests name states of findings alone
        opened_seq=2,
        opened_at=at + timedelta(hours=5),
        red_at=at + timedelta(hours=9),
    )
    return OtherCases(findings={LATE: found})


def ledger(*acts: tuple[str, Acted], scheme: str = "jingmen-2023") -> OtherCases:
    """Another case with these acts."""
    desk = Desk(scheme)
    entries: list[Entry] = [
        desk.story.write(act, shanghai("2026-05-06 10:00"), shanghai("2026-05-06 10:00"), desk.actor(act, by, "department"))
        for by, act in acts
    ]
    ledgers: Mapping[UUID, Sequence[Entry]] = {ELSEWHERE: entries}
    return OtherCases(ledgers=ledgers)


GROUND = Ground(finding_id=LATE, case_id=ELSEWHERE)


def falsified(subject: CreditSubject = FIRM, **changes: object) -> CreditProposed:
    whole: dict[str, object] = {
        "by": "jm-spj",
        "conduct": "falsification",
        "facts": "验收资料与现场不符",
        "item": ITEM,
        "rests_on": DECISION,
    }
    return CreditProposed(subject=subject, **(whole | changes))  # type: ignore[arg-type]  # the tests name fields of the act


def notice(until: str = "2026-06-10 18:00", served: str = "2026-06-03 10:30", by: str = "jm-spj") -> CreditNotified:
    return CreditNotified(by=by, served_at=shanghai(served), statement_until=shanghai(until))


def entered(file: File, act: CreditProposed | None = None) -> File:
    """Take an entry to its decision: notified on Wednesday, heard on Thursday, entered on Friday 5 June."""
    file.proposes(act or falsified(), by="jm-spj", role="coordinator")
    file.records(notice(), by="jm-spj", role="coordinator", at="2026-06-03 11:00", account="proposer")
    file.records(CreditHeard(by="jm-spj", statement="资料由分包单位提供"), by="jm-spj", role="coordinator", at="2026-06-04 10:00")
    file.records(decision(), by="jm-spj", role="supervisor", at="2026-06-05 10:00", account="decider")
    return file


def decision(by: str = "jm-spj", outcome: str = "entered") -> CreditDecided:
    return CreditDecided(by=by, outcome=outcome, reason="事实清楚")  # type: ignore[arg-type]  # one of the two


def shown(until: date = date(2026, 9, 5), on: date = date(2026, 6, 5), how: str = "published", by: str = "jm-spj") -> CreditPublished:
    return CreditPublished(by=by, how=how, on=on, until=until)  # type: ignore[arg-type]  # one of the two


def answerable(unit: str = "jm-water", by: str = "jm-fgw", **changes: object) -> AccountabilityProposed:
    whole: dict[str, object] = {"conduct": "slow", "facts": "超期未接通", "grounds": (GROUND,)}
    return AccountabilityProposed(unit=unit, by=by, **(whole | changes))  # type: ignore[arg-type]  # the tests name fields of the act


def told(by: str = "jm-fgw", until: str = "2026-06-10 18:00", served: str = "2026-06-03 10:30") -> AccountabilityNotified:
    return AccountabilityNotified(by=by, served_at=shanghai(served), statement_until=shanghai(until))


def heard(by: str = "jm-fgw", statement: str | None = "材料迟到") -> AccountabilityHeard:
    return AccountabilityHeard(by=by, statement=statement)


def measure(by: str = "jm-spj", **changes: object) -> AccountabilityDecided:
    whole: dict[str, object] = {"measure": "criticism", "reason": "认定属实"}
    return AccountabilityDecided(by=by, **(whole | changes))  # type: ignore[arg-type]  # the tests name fields of the act
