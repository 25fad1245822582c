"""Answers an application that the plan does not cover: it is kept as refused, and the problem says so with its case and clause."""

from collections.abc import Sequence

from api.wire.answer import Answer
from api.wire.problems import problem, row_of
from domain.acts import Acted
from domain.acts.connection import ApplicationAccepted, ApplicationRefused
from domain.case import Case
from domain.ledger import Entry
from domain.refusals import NotCovered


def refusal_in(asked: Acted, made: Sequence[Entry]) -> ApplicationRefused | None:
    """Find the refusal that an application was kept as."""
    kept = made[0].act
    return kept if isinstance(asked, ApplicationAccepted) and isinstance(kept, ApplicationRefused) else None


def not_covered(case: Case, act: ApplicationRefused) -> Answer:
    """Say which clause does not cover it, and where it is kept."""
    message = f"{act.reason}（{act.clause}）。The application is kept as refused; tell the applicant the clause and the reason."
    return problem(row_of(NotCovered), message, {"caseId": str(case.case_id), "clause": act.clause, "reason": act.reason})
