"""Starting, joining, leaving and being killed, with real servers and real processes."""

import os
import time
from pathlib import Path

import asyncpg
import psutil
import pytest
from redis.asyncio import Redis

from cli.servers import Addresses, DataFolderInUse, DataFolderNotOurs, ServerFailed, claim, running
from tests.servers.parties import another_user, said, servers_of, tell_to_leave


async def number_from(url: str, query: str = "select 1") -> int:
    connection = await asyncpg.connect(url)
    try:
        return int(await connection.fetchval(query))
    finally:
        await connection.close()


async def test_both_servers_answer(servers: Addresses) -> None:
    assert await number_from(servers.database_url) == 1
    assert await number_from(servers.owner_url) == 1
    async with Redis.from_url(servers.redis_url) as redis:
        assert await redis.ping()


async def test_a_wrong_password_opens_nothing(servers: Addresses) -> None:
    for url in (servers.database_url, servers.owner_url, servers.admin_url):
        name, _, rest = url.removeprefix("postgresql://").partition(":")
        with pytest.raises(asyncpg.InvalidPasswordError):
            await asyncpg.connect(f"postgresql://{name}:guess@{rest.partition('@')[2]}")


async def test_the_programs_role_owns_nothing_and_makes_no_table(servers: Addresses) -> None:
    connection = await asyncpg.connect(servers.database_url)
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await connection.execute("create table mine (x int)")
    await connection.close()


async def test_the_owner_makes_tables_and_says_what_the_program_may_do(servers: Addresses) -> None:
    connection = await asyncpg.connect(servers.owner_url)
    await connection.execute("create table granted (x int); insert into granted values (7)")
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await number_from(servers.database_url, "select x from granted")
    await connection.execute("grant select on granted to lianban_app")
    assert await number_from(servers.database_url, "select x from granted") == 7
    await connection.execute("drop table granted")
    await connection.close()


async def test_nothing_listens_on_the_network(data: Path) -> None:
    with another_user(data) as starter:
        said(starter)
        kinds = {connection.family for server in servers_of(starter.pid) for connection in server.net_connections("inet")}
        assert kinds == set()


async def test_a_restart_keeps_the_data_and_the_passwords(data: Path) -> None:
    with running(data) as first:
        connection = await asyncpg.connect(first.owner_url)
        await connection.execute("create table kept (x int); insert into kept values (42)")
        await connection.close()
    with running(data) as second:
        assert await number_from(second.owner_url, "select x from kept") == 42
    assert first.owner_url.split("@")[0] == second.owner_url.split("@")[0]


def test_starting_takes_less_than_a_second_on_a_folder_that_is_there(data: Path) -> None:
    since = time.monotonic()
    with running(data):
        assert time.monotonic() - since < 1


async def test_fresh_starts_from_an_empty_folder(data: Path) -> None:
    with running(data, fsync=False) as first:
        (data / "document").write_text("old")
    with running(data, fsync=False, fresh=True) as second:
        assert await number_from(second.database_url) == 1
        assert not (data / "document").exists()
    assert first.owner_url.split("@")[0] != second.owner_url.split("@")[0]


def test_fresh_does_not_empty_a_folder_that_is_not_ours(tmp_path: Path) -> None:
    (tmp_path / "thesis.odt").write_text("ten years of work")
    with pytest.raises(DataFolderNotOurs, match="LIANBAN_DATA"), running(tmp_path, fresh=True):
        pass
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.odt"]


def test_fresh_is_refused_while_others_use_the_folder(data: Path) -> None:
    with (
        running(data, fsync=False),
        pytest.raises(DataFolderInUse, match="cannot be emptied"),
        running(data, fresh=True),
    ):
        pass


def test_a_second_claim_is_refused_and_names_the_first(data: Path) -> None:
    with claim(data), pytest.raises(DataFolderInUse, match=f"process {os.getpid()}") as refusal, claim(data):
        pass
    assert str(data) in str(refusal.value)
    with claim(data):
        pass


async def test_a_second_user_joins_and_the_servers_outlive_its_leaving(data: Path) -> None:
    with running(data, fsync=False) as addresses:
        with another_user(data) as joiner:
            assert said(joiner) == addresses.database_url
            assert servers_of(joiner.pid) == []
            tell_to_leave(joiner)
            assert joiner.wait(10) == 0
        assert await number_from(addresses.database_url) == 1


async def test_the_starter_waits_until_nobody_uses_its_servers(data: Path) -> None:
    with another_user(data) as starter:
        said(starter)
        with running(data) as addresses:
            tell_to_leave(starter)
            assert said(starter) == "waiting"
            assert await number_from(addresses.database_url) == 1
        assert starter.wait(20) == 0


@pytest.mark.parametrize("gap", [0, 0.02, 0.05, 0.1])
async def test_who_comes_while_the_servers_stop_starts_them_again(data: Path, gap: float) -> None:
    with another_user(data) as starter:
        said(starter)
        tell_to_leave(starter)
        time.sleep(gap)
        with running(data, fsync=False) as addresses:
            assert await number_from(addresses.database_url) == 1


def test_a_killed_starter_leaves_no_process(data: Path) -> None:
    with another_user(data) as starter:
        said(starter)
        started = servers_of(starter.pid)
        assert {"postgres", "valkey-server"} <= {server.name() for server in started}
        starter.kill()
        _, alive = psutil.wait_procs(started, timeout=15)
        assert alive == []


async def test_a_killed_starter_does_not_block_the_next_and_its_sockets_go(data: Path) -> None:
    with another_user(data) as starter:
        left = Path(said(starter).partition("host=")[2])
        starter.kill()
        starter.wait()
        with running(data, fsync=False) as addresses:
            assert await number_from(addresses.database_url) == 1
            assert not left.exists()


async def test_killed_servers_do_not_block_the_next_start(data: Path) -> None:
    with another_user(data) as starter:
        said(starter)
        for server in servers_of(starter.pid):
            server.kill()
        starter.kill()
        starter.wait()
    with running(data, fsync=False) as addresses:
        assert await number_from(addresses.database_url) == 1


async def test_a_left_pid_file_with_anothers_number_does_not_block_the_start(data: Path) -> None:
    (data / "postgres" / "postmaster.pid").write_text(f"{os.getppid()}\n{data}/postgres\n0\n5432\n/tmp\n\n0 0\nready\n")
    with running(data, fsync=False) as addresses:
        assert await number_from(addresses.database_url) == 1


async def test_a_cluster_half_made_is_made_again(tmp_path: Path) -> None:
    (tmp_path / "postgres.new" / "base").mkdir(parents=True)
    with running(tmp_path, fsync=False) as addresses:
        assert await number_from(addresses.database_url) == 1


def test_a_cluster_of_another_release_is_refused_with_the_way_out(data: Path) -> None:
    (data / "postgres" / "PG_VERSION").write_text("17\n")
    with pytest.raises(ServerFailed, match=r"made by PostgreSQL 17 .* brings 18: dump it"), running(data):
        pass


def test_a_server_that_cannot_start_says_why(data: Path) -> None:
    with (data / "postgres" / "postgresql.conf").open("a") as settings:
        settings.write("no_such_setting = on\n")
    with pytest.raises(ServerFailed, match="no_such_setting"), running(data):
        pass


def test_lost_passwords_are_said_to_be_lost(data: Path) -> None:
    (data / "servers" / "passwords.json").unlink()
    with pytest.raises(ServerFailed, match="passwords of the cluster"), running(data):
        pass
