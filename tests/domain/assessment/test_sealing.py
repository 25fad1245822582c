"""A year is sealed once it is over, by whoever answers for the rows, and never changed: later decisions stand beside it."""

from datetime import UTC, datetime

import pytest
from msgspec.structs import replace

from domain.acts.enforcement.assessment import ScoreCorrected, ScoreSealed
from domain.assessment.scorecard import Place, Tally, party_scores
from domain.assessment.sealing import check_sealed, corrected_in, corrections, sealed, sealed_in
from domain.cases.other_cases import Opening
from domain.ledger import AUDITOR, Actor
from domain.refusals import Malformed, NotAllowed, NotCovered, OutOfOrder, Refusal
from domain.schemes.rulebook import compile_scheme
from tests.domain.stories import Story, book

BOOK = book("jingmen-2023")
AT = datetime(2027, 1, 8, 1, 0, tzinfo=UTC)
WATER = Place("jm-water", "all")
COUNTED = {WATER: Tally(obligations=40, on_time=38, late=2, yellow=1, undecided=1)}


def seal(by: str = "jm-spj", year: int = 2026) -> ScoreSealed:
    return sealed(BOOK, by, year, AT, party_scores(BOOK, COUNTED))


def opening(by: str = "jm-spj", role: str = "coordinator", at: datetime = AT) -> Opening:
    return Opening(BOOK, at, at, Actor(by, role, "person"))


def refused(act: ScoreSealed, of: Opening) -> Refusal:
    with pytest.raises(Refusal) as caught:
        check_sealed(of, act)
    return caught.value


def test_the_office_seals_everybody_but_itself_and_its_decider_the_office() -> None:
    office, decider = seal(), seal("jm-fgw")
    check_sealed(opening(), office)
    check_sealed(opening("jm-fgw", "supervisor"), decider)
    assert "jm-spj" not in {row.party for row in office.parties}
    assert {row.party for row in decider.parties} == {"jm-spj"}
    assert len(office.parties) + 1 == len(party_scores(BOOK, COUNTED))


def test_a_year_is_sealed_once_it_is_over_in_shanghai() -> None:
    last = datetime(2026, 12, 31, 15, 59, 59, tzinfo=UTC)
    assert isinstance(refused(seal(), opening(at=last)), OutOfOrder)
    check_sealed(opening(at=datetime(2026, 12, 31, 16, 0, tzinfo=UTC)), seal())


def test_nobody_seals_its_own_row_or_another_s() -> None:
    own = sealed(BOOK, "jm-fgw", 2026, AT, party_scores(BOOK, COUNTED))
    assert isinstance(refused(replace(own, by="jm-spj"), opening()), NotAllowed)
    assert "jm-spj does" in refused(replace(seal(), by="jm-fgw"), opening("jm-fgw", "supervisor")).message
    assert "you assess nobody" in refused(seal("jm-cgw"), opening("jm-cgw", "supervisor")).message


def test_a_scorecard_is_sealed_in_one_s_own_name() -> None:
    assert isinstance(refused(seal(), opening("jm-fgw", "supervisor")), NotAllowed)


def test_figures_that_do_not_fit_their_digest_are_not_sealed() -> None:
    assert isinstance(refused(replace(seal(), digest="0" * 64), opening()), Malformed)


def test_a_plan_without_an_assessment_seals_nothing() -> None:
    without = compile_scheme(replace(BOOK.scheme, scorecard=None))
    assert isinstance(refused(seal(), opening()._replace(book=without)), NotCovered)


def sealed_story() -> Story:
    story = Story(BOOK)
    story.at("2027-01-08 09:00").does(seal(), by="jm-spj")
    return story


def corrected(story: Story, upheld: Tally) -> list[ScoreCorrected]:
    return list(corrections(BOOK, story.entries, {WATER: upheld}))


def test_a_later_decision_stands_beside_the_seal_and_is_written_once() -> None:
    """One yellow of forty cost 2.50; a second is upheld in February: 95.00 instead of 97.50."""
    story = sealed_story()
    assert corrected(story, Tally(yellow=1)) == []
    [found] = corrected(story, Tally(yellow=2))
    assert (found.party, found.stage, found.was, found.now) == ("jm-water", "all", 9_750, 9_500)
    assert "黄牌 1 → 2" in found.because
    story.write(found, AT, AT, AUDITOR)
    assert corrected(story, Tally(yellow=2)) == []
    [back] = corrected(story, Tally(yellow=1))
    assert (back.was, back.now) == (9_500, 9_750)
    assert [act for _, act in corrected_in(story.entries)] == [found]


def test_what_was_upheld_and_then_withdrawn_gives_the_points_back() -> None:
    [found] = corrected(sealed_story(), Tally())
    assert (found.was, found.now) == (9_750, 10_000)


def test_where_nothing_is_sealed_nothing_is_corrected() -> None:
    assert sealed_in(()) is None
    assert list(corrections(BOOK, (), {WATER: Tally(yellow=1)})) == []
