"""What a finding is shown with: its keys by name, its party by name, and the acts that were counted."""

from domain.acts.connection import OutreachMade
from domain.judging.standards import counted_until
from tests.domain.stories import book, connection

WATER, POWER = "dy-water", "dy-power"


def test_keys_and_parties_are_called_by_their_names() -> None:
    plan = book("daye-2023")
    assert plan.rules["joint-approval"].named((WATER, "dy-jtj")) == {"utility": WATER, "department": "dy-jtj"}
    assert (plan.name_of(WATER), plan.name_of("nobody")) == ("清润水务集团", "nobody")


def test_of_outreach_made_apart_each_first_call_is_counted_and_no_second_one() -> None:
    story = connection("daye-2023", WATER, POWER)
    first = story.at("2026-11-16 10:00").does(OutreachMade(utilities=(WATER,)), by=WATER)
    story.at("2026-11-16 11:00").does(OutreachMade(utilities=(WATER,)), by=WATER)
    apart = story.at("2026-11-16 12:00").does(OutreachMade(utilities=(POWER,)), by=POWER)
    broken = story.clock("joint-outreach")
    assert [entry.seq for entry in counted_until(story.situation(), broken)] == [first.seq, apart.seq]
    assert counted_until(story.situation(), story.clock("application-push")) == ()
