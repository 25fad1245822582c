"""What each printed form and notice says, as it is gathered from a case: names instead of codes, and nothing made up."""

from datetime import date, datetime
from typing import Literal

from msgspec import Struct

from domain.acts.forms import Form

PrintedForm = Literal[
    "demand", "application", "sheet", "commitment", "notice", "rectification", "interview", "arranged", "referral", "statement", "yearend"
]
"""采集单, 申请表, 综合审批意见单, 告知承诺书, 提示告知单, 责令限期整改通知书, 约谈通知书, 约谈通知书（其他事由）, 移送函,
半年结算单, 年终体制结算单."""


class Record(Struct, frozen=True, kw_only=True):
    """What every printed form has: the case's running number, where it has one."""

    number: int | None = None
    year: int | None = None


class Intake(Record, frozen=True, kw_only=True):
    """A demand or an application as it was filled; its boxes are the form's."""

    form: Form


class CommitmentLetter(Record, frozen=True, kw_only=True):
    """A utility's annual commitment (告知承诺书), or its contractor's where one was entrusted."""

    utility: str
    department: str
    of_year: int | None = None
    standard: str
    document: str
    scope: str | None = None
    signatory: str | None = None
    contractor: str | None = None
    contractor_code: str | None = None
    signed_on: date


class OneTimeNotice(Record, frozen=True, kw_only=True):
    """提示告知单."""

    addressee: str | None = None
    matter: str
    materials: tuple[str, ...] = ()
    place: str | None = None
    procedure: tuple[str, ...] = ()
    issuer: str
    issued_on: date


class Rectification(Record, frozen=True, kw_only=True):
    """责令限期整改通知书."""

    utility: str
    department: str
    defect: str
    due_on: date
    ordered_on: date


class Interview(Record, frozen=True, kw_only=True):
    """约谈通知书."""

    utility: str
    department: str
    grounds: str
    held_for: datetime
    place: str
    contact: str | None = None
    called_on: date


class Referral(Record, frozen=True, kw_only=True):
    """移送函."""

    authority: str
    utility: str
    department: str
    facts: str
    law: str
    referred_on: date


class Opinion(Struct, frozen=True, kw_only=True):
    """One department on one utility's works."""

    utility: str
    """Its code."""
    name: str
    outcome: Literal["approved", "rejected", "not-needed"]
    text: str
    signatory: str | None = None
    signed_at: datetime


class Signing(Struct, frozen=True, kw_only=True):
    """One department's box of the sheet."""

    department: str
    """Its code."""
    title: str
    dated: bool
    opinions: tuple[Opinion, ...] = ()
    awaited: tuple[str, ...] = ()
    """The codes of the utilities whose opinion is still to come."""

    @property
    def signed_at(self) -> datetime | None:
        """Say when the box was complete: at its last opinion, once none is awaited."""
        return None if self.awaited else max((one.signed_at for one in self.opinions), default=None)


class Sheet(Record, frozen=True, kw_only=True):
    """综合审批意见单."""

    project_code: str | None = None
    applicant: str | None = None
    legal_representative: str | None = None
    address: str | None = None
    contact: str | None = None
    phone: str | None = None
    works_from: date | None = None
    works_until: date | None = None
    zone: str | None = None
    """镇街区."""
    connection_place: str | None = None
    signings: tuple[Signing, ...] = ()


class StatementLine(Struct, frozen=True, kw_only=True):
    """One case of a half-year's statement."""

    number: int
    case_id: str
    project: str | None = None
    belongs_to: str | None = None
    """The earlier half-year of the cost, in words."""
    amount: str


class Statement(Record, frozen=True, kw_only=True):
    """半年结算单; sums in 元."""

    period: str
    district: str
    utility: str
    items: tuple[StatementLine, ...] = ()
    cases: int
    amount: str
    capital: str
    submitted_on: date | None = None
    checked_on: date | None = None
    paid_on: date | None = None
    reference: str | None = None
    digest: str | None = None


class YearEndLine(Struct, frozen=True, kw_only=True):
    """What one utility was paid for one half-year."""

    number: int
    utility: str
    half: str
    paid_on: date
    reference: str
    amount: str


class YearEndPaper(Record, frozen=True, kw_only=True):
    """年终体制结算单; sums in 元."""

    of_year: int
    city: str
    district: str
    items: tuple[YearEndLine, ...] = ()
    settled: str
    percent: int
    city_share: str
    capital: str
    district_share: str
    paid_on: date | None = None
    reference: str | None = None
    digest: str | None = None


RECORDS: dict[PrintedForm, type[Record]] = {
    "demand": Intake,
    "application": Intake,
    "sheet": Sheet,
    "commitment": CommitmentLetter,
    "notice": OneTimeNotice,
    "rectification": Rectification,
    "interview": Interview,
    "arranged": Interview,
    "referral": Referral,
    "statement": Statement,
    "yearend": YearEndPaper,
}
