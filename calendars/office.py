"""The clock of one office: when a limit ends, when to warn, how much time has passed; decides nothing about acts."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from calendars.endings import begin, end
from calendars.explain import DayCount, explain
from calendars.hours import Hours
from calendars.limit import AS_WRITTEN, Limit, Measure, Reading
from calendars.moments import DAY, EPOCH, day_number, moment_of, refuse_naive, seconds_of
from calendars.stops import Stop, apart, clip, merge, run
from calendars.timeline import Sessions
from calendars.workdays import WorkingCalendar
from words import sentence

TWO_HOURS = 7_200
_MIDNIGHT = Reading(closes_at_midnight=True)
_WORKING_DAYS = Measure.WORKING_DAYS


class OfficeClock:
    """Counts from any aware moment, whose fraction of a second is cut; gives aware UTC moments on whole seconds."""

    def __init__(self, calendar: WorkingCalendar, sessions: Sessions) -> None:
        self.calendar, self.sessions = calendar, sessions
        self.hours = Hours(calendar.before, calendar.numbers, sessions)
        self.seconds_a_day = self.hours.time.a_day
        # Built once: a whole-day limit is then two look-ups, `_after[d] + n` being the n-th working day after d.
        self._closings = [EPOCH + timedelta(number, self.hours.close) for number in calendar.numbers]
        self._after = [count - 1 for count in calendar.before[1:]]
        self._to_midnight = timedelta(seconds=DAY - self.hours.close)

    def due(self, start: datetime, limit: Limit, stops: Sequence[Stop] = (), reading: Reading | None = None) -> datetime | None:
        """The last good moment; None while a stop without an end has begun before it."""
        if limit.measure is _WORKING_DAYS and not stops and not limit.first_day_counts:
            if reading is None:
                return self.after_working_days(start, limit.amount)
            if reading == _MIDNIGHT:
                return self.after_working_days(start, limit.amount) + self._to_midnight
        begun = seconds_of(start)
        if reading is not None:
            begun, limit = begin(self.hours, begun, reading), reading.limit or limit
        if not stops:
            return moment_of(end(self.hours, begun, limit, (), reading))
        stopped, for_good = merge(stops, begun)
        ends = end(self.hours, begun, limit, stopped, reading)
        return None if for_good is not None and for_good < ends else moment_of(ends)

    def after_working_days(self, start: datetime, days: int) -> datetime:
        """The close of the `days`-th working day after the day of `start`, which never counts itself."""
        try:
            number = (start - EPOCH).days
        except TypeError:
            return refuse_naive(start)
        if number < 0 or days < 1:
            return self._no_such_days(start, days)
        try:
            return self._closings[self._after[number] + days]
        except IndexError:
            return moment_of(self.hours.time.day(self._after[seconds_of(start) // DAY] + days))

    def after_office_seconds(self, start: datetime, seconds: int) -> datetime:
        """The moment by which that much office time, at least a second, has passed."""
        return moment_of(run(self.hours.time, seconds_of(start), seconds, ()))

    def warn(
        self, start: datetime, due: datetime, limit: Limit, share_num: int, share_den: int, stops: Sequence[Stop] = ()
    ) -> datetime | None:
        """The moment by which that share of the time from start to due has gone; None for less than two hours."""
        line, begun, ends = self.hours.line(limit.measure), seconds_of(start), seconds_of(due)
        stopped, for_good = merge(stops, begun)
        total = line.at(ends) - line.at(begun)
        if stopped:
            total -= sum(map(line.span, clip(stopped, begun, ends)))
        if total < TWO_HOURS:
            return None
        warns = run(line, begun, max(-(-total * share_num // share_den), 1), stopped)
        return None if for_good is not None and for_good < warns else moment_of(warns)

    def elapsed(self, measure: Measure, start: datetime, end: datetime) -> int:
        """What passed, in the measure's own unit: seconds, or the days (worked or all) begun after that of `start`."""
        first, last = seconds_of(start), seconds_of(end)
        if last <= first:
            return 0
        if measure is Measure.CALENDAR_DAYS:
            return last // DAY - first // DAY
        if measure in {Measure.WORKING_DAYS, Measure.SAME_DAY}:
            return self.hours.worked[last // DAY + 1] - self.hours.worked[first // DAY + 1]
        line = self.hours.line(measure)
        return line.at(last) - line.at(first)

    def office_seconds(self, start: datetime, end: datetime) -> int:
        """The office time between two moments; none when the second is not later."""
        return self.elapsed(Measure.OFFICE, start, end)

    def close_of(self, on: date) -> datetime:
        """Closing time on that day, worked or not."""
        return moment_of(day_number(on) * DAY + self.hours.close)

    def midnight_after(self, on: date) -> datetime:
        """24:00 of that day."""
        return self.close_of(on) + self._to_midnight

    def is_open(self, at: datetime) -> bool:
        second = seconds_of(at)
        return self.hours.time.at(second + 1) > self.hours.time.at(second)

    def next_opening(self, at: datetime) -> datetime:
        """The first moment from `at` on at which the office is open: `at` itself while it is."""
        return moment_of(self.hours.opening(seconds_of(at)))

    def explain(
        self,
        start: datetime,
        limit: Limit,
        due: datetime | None,
        stops: Sequence[Stop] = (),
        reading: Reading | None = None,
    ) -> list[DayCount]:
        """What each day from start to due, or to the day of the open stop, counted for, and by which notice."""
        reading = reading or AS_WRITTEN
        begun = begin(self.hours, seconds_of(start), reading)
        stopped, for_good = merge(stops, begun)
        if due is not None:
            until = seconds_of(due)
        else:
            halt = begun if for_good is None else for_good
            until = (halt // DAY + 1) * DAY
            stopped = apart([*stopped, (halt, until)])
        return explain(self.calendar.day, self.hours, (begun, until), reading.limit or limit, stopped)

    def _no_such_days(self, start: datetime, days: int) -> datetime:
        seconds_of(start)
        msg = sentence("{days} working days is no limit; give at least 1, or 0wd for the close of the same office day", days=days)
        raise ValueError(msg)
