"""A dry run: every case judged from its acts under the plan or calendar there is and under another; reads alone, and changes nothing."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from uuid import UUID

import structlog
from msgspec import Struct, field

from auditor.audit.chain import read_chain
from auditor.gc_pauses import few_collections
from domain.dry_run import Missed, called_in, missed
from domain.ledger import SHA256, Entry
from domain.offices import Offices
from domain.schemes.rulebook import Rulebook
from storage.audit.case_pages import Page, read_page
from storage.audit.jobs import split_cases
from storage.postgres.transaction import Database

PAGE = 200
SHARDS = 64
SHOWN = 3
"""Cases that a line names."""

log = structlog.get_logger(__name__)


class Trial(Struct, frozen=True, kw_only=True):
    """What is compared with what, on which cases, as seen at which moment."""

    books: Mapping[str, Rulebook]
    """The plans there are, by id."""
    offices: Offices
    other_books: Mapping[str, Rulebook]
    """By the id of the plan that a case has, the one that it is tried under; a plan that is not here is not tried."""
    other_offices: Offices
    opened_from: datetime | None = None
    opened_before: datetime | None = None
    now: datetime


INTERVIEW = "interview.called"
"""Beside the rules: in how many cases the ladder has come to an interview."""


class Line(Struct):
    """A rule and a party: how many are missed as it is, and as it would be."""

    now: int = 0
    then: int = 0
    gained: int = 0
    lost: int = 0
    cases: list[UUID] = field(default_factory=list)
    """Some of those in which it makes a difference."""


class Tried(Struct):
    """What came of it, by rule and party."""

    cases: int = 0
    differing: int = 0
    unread: int = 0
    """Cases whose ledger is broken or cannot be judged; the audit names them."""
    lines: dict[tuple[str, str], Line] = field(default_factory=dict)
    orders: dict[str, dict[UUID, Sequence[Entry]]] = field(default_factory=dict)
    """The ledgers of supervision by plan: a rung stands on the orders of other cases."""


async def dry_run(db: Database, trial: Trial, told: Callable[[int], None] = lambda _: None) -> Tried:
    """Try every case, shard by shard, each page as it was at one moment."""
    tried = Tried()
    async with db.reading() as tx:
        cuts = await split_cases(tx, SHARDS)
    with few_collections():
        for after, upto in zip([None, *cuts], [*cuts, None], strict=True):
            await _shard(db, trial, (after, upto), tried, told)
        _climb(trial, tried)
    return tried


async def _shard(db: Database, trial: Trial, ends: tuple[UUID | None, UUID | None], tried: Tried, told: Callable[[int], None]) -> None:
    after, upto = ends
    while True:
        async with db.reading() as tx:
            pages = await read_page(tx, after, upto, PAGE)
        for page in pages:
            _try(trial, page, tried)
        told(len(pages))
        if len(pages) < PAGE:
            return
        after = pages[-1].case.case_id


def _try(trial: Trial, page: Page, tried: Tried) -> None:
    case = page.case
    if case.scheme not in trial.other_books or not _in_days(trial, case.opened_at):
        return
    tried.cases += 1
    chain = read_chain(page, SHA256)
    if chain.broken is not None:
        tried.unread += 1
        return
    try:
        now, then = _both(trial, case.scheme, chain.entries)
    except Exception:
        log.exception("a case could not be judged", case_id=str(case.case_id))
        tried.unread += 1
        return
    if case.kind == "supervision":
        tried.orders.setdefault(case.scheme, {})[case.case_id] = chain.entries
    tried.differing += now != then
    _count(tried, case.case_id, now, then)


def _both(trial: Trial, scheme: str, entries: Sequence[Entry]) -> tuple[frozenset[Missed], frozenset[Missed]]:
    return (
        missed(trial.books[scheme], entries, trial.offices, trial.now),
        missed(trial.other_books[scheme], entries, trial.other_offices, trial.now),
    )


def _in_days(trial: Trial, at: datetime) -> bool:
    return (trial.opened_from is None or trial.opened_from <= at) and (trial.opened_before is None or at < trial.opened_before)


def _climb(trial: Trial, tried: Tried) -> None:
    """Look how far the ladder has come, once every order is known."""
    for scheme, orders in tried.orders.items():
        now = dict(called_in(trial.books[scheme], orders, trial.offices, trial.now))
        then = dict(called_in(trial.other_books[scheme], orders, trial.other_offices, trial.now))
        for case_id, party in (now | then).items():
            one = Missed(INTERVIEW, party, 1, ())
            _count(tried, case_id, frozenset({one} if case_id in now else ()), frozenset({one} if case_id in then else ()))


def _count(tried: Tried, case_id: UUID, now: frozenset[Missed], then: frozenset[Missed]) -> None:
    for one in now | then:
        line = tried.lines.setdefault((one.rule, one.party), Line())
        line.now += one in now
        line.then += one in then
        line.gained += one not in now
        line.lost += one not in then
        if (one in now) != (one in then) and len(line.cases) < SHOWN and case_id not in line.cases:
            line.cases.append(case_id)


def differing(tried: Tried) -> Iterator[tuple[str, str, Line]]:
    """Give the lines in which there is a difference, by rule and party."""
    for (rule, party), line in sorted(tried.lines.items()):
        if line.gained or line.lost:
            yield rule, party, line
