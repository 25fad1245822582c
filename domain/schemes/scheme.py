"""A city's plan as data: parties, acts, rules, thresholds, hours and every assumption, each with its source."""

from datetime import date, timedelta
from typing import Annotated, Literal

from msgspec import Meta, field

from domain.acts.connection import Occasion
from domain.acts.field import Code, Excavation
from domain.acts.kinds import CaseKind
from domain.acts.parts import ApplicantKind
from domain.schemes.citation import Cite, Table
from domain.schemes.enforcement import (
    AccountabilityRules,
    CreditRules,
    Excused,
    Figure,
    Ladder,
    Name,
    Oversight,
    Role,
    Scorecard,
    Settling,
    Suspicions,
)
from domain.schemes.rule import Act, Field, LimitText, Obligations, Rule

Hour = Annotated[str, Meta(pattern=r"^([01]\d|2[0-3]):[0-5]\d$|^24:00$")]
Sessions = Annotated[tuple[tuple[Hour, Hour], ...], Meta(min_length=1, max_length=8)]


_FIRST_YEAR = timedelta(days=365)


class City(Table, kw_only=True):
    """The city by its code (GB/T 2260) and name."""

    code: Annotated[str, Meta(pattern=r"^\d{6}$")]
    name: Name


class PlanDocument(Table, kw_only=True):
    """The plan's document; a date that it does not bear is not made up."""

    title: Name
    issued_by: Name
    issued_on: date | None = None
    number: str | None = None


class Confirmation(Table, kw_only=True):
    """Who confirmed that the plan still holds, by which document, and until when."""

    by: Name
    on: date
    until: date
    """The last day."""
    document: Name | None = None


class Validity(Table, kw_only=True):
    """Until when the plan holds, and who confirmed it; past it nothing is upheld."""

    assumption: Name
    confirmed_by: tuple[Confirmation, ...] = ()
    """Once somebody has confirmed it, it holds no longer than the last confirmation says."""
    yearly: bool = False
    """It holds for its first 365 days, and then only as confirmed."""
    until: date | None = None

    def last_day(self, since: date) -> date | None:
        """Say the last day that it holds, being in force since a day; None where nothing ends it."""
        confirmed = [one.until for one in self.confirmed_by] + ([since + _FIRST_YEAR] if self.yearly else [])
        ends = [one for one in (self.until, max(confirmed, default=None)) if one is not None]
        return min(ends, default=None)


class Assumption(Table, kw_only=True):
    """Something the plan leaves open and the scheme decides, with its reason."""

    text: Name
    because: Name


class Office(Table, kw_only=True):
    """When the office is open, local time, on working days."""

    sessions: Sessions
    cite: Cite | None = None
    assumes: str | None = None
    carries_out: Obligations = ()


class Settled(Table, kw_only=True):
    """A limit that the scheme sets itself, resting on a named assumption."""

    limit: LimitText
    assumes: str | None = None


class Lights(Table, kw_only=True):
    """黄 when missed; 红 once the overrun has lasted `red_after`, or was repeated."""

    red_after: LimitText
    repeated: Annotated[int, Meta(ge=2, le=100)] | None = None
    """From the so-many-th finding of one party under one rule in a calendar year on, each is 红; none: repetition turns nothing."""
    assumes: str | None = None
    repeated_assumes: str | None = None
    cite: Cite | None = None
    carries_out: Obligations = ()


class CommitmentRoute(Table, kw_only=True):
    """告知承诺: shorter than so many metres, and any of these."""

    under_metres: Annotated[int, Meta(ge=1)]
    any_of: tuple[Excavation, ...]
    cite: Cite
    carries_out: Obligations = ()


class JointRoute(Table, kw_only=True):
    """联合审批: longer than so many metres, or any of these."""

    over_metres: Annotated[int, Meta(ge=1)]
    any_of: tuple[Excavation, ...]
    cite: Cite
    carries_out: Obligations = ()


class Because(Table, kw_only=True):
    """A route that no words of the plan give, and why it is taken."""

    route: Literal["commitment", "joint"]
    because: Name


