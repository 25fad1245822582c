"""From counts to points, worked by hand: a hundred points less what upheld findings cost, and whose own cause is whose."""

from datetime import UTC, date, datetime

import msgspec
import pytest

from domain.acts.enforcement.assessment import Loss, PartyScore, ScoreSealed
from domain.assessment.period import Period, parse_period, year_of
from domain.assessment.scorecard import (
    Place,
    Tally,
    assessor_of,
    digest_of,
    is_whole,
    losses_of,
    must_have_scorecard,
    party_scores,
    score_of,
    stage_score,
    stages_of,
)
from domain.refusals import Malformed, NotCovered
from domain.schemes.rulebook import Rulebook, compile_scheme
from tests.domain.stories import book, shanghai

JINGMEN, DAYE = book("jingmen-2023"), book("daye-2023")
TABLE = must_have_scorecard(JINGMEN)
UPTO = datetime(2027, 1, 8, 1, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "first", "after"),
    [
        ("2026", date(2026, 1, 1), date(2027, 1, 1)),
        ("2026-Q1", date(2026, 1, 1), date(2026, 4, 1)),
        ("2026-Q4", date(2026, 10, 1), date(2027, 1, 1)),
        ("2026-07", date(2026, 7, 1), date(2026, 8, 1)),
        ("2026-12", date(2026, 12, 1), date(2027, 1, 1)),
    ],
)
def test_a_period_is_a_year_a_quarter_or_a_month(text: str, first: date, after: date) -> None:
    assert parse_period(text) == Period(text, first, after)


@pytest.mark.parametrize("text", ["26", "2026-Q5", "2026-13", "2026-7", "2026-07-01", "２０２６", "1999", ""])
def test_anything_else_is_no_period(text: str) -> None:
    with pytest.raises(Malformed, match="is no period"):
        parse_period(text)


def test_a_period_begins_and_ends_at_midnight_in_shanghai() -> None:
    assert year_of(2026).last == date(2026, 12, 31)
    assert (year_of(2026).begins, year_of(2026).ends) == (shanghai("2026-01-01 00:00"), shanghai("2027-01-01 00:00"))


def test_a_score_is_a_hundred_less_the_sum_that_is_shown() -> None:
    """Forty obligations: three yellow cost 100·3/40 = 7.50, two red 150·2/40 = 7.50, one standard 2.50; 82.50 are left."""
    shown = stage_score(TABLE, "all", Tally(obligations=40, on_time=34, late=5, breached=1, yellow=3, red=2, standard=1, undecided=4))
    assert shown.losses == (
        Loss(what="yellow", count=3, each=10_000, lost=750),
        Loss(what="red", count=2, each=15_000, lost=750),
        Loss(what="standard", count=1, each=10_000, lost=250),
    )
    assert (shown.score, shown.upheld, shown.standards_broken, shown.undecided, shown.small) == (8_250, 6, 1, 4, False)


def test_findings_that_are_not_upheld_cost_nothing() -> None:
    shown = stage_score(TABLE, "survey", Tally(obligations=20, late=9, breached=2, undecided=9, objections_upheld=2))
    assert (shown.losses, shown.score, shown.objections_upheld) == ((), 10_000, 2)


def test_the_half_of_a_hundredth_is_rounded_up() -> None:
    """10 000 / 16 = 625; 10 000 / 32 = 312.5, rounded to 313; 10 000 / 3 = 3 333.33, rounded to 3 333."""
    assert [losses_of(TABLE, Tally(obligations=many, yellow=1))[0].lost for many in (16, 32, 3)] == [625, 313, 3_333]


def test_nobody_has_fewer_than_no_points_and_without_obligations_there_is_no_score() -> None:
    assert stage_score(TABLE, "all", Tally(obligations=2, red=2)).score == 0
    nothing = stage_score(TABLE, "all", Tally(standard=1))
    assert (nothing.score, nothing.small, nothing.losses) == (None, True, (Loss(what="standard", count=1, each=10_000, lost=0),))
    assert score_of(0, ()) is None


def test_fewer_than_twenty_obligations_are_marked_as_small_numbers() -> None:
    assert [stage_score(TABLE, "all", Tally(obligations=many)).small for many in (19, 20)] == [True, False]


def test_the_three_stages_are_those_of_the_rules() -> None:
    stages = stages_of(JINGMEN)
    assert (stages["no-extra-forms"], stages["one-survey"], stages["joint-approval"]) == ("application", "survey", "approval")
    assert "half-day-connection" not in stages


def test_every_department_and_utility_stands_on_it_and_whoever_else_owed_something() -> None:
    counted = {Place("jm-sjj", "all"): Tally(obligations=1, on_time=1), Place("jm-gone", "all"): Tally(obligations=1, late=1)}
    rows = {row.party: row for row in party_scores(JINGMEN, counted)}
    assert {"jm-water", "jm-cgw", "jm-spj", "jm-sjj", "jm-gone"} <= set(rows)
    assert "hb-portal" not in rows
    assert [one.stage for one in rows["jm-water"].stages] == ["application", "survey", "approval", "all"]
    assert (rows["jm-sjj"].stages[3].obligations, rows["jm-water"].stages[3].score) == (1, None)


def test_nobody_assesses_itself() -> None:
    """行政审批局 assesses everybody, 发改委 it; in 大冶 城管执法局 everybody, 营商办 it."""
    assert [assessor_of(JINGMEN, party) for party in ("jm-water", "jm-fgw", "jm-spj")] == ["jm-spj", "jm-spj", "jm-fgw"]
    assert [assessor_of(DAYE, party) for party in ("dy-water", "dy-ysb", "dy-cgj")] == ["dy-cgj", "dy-cgj", "dy-ysb"]
    assert all(row.assessed_by != row.party for city in (JINGMEN, DAYE) for row in party_scores(city, {}))


def test_where_another_decides_about_everybody_it_assesses_the_office_too() -> None:
    deciders = tuple(msgspec.structs.replace(row, against=()) for row in JINGMEN.scheme.deciders if row.by == "jm-fgw")
    other = compile_scheme(msgspec.structs.replace(JINGMEN.scheme, deciders=deciders))
    assert assessor_of(other, "jm-spj") == "jm-fgw"


def test_a_plan_without_an_assessment_scores_nobody() -> None:
    without: Rulebook = compile_scheme(msgspec.structs.replace(JINGMEN.scheme, scorecard=None))
    with pytest.raises(NotCovered, match="no assessment"):
        party_scores(without, {})


def test_a_sealed_score_fits_its_digest_until_a_figure_is_changed() -> None:
    parties = party_scores(JINGMEN, {Place("jm-water", "all"): Tally(obligations=40, on_time=40)})
    act = ScoreSealed(year=2026, by="jm-spj", upto=UPTO, parties=parties, digest=digest_of(2026, UPTO, parties))
    again = msgspec.json.decode(msgspec.json.encode(act), type=ScoreSealed)
    assert (is_whole(act), is_whole(again)) == (True, True)
    water = next(row for row in parties if row.party == "jm-water")
    better = PartyScore(
        party="jm-water", assessed_by="jm-spj", stages=tuple(msgspec.structs.replace(one, late=0, score=1) for one in water.stages)
    )
    assert not is_whole(msgspec.structs.replace(act, parties=(better,)))
    assert not is_whole(msgspec.structs.replace(act, year=2025))
