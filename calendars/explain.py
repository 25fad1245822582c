"""What each day of a limit counted for, and by which notice, in words a party can check; computes no due moment."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date

import msgspec

from calendars.days import CalendarDay
from calendars.endings import BY_DAYS, counting, seconds
from calendars.hours import Hours
from calendars.limit import Limit
from calendars.moments import DAY, date_of
from calendars.stops import Span, clip, not_counted

_UNITS = ((3_600, "小时"), (60, "分"), (1, "秒"))


class DayCount(msgspec.Struct, frozen=True):
    """What one day counted for. `seconds` is the time counted, for limits in time.

    `code` is `start-day`, `rest-day`, `stopped`, `day`, `time`, `no-time` or `runs-on`; `why` says it in Chinese.
    """

    date: date
    working: bool
    name: str
    source: str
    published: bool
    counted: bool
    seconds: int
    code: str
    why: str


def explain(day_of: Callable[[date], CalendarDay], hours: Hours, span: Span, limit: Limit, stopped: Sequence[Span]) -> list[DayCount]:
    explained = _by_days if limit.measure in BY_DAYS else _by_time
    first, last = span[0] // DAY, max(span[1] - 1, span[0]) // DAY
    days = [day_of(date_of(number)) for number in range(first, last + 1)]
    return list(explained(days, hours, span, limit, stopped))


def _by_days(days: Sequence[CalendarDay], hours: Hours, span: Span, limit: Limit, stopped: Sequence[Span]) -> Iterator[DayCount]:
    line, spans, first, wanted = counting(hours, span[0], limit, stopped)
    begun, tried, done = span[0] // DAY, 0, 0
    for number, day in enumerate(days, begun):
        can_count = line.before[number + 1] > line.before[number] and line.before[number] >= first
        if not can_count or done == wanted:
            yield _idle(day, starts=number == begun, ended=done == wanted)
            continue
        tried += 1
        counts = tried - not_counted(spans, line.a_day, first, tried)
        yield _counted(day, counts, wanted) if counts > done else _row(day, "stopped", f"暂停计时，不计入{_made_up(day)}")
        done = counts


def _by_time(days: Sequence[CalendarDay], hours: Hours, span: Span, limit: Limit, stopped: Sequence[Span]) -> Iterator[DayCount]:
    line, so_far, wanted = hours.line(limit.measure), 0, _spoken(seconds(hours, limit))
    for number, day in enumerate(days, span[0] // DAY):
        within = max(span[0], number * DAY), max(min(span[1], (number + 1) * DAY), span[0])
        halted = sum(map(line.span, clip(stopped, *within)))
        passed = line.span(within) - halted
        so_far += passed
        if passed:
            why = f"计{_spoken(passed)}，累计{_spoken(so_far)}，共{wanted}{_halt(halted)}{_made_up(day)}"
            yield _row(day, "time", why, counted=True, seconds=passed)
        elif halted:
            yield _row(day, "stopped", f"暂停计时，不计入{_made_up(day)}")
        else:
            yield _idle(day, starts=False, ended=False)


def _counted(day: CalendarDay, count: int, wanted: int) -> DayCount:
    return _row(day, "day", f"第{count}日，共{wanted}日{_made_up(day)}", counted=True)


def _idle(day: CalendarDay, *, starts: bool, ended: bool) -> DayCount:
    if starts:
        return _row(day, "start-day", f"开始的当日不计入{'' if day.working else f'（休息日：{day.name}）'}")
    if ended:
        return _row(day, "runs-on", "期间已满，顺延至下一工作日")
    if not day.working:
        return _row(day, "rest-day", f"休息日：{day.name}")
    return _row(day, "no-time", "当日没有计入的时间")


def _row(day: CalendarDay, code: str, why: str, *, counted: bool = False, seconds: int = 0) -> DayCount:
    return DayCount(day.date, day.working, day.name, day.source, day.published, counted, seconds, code, why)


def _made_up(day: CalendarDay) -> str:
    return f"（{day.name}）" if day.working and day.source not in {"weekday", "no notice yet"} else ""


def _halt(halted: int) -> str:
    return f"，暂停计时{_spoken(halted)}" if halted else ""


def _spoken(seconds: int) -> str:
    words = []
    for size, unit in _UNITS:
        count, seconds = divmod(seconds, size)
        words += [f"{count}{unit}"] if count else []
    return "".join(words) or "0秒"
