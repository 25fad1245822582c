"""合并计算: what a survey has to be counted together with, and which lengths a person should look at; suspicions are no findings."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from calendars import local_day
from domain.acts import Acted
from domain.acts.connection import SurveyHeld
from domain.acts.enforcement.audit import SuspicionRaised, WorksCountedTogether
from domain.cases.other_cases import Dug
from domain.judging.route import works_for
from domain.schemes.enforcement import Suspicions
from domain.schemes.scheme import Routes
from domain.works.places import one_place


def beside_survey(
    routes: Routes, signs: Suspicions | None, act: SurveyHeld, seq: int, at: datetime, nearby: Sequence[Dug]
) -> tuple[Acted, ...]:
    """Say what the auditor writes beside a survey: works of other cases that count with it, and what looks arranged.

    `seq` is the survey's own number; the acts given follow it one by one.
    """
    counted = tuple(_counted(routes, act, seq, at, nearby))
    following = range(seq + 1, seq + 1 + len(counted))
    near = () if signs is None else _at_threshold(routes, signs, act, seq, counted)
    return (*counted, *_split(routes, act, seq, tuple(zip(following, counted, strict=True))), *near)


def _counted(routes: Routes, act: SurveyHeld, seq: int, at: datetime, nearby: Iterable[Dug]) -> Iterator[WorksCountedTogether]:
    if routes.together is None:
        return
    written = {one_place(stretch.place): stretch.place for stretch in act.works}
    digs = {(one_place(stretch.place), utility) for stretch in act.works for utility in stretch.utilities}
    for one in sorted(nearby, key=lambda dug: (dug.utility, dug.place, dug.held_at, dug.case_id)):
        days = abs((local_day(at) - local_day(one.held_at)).days)
        if (one.place, one.utility) in digs and days <= routes.together.within_days:
            yield WorksCountedTogether(
                utility=one.utility,
                place=written[one.place],
                metres=one.metres,
                surveyed_seq=seq,
                other_case=one.case_id,
                other_seq=one.seq,
                days=days,
            )


def _split(routes: Routes, act: SurveyHeld, seq: int, counted: Sequence[tuple[int, WorksCountedTogether]]) -> Iterator[SuspicionRaised]:
    """Works that are short alone and not together may have been split (化整为零)."""
    under = routes.commitment.under_metres
    for utility in dict.fromkeys(one.utility for _, one in counted):
        beside = [(number, one.metres) for number, one in counted if one.utility == utility]
        own = _own(act, utility)
        if own < under <= own + sum(metres for _, metres in beside):
            seqs = (seq, *(number for number, _ in beside))
            yield SuspicionRaised(about="split-works", seqs=seqs, clause=routes.commitment.cite.clause, party=utility)


def _at_threshold(
    routes: Routes, signs: Suspicions, act: SurveyHeld, seq: int, counted: Sequence[WorksCountedTogether]
) -> Iterator[SuspicionRaised]:
    """Tell once of a survey whose length, for some utility, is exactly the threshold or just under it."""
    under = routes.commitment.under_metres
    totals = (
        _own(act, utility) + sum(one.metres for one in counted if one.utility == utility)
        for utility in {utility for stretch in act.works for utility in stretch.utilities}
    )
    if any(under - signs.near_metres <= total <= under for total in totals):
        clause = routes.commitment.cite.clause
        yield SuspicionRaised(about="length-at-threshold", seqs=(seq,), clause=clause, assumes=signs.assumes)


def _own(act: SurveyHeld, utility: str) -> int:
    return sum(stretch.metres for stretch in works_for(act.works, utility))
