"""The words of `lianban findings`; the list itself is kept by `storage`."""

from collections.abc import AsyncIterator, Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import get_args

import rich_click as click

from api.settings import Settings
from calendars import midnight
from cli.databases import with_database
from cli.environment import here
from cli.faults import WrongWords
from cli.findings.forms import FORMS
from cli.findings.item import Item, item_of
from cli.moments import DAY
from cli.plans import city_of, party_of, schemes_of
from cli.sheets.forms import Form
from domain.finding import FindingState
from domain.plan.rulebook import Rulebook, compile_scheme
from domain.plan.scheme import Scheme
from storage.cursor import Place
from storage.findings import FindingFilter, FindingRow, list_findings
from storage.transaction import Database

_PAGE = 1000


@click.command()
@click.option("--city", metavar="CODE", help="城市 the city's code or name: 420800, 荆门市")
@click.option("--party", metavar="CODE", help="责任单位 the party that answers for it")
@click.option("--rule", metavar="RULE", help="规则 the rule, or the obligation that it carries out: J-04")
@click.option("--from", "first", type=DAY, metavar="DAY", help="到期日 due on that day or later: 2026-09-30")
@click.option("--to", "last", type=DAY, metavar="DAY", help="到期日 due on that day or before")
@click.option("--state", type=click.Choice(get_args(FindingState)), help="状态 the state")
@click.option("--format", "form", type=click.Choice([*FORMS]), default="table", help="输出形式 how it is written")
def findings(
    city: str | None, party: str | None, rule: str | None, first: date | None, last: date | None, state: FindingState | None, form: str
) -> None:
    """违规清单。The non-compliance list, the latest due first; --from and --to are both included."""
    schemes = schemes_of(here()).all
    if first and last and first > last:
        raise WrongWords(f"--from {first} comes after --to {last}")
    chosen = FindingFilter(
        city=None if city is None else city_of(schemes, city),
        party=party_of(schemes, party),
        rule=_rule(schemes, rule),
        state=state,
        due_from=_midnight(first),
        due_before=None if last is None else _midnight(last + timedelta(days=1)),
    )
    books = {scheme.id: compile_scheme(scheme) for scheme in schemes}
    with_database(partial(_write, FORMS[form](), books, chosen))


async def _write(form: Form[Item], books: Mapping[str, Rulebook], chosen: FindingFilter, database: Database, _: Settings) -> None:
    now = datetime.now(UTC)
    async for page in _pages(chosen, database):
        form.add(item_of(books, row, now) for row in page)
    form.end()


async def _pages(chosen: FindingFilter, database: Database) -> AsyncIterator[list[FindingRow]]:
    """Everything as of one moment, a page at a time."""
    after: Place | None = None
    async with database.reading() as tx:
        while page := await list_findings(tx, chosen, "newest", after, _PAGE):
            yield page
            after = Place(page[-1].finding.due_at, page[-1].finding.finding_id)


def _midnight(on: date | None) -> datetime | None:
    return None if on is None else midnight(on)


def _rule(schemes: Iterable[Scheme], name: str | None) -> str | None:
    """Find the slug; one obligation may be carried out by several rules, and then one of them has to be named."""
    if name is None:
        return None
    rules = [rule for scheme in schemes for rule in scheme.rule]
    slugs = {rule.id for rule in rules if name in {rule.id, *rule.carries_out}}
    if len(slugs) != 1:
        many = f"is carried by several rules; name one of: {', '.join(sorted(slugs))}"
        none = f"is no rule; the rules are: {', '.join(sorted({rule.id for rule in rules}))}"
        raise WrongWords(f"{name!r} {many if slugs else none}")
    return slugs.pop()
