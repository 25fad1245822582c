"""A rule of a plan as its scheme file writes it: one deadline or one counted standard, with its citation."""

from collections.abc import Sequence
from typing import Annotated, Literal

from msgspec import Meta
from msgspec import field as default

from domain.acts.field import Code
from domain.acts.kinds import CaseKind
from domain.schemes.citation import Cite, Table

Stage = Literal["application", "survey", "approval", "connection", "service", "supervision", "money"]
Act = Annotated[str, Meta(pattern=r"^[a-z_]+\.[a-z_]+$")]
Field = Annotated[str, Meta(pattern=r"^[a-z_]+$")]
Obligations = tuple[Annotated[str, Meta(pattern=r"^[A-Z]{1,3}-\d{2}$")], ...]
"""The ids of the obligations that an entry carries out."""
LimitText = Annotated[str, Meta(pattern=r"^(\d+(\.\d+)?(h|wh|oh|om|wd|d)|at-once)$")]
Equal = dict[str, bool | str | int]
"""Equality on fields, by name: of the element that made the clock, then of the act, then of the case."""


class Filled(Table, kw_only=True):
    """Another act that tells one of the moments that are needed (J-05: whoever answers the customer has fed back to it)."""

    act: Act
    need: Field
    """Which of the moments."""
    at: Field | None = None
    """The field with the moment, instead of when the act happened."""
    after: bool = False
    """Only once the act that it completes has happened (J-07: the reply to what was done)."""
    since_start: bool = False
    """Only from the start of the clock on (J-07: what was explained before a matter was registered has not settled it)."""


class Trigger(Table, kw_only=True):
    """An act that starts, stops, voids or is counted, and what must hold of it."""

    act: Act
    when: Equal = default(default_factory=dict)
    at: Field | None = None
    """The field with the moment that counts, instead of when the act happened."""
    each: Field | None = None
    """The list field whose elements make one clock each; found by the keys where it is not named."""
    since: Act | None = None
    """The clock keeps the moment of the latest earlier act of this kind (J-06: of the enquiry's receipt)."""
    needs: tuple[Field, ...] = ()
    """Fields with moments that must all be filled, in one act or several; the latest counts (J-05)."""
    filled_by: tuple[Filled, ...] = ()
    to_receiver: Field | None = None
    """The one of `needs` that tells the first receiver: it knows already of what it holds, or writes, itself (J-05)."""
    all_of: tuple[str, ...] = ()
    """Whom the acts must have reached: `utility`, `department` (each one that the case has by then), or a party."""
    undone_by: "Trigger | None" = None
    """An act that takes the stop back (J-10: a report judged insufficient)."""


class Start(Table, kw_only=True):
    """What starts a clock: an act; the last of several (`latest_of`); or each of several (`any_of`)."""

    act: Act | None = None
    when: Equal = default(default_factory=dict)
    at: Field | None = None
    each: Field | None = None
    since: Act | None = None
    latest_of: tuple[Act | Trigger, ...] = ()
    any_of: tuple[Act | Trigger, ...] = ()


class Void(Table, kw_only=True):
    """An act that makes a clock void that is not yet due."""

    act: Act
    when: Equal = default(default_factory=dict)
    needs: tuple[Field, ...] = ()
    other: tuple[Field, ...] = ()
    """Keys of the clock, or fields of the act that starts it, in which the act names another (J-09: another body takes it up)."""
    past_due: Field | None = None
    """Only if this moment of the act lies after the clock's due moment (J-01: a later appointment)."""
    before_too: bool = False
    """Also if it happened before the clock started."""
    within: LimitText | None = None
    """Lawful within this limit from the start even after the due moment (a refusal of unusable materials)."""
    cite: Cite | None = None
    """The law that allows it, where the plan does not."""


