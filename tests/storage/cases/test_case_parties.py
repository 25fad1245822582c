"""Which entry brought a party into a case is kept by the table of cases itself, whoever writes to it."""

from uuid import UUID

import asyncpg
import pytest
from msgspec.structs import replace

from storage.cases.cases import lock_case, save_case
from storage.postgres.transaction import Database, Tx
from tests.storage.making import stored


async def parties_of(tx: Tx, case_id: UUID) -> dict[str, int]:
    return {row["party"]: row["joined_seq"] for row in await tx.fetch("SELECT * FROM case_party WHERE case_id = $1", case_id)}


async def test_who_opens_a_case_is_there_from_its_first_entry(tx: Tx) -> None:
    case = await stored(tx, 3, parties=("hall", "water"))
    assert await parties_of(tx, case.case_id) == {"hall": 1, "water": 1}


async def test_who_joins_is_there_from_the_entry_that_brought_it_in(tx: Tx) -> None:
    case = await stored(tx, 3, parties=("hall", "water"))
    await save_case(tx, replace(case, seq=5, parties=("gas", "hall", "water")))
    await save_case(tx, replace(case, seq=6, parties=("gas", "hall", "power", "water")))
    assert await parties_of(tx, case.case_id) == {"hall": 1, "water": 1, "gas": 5, "power": 6}
    assert await tx.fetchval("SELECT count(*) FROM feed_again WHERE case_id = $1", case.case_id) == 0


async def test_who_joins_without_an_entry_makes_the_case_be_looked_at_again(tx: Tx) -> None:
    case = await stored(tx, 3, parties=("hall",))
    await save_case(tx, replace(case, parties=("gas", "hall")))
    assert await parties_of(tx, case.case_id) == {"hall": 1, "gas": 3}
    assert await tx.fetchval("SELECT why FROM feed_again WHERE case_id = $1", case.case_id) == "joined"


async def test_the_program_may_not_say_so_itself(database: Database) -> None:
    async with database.transaction() as tx:
        case = await stored(tx)
        assert await lock_case(tx, case.case_id)
    for attempt in ("DELETE FROM case_party", "INSERT INTO case_party VALUES (gen_random_uuid(), 'gas', 1)"):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            async with database.transaction() as tx:
                await tx.execute(attempt)
