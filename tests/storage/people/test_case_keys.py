"""A case's particulars open for that case and field alone, under a key that can be wrapped anew and destroyed."""

import asyncio
import os
from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import UTC, datetime
from uuid import UUID

import asyncpg
import pytest

from cli.operation.keys import wrap_all_again
from domain.people.particulars import MARK
from storage.cases.opening import open_with
from storage.loading.bulk import Written, write_cases
from storage.people.case_keys import KeptKey, check_keys, count_wraps, destroy_key, read_key
from storage.people.sealing import CaseSeal, KeyRing, NewSeal, new_key
from storage.postgres.faults import KeyLost
from storage.postgres.transaction import Database
from tests.database import Urls, execute
from tests.storage.making import a_case, entries_of

OLD, NEW = b"keys-of-the-tests-and-nobody-els", b"other-keys-of-the-tests-for-once"
AT = datetime(2026, 6, 3, 2, 0, tzinfo=UTC)
CASE, OTHER = UUID(int=1), UUID(int=2)


def ring() -> KeyRing:
    return KeyRing({"old": OLD})


async def kept_key(database: Database, case_id: UUID) -> KeptKey | None:
    async with database.connection() as tx:
        return await read_key(tx, case_id)


async def with_keys(database: Database, count: int, keys: KeyRing) -> list[UUID]:
    """Write cases that have a key each."""
    cases = [a_case() for _ in range(count)]
    written = [Written(case, key=keys.wrap(case.case_id, new_key())) for case in cases]
    async with database.transaction() as tx:
        await write_cases(tx, written)
    return [case.case_id for case in cases]


# ───────────── sealing ─────────────


def test_what_is_sealed_opens_for_its_case_and_field_alone() -> None:
    key = os.urandom(32)
    text = CaseSeal(CASE, key).seal("customer.phone", "13812341234")
    assert text.startswith("sealed:1:")
    assert "13812341234" not in text
    assert CaseSeal(CASE, key).opened("customer.phone", text) == "13812341234"
    for seal, name in (
        (CaseSeal(OTHER, key), "customer.phone"),
        (CaseSeal(CASE, key), "customer.name"),
        (CaseSeal(CASE, NEW), "customer.phone"),
    ):
        with pytest.raises(KeyLost):
            seal.opened(name, text)


def test_the_same_value_is_sealed_otherwise_each_time() -> None:
    seal = CaseSeal(CASE, OLD)
    assert len({seal.seal("customer.phone", "13812341234") for _ in range(100)}) == 100


def test_the_longest_that_may_be_given_fits_where_it_is_kept() -> None:
    assert len(CaseSeal(CASE, OLD).seal("form.connectionPlace", "𠀀" * 300)) <= 1_700


@pytest.mark.parametrize("text", [f"{MARK}1:", f"{MARK}1:AAAA", f"{MARK}1:!!!!", f"{MARK}2:AAAA", f"{MARK}1:{'A' * 80}"])
def test_what_was_not_sealed_by_us_does_not_open(text: str) -> None:
    with pytest.raises(KeyLost):
        CaseSeal(CASE, OLD).opened("customer.phone", text)


def test_a_changed_bit_is_seen() -> None:
    seal = CaseSeal(CASE, OLD)
    raw = bytearray(urlsafe_b64decode(seal.seal("customer.phone", "1").removeprefix("sealed:1:") + "=="))
    raw[-1] ^= 1
    with pytest.raises(KeyLost):
        seal.opened("customer.phone", "sealed:1:" + urlsafe_b64encode(bytes(raw)).decode().rstrip("="))


def test_what_was_written_plain_before_stays_readable() -> None:
    assert CaseSeal(CASE, OLD).opened("customer.phone", "13812341234") == "13812341234"


def test_the_first_key_wraps_and_all_unwrap() -> None:
    kept = ring().wrap(CASE, b"k" * 32)
    both = KeyRing({"new": NEW, "old": OLD})
    assert both.unwrap(CASE, kept) == b"k" * 32
    again = both.again(CASE, kept)
    assert (again.wrapped_by, KeyRing({"new": NEW}).unwrap(CASE, again)) == ("new", b"k" * 32)


def test_a_wrapped_key_opens_under_its_own_key_and_for_its_own_case_alone() -> None:
    kept = ring().wrap(CASE, b"k" * 32)
    for keys, case in ((KeyRing({"new": NEW}), CASE), (KeyRing({"old": NEW}), CASE), (ring(), OTHER)):
        with pytest.raises(KeyLost, match="LIANBAN_DATA_KEYS"):
            keys.unwrap(case, kept)


