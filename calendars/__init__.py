"""Working days, office hours and the arithmetic of deadlines; knows no rule, no city and no other room."""

from calendars.days import CalendarDay
from calendars.editions.edition import Closure, Edition, decode_edition, encode_edition, package_edition
from calendars.editions.imports import edition_with, import_notice
from calendars.editions.notices import Notice
from calendars.explain import DayCount
from calendars.faults import BeyondCalendar, CalendarFault
from calendars.limit import Limit, Measure, Reading, parse_limit
from calendars.moments import SHANGHAI, local_day, midnight
from calendars.office import OfficeClock
from calendars.workdays import WorkingCalendar

__all__ = [
    "SHANGHAI",
    "BeyondCalendar",
    "CalendarDay",
    "CalendarFault",
    "Closure",
    "DayCount",
    "Edition",
    "Limit",
    "Measure",
    "Notice",
    "OfficeClock",
    "Reading",
    "WorkingCalendar",
    "decode_edition",
    "edition_with",
    "encode_edition",
    "import_notice",
    "local_day",
    "midnight",
    "package_edition",
    "parse_limit",
]
