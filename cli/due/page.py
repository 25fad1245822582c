"""One answer for people, Chinese with English beside it, and the days behind it as a table; decides nothing."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from rich.console import Console
from rich.table import Table

from calendars import CalendarDay, DayCount, WorkingCalendar, local_day
from cli.due.answer import Counter
from cli.terminal.dates import shown, weekday
from cli.terminal.tables import Row, console, lines
from domain.deadlines.estimate import Estimate


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
        yield "依据 clause", f"{cite.document or ''}{cite.clause} “{cite.quote}”"
    yield "起算 from", _moment(found.start, calendar)
    yield "到期 due", _moment(found.due, calendar)
    if found.warn:
        yield "预警 warn", _moment(found.warn, calendar)
    if found.statutory:
        yield "法定期限 statutory", _moment(found.statutory, calendar)
    if found.also and found.also.due:
        yield "另一读法 also read", f"{_moment(found.also.due, calendar)}：{found.also.reading}"
    if found.provisional:
        through = calendar.published_through
        yield "暂定 provisional", f"晚于 {through}，其后的放假安排尚未公布 past {through}: later notices may move it"
    for _, text, because in counter.assumptions(found):
        yield "假定 assumed", f"{text}（{because}）"
    yield "日历 calendar", found.edition


def _moment(at: datetime | None, calendar: WorkingCalendar) -> str:
    if at is None:
        return "停表中，尚无到期时刻 no moment while the clock stands"
    # A limit that runs to the end of a day is said by that day's name, as a notice would.
    midnight = local_day(at) != local_day(at - timedelta(seconds=1))
    on = local_day(at - timedelta(seconds=1) if midnight else at)
    hour = f"{on} 24:00 {weekday(on)}" if midnight else shown(at)
    return f"{hour}{_note(calendar.day(on))}"


def _note(day: CalendarDay) -> str:
    ordinary = day.name in {"工作日", "周末"}
    return "" if ordinary else f"（{day.name}）"


def _print_days(out: Console, found: Estimate) -> None:
    table = Table("日期 day", "计入 counts", "说明 why", "依据 source", box=None, header_style="bold")
    for day in found.days:
        table.add_row(f"{day.date} {weekday(day.date)}", "✓" if day.counted else "", day.why, _source(day))
    out.print()
    out.print(table)


def _source(day: DayCount) -> str:
    words = {"weekday": "周一至周五 weekday", "weekend": "周六周日 weekend", "no notice yet": "尚未公布 no notice yet"}
    return words.get(day.source, day.source)
