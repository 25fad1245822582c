"""Operators see what the program rests on, and callers are told when it is away."""

import pytest

from api.app import create_app
from casework.settings import Settings
from cli.servers import Addresses
from storage.audit.jobs import finish_run, heartbeat, start_run
from storage.postgres.faults import DatabaseAway, OldSchema
from tests.api.callers import DATA_KEYS, SECRET, Callers, over_asgi
from tests.api.conftest import started
from tests.conftest import Clock
from tests.database import copied, execute


async def test_a_program_with_all_it_rests_on_is_ready(servers: Addresses, template: str, now: Clock) -> None:
    async with copied(servers, template) as urls, started(urls.app, now, servers.redis_url) as app:
        async with app.state.program.db.transaction() as tx:
            await finish_run(tx, await start_run(tx, "sweep", "worker-1", now()), now())
            await heartbeat(tx, "worker-1", now())
        now.advance(seconds=40)
        async with over_asgi(app) as client:
            ready = await client.get("/health/ready")
            figures = (await client.get("/metrics")).text
    assert (ready.status_code, ready.json()["status"], ready.json()["redis"]) == (200, "ready", "up")
    assert ready.json()["jobs"] == {"sweep": "2026-06-03T02:00:00Z"}
    assert ready.json()["workerSecondsAgo"] == 40
    assert 'lianban_job_last_success_seconds{job="sweep"}' in figures
    assert "lianban_feed_untold_cases 0.0" in figures
    assert 'lianban_request_seconds_count{method="GET",route="/health/ready",status="200"} 1.0' in figures


async def test_a_worker_that_has_gone_silent_is_not_called_ready(servers: Addresses, template: str, now: Clock) -> None:
    async with copied(servers, template) as urls, started(urls.app, now, servers.redis_url) as app, over_asgi(app) as client:
        async with app.state.program.db.transaction() as tx:
            await heartbeat(tx, "worker-1", now())
        now.advance(seconds=61)
        gone = (await client.get("/health/ready")).json()
        async with app.state.program.db.transaction() as tx:
            await finish_run(tx, await start_run(tx, "sweep", "worker-1", now()), now())
        now.advance(seconds=301)
        async with app.state.program.db.transaction() as tx:
            await heartbeat(tx, "worker-1", now())
        idle = (await client.get("/health/ready")).json()
    assert (gone["status"], gone["workerSecondsAgo"]) == ("degraded", 61)
    assert (idle["status"], idle["workerSecondsAgo"]) == ("degraded", 0)


async def test_redis_away_delays_findings_and_stops_nothing(servers: Addresses, template: str, now: Clock) -> None:
    async with copied(servers, template) as urls, started(urls.app, now, "redis://127.0.0.1:1") as app:
        async with over_asgi(app) as client:
            ready = await client.get("/health/ready")
        cases = await Callers(app, now).coordinator().get("/v1/cases")
    assert (ready.status_code, ready.json()["status"], ready.json()["redis"]) == (200, "degraded", "away")
    assert cases.status_code == 200


async def test_a_database_that_goes_away_is_said_and_waited_for(servers: Addresses, template: str, now: Clock) -> None:
    async with copied(servers, template) as urls, started(urls.app, now) as app:
        office = Callers(app, now).coordinator()
        assert (await office.get("/v1/cases")).status_code == 200
        name = urls.app.split("?")[0].rsplit("/", 1)[1]
        await execute(
            servers.admin_url,
            f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'",  # noqa: S608 -- our own name
            f"ALTER DATABASE {name} RENAME TO {name}_away",
        )
        try:
            away = await office.get("/v1/cases")
            async with over_asgi(app) as client:
                live, ready = await client.get("/health/live"), await client.get("/health/ready")
                figures = await client.get("/metrics")
        finally:
            await execute(servers.admin_url, f"ALTER DATABASE {name}_away RENAME TO {name}")
        back = await office.get("/v1/cases")
    assert (away.status_code, away.json()["type"]) == (503, "urn:lianban:problem:database-away")
    assert away.headers["retry-after"] == "5"
    assert "lianban_test" not in away.text
    assert (live.status_code, ready.status_code, ready.json()["database"]) == (200, 503, "away")
    assert figures.status_code == 200
    assert back.status_code == 200


async def test_a_database_of_an_older_release_stops_the_start(servers: Addresses, template: str, now: Clock) -> None:
    async with copied(servers, template) as urls:
        await execute(urls.admin, "DELETE FROM migration")
        with pytest.raises(ExceptionGroup) as stopped:
            async with started(urls.app, now):
                pass
        assert stopped.group_contains(OldSchema, match="lianban migrate")


async def test_a_database_that_turns_out_to_be_older_is_not_ready(servers: Addresses, template: str, now: Clock) -> None:
    async with copied(servers, template) as urls, started(urls.app, now) as app:
        await execute(urls.admin, "DELETE FROM migration")
        async with over_asgi(app) as client:
            ready = await client.get("/health/ready")
    assert (ready.status_code, ready.json()["database"]) == (503, "old")


async def test_a_database_that_is_not_there_stops_the_start_in_words(now: Clock) -> None:
    with pytest.raises(ExceptionGroup) as stopped:
        async with started("postgresql://nobody@127.0.0.1:1/nothing", now):
            pass
    assert stopped.group_contains(DatabaseAway, match=r"127\.0\.0\.1")


def test_an_application_without_its_settings_is_not_made() -> None:
    with pytest.raises(Exception, match="LIANBAN_DATABASE_URL"):
        create_app(Settings(secret=SECRET, data_keys=DATA_KEYS))
    with pytest.raises(Exception, match="LIANBAN_SECRET"):
        create_app(Settings(database_url="postgresql://localhost/x"))
    with pytest.raises(Exception, match="LIANBAN_DATA_KEYS"):
        create_app(Settings(database_url="postgresql://localhost/x", secret=SECRET))
