"""Moments and clocks as the two plans would write them; holds no expected answers."""

from collections.abc import Sequence
from datetime import datetime

from calendars import SHANGHAI, OfficeClock, Reading, package_edition, parse_limit

# 荆门 六(四): 上午 8:30-12:00； 下午 14:30-18:00（全年）
JINGMEN_HOURS = ((8 * 3600 + 1800, 12 * 3600), (14 * 3600 + 1800, 18 * 3600))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


def said(moment: datetime | None) -> str | None:
    """A moment as a clock on a Shanghai wall shows it."""
    return None if moment is None else f"{moment.astimezone(SHANGHAI):%Y-%m-%d %H:%M:%S}".removesuffix(":00")


def jingmen() -> OfficeClock:
    return OfficeClock(package_edition().calendar(), JINGMEN_HOURS)


def due(start: str, limit: str, *stops: tuple[str, str | None], reading: Reading | None = None) -> str | None:
    return said(jingmen().due(at(start), parse_limit(limit), stopped(*stops), reading))


def stopped(*stops: tuple[str, str | None]) -> Sequence[tuple[datetime, datetime | None]]:
    return [(at(begins), None if ends is None else at(ends)) for begins, ends in stops]
