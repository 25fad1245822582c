"""Which findings turn red, by the overrun or as one too many of a year; a light that has turned stays so, whatever is found later."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Literal, NamedTuple
from uuid import UUID

from calendars import local_day, midnight
from domain.finding import Finding

Because = Literal["overrun", "repeated"]
Due = tuple[datetime, UUID]
"""By when a finding's limit was missed; two of one moment go by their id."""


class Series(NamedTuple):
    """What repeats: findings of one party under one rule whose limits fell due in one year, by Shanghai's calendar."""

    city: str
    party: str
    rule: str
    year: int

    @property
    def since(self) -> datetime:
        """The year's first moment."""
        return midnight(date(self.year, 1, 1))

    @property
    def until(self) -> datetime:
        """The first moment of the year after."""
        return midnight(date(self.year + 1, 1, 1))


def series_of(city: str, finding: Finding) -> Series:
    """Say which series a finding belongs to."""
    return Series(city, finding.party, finding.rule, local_day(finding.due_at).year)


def is_overrun(finding: Finding, now: datetime) -> bool:
    """Say whether the overrun has lasted longer than the scheme lets it."""
    return (finding.ended_at or now) > finding.red_at


def turning(
    found: Iterable[tuple[str, Finding, int | None]], before: Mapping[Series, Sequence[Due]], now: datetime
) -> Mapping[UUID, Because]:
    """Say which of these new findings are red from the start, and why.

    Each comes with its city and the number from which on its scheme calls it repeated; `before` are the first of each series
    that stand already, no more than that number less one.
    """
    given = tuple(found)
    standing = {series: list(there) for series, there in before.items()}
    for city, finding, _ in given:
        standing.setdefault(series_of(city, finding), []).append((finding.due_at, finding.finding_id))
    ranks = {series: sorted(there) for series, there in standing.items()}
    turned: dict[UUID, Because] = {}
    for city, finding, repeated in given:
        earlier = ranks[series_of(city, finding)].index((finding.due_at, finding.finding_id))
        if is_overrun(finding, now):
            turned[finding.finding_id] = "overrun"
        elif repeated is not None and earlier >= repeated - 1:
            turned[finding.finding_id] = "repeated"
    return turned
