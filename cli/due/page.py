"""One answer for people, and the days behind it as a table; decides nothing."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from rich.console import Console

from calendars import CalendarDay, WorkingCalendar, local_day
from cli.due.answer import Counter
from cli.terminal.dates import shown, weekday
from cli.terminal.days import is_ordinary, source_name
from cli.terminal.saying import said
from cli.terminal.tables import Row, console, headed, lines, print_table
from domain.deadlines.estimate import Estimate
from words import name_of, say


def print_answer(counter: Counter, found: Estimate, *, explained: bool) -> None:
    out = console()
    out.print(f"[bold]{found.rule.title}[/bold]  {found.rule.id}  {'、'.join(found.rule.carries_out)}", highlight=False)
    for line in lines(_rows(counter, found)):
        out.print(line, markup=False, highlight=False)
    if explained:
        _print_days(out, found)


def _rows(counter: Counter, found: Estimate) -> Iterator[Row]:
    calendar = counter.office.calendar
    for cite in found.rule.cites:
        yield name_of("row", "clause"), f"{cite.document or ''}{cite.clause} “{cite.quote}”"
    yield name_of("row", "from"), _moment(found.start, calendar)
    yield name_of("row", "due"), _moment(found.due, calendar)
    if found.warn:
        yield name_of("row", "warn"), _moment(found.warn, calendar)
    if found.statutory:
        yield name_of("row", "statutory"), _moment(found.statutory, calendar)
    if found.also and found.also.due:
        yield name_of("row", "also"), said("{moment}: {reading}", moment=_moment(found.also.due, calendar), reading=found.also.reading)
    if found.provisional:
        yield name_of("row", "provisional"), said("past {through}: later notices may move it", through=calendar.published_through)
    for _, text, because in counter.assumptions(found):
        yield name_of("row", "assumed"), said("{assumption} ({because})", assumption=text, because=because)
    yield name_of("row", "calendar"), found.edition


def _moment(at: datetime | None, calendar: WorkingCalendar) -> str:
    if at is None:
        return said("no moment while the clock stands")
    # A limit that runs to the end of a day is said by that day's name, as a notice would.
    midnight = local_day(at) != local_day(at - timedelta(seconds=1))
    on = local_day(at - timedelta(seconds=1) if midnight else at)
    hour = f"{on} 24:00 {weekday(on)}" if midnight else shown(at)
    return f"{hour}{_note(calendar.day(on))}"


def _note(day: CalendarDay) -> str:
    return "" if is_ordinary(day) else said(" ({day})", day=day.name)


def _print_days(out: Console, found: Estimate) -> None:
    table = headed("day", "counts", "why", "source")
    table.header_style = "bold"
    for day in found.days:
        table.add_row(f"{day.date} {weekday(day.date)}", "✓" if day.counted else "", say(day.why), source_name(day.source))
    out.print()
    print_table(table)
