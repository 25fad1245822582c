"""Sealing a year's scorecard, and what a later decision changes beside it; the seal itself is never touched again."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from calendars import local_day
from domain.acts.enforcement.assessment import PartyScore, ScoreCorrected, ScoreSealed, StageScore
from domain.assessment.scorecard import NOTHING, Place, Tally, assessor_of, digest_of, is_whole, losses_of, must_have_scorecard, score_of
from domain.cases.handlers import checks_first
from domain.cases.other_cases import Opening
from domain.ledger import Entry
from domain.refusals import Malformed, NotAllowed, OutOfOrder
from domain.schemes.rulebook import Rulebook
from words import listed, sentence


def sealed(book: Rulebook, by: str, year: int, upto: datetime, parties: Sequence[PartyScore]) -> ScoreSealed:
    """Make the act of the rows that a body assesses: never its own, and never another's."""
    own = tuple(row for row in parties if assessor_of(book, row.party) == by)
    return ScoreSealed(year=year, by=by, upto=upto, parties=own, digest=digest_of(year, upto, own))


@checks_first(ScoreSealed)
def check_sealed(opening: Opening, act: ScoreSealed) -> None:
    """Refuse a year that is not over, somebody else's name, and rows that are not the sealer's to answer for."""
    must_have_scorecard(opening.book)
    if act.by != opening.actor.party:
        message = sentence(
            "a scorecard is sealed in one's own name; 'by' names {by!r}, and you are {party}", by=act.by, party=opening.actor.party
        )
        raise NotAllowed(message, act="score.sealed")
    if act.year >= local_day(opening.recorded_at).year:
        message = sentence("the year {year} is not over; it is sealed from {next_year}-01-01 on", year=act.year, next_year=act.year + 1)
        raise OutOfOrder(message, act="score.sealed")
    assessors = {row.party: assessor_of(opening.book, row.party) for row in act.parties}
    others = sorted({assessor for assessor in assessors.values() if assessor != act.by})
    if others or not assessors:
        message = (
            sentence("{by} may not answer for this assessment: {others} does; nobody assesses itself", by=act.by, others=listed(others))
            if others
            else sentence(
                "{by} may not answer for this assessment: under {scheme} you assess nobody; nobody assesses itself",
                by=act.by,
                scheme=opening.book.id,
            )
        )
        raise NotAllowed(message, act="score.sealed")
    if not is_whole(act):
        message = sentence("the digest does not fit the figures")
        raise Malformed(message, field="digest")


def sealed_in(entries: Sequence[Entry]) -> ScoreSealed | None:
    """Find what a case sealed."""
    return next((entry.act for entry in entries if isinstance(entry.act, ScoreSealed)), None)


def corrected_in(entries: Sequence[Entry]) -> list[tuple[Entry, ScoreCorrected]]:
    """Give the corrections that stand beside it, in their order."""
    return [(entry, entry.act) for entry in entries if isinstance(entry.act, ScoreCorrected)]


def corrections(book: Rulebook, entries: Sequence[Entry], upheld: Mapping[Place, Tally]) -> Iterator[ScoreCorrected]:
    """Give what is to be written beside a sealed year, now that so many findings of it are upheld; nothing twice."""
    seal = sealed_in(entries)
    if seal is None:
        return
    last = {Place(act.party, act.stage): act.now for _, act in corrected_in(entries)}
    for row in seal.parties:
        for stage in row.stages:
            place = Place(row.party, stage.stage)
            was = last.get(place, stage.score)
            counted = upheld.get(place, NOTHING)
            now = _score(book, stage, counted)
            if now != was:
                yield ScoreCorrected(party=row.party, stage=stage.stage, was=was, now=now, because=_because(stage, counted))


def _score(book: Rulebook, stage: StageScore, counted: Tally) -> int | None:
    """Score the findings of today on the obligations that were sealed."""
    table = must_have_scorecard(book)
    of_then = Tally(obligations=stage.obligations, yellow=counted.yellow, red=counted.red, standard=counted.standard)
    return score_of(stage.obligations, losses_of(table, of_then))


def _because(stage: StageScore, counted: Tally) -> str:
    then = {loss.what: loss.count for loss in stage.losses}
    return (
        "封存后的认定改变了认定成立的违规记录："
        f"黄牌 {then.get('yellow', 0)} → {counted.yellow}，红牌 {then.get('red', 0)} → {counted.red}，"
        f"违反标准 {then.get('standard', 0)} → {counted.standard}"
    )
