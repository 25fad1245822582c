"""Cases: found by what they are listed by, unique among open ones about one subject, numbered without gaps."""

import asyncio
from datetime import timedelta
from uuid import uuid4

import pytest
from msgspec.structs import replace

from domain.case import Case
from storage.cases.cases import (
    CaseFilter,
    commitment_in_force,
    list_cases,
    lock_case,
    next_number,
    open_case_about,
    read_case,
    save_case,
)
from storage.cases.opening import open_with
from storage.postgres.cursor import Place, decode_place, encode_place
from storage.postgres.faults import SubjectTaken
from storage.postgres.transaction import Database, Tx
from tests.storage.making import AT, a_case, entries_of, insert_case


async def test_a_case_comes_back_as_it_was(tx: Tx) -> None:
    case = a_case(subject="2309-420800-04-01-123456", number=7, scheme="round-trip")
    await insert_case(tx, case)
    assert await read_case(tx, case.case_id) == case
    assert await read_case(tx, uuid4()) is None


async def test_what_an_act_changes_is_kept(tx: Tx) -> None:
    case = a_case()
    await insert_case(tx, case)
    changed = replace(case, seq=2, head=b"n" * 32, state="closed", parties=("gas", "hall", "water"))
    await save_case(tx, changed)
    assert await lock_case(tx, case.case_id) == changed


async def test_two_open_cases_about_one_project_are_refused_and_a_closed_one_leaves_room(database: Database) -> None:
    async def open_about(tx: Tx, case: Case) -> None:
        await open_with(tx, case, entries_of(case, 1), (), numbered=False)

    first = a_case(subject="one-project")
    async with database.transaction() as tx:
        await open_about(tx, first)
    with pytest.raises(SubjectTaken):
        async with database.transaction() as tx:
            await open_about(tx, a_case(subject="one-project"))
    async with database.transaction() as tx:
        assert await open_case_about(tx, "connection", "420800", "one-project") == first
        await save_case(tx, replace(first, state="closed"))
        assert await open_case_about(tx, "connection", "420800", "one-project") is None
        await open_about(tx, a_case(subject="one-project"))


async def test_one_project_may_be_open_in_two_cities(tx: Tx) -> None:
    one, other = a_case(subject="border-project"), a_case(subject="border-project", city="420281")
    await insert_case(tx, one)
    await insert_case(tx, other)
    assert await open_case_about(tx, "connection", "420800", "border-project") == one
    assert await open_case_about(tx, "connection", "420281", "border-project") == other


async def test_a_commitment_is_found_while_it_is_open(tx: Tx) -> None:
    made = a_case(kind="commitment", subject="water|cityadmin|2026")
    await insert_case(tx, made)
    assert await commitment_in_force(tx, "420800", "water", "cityadmin", 2026) == made
    assert await commitment_in_force(tx, "420800", "water", "cityadmin", 2025) is None
    assert await commitment_in_force(tx, "420281", "water", "cityadmin", 2026) is None


async def test_numbers_have_no_gaps_when_some_who_took_one_fail(database: Database) -> None:
    async def take(*, fails: bool) -> int | None:
        try:
            async with database.transaction() as tx:
                number = await next_number(tx, "numbered", 2026)
                await asyncio.sleep(0)
                if fails:
                    raise InterruptedError  # noqa: TRY301 -- the transaction it leaves is the point
                return number
        except InterruptedError:
            return None

    taken = await asyncio.gather(*(take(fails=turn % 3 == 0) for turn in range(12)))
    assert sorted(number for number in taken if number) == list(range(1, 9))


async def test_each_year_and_scheme_counts_from_one(tx: Tx) -> None:
    assert await next_number(tx, "a-scheme", 2026) == 1
    assert await next_number(tx, "a-scheme", 2027) == 1
    assert await next_number(tx, "b-scheme", 2026) == 1
    assert await next_number(tx, "a-scheme", 2026) == 2


async def test_a_counter_that_was_put_back_or_lost_goes_on_behind_the_numbers_that_cases_have(tx: Tx) -> None:
    await insert_case(tx, a_case(scheme="put-back", year=2026, number=41))
    assert await next_number(tx, "put-back", 2026) == 42
    await tx.execute("UPDATE counter SET last = 7 WHERE scheme = 'put-back'")
    assert await next_number(tx, "put-back", 2026) == 42
    assert await next_number(tx, "put-back", 2026) == 43
    assert await next_number(tx, "put-back", 2027) == 1


async def test_lists_go_on_where_they_stopped_and_leave_nothing_out(tx: Tx) -> None:
    cases = [a_case(city="999999", opened_at=AT + timedelta(hours=hour // 3)) for hour in range(10)]
    for case in cases:
        await insert_case(tx, case)
    expected = sorted(cases, key=lambda case: (case.opened_at, case.case_id.bytes), reverse=True)
    seen, after = [], None
    while page := await list_cases(tx, CaseFilter(city="999999"), after, 3):
        seen += page
        after = decode_place(encode_place(Place(page[-1].opened_at, page[-1].case_id)))
    assert seen == expected


@pytest.mark.parametrize(
    ("chosen", "found"),
    [
        (CaseFilter(city="888888"), 3),
        (CaseFilter(city="888888", kind="enquiry"), 1),
        (CaseFilter(city="888888", state="closed"), 1),
        (CaseFilter(city="888888", district="east"), 2),
        (CaseFilter(city="888888", party="gas"), 1),
        (CaseFilter(city="888888", subject="a-project"), 1),
        (CaseFilter(city="888888", party="nobody"), 0),
    ],
)
async def test_lists_show_what_is_chosen(database: Database, chosen: CaseFilter, found: int) -> None:
    async with database.transaction() as tx:
        await tx.execute("UPDATE cases SET city = '777777', state = 'withdrawn' WHERE city = '888888'")
        await insert_case(tx, a_case(city="888888", kind="enquiry", district="east"))
        await insert_case(tx, a_case(city="888888", state="closed", district="east", parties=("gas", "hall")))
        await insert_case(tx, a_case(city="888888", subject="a-project"))
        assert len(await list_cases(tx, chosen, None, 50)) == found


async def test_who_locks_a_case_keeps_writers_waiting_and_readers_not(database: Database) -> None:
    case = a_case()
    async with database.transaction() as tx:
        await insert_case(tx, case)
    order: list[str] = []

    async def second() -> None:
        async with database.transaction() as tx:
            await lock_case(tx, case.case_id)
            order.append("second")

    async with database.transaction() as tx:
        await lock_case(tx, case.case_id)
        waiting = asyncio.create_task(second())
        async with database.connection() as reader:
            assert await read_case(reader, case.case_id) == case
        await asyncio.sleep(0.05)
        order.append("first")
    await waiting
    assert order == ["first", "second"]
