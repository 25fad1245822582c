"""The pieces that acts carry: who applies for what, the works of a stretch, documents that come later."""

from datetime import date
from typing import Annotated, Literal

from msgspec import Meta

from domain.acts.field import Code, Excavation, Metres, Part, Text

ApplicantKind = Literal["enterprise", "developer", "other-non-resident", "resident"]
"""企业, 房地产开发企业, 其它非居民用户, 居民."""


class Applicant(Part, kw_only=True):
    """申请单位, as both plans' forms ask for it."""

    name: Annotated[str, Meta(min_length=1, max_length=200)]
    kind: ApplicantKind = "enterprise"
    credit_code: Annotated[str, Meta(max_length=18)] | None = None
    """统一社会信用代码 (GB 32100), 18 characters with its check character."""
    legal_representative: Annotated[str, Meta(min_length=1, max_length=100)] | None = None
    contact: Annotated[str, Meta(min_length=1, max_length=100)] | None = None
    phone: Annotated[str, Meta(min_length=3, max_length=32)] | None = None


class Supply(Part, kw_only=True):
    """One service asked for and the company that supplies it in this case."""

    service: Code
    """A service of the scheme's `utilities`: water, gas, heat, power, network."""
    utility: Code
    """The company's party code."""


class Form(Part, kw_only=True):
    """The part that every intake form has in common (采集单, 申请表)."""

    applicant: Applicant
    supplies: Annotated[tuple[Supply, ...], Meta(min_length=1, max_length=20)]
    project_name: Annotated[str, Meta(min_length=1, max_length=200)] | None = None
    project_code: Annotated[str, Meta(min_length=1, max_length=64)] | None = None
    address: Annotated[str, Meta(min_length=1, max_length=300)]
    zone: Code | None = None
    """镇街 or 组团, by its code in the scheme's scope."""
    covered: bool = True
    """The place lies within the public network's coverage (公共管网覆盖区域内)."""
    installable: bool = True
    """具备安装条件."""
    planned_use_on: date | None = None
    other: Text | None = None


class Surveyed(Part, kw_only=True):
    """What a survey found for one utility."""

    utility: Code
    feasible: bool
    works_needed: bool = True
    """Whether anything has to be built off site for it."""


class Stretch(Part, kw_only=True):
    """One stretch of off-site works; a trench that utilities share is one stretch."""

    place: Annotated[str, Meta(min_length=1, max_length=300)]
    utilities: Annotated[tuple[Code, ...], Meta(min_length=1, max_length=20)]
    metres: Metres
    does: tuple[Excavation, ...] = ()


class Approval(Part, kw_only=True):
    """One utility's permit at one department."""

    utility: Code
    department: Code


class Deferred(Part, kw_only=True):
    """容缺: a named document that comes later, by when."""

    document: Annotated[str, Meta(min_length=1, max_length=200)]
    due_on: date


__all__ = ["Applicant", "ApplicantKind", "Approval", "Deferred", "Form", "Stretch", "Supply", "Surveyed"]
