"""What each printed form and notice says, as it is gathered from a case: names instead of codes, and nothing made up."""

from datetime import date, datetime
from typing import Literal

from msgspec import Struct

from domain.acts.forms import Form

PrintedForm = Literal["demand", "application", "sheet", "commitment", "notice", "rectification", "interview"]
"""采集单, 申请表, 综合审批意见单, 告知承诺书, 提示告知单, 责令限期整改通知书, 约谈通知."""


class Record(Struct, frozen=True, kw_only=True):
    """What every printed form has: the case's running number, where it has one."""

    number: int | None = None
    year: int | None = None


class Intake(Record, frozen=True, kw_only=True):
    """A demand or an application as it was filled; its boxes are the form's."""

    form: Form


class Commitment(Record, frozen=True, kw_only=True):
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
    """约谈通知."""

    utility: str
    department: str
    grounds: str
    held_for: datetime
    place: str
    contact: str | None = None
    called_on: date


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


RECORDS: dict[PrintedForm, type[Record]] = {
    "demand": Intake,
    "application": Intake,
    "sheet": Sheet,
    "commitment": Commitment,
    "notice": OneTimeNotice,
    "rectification": Rectification,
    "interview": Interview,
}
