"""The scorecard (考核): from counts to points, by the scheme's own weights; only upheld findings cost any."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

import msgspec
from msgspec import Struct

from domain.acts.enforcement.assessment import Loss, PartyScore, ScoreSealed, ScoreStage, StageScore
from domain.refusals import NotCovered
from domain.schemes.enforcement import Scorecard
from domain.schemes.rulebook import Rulebook
from words import sentence

WHOLE = 10_000
"""A hundred points, in hundredths."""
STAGES: tuple[ScoreStage, ...] = ("application", "survey", "approval", "all")
ASSESSED = frozenset({"utility", "department"})
"""Parties of these roles stand on every scorecard, others once they owe something."""

_encode = msgspec.json.Encoder(order="sorted").encode


class Place(NamedTuple):
    """Where a figure stands."""

    party: str
    stage: str


class Tally(Struct, frozen=True, kw_only=True):
    """What was counted of one party at one stage."""

    obligations: int = 0
    on_time: int = 0
    late: int = 0
    breached: int = 0
    median: int | None = None
    ninetieth: int | None = None
    delay_share_seconds: int = 0
    yellow: int = 0
    red: int = 0
    standard: int = 0
    undecided: int = 0
    objections_upheld: int = 0


NOTHING = Tally()


def must_have_scorecard(book: Rulebook) -> Scorecard:
    """Give the plan's table; a plan without one assesses nobody."""
    if book.scheme.scorecard is None:
        message = sentence("{scheme} has no assessment (考核): nobody is scored under it", scheme=book.id)
        raise NotCovered(message)
    return book.scheme.scorecard


def stages_of(book: Rulebook) -> dict[str, ScoreStage]:
    """Say of each rule at which of the three stages it counts; one that is at none counts in all alone."""
    stages = must_have_scorecard(book).stages
    named = {stage: name for name, several in stages.items() for stage in several}
    return {rule: named[stage] for rule, stage in book.stages.items() if stage in named}


def assessor_of(book: Rulebook, party: str) -> str:
    """Say who assesses a party: the coordination office, and in its own cause whoever decides against it."""
    office = next(one.code for one in book.scheme.parties if "coordinator" in one.roles)
    if party != office:
        return office
    deciders = sorted(book.scheme.deciders, key=lambda row: party not in row.against)
    return deciders[0].by


def party_scores(book: Rulebook, counted: Mapping[Place, Tally]) -> tuple[PartyScore, ...]:
    """Give every party that the plan assesses, and whoever else owed something, in the order of the plan."""
    table = must_have_scorecard(book)
    owing = {place.party for place in counted}
    standing = [one.code for one in book.scheme.parties if ASSESSED & set(one.roles) or one.code in owing]
    return tuple(
        PartyScore(
            party=party,
            assessed_by=assessor_of(book, party),
            stages=tuple(stage_score(table, stage, counted.get(Place(party, stage), NOTHING)) for stage in STAGES),
        )
        for party in (*standing, *sorted(owing - set(standing)))
    )


def stage_score(table: Scorecard, stage: ScoreStage, counted: Tally) -> StageScore:
    """Score one party at one stage."""
    losses = losses_of(table, counted)
    return StageScore(
        stage=stage,
        obligations=counted.obligations,
        on_time=counted.on_time,
        late=counted.late,
        breached=counted.breached,
        median=counted.median,
        ninetieth=counted.ninetieth,
        delay_share_seconds=counted.delay_share_seconds,
        upheld=counted.yellow + counted.red + counted.standard,
        undecided=counted.undecided,
        objections_upheld=counted.objections_upheld,
        standards_broken=counted.standard,
        small=counted.obligations < table.small,
        losses=losses,
        score=score_of(counted.obligations, losses),
    )


def losses_of(table: Scorecard, counted: Tally) -> tuple[Loss, ...]:
    """Give the lines of the sum; points are kept in hundredths."""
    rows: Sequence[Loss] = [
        Loss(what="yellow", count=counted.yellow, each=100 * table.lost.yellow, lost=0),
        Loss(what="red", count=counted.red, each=100 * table.lost.red, lost=0),
        Loss(what="standard", count=counted.standard, each=100 * table.lost.standard, lost=0),
    ]
    return tuple(msgspec.structs.replace(row, lost=_share(row, counted.obligations)) for row in rows if row.count)


def score_of(obligations: int, losses: Sequence[Loss]) -> int | None:
    """Take the losses off a hundred points, never below none; no score without obligations."""
    return max(0, WHOLE - sum(loss.lost for loss in losses)) if obligations else None


def digest_of(year: int, upto: datetime, parties: Sequence[PartyScore]) -> str:
    """Digest what is sealed: SHA-256 over its canonical JSON, names in order, moments in UTC."""
    return hashlib.sha256(_encode({"parties": list(parties), "upto": upto, "year": year})).hexdigest()


def is_whole(act: ScoreSealed) -> bool:
    """Say whether what was sealed still fits its digest."""
    return act.digest == digest_of(act.year, act.upto, act.parties)


def _share(loss: Loss, obligations: int) -> int:
    """Round half up."""
    return (2 * loss.each * loss.count + obligations) // (2 * obligations) if obligations else 0
