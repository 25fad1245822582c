"""What a case's acts add up to, as conditions and owners ask for it: suppliers, departments, route, class, holder."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from operator import attrgetter
from typing import Any

from domain.acts.connection import SurveyHeld
from domain.ledger import Entry
from domain.route import Route, route_of, works_for
from domain.rulebook import Rulebook

Order = attrgetter("occurred_at", "seq")
_CLASSED = ("enquiry.received", "enquiry.reclassified", "complaint.received")
_WITH_FORM = ("demand.registered", "application.accepted")
_NAMING = ("application.pushed", "approval.opened", "commitment.notified")


class Situation:
    """A case's entries in the order in which things happened, by kind of act."""

    def __init__(self, book: Rulebook, entries: Iterable[Entry]) -> None:
        """Sort and index the entries once; everything else is worked out when it is asked for."""
        self.book = book
        self.entries: Sequence[Entry] = sorted(entries, key=Order)
        self.by_tag: dict[str, list[Entry]] = {}
        for entry in self.entries:
            self.by_tag.setdefault(entry.act.__struct_config__.tag, []).append(entry)  # type: ignore[arg-type] -- every act has a text tag

    def of(self, tag: str) -> Sequence[Entry]:
        """Give the entries of one kind, in the order in which they happened."""
        return self.by_tag.get(tag, ())

    def utilities(self, until: Entry) -> frozenset[str]:
        """Say which companies supply the case, by what was known up to an entry."""
        return frozenset(
            supply.utility for tag in _WITH_FORM for entry in self.of(tag) if Order(entry) <= Order(until) for supply in entry.act.form.supplies  # type: ignore[attr-defined] -- both kinds carry a form
        )

    def departments(self, until: Entry, utility: str | None) -> frozenset[str]:
        """Say which departments have to approve, by what was known up to an entry; for one utility where it is named."""
        named: set[str] = set()
        for tag in _NAMING:
            for entry in self.of(tag):
                if Order(entry) <= Order(until):
                    named |= _departments(entry.act, utility)
        return frozenset(named)

    def class_in_force(self) -> str | None:
        """Say the class of the matter after every change."""
        classed = [entry for tag in _CLASSED for entry in self.of(tag)]
        return max(classed, key=Order).act.class_ if classed else None  # type: ignore[attr-defined] -- these kinds carry a class

    def holder(self, at: datetime) -> str | None:
        """Say who holds the matter at a moment: the receiver, then whoever it was transferred to."""
        for entry in reversed(self.of("enquiry.transferred")):
            if entry.occurred_at <= at:
                return entry.act.to  # type: ignore[attr-defined, no-any-return] -- a transfer names its receiver
        for tag, field in (("enquiry.received", "receiver"), ("complaint.accepted", "body")):
            for entry in self.of(tag):
                holder: str = getattr(entry.act, field)
                return holder
        return None

    def route(self, utility: str) -> Route:
        """Decide the route that a utility's works are eligible for, by the survey that was last held."""
        surveys = self.of("survey.held")
        survey = surveys[-1].act if surveys else None
        works = survey.works if isinstance(survey, SurveyHeld) else ()
        return route_of(self.book.scheme.route, works_for(works, utility))

    def route_taken(self, utility: str, department: str) -> str:
        """Say the route of one permit: the commitment route only once the department was notified under it."""
        if any(utility == entry.act.utility and department in entry.act.departments for entry in self.of("commitment.notified")):  # type: ignore[attr-defined] -- a notice names both
            return "commitment"
        return "none" if self.route(utility).route == "none" else "joint"

    def field(self, name: str, keys: dict[str, str]) -> Any:  # noqa: ANN401 -- a condition compares any value
        """Answer what a condition asks of the case."""
        if name == "class":
            return self.class_in_force()
        return self.route_taken(keys.get("utility", ""), keys.get("department", ""))


def _departments(act: Any, utility: str | None) -> frozenset[str]:  # noqa: ANN401 -- three kinds of act
    approvals = getattr(act, "approvals", None)
    if approvals is not None:
        return frozenset(one.department for one in approvals if utility is None or one.utility == utility)
    if utility is not None and getattr(act, "utility", utility) != utility:
        return frozenset()
    return frozenset(act.departments)
