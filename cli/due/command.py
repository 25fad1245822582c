"""The words of `lianban due`; the answer is worked out in `domain`."""

import sys
from datetime import datetime

import msgspec
import rich_click as click

from calendars import BeyondCalendar
from cli.due.answer import Counter, answer
from cli.due.batch import answer_lines
from cli.due.page import print_answer
from cli.running.editions import current_edition
from cli.running.environment import here
from cli.running.schemes import book_of
from cli.terminal.dates import MOMENT, STOP
from cli.terminal.exit_codes import WrongWords
from cli.terminal.saying import message_of, said
from domain.clock import Span
from domain.refusals import Refusal
from words import sentence


@click.command(
    help="\n\n".join(
        (
            said("When is it due, and why? Needs no database."),
            said(
                "With --batch each line of standard input gets one line, in order; a line that cannot be answered gets "
                '{{"error", "line"}} and the rest go on. Its days are given with --explain only.'
            ),
        )
    )
)
@click.option("--scheme", required=True, metavar="ID", help=said("the plan, for example jingmen-2023"))
@click.option("--rule", metavar="RULE", help=said("a rule by its name or by the obligation that it carries out: J-04"))
@click.option("--from", "start", type=MOMENT, metavar="MOMENT", help=said('from when: "2026-09-30 16:00"; Shanghai time'))
@click.option("--stop", "stops", type=STOP, multiple=True, metavar="FROM/TO", help=said("a time the clock stood still"))
@click.option("--party", metavar="CODE", help=said("whose office hours count; the plan's where none is named"))
@click.option("--explain", is_flag=True, help=said("what each day counted for, and by which notice"))
@click.option("--json", "as_json", is_flag=True, help=said("the answer as JSON"))
@click.option("--batch", is_flag=True, help=said('JSON lines on standard input: {{"rule","from","stops":[[from,to]]}}'))
def due(  # noqa: PLR0917 -- click passes by name
    scheme: str,
    rule: str | None,
    start: datetime | None,
    stops: tuple[Span, ...],
    party: str | None,
    explain: bool,
    as_json: bool,
    batch: bool,
) -> None:
    if batch and (rule or start or stops):
        raise WrongWords(sentence("--batch takes rule, from and stops from standard input, not from the command line"))
    if not batch and (rule is None or start is None):
        raise WrongWords(sentence("name both --rule and --from, or give lines with --batch"))
    settings = here()
    try:
        counter = Counter(book_of(settings, scheme), current_edition(settings.data), party)
        if batch:
            answer_lines(counter, sys.stdin.buffer, sys.stdout.buffer, explained=explain)
        elif rule is not None and start is not None:
            _answer_one(counter, rule, start, stops, explain=explain, as_json=as_json)
    except (Refusal, BeyondCalendar) as fault:
        raise WrongWords(message_of(fault)) from fault


def _answer_one(counter: Counter, rule: str, start: datetime, stops: tuple[Span, ...], *, explain: bool, as_json: bool) -> None:
    found = counter.estimate(rule, start, stops, explained=explain or as_json)
    if as_json:
        click.echo(msgspec.json.encode(answer(found, explained=True)))
        return
    print_answer(counter, found, explained=explain)
