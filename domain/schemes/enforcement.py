"""What a plan says is to follow from a finding: the tables of a scheme file about supervision, credit, assessment and settlement."""

from typing import Annotated, Literal

from msgspec import Meta

from domain.acts.enforcement.credit import CreditRole, Grade
from domain.acts.enforcement.process import Excuse
from domain.acts.field import Code
from domain.schemes.citation import Cite, Table
from domain.schemes.rule import LimitText, Obligations, Stage

Name = Annotated[str, Meta(min_length=1)]
FirstHalf = Annotated[str, Meta(pattern=r"^06-(0[1-9]|[12][0-9]|30)$")]
SecondHalf = Annotated[str, Meta(pattern=r"^12-(0[1-9]|[12][0-9]|3[01])$")]
Role = Literal[
    "coordinator",
    "window",
    "registrar",
    "utility",
    "department",
    "inspector",
    "supervisor",
    "finance",
    "portal",
    "admin",
]


class Excused(Table, kw_only=True):
    """One of the closed list of excuses, as the office reads it."""

    code: Excuse
    text: Name


class Ladder(Table, kw_only=True):
    """责令整改, 约谈, 移送: only for a yearly commitment's standard that was not met, only by the department that took it."""

    violations: Annotated[int, Meta(ge=2, le=100)]
    """So many orders under one commitment, one after another, before an interview (连续发生)."""
    cite: Cite
    assumes: str | None = None
    carries_out: Obligations = ()


class Oversight(Table, kw_only=True):
    """监管方案与抽查: who makes a plan of supervision, and what makes works risky."""

    planned_by: Annotated[tuple[Code, ...], Meta(min_length=1)]
    high_defects: Annotated[int, Meta(ge=1, le=100)]
    """From so many open defects of the utility on, its works are of high risk; one defect: middle; none: low."""
    cite: Cite
    assumes: str | None = None
    carries_out: Obligations = ()


class Window(Table, kw_only=True):
    """How long an entry of a grade may be published."""

    grade: Grade
    least_months: Annotated[int, Meta(ge=0, le=120)]
    most_months: Annotated[int, Meta(ge=0, le=120)]


class CreditRules(Table, kw_only=True):
    """信用档案: whose, how long an entry of each grade is published, how long there is for a statement."""

    roles: Annotated[tuple[CreditRole, ...], Meta(min_length=1)]
    windows: Annotated[tuple[Window, ...], Meta(min_length=3, max_length=3)]
    statement: LimitText
    """The least time for statement and defence, from service."""
    cite: Cite
    windows_cite: Cite | None = None
    assumes: str | None = None
    carries_out: Obligations = ()


class AccountabilityRules(Table, kw_only=True):
    """责任追究: whom it is for, and how long there is for a statement."""

    roles: Annotated[tuple[Role, ...], Meta(min_length=1)]
    """The roles of the units that answer so; what others miss goes into their assessment."""
    statement: LimitText
    cite: Cite
    assumes: str | None = None
    carries_out: Obligations = ()


class Lost(Table, kw_only=True):
    """Points lost if every obligation were missed so."""

    yellow: Annotated[int, Meta(ge=0, le=1_000)]
    red: Annotated[int, Meta(ge=0, le=1_000)]
    standard: Annotated[int, Meta(ge=0, le=1_000)]


class Scorecard(Table, kw_only=True):
    """考核: 100 points less what upheld findings cost, at three stages and in all."""

    stages: dict[Literal["application", "survey", "approval"], Annotated[tuple[Stage, ...], Meta(min_length=1)]]
    """Which stages of rules belong to each of the three."""
    lost: Lost
    small: Annotated[int, Meta(ge=1, le=1_000)]
    """Fewer obligations than this are marked: too few to compare."""
    cite: Cite
    assumes: str
    carries_out: Obligations = ()


FigureName = Literal["links", "materials", "visits", "fees", "forms", "working-days"]
"""环节, 材料, 跑腿, 费用, 另行填表, 工作日."""


class Figure(Table, kw_only=True):
    """What the plan promises the user of one figure of the service ("1.5")."""

    what: FigureName
    at_most: Annotated[int, Meta(ge=0, le=1_000_000)]
    """Fees in 分, days in hundredths of a working day."""
    rule: Code | None = None
    """The deadline by which days are measured."""
    cite: Cite
    assumes: str | None = None


class Settling(Table, kw_only=True):
    """资金结算: the district settles the whole; the city pays so much of it at the year's end, and the odd 分 is the district's."""

    city_percent: Annotated[int, Meta(ge=0, le=100)]
    due: tuple[FirstHalf, SecondHalf] | None = None
    """The days (06-20, 12-20) that the finance bureau names for the two statements; none named: a reminder, and nothing is found."""
    cite: Cite
    assumes: str | None = None
    carries_out: Obligations = ()


class Suspicions(Table, kw_only=True):
    """What makes the auditor ask a person to look; never a finding by itself."""

    written_after: LimitText
    """Written so long after it happened."""
    bulk_acts: Annotated[int, Meta(ge=2, le=1_000)]
    bulk_minutes: Annotated[int, Meta(ge=1, le=1_440)]
    """So many acts of one case by one account within so many minutes."""
    last_minutes: Annotated[int, Meta(ge=1, le=480)]
    """A stop opened in so many last minutes before the office closes."""
    class_minutes: Annotated[int, Meta(ge=1, le=1_440)]
    """A class changed in so many last minutes of its 24 hours."""
    near_metres: Annotated[int, Meta(ge=0, le=1_000)]
    """Works so many metres under the threshold, or exactly at it."""
    assumes: str