def test_a_key_is_made_with_the_first_value_and_for_no_case_without_one() -> None:
    seal = NewSeal(ring(), CASE)
    before = seal.kept
    first, second = seal.seal("customer.name", "王某"), seal.seal("customer.phone", "1")
    assert before is None
    assert seal.kept is not None
    opened = ring().seal_of(CASE, seal.kept)
    assert (opened.opened("customer.name", first), opened.opened("customer.phone", second)) == ("王某", "1")


# ───────────── keeping ─────────────


async def test_a_key_is_kept_with_its_case_or_not_at_all(database: Database) -> None:
    case, without = a_case(), a_case()
    key = ring().wrap(case.case_id, new_key())
    async with database.transaction() as tx:
        await open_with(tx, case, entries_of(case, 1), (), numbered=False, key=key)
        await open_with(tx, without, entries_of(without, 1), (), numbered=False)
    assert await kept_key(database, case.case_id) == KeptKey(key)
    assert await kept_key(database, without.case_id) is None


async def test_a_destroyed_key_leaves_nothing_of_itself(database: Database) -> None:
    [case_id] = await with_keys(database, 1, ring())
    async with database.transaction() as tx:
        assert await destroy_key(tx, case_id, AT)
        assert not await destroy_key(tx, case_id, AT)
    assert await kept_key(database, case_id) == KeptKey(None, AT)


async def test_a_case_that_never_had_a_key_is_marked_erased_too(database: Database) -> None:
    case = a_case()
    async with database.transaction() as tx:
        await write_cases(tx, [Written(case)])
        assert await destroy_key(tx, case.case_id, AT)
    assert await kept_key(database, case.case_id) == KeptKey(None, AT)


async def test_the_database_keeps_no_half_of_a_key(database: Database, fresh_urls: Urls) -> None:
    [case_id] = await with_keys(database, 1, ring())
    for change in ("wrapped = NULL", "erased_at = now()", "wrapped_by = NULL"):
        with pytest.raises(asyncpg.CheckViolationError):
            await execute(fresh_urls.admin, f"UPDATE case_key SET {change} WHERE case_id = '{case_id}'")  # noqa: S608 -- our own words


# ───────────── rotation ─────────────


async def test_every_key_is_wrapped_anew_by_two_at_once_and_what_is_erased_stays_so(database: Database) -> None:
    ids = await with_keys(database, 1_203, ring())
    before = {case_id: await kept_key(database, case_id) for case_id in ids[:3]}
    async with database.transaction() as tx:
        await destroy_key(tx, ids[5], AT)
        erased = (await count_wraps(tx)).erased
    both = KeyRing({"new": NEW, "old": OLD})
    done = await asyncio.gather(wrap_all_again(database, both), wrap_all_again(database, both))
    async with database.connection() as tx:
        wraps = await count_wraps(tx)
    assert "old" not in wraps.by
    assert wraps.by["new"] == sum(done) >= 1_202
    assert wraps.erased == erased
    for case_id, kept in before.items():
        now = await kept_key(database, case_id)
        assert kept is not None
        assert kept.wrapped is not None
        assert now is not None
        assert now.wrapped is not None
        assert KeyRing({"new": NEW}).unwrap(case_id, now.wrapped) == ring().unwrap(case_id, kept.wrapped)
    assert await wrap_all_again(database, both) == 0


async def test_what_was_broken_off_is_taken_up_and_a_key_that_is_not_ours_is_left_alone(database: Database) -> None:
    await with_keys(database, 3, KeyRing({"lost": os.urandom(32)}))
    await with_keys(database, 3, KeyRing({"newest": OLD}))
    third = KeyRing({"third": os.urandom(32), "newest": OLD})
    told: list[int] = []
    assert await wrap_all_again(database, third, told.append) == sum(told) == 3
    async with database.connection() as tx:
        assert (await count_wraps(tx)).by["lost"] == 3


async def test_a_key_that_is_another_than_its_name_says_is_seen_before_it_wraps_anything(database: Database) -> None:
    await with_keys(database, 2, KeyRing({"mistaken": OLD}))
    async with database.connection() as tx:
        await check_keys(tx, KeyRing({"unused": NEW, "mistaken": OLD}))
        with pytest.raises(KeyLost, match="the key 'mistaken' in LIANBAN_DATA_KEYS is not the one"):
            await check_keys(tx, KeyRing({"unused": OLD, "mistaken": NEW}))


async def test_one_that_was_destroyed_while_it_was_wrapped_stays_destroyed(database: Database) -> None:
    [case_id] = await with_keys(database, 1, KeyRing({"held": OLD}))
    async with database.transaction() as tx:
        await destroy_key(tx, case_id, AT)
        rotating = asyncio.create_task(wrap_all_again(database, KeyRing({"fourth": NEW, "held": OLD})))
        await asyncio.sleep(0.2)
    assert await rotating == 0
    assert await kept_key(database, case_id) == KeptKey(None, AT)
