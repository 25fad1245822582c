"""The year's assessment (考核): a scorecard sealed with its digest, which never changes; corrections stand beside it."""

from typing import Annotated, Literal

from msgspec import Meta

from domain.acts.enforcement.supervision import Year
from domain.acts.field import Acted, Code, Moment, Part, Text
from domain.acts.kinds import FIRST, OFFICES, kind, read_by

Count = Annotated[int, Meta(ge=0, le=2**53)]
ScoreStage = Literal["application", "survey", "approval", "all"]
"""项目申请, 联合踏勘, 并联审批, and all of a party's obligations."""


class Loss(Part, kw_only=True):
    """One line of the sum: how many upheld findings of one sort, and the points that they cost."""

    what: Literal["yellow", "red", "standard"]
    count: Count
    each: Count
    """Points lost, in hundredths, if every obligation were missed so."""
    lost: Count
    """Hundredths of a point: each × count ÷ obligations, rounded half up."""


class StageScore(Part, kw_only=True):
    """One party at one stage."""

    stage: ScoreStage
    obligations: Count
    """Clocks that were met in the period, and those missed that fell due in it; void ones left out."""
    on_time: Count
    late: Count
    """Done after the due moment."""
    breached: Count
    """Due and not done when the figures were taken."""
    median: Count | None = None
    ninetieth: Count | None = None
    """Of what was done: thousandths of the limit that were used, by natural time; null where nothing was."""
    delay_share_seconds: Count
    """Office seconds of cases' overruns that were this party's share."""
    upheld: Count
    undecided: Count
    """Findings that stand and are not decided; they lower nothing."""
    objections_upheld: Count
    """Findings excused or withdrawn on the party's objection."""
    standards_broken: Count
    """Upheld findings of counted standards."""
    small: bool
    """So few obligations that one of them moves the score by more than the scheme allows to compare."""
    losses: tuple[Loss, ...] = ()
    score: Count | None = None
    """Hundredths of a point; null without obligations."""


class PartyScore(Part, kw_only=True):
    """One party at every stage."""

    party: Code
    assessed_by: Code
    """Who answers for the assessment: never the party itself."""
    stages: tuple[StageScore, ...]


@kind(
    "考核封存",
    OFFICES,
    read_by(
        OFFICES,
        "year",
        "by",
        "upto",
        "parties.party",
        "parties.assessed_by",
        "parties.stages.stage",
        "parties.stages.obligations",
        "parties.stages.on_time",
        "parties.stages.late",
        "parties.stages.breached",
        "parties.stages.median",
        "parties.stages.ninetieth",
        "parties.stages.delay_share_seconds",
        "parties.stages.upheld",
        "parties.stages.undecided",
        "parties.stages.objections_upheld",
        "parties.stages.standards_broken",
        "parties.stages.small",
        "parties.stages.losses.what",
        "parties.stages.losses.count",
        "parties.stages.losses.each",
        "parties.stages.losses.lost",
        "parties.stages.score",
        "digest",
    ),
    written_by="operation",
    opens="assessment",
    checked=FIRST,
)
class ScoreSealed(Acted, tag="score.sealed", kw_only=True):
    """A year's scorecard of the parties that one body assesses, as it stood at that moment."""

    year: Year
    by: Code
    upto: Moment
    parties: Annotated[tuple[PartyScore, ...], Meta(max_length=500)]
    digest: Annotated[str, Meta(pattern=r"^[0-9a-f]{64}$")]
    """SHA-256 over the canonical JSON of year, upto and parties."""


@kind("考核更正", OFFICES, read_by(OFFICES, "party", "stage", "was", "now", "because"), written_by="auditor")
class ScoreCorrected(Acted, tag="score.corrected", kw_only=True):
    """A decision after sealing changed a figure; the sealed one stays, and this stands beside it."""

    party: Code
    stage: ScoreStage
    was: Count | None = None
    now: Count | None = None
    because: Text


__all__ = [name for name, value in list(globals().items()) if isinstance(value, type) and issubclass(value, Acted)]
