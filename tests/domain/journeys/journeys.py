"""A journey told in one breath, step by step, and what an inspector would be shown of it; holds no expected answers."""

from domain.acts import Acted
from domain.deadlines.explain import contested
from tests.domain.stories import Story, said, shanghai

Step = tuple[str, str, Acted]
"""When it happened, who wrote it, what."""
Shown = tuple[str, str, str]


def journey(scheme: str, *steps: Step) -> Story:
    story = Story(scheme)
    for at, by, act in steps:
        story.at(at).does(act, by=by)
    return story


def clocks(story: Story, rule: str) -> list[tuple[str, str | None, str]]:
    """Each clock of a rule: its keys in one word, when it is due, how it stands."""
    return [("/".join(clock.keys), said(clock.due), clock.state) for clock in story.clocks(rule)]


def findings(story: Story, now: str, *without: str) -> list[Shown]:
    """Every finding that still stands: rule, party, due; those of rules that the journey is not about are left out."""
    standing = [one for one in story.swept(now) if one.state != "lapsed" and one.rule not in without]
    return sorted((one.rule, one.party, said(one.due_at) or "") for one in standing)


def is_disputed(story: Story, rule: str, now: str) -> bool:
    return contested(story.clock(rule), shanghai(now))
