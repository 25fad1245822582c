"""The words of `lianban findings`; the list itself is kept by `storage`."""

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import partial
from typing import Any

import rich_click as click

from api.settings import Settings
from api.v1.finding_lines import FindingLine, lines_of
from cli.databases import with_database
from cli.environment import here
from cli.findings.choosing import Choice, choosing, chosen_by
from cli.findings.forms import FORMS
from cli.plans import schemes_of
from cli.sheets.forms import Form
from domain.plan.rulebook import Rulebook, compile_scheme
from storage.exporting import pages
from storage.findings import FindingFilter
from storage.offices import load_offices
from storage.transaction import Database


@click.command()
@choosing
@click.option("--format", "form", type=click.Choice([*FORMS]), default="table", help="输出形式 how it is written")
def findings(form: str, **typed: Any) -> None:  # noqa: ANN401 -- the options of `choosing`, by name
    """违规清单。The non-compliance list, the latest due first; --from and --to are both included."""
    schemes = schemes_of(here()).all
    chosen = chosen_by(schemes, Choice(**typed))
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
