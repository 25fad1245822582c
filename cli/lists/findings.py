"""The words of `lianban findings`; the list itself is kept by `storage`."""

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import partial
from typing import Any

import rich_click as click

from casework.findings.views import FindingShown, findings_shown
from casework.program import Context
from casework.settings import Settings
from cli.lists.finding_formats import FORMS
from cli.lists.options import choosing, chosen_by
from cli.running.databases import with_database
from cli.running.environment import here
from cli.running.schemes import schemes_of
from cli.terminal.formats import Form
from cli.terminal.saying import said
from domain.schemes.rulebook import Rulebook, compile_scheme
from storage.calendars.offices import load_offices
from storage.findings.choices import FindingFilter
from storage.findings.pages import pages
from storage.postgres.transaction import Database


@click.command(help=said("The non-compliance list, the latest due first; --from and --to are both included."))
@choosing(FindingFilter)
@click.option("--format", "form", type=click.Choice([*FORMS]), default="table", help=said("how it is written"))
def findings(form: str, **typed: Any) -> None:  # noqa: ANN401 -- the options of `choosing`, by name
    schemes = schemes_of(here()).all
    chosen = chosen_by(FindingFilter, schemes, typed)
    books = {scheme.id: compile_scheme(scheme) for scheme in schemes}
    with_database(partial(_write, FORMS[form](), books, chosen))


async def _write(form: Form[FindingShown], books: Mapping[str, Rulebook], chosen: FindingFilter, database: Database, _: Settings) -> None:
    """Write everything as of one moment, a page at a time."""
    now = datetime.now(UTC).replace(microsecond=0)
    async with database.transaction() as tx:
        context = Context(books, await load_offices(tx, now), now)
    async with database.reading() as tx:
        async for page in pages(tx, chosen, "newest"):
            form.add(await findings_shown(tx, context, page, wide=True))
    form.end()
