"""The words of `lianban findings`; the list itself is kept by `storage`."""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import get_args

import rich_click as click

from api.settings import Settings
from api.v1.finding_lines import FindingLine, lines_of
from calendars import midnight
from cli.databases import with_database
from cli.environment import here
from cli.faults import WrongWords
from cli.findings.forms import FORMS
from cli.moments import DAY
from cli.plans import city_of, party_of, schemes_of
from cli.sheets.forms import Form
from domain.finding import FindingState, Light
from domain.plan.rule import Stage
from domain.plan.rulebook import Rulebook, compile_scheme
from domain.plan.scheme import Scheme
from storage.exporting import pages
from storage.findings import FindingFilter
from storage.offices import load_offices
from storage.transaction import Database


@click.command()
@click.option("--city", metavar="CODE", help="城市 the city's code or name: 420800, 荆门市")
@click.option("--party", metavar="CODE", help="责任单位 the party that answers for it")
@click.option("--rule", metavar="RULE", help="规则 the rule, or the obligation that it carries out: J-04")
@click.option("--from", "first", type=DAY, metavar="DAY", help="到期日 due on that day or later: 2026-09-30")
@click.option("--to", "last", type=DAY, metavar="DAY", help="到期日 due on that day or before")
@click.option("--district", metavar="CODE", help="辖区 the district")
@click.option("--stage", type=click.Choice(get_args(Stage)), help="环节 the stage")
@click.option("--light", type=click.Choice(get_args(Light)), help="亮灯 the light")
@click.option("--state", type=click.Choice(get_args(FindingState)), help="状态 the state")
@click.option("--format", "form", type=click.Choice([*FORMS]), default="table", help="输出形式 how it is written")
def findings(
    *,
    city: str | None,
    party: str | None,
    rule: str | None,
    first: date | None,
    last: date | None,
    district: str | None,
    stage: Stage | None,
    light: Light | None,
    state: FindingState | None,
    form: str,
) -> None:
    """违规清单。The non-compliance list, the latest due first; --from and --to are both included."""
    schemes = schemes_of(here()).all
    if first and last and first > last:
        raise WrongWords(f"--from {first} comes after --to {last}")
    chosen = FindingFilter(
        city=None if city is None else city_of(schemes, city),
        party=party_of(schemes, party),
        rule=_rule(schemes, rule),
        district=district,
        stage=stage,
        light=light,
        state=state,
        due_from=_midnight(first),
        due_before=None if last is None else _midnight(last + timedelta(days=1)),
    )
    books = {scheme.id: compile_scheme(scheme) for scheme in schemes}
    with_database(partial(_write, FORMS[form](), books, chosen))


async def _write(form: Form[FindingLine], books: Mapping[str, Rulebook], chosen: FindingFilter, database: Database, _: Settings) -> None:
    """Write everything as of one moment, a page at a time."""
    now = datetime.now(UTC).replace(microsecond=0)
    async with database.transaction() as tx:
        offices = await load_offices(tx, now)
    async with database.reading() as tx:
        async for page in pages(tx, chosen, "newest"):
            form.add(await lines_of(tx, books, offices, page, now, wide=True))
    form.end()


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