class GivenLimit(Table, kw_only=True):
    """A limit that the starting act gives: a moment or day that it carries, or a limit by the value of a field."""

    field: Field | tuple[Field, ...] = ()
    """The field with the moment; a date is that day's close. Several: the first that is filled."""
    otherwise: Literal["no-clock", "half-year-end"] = "no-clock"
    """Without it: no clock, or the last working day of June or December as a reminder that finds nothing."""
    by: Field | None = None
    of: dict[str, LimitText] = default(default_factory=dict)


class Deadline(Table, kw_only=True):
    """What starts and stops a clock, who owes it, and how long it has."""

    case: CaseKind | tuple[CaseKind, ...]
    starts: Act | Start
    stops: Act | Trigger
    owed_by: Field
    """A key of `per`, `actor`, `holder`, or a field of the starting act."""
    limit: LimitText | GivenLimit
    per: tuple[Field, ...] = ()
    when: Equal = default(default_factory=dict)
    warn: Annotated[str, Meta(pattern=r"^0\.\d{1,3}$")] | None = None
    may_stop: tuple[Literal["art-45", "deferred-document"], ...] = ()
    stop_cite: Cite | None = None
    """The law that lets it stop."""
    void_by: tuple[Void, ...] = ()
    first_day: Literal["counts"] | None = None
    once_permitted: bool = False
    """It stands still while a permit that was asked for before its day is not there by then: nobody builds without one (J-17)."""


class Sum(Table, kw_only=True):
    """An act and its field whose values are added up."""

    act: Act
    field: Field


class Standard(Table, kw_only=True):
    """What is counted, summed or required before another act."""

    case: CaseKind | tuple[CaseKind, ...]
    owed_by: Field
    counts: Act | tuple[Act, ...] = ()
    sums: Sum | None = None
    at_most: Annotated[int, Meta(ge=0)] = 0
    per: tuple[Field, ...] = ()
    """Counted apart for each value of these fields."""
    when: Equal = default(default_factory=dict)
    lacking: Field | None = None
    """Only an act without this field passes the count."""
    anew: Field | None = None
    """A list: only an act that names something in it for the first time is counted; of parties, only those newly named answer."""
    between: tuple[Act, Act] | None = None
    """Counted only after the one and before the other, for the same keys."""
    requires: Act | Trigger | None = None
    before: tuple[Act, ...] = ()
    after: tuple[Trigger, ...] = ()
    """Asked only once one of these has happened; `actor` is then who recorded it (J-29: who took the demand)."""


class AlsoReadAs(Table, kw_only=True):
    """Another tenable reading of the same words."""

    limit: LimitText | None = None
    closes: Literal["24:00"] | None = None
    rest_day_start: Literal["next-working-day"] | None = None
    half: Literal["session"] | None = None
    until: Literal["close"] | None = None
    """The close of the office day on which the limit ends (D-05, J-02)."""
    because: str | None = None


class Rule(Table, kw_only=True):
    """One rule; without a citation it does not load."""

    id: Code
    title: Annotated[str, Meta(min_length=1)]
    carries_out: Annotated[Obligations, Meta(min_length=1)]
    stage: Stage
    cite: Cite | Annotated[tuple[Cite, ...], Meta(min_length=1)]
    deadline: Deadline | None = None
    standard: Standard | None = None
    statutory: LimitText | None = None
    statutory_cite: Cite | None = None
    also_read_as: AlsoReadAs | None = None
    assumes: tuple[str, ...] = ()
    note: str | None = None

    @property
    def cites(self) -> tuple[Cite, ...]:
        """Say every clause that the rule rests on."""
        return self.cite if isinstance(self.cite, tuple) else (self.cite,)

    @property
    def cases(self) -> tuple[CaseKind, ...]:
        """Say in which kinds of case the rule holds."""
        what = self.deadline or self.standard
        case = what.case if what is not None else ()
        return (case,) if isinstance(case, str) else case

    def named(self, keys: Sequence[str]) -> dict[str, str]:
        """Name the keys by which the rule keeps its clocks or counts apart."""
        what = self.deadline or self.standard
        return dict(zip(what.per if what is not None else (), keys, strict=True))
