"""Checks that what a scheme counts for its assessment fits its rules; leaves the counting to `domain.assessment`."""

from collections.abc import Iterator
from itertools import chain

from domain.schemes.scheme import Scheme
from schemes.faults import Wrong
from schemes.references import unknown, unknown_assumptions
from words import sentence


def wrong_scoring(scheme: Scheme) -> Iterator[Wrong]:
    """Give everything in which the scorecard and the figures of the service do not fit."""
    return chain(_figures(scheme), _scorecard(scheme))


def _figures(scheme: Scheme) -> Iterator[Wrong]:
    deadlines = [rule.id for rule in scheme.rule if rule.deadline is not None]
    seen: set[str] = set()
    for number, figure in enumerate(scheme.figures):
        path = f"figures[{number}]"
        if figure.what in seen:
            yield Wrong(
                f"{path}.what",
                sentence("{what!r} is promised twice", what=figure.what),
                sentence("Write each figure once"),
            )
        seen.add(figure.what)
        if figure.what == "working-days":
            yield from unknown(f"{path}.rule", figure.rule or "", deadlines, sentence("deadline"))
        elif figure.rule is not None:
            yield Wrong(
                f"{path}.rule",
                sentence("{what!r} is counted, not timed", what=figure.what),
                sentence("Take the rule out"),
            )
        yield from unknown_assumptions(f"{path}.assumes", [figure.assumes], scheme)


def _scorecard(scheme: Scheme) -> Iterator[Wrong]:
    if scheme.scorecard is not None:
        yield from unknown_assumptions("scorecard.assumes", [scheme.scorecard.assumes], scheme)
        coordinators = [party.code for party in scheme.parties if "coordinator" in party.roles]
        if not coordinators:
            yield Wrong(
                "scorecard",
                sentence("no party has the role coordinator, so nobody assesses"),
                sentence("Give one party the role coordinator"),
            )
