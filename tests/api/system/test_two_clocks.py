"""The office's clock may be moved; tokens, kept replies and leases go by the machine's, which nobody moves."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest
from litestar import Litestar

from auditor.jobs import Job, run_audit, run_sweep
from storage.audit.jobs import add_shards, last_success, lease_shard, start_run
from tests.api.callers import Callers, application
from tests.api.conftest import START, started
from tests.conftest import Clock
from tests.database import Urls

WALL = datetime(2026, 12, 1, 2, 0, tzinfo=UTC)
A_YEAR = timedelta(days=365)


@pytest.fixture
def wall() -> Clock:
    return Clock(WALL)


@pytest.fixture
def office() -> Clock:
    return Clock(START)


@pytest.fixture
async def app(fresh_urls: Urls, office: Clock, wall: Clock) -> AsyncIterator[Litestar]:
    """The application of a sandbox, in whose office it is June."""
    async with started(fresh_urls.app, office, wall=wall) as made:
        yield made


@pytest.mark.parametrize("moved", [A_YEAR, -A_YEAR])
async def test_a_moved_office_ends_no_token_and_forgets_no_reply(app: Litestar, office: Clock, wall: Clock, moved: timedelta) -> None:
    window, form, key = Callers(app, wall).window(), application(), {"idempotency-key": f"moved-by-{moved.days}"}
    first = await window.post("/v1/cases", json=form, headers=key)
    assert (first.status_code, first.json()["openedAt"]) == (201, "2026-06-03T02:00:00Z")
    office.advance(moved)
    again = await window.post("/v1/cases", json=form, headers=key)
    assert (again.status_code, again.content) == (201, first.content)
    assert again.headers["idempotency-replayed"] == "true"


async def test_an_act_is_dated_by_the_office_and_a_token_ends_by_the_machine(app: Litestar, office: Clock, wall: Clock) -> None:
    window = Callers(app, wall).window()
    office.advance(A_YEAR)
    opened = await window.post("/v1/cases", json=application())
    assert opened.json()["openedAt"] == "2027-06-03T02:00:00Z"
    wall.advance(days=1)
    assert (await window.get(f"/v1/cases/{opened.json()['caseId']}")).status_code == 401


async def test_a_moved_office_frees_no_lease_and_dates_no_run(app: Litestar, office: Clock, wall: Clock) -> None:
    program = app.state.program
    async with program.db.transaction() as tx:
        run_id = await start_run(tx, "audit", "one", wall())
        await add_shards(tx, run_id, [])
        assert await lease_shard(tx, run_id, "one", wall(), timedelta(minutes=1)) is not None
    office.advance(A_YEAR)
    job = Job(program.db, program.books, "two", office, wall)
    assert await run_audit(job), "it takes part in what is under way"
    async with program.db.transaction() as tx:
        assert await lease_shard(tx, run_id, "three", job.wall_now(), timedelta(minutes=1)) is None
    await run_sweep(job)
    async with program.db.connection() as tx:
        assert (await last_success(tx))["sweep"] == WALL
