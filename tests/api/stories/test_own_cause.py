"""Nobody decides in their own cause, twice, on what they notified, or without being a person: every deciding act, none left out."""

from collections.abc import Awaitable, Callable

import pytest
from litestar import Litestar

from domain.acts import AUDITOR_ALONE
from domain.findings.process import decider_on
from domain.schemes.rulebook import compile_scheme
from schemes import load_schemes
from tests.api.callers import Callers
from tests.api.process import Office
from tests.api.stories.deciding import DECIDING
from tests.api.stories.trials import Trial, TrialDesk, Who
from tests.conftest import Clock

SCHEMES = load_schemes().all
PREPARES = {
    "finding.notified", "finding.objected", "statement.asked", "complaint.received", "credit.proposed", "credit.completed",
    "credit.notified", "credit.heard", "accountability.proposed", "accountability.notified", "accountability.heard",
    "accountability.concluded", "supervision.planned", "sample.drawn", "period.opened", "yearend.opened",
}  # fmt: skip
"""Steps towards a decision or after it: a thing is proposed, served, heard, drawn, opened, or it is told that it was carried out."""
ABOUT_AN_APPLICATION = {
    "application.accepted", "application.refused", "approval.opened", "approval.not_needed", "materials.refused", "review.finished",
    "signoff.given", "survey.scheduled", "demand.registered", "demand.deferred",
}  # fmt: skip
"""What is decided is an applicant's project: an applicant is no party of the plan, and no utility is a department."""
OWN_WORK = {
    "appointment.agreed", "appointment.changed", "case.withdrawn", "clock.resumed", "clock.stopped", "commitment.notified",
    "commitment.signed", "enquiry.received", "enquiry.reclassified", "enquiry.transferred",
}  # fmt: skip
"""What a party does in its own work; a stop is decided about by stop.struck_out."""
WAYS = [(tag, way) for tag, ways in DECIDING.items() for way in ways]
Way = Callable[[TrialDesk], Awaitable[Trial]]


@pytest.fixture
def desk(app: Litestar, callers: Callers, moving: Clock) -> TrialDesk:
    return TrialDesk(Office(app, callers, moving))


def test_every_steering_act_of_every_plan_is_a_decision_with_a_row_here_or_is_said_to_be_none() -> None:
    steering = {tag for scheme in SCHEMES for tag, row in scheme.acts.items() if row.kind == "steering"}
    others = [PREPARES, ABOUT_AN_APPLICATION, OWN_WORK]
    assert steering <= set(DECIDING).union(*others)
    assert sum(len(one) for one in others) == len(set().union(*others))
    assert set(DECIDING).isdisjoint(set().union(*others))
    assert set(DECIDING).union(*others) <= {tag for scheme in SCHEMES for tag in scheme.acts}


def test_no_utility_is_a_department_and_no_plan_lets_the_auditor_record_anything() -> None:
    for scheme in SCHEMES:
        assert not [party.code for party in scheme.parties if {"utility", "department"} <= set(party.roles)]
        assert not [tag for tag, row in scheme.acts.items() if "auditor" in row.roles]
        assert not [party.code for party in scheme.parties if "auditor" in party.roles]
    assert AUDITOR_ALONE.isdisjoint(DECIDING)


def test_in_every_plan_every_party_has_a_decider_that_is_another_and_can_decide() -> None:
    for scheme in SCHEMES:
        book = compile_scheme(scheme)
        for party in scheme.parties:
            decider = decider_on(book, party.code).by
            assert decider != party.code
            assert "supervisor" in book.party(decider).roles


@pytest.mark.parametrize(("tag", "way"), WAYS, ids=[way.__name__ for _, way in WAYS])
async def test_it_is_decided_by_another_party_by_other_eyes_once_and_by_a_person(desk: TrialDesk, tag: str, way: Way) -> None:
    trial = await way(desk)
    for own in trial.own:
        answer = await desk.take(trial, own)
        assert (answer.status_code, answer.json()["type"]) == (403, "urn:lianban:problem:not-allowed"), (own, answer.text)
    for one in trial.prepared:
        answer = await desk.take(trial, one)
        assert answer.status_code in {403, 409}, (one, answer.text)
        assert answer.json()["type"].rpartition(":")[2] in {"not-allowed", "already-done"}, (one, answer.text)
    nobody = await desk.take(trial, Who("auditor", "auditor", trial.good.party))  # type: ignore[arg-type]  # it is no role of a token
    assert nobody.status_code in {401, 403}, nobody.text
    answer = await desk.take(trial, trial.good)
    assert answer.status_code == 201, answer.text
    if trial.again:
        again = await desk.take(trial, trial.good)
        assert again.status_code == 409, again.text
        assert again.json()["type"].rpartition(":")[2] in {"already-done", "out-of-order"}, again.text
    assert tag in DECIDING
