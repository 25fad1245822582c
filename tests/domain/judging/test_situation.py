"""What the case as it stands is asked beside its deadlines."""

from domain.judging.situation import Situation
from tests.domain.stories import approval


def test_a_company_that_was_never_asked_for_anything_is_not_dropped() -> None:
    story = approval()
    entries = list(story.entries)
    assert Situation(story.book, entries).dropped("jm-heat-zhongran", entries[-1]) is None
