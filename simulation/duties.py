"""Which rule of a plan is which duty of the made-up traffic, told by the acts that start and end it; knows no rule by its name."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from domain.schemes.program import DeadlineProgram, StandardProgram
from domain.schemes.rule import GivenLimit, Rule, Standard
from domain.schemes.rulebook import Rulebook
from words import listed, sentence


class Unanswered(ValueError):
    """The plan has rules for which no answers can be made up: which."""


Starts = frozenset[str]
Fits = Callable[[Rule], bool]


def duties_of(book: Rulebook) -> Mapping[str, Rule]:
    """Find each duty's rule; refuse a plan with a rule that the traffic could break and no answer would name."""
    found: dict[str, Rule] = {}
    unknown: list[str] = []
    for slug, program in book.programs.items():
        rule = book.rules[slug]
        duty = _deadline(program) if isinstance(program, DeadlineProgram) else _standard(program, rule)
        if duty is None or duty in found:
            unknown.append(slug)
        else:
            found[duty] = rule
    if unknown:
        raise Unanswered(
            sentence("{plan} has rules that the simulation can make up no answers for: {rules}", plan=book.id, rules=listed(unknown))
        )
    return found


def _deadline(program: DeadlineProgram) -> str | None:
    starts, stop = frozenset(program.start_tags), program.stop.tag
    return next((duty for duty, ending, fits in _DEADLINES if ending == stop and fits(starts, program.rule)), None)


def _any(_: Starts, rule: Rule) -> bool:
    return rule.deadline is not None


def _by(act: str) -> Callable[[Starts, Rule], bool]:
    return lambda starts, _: act in starts


def _appointed(*, given: bool) -> Callable[[Starts, Rule], bool]:
    """Say whether the appointment itself gives the limit, or the plan gives one from the appointment on."""

    def fits(starts: Starts, rule: Rule) -> bool:
        return "appointment.agreed" in starts and rule.deadline is not None and isinstance(rule.deadline.limit, GivenLimit) is given

    return fits


def _of_class(kind: str) -> Callable[[Starts, Rule], bool]:
    """Say whether the clock starts with an enquiry of a class."""
    return lambda _, rule: kind in set(_classes(rule))


def _classes(rule: Rule) -> Iterator[Any]:
    start = rule.deadline.starts if rule.deadline else ""
    if isinstance(start, str):
        return
    yield start.when.get("class")
    yield from (one.when.get("class") for one in start.any_of if not isinstance(one, str))


_DEADLINES: tuple[tuple[str, str, Callable[[Starts, Rule], bool]], ...] = (
    ("demand-push", "demand.pushed", _any),
    ("outreach", "outreach.made", _any),
    ("application-push", "application.pushed", _any),
    ("approval-push", "approval.pushed", _any),
    ("plan", "plan.issued", _by("conditions.determined")),
    ("plan-at-survey", "plan.issued", _any),
    ("half-day-connection", "service.connected", _by("access.confirmed")),
    ("appointment", "service.connected", _appointed(given=True)),
    ("appointment-connection", "service.connected", _appointed(given=False)),
    ("works-period", "acceptance.held", _any),
    ("commitment-decision", "signoff.given", _by("commitment.notified")),
    ("joint-approval", "signoff.given", _by("materials.submitted")),
    ("materials-submission", "materials.submitted", _any),
    ("deferred-document", "materials.supplemented", _any),
    ("result-return", "result.returned", _any),
    ("general-feedback", "feedback.given", _of_class("general")),
    ("complex-feedback", "feedback.given", _of_class("complex")),
    ("on-the-spot", "matter.done", _by("matter.handed_over")),
    ("registered-matter", "matter.done", _by("matter.registered")),
    ("one-time-notice", "notice.issued", _any),
    ("report-handling", "complaint.answered", _any),
    ("rectification", "rectification.reported", _any),
    ("settlement-statement", "statement.submitted", _any),
    ("settlement-check", "statement.checked", _any),
    ("objection-decision", "finding.decided", _any),
)
"""A duty, the act that ends it, and what else tells it from others that end so; the first that fits."""


def _standard(program: StandardProgram, rule: Rule) -> str | None:
    asked = rule.standard
    if asked is None:
        return None
    if program.requires is not None:
        return _REQUIRED.get(program.requires.tag)
    counted = {act.tag for act in program.acts}
    return next((duty for act, duty, at_most in _COUNTED if counted == {act} and asked.at_most == at_most and _apart(duty, asked)), None)


def _apart(duty: str, asked: Standard) -> bool:
    """A document asked for twice is counted by its name, one asked for at all is not."""
    return bool(asked.per) is (duty in {"no-document-twice", "one-notice"})


_REQUIRED = {"enterprise.informed": "enterprise-informed", "demand.pushed": "demand-reaches-all", "feedback.given": "reply-before-close"}
_COUNTED = (
    ("outreach.made", "joint-outreach", 1),
    ("visit.required", "no-visits", 0),
    ("fee.charged", "no-fees", 0),
    ("form.demanded", "no-extra-forms", 0),
    ("survey.held", "one-survey", 1),
    ("review.made", "no-review-before-decision", 0),
    ("filing.requested", "no-filing-by-applicant", 0),
    ("acceptance.held", "joint-acceptance", 1),
    ("material.requested", "no-materials", 0),
    ("material.requested", "no-document-twice", 1),
    ("notice.issued", "one-notice", 1),
    ("case.closed", "outcome-before-close", 0),
)
"""An act that is counted, the duty not to do it, and how often it may be done."""
