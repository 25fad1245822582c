"""Writes made-up traffic through the stores, numbered and with its clocks as judged; opens no finding, which is the sweep's."""

from collections.abc import Callable, Iterator, Sequence
from itertools import islice

import msgspec
from msgspec import Struct

from calendars import local_day
from casework.recording.appending import with_debtors
from domain.case import Case
from domain.cases.appending import sealed_anew
from domain.intake.numbering import numbered_by
from domain.judging.judge import judge
from domain.ledger import SHA256
from domain.people.particulars import sealing
from domain.refusals import AlreadyDone
from domain.schemes.scheme import Scheme
from simulation.case_script import Answer, Simulated
from simulation.city import City
from simulation.traffic import traffic
from simulation.wanted import WantedTraffic
from storage.cases.cases import commitment_in_force, next_number, open_case_about, read_case
from storage.cases.made_up import mark_made_up
from storage.loading.bulk import Written, write_cases
from storage.people.sealing import KeyRing, NewSeal
from storage.postgres.transaction import Database, Tx
from words import sentence

_BATCH = 200


class Wrote(Struct, frozen=True):
    """What was written, and the breaches that must be found in it."""

    cases: int
    acts: int
    answers: tuple[Answer, ...]


async def write_traffic(
    database: Database,
    ring: KeyRing,
    city: City,
    asked: WantedTraffic,
    told: Callable[[int], None] = lambda _: None,
    seen: Callable[[Simulated], None] = lambda _: None,
) -> Wrote:
    """Make up the cases and write them, some hundred at a time; commitments that are in force already are used.

    Whoever goes on with them is shown each case as it was written.

    Nothing in the database is real from then on; one whose ledger has begun already, and is real, refuses (`NothingReal`).
    Persons are sealed as real ones are, so the hashes of two runs differ where the traffic does not.
    """
    async with database.transaction() as tx:
        await mark_made_up(tx)
        asked = msgspec.structs.replace(asked, commitments=await _in_force(tx, city, asked), settled=await _open(tx, city, asked))
    made, cases, acts, answers = traffic(city, asked), 0, 0, list[Answer]()
    while batch := list(islice(made, _BATCH)):
        await _write(database, city, [sealed(ring, one) for one in batch])
        cases, acts = cases + len(batch), acts + sum(len(one.entries) for one in batch)
        answers += [answer for one in batch for answer in one.answers]
        for one in batch:
            seen(one)
        told(len(batch))
    return Wrote(cases, acts, tuple(answers))


async def _in_force(tx: Tx, city: City, asked: WantedTraffic) -> dict[tuple[str, str, int], Case]:
    wanted = [(u, d, year) for u in city.utilities for d in city.departments for year in asked.years]
    found = {key: await commitment_in_force(tx, city.region, *key) for key in wanted}
    return {key: case for key, case in found.items() if case is not None}


async def _open(tx: Tx, city: City, asked: WantedTraffic) -> frozenset[str]:
    subjects = [f"{u}|{d.code}|{y}-{h}" for u in city.utilities for d in city.book.scheme.districts for y in asked.years for h in (1, 2)]
    return frozenset([one for one in subjects if await open_case_about(tx, "settlement", city.region, one) is not None])


def sealed(ring: KeyRing, one: Simulated) -> Written:
    """Seal the persons of a made-up case under a key of its own."""
    seal = NewSeal(ring, one.case.case_id)
    case, entries = sealed_anew(one.case, one.entries, sealing(seal.seal), SHA256)
    return Written(case, entries, key=seal.kept)


async def _write(database: Database, city: City, batch: Sequence[Written]) -> None:
    written = [_judged(city, one) for one in batch]
    plan = city.book.scheme
    async with database.transaction() as tx:
        if await read_case(tx, batch[0].case.case_id) is not None:
            raise AlreadyDone(sentence("this very traffic has been written before; give another --seed for more of it"))
        await write_cases(tx, list(_numbered(plan, written, await _numbers(tx, plan, written))))


def _judged(city: City, one: Written) -> Written:
    """Give it as it would be kept: with its clocks, and with whoever owes a deadline in it."""
    clocks = judge(city.book, one.entries, city.offices).clocks
    return msgspec.structs.replace(one, case=with_debtors(city.book, one.case, clocks), clocks=clocks)


async def _numbers(tx: Tx, scheme: Scheme, written: Sequence[Written]) -> dict[int, int]:
    """Take the first free number of each year; writing the cases moves the counter past the others."""
    needed = sorted({year for year in (_year(scheme, one) for one in written) if year is not None})
    return {year: await next_number(tx, scheme.id, year) for year in needed}


def _numbered(scheme: Scheme, written: Sequence[Written], numbers: dict[int, int]) -> Iterator[Written]:
    for one in written:
        year = _year(scheme, one)
        if year is None:
            yield one
            continue
        yield msgspec.structs.replace(one, case=msgspec.structs.replace(one.case, number=numbers[year], year=year))
        numbers[year] += 1


def _year(scheme: Scheme, one: Written) -> int | None:
    """Say of which year a case gets its number."""
    by = numbered_by(scheme, one.entries)
    return None if by is None else local_day(by.occurred_at).year
