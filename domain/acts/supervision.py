"""The acts of commitments, orders to rectify and settlements, as far as deadlines rest on them."""

from datetime import date
from typing import Annotated, Literal

from msgspec import Meta

from domain.acts.field import Acted, Code, Fen, Text

Year = Annotated[int, Meta(ge=2000, le=2100)]


class StandardPublished(Acted, tag="standard.published", kw_only=True):
    """部门制定的标准."""

    department: Code
    version: Text


class CommitmentSigned(Acted, tag="commitment.signed", kw_only=True):
    """年度承诺: one utility to one department for one year."""

    utility: Code
    department: Code
    year: Year
    standard: Text
    document: Text


class ContractorEntrusted(Acted, tag="contractor.entrusted", kw_only=True):
    """由公用事业单位委托具体施工实施单位作书面承诺."""

    contractor: Text


class CommitmentSuspended(Acted, tag="commitment.suspended", kw_only=True):
    """Eligibility is suspended, only with its own legal basis."""

    basis: Text


class CommitmentRestored(Acted, tag="commitment.restored", kw_only=True):
    """Eligibility is restored, only with its own legal basis."""

    basis: Text


class RectificationOrdered(Acted, tag="rectification.ordered", kw_only=True):
    """责令限期整改: who, what, by when."""

    utility: Code
    department: Code
    defect: Text
    due_on: date


class RectificationReported(Acted, tag="rectification.reported", kw_only=True):
    """Reported complete, with evidence."""

    utility: Code
    evidence: Text


class RectificationJudged(Acted, tag="rectification.judged", kw_only=True):
    """The department judges the report sufficient or not."""

    utility: Code
    accepted: bool
    reason: Text


class PeriodOpened(Acted, tag="period.opened", kw_only=True):
    """A half-year's settlement between one district and one utility."""

    utility: Code
    district: Code
    year: Year
    half: Literal[1, 2]
    due_on: date | None = None
    """The day that the finance bureau names; without it a reminder is kept and nothing is found."""


class StatementSubmitted(Acted, tag="statement.submitted", kw_only=True):
    """结算资料上报."""

    utility: Code
    amount: Fen


class StatementChecked(Acted, tag="statement.checked", kw_only=True):
    """The district's check of the statement."""

    district: Code
    accepted: bool


__all__ = [name for name, value in list(globals().items()) if isinstance(value, type) and issubclass(value, Acted)]
