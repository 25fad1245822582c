"""What a case's acts add up to, as conditions and owners ask for it: suppliers, departments, route, class, holder."""

from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from datetime import datetime
from itertools import pairwise
from operator import attrgetter, itemgetter
from typing import Any, TypeVar

from domain.acts import TAGS, Acted
from domain.acts.connection import (
    ApplicationAccepted,
    ApplicationPushed,
    ApprovalNotNeeded,
    ApprovalOpened,
    CommitmentNotified,
    DemandRegistered,
    SignoffGiven,
    SurveyHeld,
)
from domain.acts.enforcement.audit import WorksCountedTogether
from domain.acts.parts import Form
from domain.acts.service import (
    ComplaintAccepted,
    ComplaintReceived,
    EnquiryReceived,
    EnquiryReclassified,
    EnquiryTransferred,
)
from domain.judging.route import Route, route_of, works_for
from domain.ledger import Entry
from domain.schemes.rulebook import Rulebook

Order = attrgetter("occurred_at", "seq")
A = TypeVar("A", bound=Acted)


class Situation:
    """A case's entries in the order in which things happened, by kind of act."""

    def __init__(self, book: Rulebook, entries: Iterable[Entry]) -> None:
        """Sort and index the entries once; everything else is worked out when it is asked for."""
        self.book = book
        self.entries: Sequence[Entry] = sorted(entries, key=Order)
        self.by_tag: dict[str, list[Entry]] = {}
        for entry in self.entries:
            self.by_tag.setdefault(TAGS[type(entry.act)], []).append(entry)
        self.forms = self._forms()
        """Each form's order, its entry and the companies that it asks for, in the order in which they were filled."""
        self.drops = len(self.forms) > 1 and any(before[2] - after[2] for before, after in pairwise(self.forms))
        """Whether a company asked for in one form is missing in the next."""

    def of(self, tag: str) -> Sequence[Entry]:
        """Give the entries of one kind, in the order in which they happened."""
        return self.by_tag.get(tag, ())

    def each(self, kind: type[A]) -> Iterator[tuple[Entry, A]]:
        """Give the entries of one kind with their acts, in the order in which they happened."""
        return ((entry, entry.act) for entry in self.by_tag.get(TAGS[kind], ()) if isinstance(entry.act, kind))

    def utilities(self, until: Entry) -> frozenset[str]:
        """Say which companies supply the case, by the form that was in force at an entry."""
        at = Order(until)
        return next((asked for filled, _, asked in reversed(self.forms) if filled <= at), frozenset())

    def asked(self) -> frozenset[str]:
        """Say which companies the form that was filled last asks; nobody where there is none."""
        return self.forms[-1][2] if self.forms else frozenset()

    def dropped(self, utility: str, since: Entry) -> Entry | None:
        """Name the form by which the applicant no longer asks a company for anything that it had asked it for."""
        if utility not in self.utilities(since):
            return None
        at = Order(since)
        return next((entry for filled, entry, asked in self.forms if filled > at and utility not in asked), None)

    def _forms(self) -> list[tuple[Any, Entry, frozenset[str]]]:
        filled: list[tuple[Entry, Form]] = [(entry, act.form) for entry, act in self.each(DemandRegistered)]
        filled += [(entry, act.form) for entry, act in self.each(ApplicationAccepted)]
        forms = [(Order(entry), entry, frozenset([one.utility for one in form.supplies])) for entry, form in filled]
        return sorted(forms, key=itemgetter(0)) if len(forms) > 1 else forms

    def departments(self, until: Entry, utility: str | None) -> frozenset[str]:
        """Say which departments have to approve side by side, by what was known up to an entry; for one utility where named.

        One that was notified under a commitment has the project already. What was opened for a utility says it better than
        what was thought at its application.
        """
        known = [(of, department) for entry, of, department in self._approving() if Order(entry) <= Order(until)]
        opened = frozenset(department for of, department in known if of is not None and of == utility)
        return opened or frozenset(department for of, department in known if utility is None or of is None)

    def _approving(self) -> Iterator[tuple[Entry, str | None, str]]:
        """Give each department that an act names, and the utility whose works it approves (None: every one's)."""
        for entry, pushed in self.each(ApplicationPushed):
            yield from ((entry, None, department) for department in pushed.departments)
        for entry, opened in self.each(ApprovalOpened):
            yield from ((entry, one.utility, one.department) for one in opened.approvals)

    def class_in_force(self) -> str | None:
        """Say the class of the matter after every change."""
        if any(self.each(EnquiryReclassified)):
            return "complex"
        received = next(self.each(EnquiryReceived), None) or next(self.each(ComplaintReceived), None)
        return received[1].class_ if received else None

    def holder(self, at: datetime, without: AbstractSet[int] = frozenset()) -> str | None:
        """Say who holds the matter at a moment: the receiver, then whoever it was transferred to.

        `without` are the numbers of transfers that are not to be relied on.
        """
        return self.held(at, without)[0]

    def held(self, at: datetime, without: AbstractSet[int] = frozenset()) -> tuple[str | None, Entry | None]:
        """Say the same, with the transfer that gave it to the holder; a complaint is held by the body that took it up last."""
        passed = [(to, entry) for entry, to in self.transfers(without) if entry.occurred_at <= at]
        if passed:
            return passed[-1]
        bodies = [act.body for entry, act in self.each(ComplaintAccepted) if entry.occurred_at <= at]
        return self.receiver() or (bodies[-1] if bodies else None), None

    def transfers(self, without: AbstractSet[int] = frozenset()) -> Sequence[tuple[Entry, str]]:
        """Give the transfers of the matter, each with the party that it went to."""
        return [(entry, act.to) for entry, act in self.each(EnquiryTransferred) if entry.seq not in without]

    def receiver(self) -> str | None:
        """Say whose officer was the first contact (首问负责)."""
        return next((act.receiver for _, act in self.each(EnquiryReceived)), None)

    def route(self, utility: str) -> Route:
        """Decide the route that a utility's works are eligible for, by the survey that was last held."""
        survey = self.survey()
        if survey is None:
            return route_of(self.book.scheme.route, ())
        entry, act = survey
        beside = [one.metres for one in self.together(entry.seq) if one.utility == utility]
        return route_of(self.book.scheme.route, works_for(act.works, utility), beside)

    def survey(self) -> tuple[Entry, SurveyHeld] | None:
        """Give the survey that was last held."""
        return max(self.each(SurveyHeld), key=lambda one: Order(one[0]), default=None)

    def together(self, surveyed: int) -> tuple[WorksCountedTogether, ...]:
        """Give the works of other cases that count with those of a survey, by its number."""
        return tuple(act for _, act in self.each(WorksCountedTogether) if act.surveyed_seq == surveyed)

    def route_taken(self, utility: str, department: str) -> str:
        """Say the route of one permit: the commitment route only once the department was notified under it."""
        if any(utility == act.utility and department in act.departments for _, act in self.each(CommitmentNotified)):
            return "commitment"
        return "none" if self.route(utility).route == "none" else "joint"

    def permitted(self, utility: str, by: datetime) -> bool:
        """Say whether every permit that was asked for a company's works by a moment was there by then, or was not needed."""
        done = {(a.utility, a.department) for e, a in self.each(SignoffGiven) if a.outcome == "approved" and e.occurred_at <= by}
        done |= {(a.utility, a.department) for e, a in self.each(ApprovalNotNeeded) if e.occurred_at <= by}
        return all((utility, department) in done for department in self._asked_of(utility, by))

    def _asked_of(self, utility: str, by: datetime) -> Iterator[str]:
        """Give the departments that a company's works had to be permitted by, as far as asked by then."""
        for entry, opened in self.each(ApprovalOpened):
            yield from (one.department for one in opened.approvals if one.utility == utility and entry.occurred_at <= by)
        for entry, notified in self.each(CommitmentNotified):
            yield from (one for one in notified.departments if notified.utility == utility and entry.occurred_at <= by)

    def field(self, name: str, keys: dict[str, str]) -> Any:  # noqa: ANN401 -- a condition compares any value
        """Answer what a condition asks of the case."""
        if name == "class":
            return self.class_in_force()
        if name == "business_environment":
            return any(act.business_environment for _, act in self.each(ComplaintReceived))
        return self.route_taken(keys.get("utility", ""), keys.get("department", ""))