class Together(Table, kw_only=True):
    """合并计算: works of one utility at one place in several cases count together for the threshold."""

    within_days: Annotated[int, Meta(ge=1, le=3_660)]
    """Calendar days between the two surveys, at the most."""
    assumes: str | None = None
    cite: Cite | None = None


class Routes(Table, kw_only=True):
    """Which route the works take, per utility and department."""

    commitment: CommitmentRoute
    joint: JointRoute
    at_threshold: Because
    otherwise: Because
    none_cite: Cite
    """Why there is no approval stage without off-site works."""
    together: Together | None = None
    carries_out: Obligations = ()


class Zone(Table, kw_only=True):
    """A place that the plan covers (主城区, 组团, 镇街)."""

    code: Code
    name: Name
    district: Code | None = None


class Scope(Table, kw_only=True):
    """Who may apply and where; each refusal names the clause."""

    applicants: Annotated[tuple[ApplicantKind, ...], Meta(min_length=1)]
    cite: Cite
    zones: tuple[Zone, ...] = ()
    """The places covered; empty: the whole city."""
    needs_coverage: bool = False
    needs_installable: bool = False
    check_digits: Literal["refuse", "warn"] = "warn"
    """What a failed check digit of a credit code leads to."""
    carries_out: Obligations = ()


class Party(Table, kw_only=True):
    """A responsible party (责任单位) with its roles."""

    code: Code
    name: Name
    roles: Annotated[tuple[Role, ...], Meta(min_length=1)]
    supplies: tuple[Code, ...] = ()
    """The services it supplies, for a utility."""
    districts: tuple[Code, ...] = ()
    """Where; empty: everywhere in the city."""
    district: Code | None = None
    """The district that it is the government of."""
    sessions: Sessions | None = None
    aliases: tuple[str, ...] = ()
    duties: tuple[str, ...] = ()
    inspects: tuple[Code, ...] = ()
    """The services whose suppliers it watches over, for an inspector; empty: everybody."""
    takes: tuple[Occasion, ...] = ()
    """On which occasions it takes demands, for a registrar."""
    kind: Literal["hall", "group", "other"] = "other"
    cite: Cite | None = None
    assumes: str | None = None
    carries_out: Obligations = ()


class District(Table, kw_only=True):
    """A district of the city."""

    code: Code
    name: Name


class ActRule(Table, kw_only=True):
    """Who may record an act, in which cases, after what."""

    roles: Annotated[tuple[Role, ...], Meta(min_length=1)]
    case: tuple[CaseKind, ...]
    kind: Literal["steering", "fact"]
    after: tuple[Act, ...] = ()
    """At least one of these has happened, for the same utility and department where both acts name them."""
    own: Field | None = None
    """The field (a code or a list of codes) that names the recording party itself; it binds utilities and departments,
    while a window or the office may write for others."""
    expects: tuple[Field, ...] = ()
    """Fields that a person at a window fills: without one the act is taken, and told to be doubtful."""
    halls_need: tuple[Field, ...] = ()
    """Fields without which a shared hall records no such act (定点、定窗、定人)."""
    cite: Cite | None = None
    carries_out: Obligations = ()


Box = Annotated[str, Meta(pattern=r"^[a-z_]+(\.[a-z_]+){0,2}$")]
"""A box of an intake form, by its field's path: `applicant.phone`, `water.tonnes_per_day`, `gas.appliances.count`."""
OneOf = Annotated[tuple[Box, ...], Meta(min_length=2)]
"""Boxes of which one is enough."""
ActContext = str | OneOf
"""A box or several; the reader looks each up. With Box itself in this union msgspec 0.22 crashes when its types are collected (seen)."""


class IntakeForm(Table, kw_only=True):
    """An intake form as the plan's annex prints it: which boxes it has, and which have to be filled."""

    title: Name
    annex: Name
    acts: Annotated[tuple[Act, ...], Meta(min_length=1)]
    """The acts that carry this form."""
    boxes: Annotated[tuple[Box, ...], Meta(min_length=1)]
    """Every box; a field that has none here is refused."""
    also: tuple[Box, ...] = ()
    """What the plan asks for elsewhere, on the consolidated sheet or in its text, and what is therefore taken with the form."""
    required: tuple[ActContext, ...] = ()
    """Without these the form is refused."""
    expected: tuple[ActContext, ...] = ()
    """Without these the form is taken, and told to be incomplete."""
    beside: tuple[Code, ...] = ()
    """Services that the form's title names and that have no box of their own; taken all the same."""
    cite: Cite | None = None
    assumes: tuple[str, ...] = ()
    carries_out: Obligations = ()


class Numbering(Table, kw_only=True):
    """The running number of a year that a case gets, and how the form prints it."""

    by: Annotated[tuple[Act, ...], Meta(min_length=1)]
    """The acts with which a case gets its number; the first of them gives it."""
    text: Annotated[str, Meta(pattern=r"\{year\}.*\{number\}")]
    """`2026 (7) 号`: with {year} and {number} in it."""
    cite: Cite | None = None


class JointSurvey(Table, kw_only=True):
    """联合踏勘: who calls it, and who comes beside the utilities of the case."""

    called_by: Annotated[tuple[Code, ...], Meta(min_length=1)]
    attended_by: tuple[Code, ...] = ()
    """Bodies that come along where an approval may be needed; without them the survey is told to be incomplete."""
    cite: Cite
    carries_out: Obligations = ()


class PersonalData(Table, kw_only=True):
    """Who may see a person's particulars whole, each time with a reason that the ledger keeps."""

    shown_to: Annotated[tuple[Role, ...], Meta(min_length=1)]
    erased_by: Annotated[tuple[Role, ...], Meta(min_length=1)]
    assumes: str | None = None
    cite: Cite | None = None


class Complaints(Table, kw_only=True):
    """投诉渠道: where the plan says that complaints are taken; one that came another way is taken too."""

    channels: Annotated[tuple[Name, ...], Meta(min_length=1)]
    cite: Cite


class Signoff(Table, kw_only=True):
    """An opinion on the consolidated sheet."""

    department: Code
    title: Name
    dated: bool = True


class Decider(Table, kw_only=True):
    """Who decides on findings against whom; nobody in their own cause."""

    by: Code
    against: tuple[Code, ...] = ()
    """Empty: everyone that no other row names."""
    cite: Cite | None = None
    assumes: str | None = None


class Scheme(Table, kw_only=True):
    """One plan from the day it takes effect."""

    id: Code
    city: City
    document: PlanDocument
    in_force_from: date
    validity: Validity
    timezone: Literal["Asia/Shanghai"]
    utilities: Annotated[tuple[Code, ...], Meta(min_length=1)]
    office: Office
    at_once: Settled
    late_entry: Settled
    lights: Lights
    route: Routes
    scope: Scope
    parties: Annotated[tuple[Party, ...], Meta(min_length=1)]
    signoffs: tuple[Signoff, ...]
    deciders: tuple[Decider, ...]
    acts: dict[str, ActRule]
    rule: Annotated[tuple[Rule, ...], Meta(min_length=1)]
    assumptions: dict[str, Assumption] = field(default_factory=dict)
    districts: tuple[District, ...] = ()
    objection: Settled | None = None
    """How long a party may object after service."""
    decision: Settled | None = None
    """How long the decider then has."""
    forms: dict[Literal["demand", "application"], IntakeForm] = field(default_factory=dict)
    numbering: Numbering | None = None
    survey: JointSurvey | None = None
    personal_data: PersonalData | None = None
    complaints: Complaints | None = None
    excuses: tuple[Excused, ...] = ()
    ladder: Ladder | None = None
    oversight: Oversight | None = None
    credit: CreditRules | None = None
    accountability: AccountabilityRules | None = None
    scorecard: Scorecard | None = None
    figures: tuple[Figure, ...] = ()
    settlement: Settling | None = None
    suspicions: Suspicions | None = None
    entry_margin: Annotated[int, Meta(ge=60, le=86_400)] = 60
    """Seconds after the due moment before a finding is opened."""
    until: date | None = None
    """The last day it is in force, where a later file follows."""
