"""What the `holidays` package says of China's days; does not ask again for a release whose answer is kept beside it."""

import sys
from collections.abc import Iterable
from datetime import date
from importlib.metadata import version
from pathlib import Path

import msgspec

from calendars.moments import FIRST, LAST

KEPT = Path(__file__).with_name("package_days.json")


class PackageDays(msgspec.Struct, frozen=True):
    """`statutory` days follow from the law alone, `moved` ones from a notice or, where none is out yet, an estimate."""

    release: str
    statutory: dict[date, str]
    moved: dict[date, str]
    makeup: tuple[date, ...]

    def is_working(self, on: date) -> bool:
        return on in self.makeup or not (on.weekday() > 4 or on in self.statutory or on in self.moved)  # noqa: PLR2004 -- Friday


def package_days() -> PackageDays:
    """The kept answer for the installed release; another release is asked anew, which takes half a second."""
    kept = msgspec.json.decode(KEPT.read_bytes(), type=PackageDays)
    return kept if kept.release == version("holidays") else ask_package()


def ask_package() -> PackageDays:
    from holidays import country_holidays  # noqa: PLC0415 -- importing it takes half a second, which no start should pay

    years = range(FIRST.year, LAST.year + 1)
    statutory = country_holidays("CN", years=years, observed=False, language="zh_CN")
    everything = country_holidays("CN", years=years, language="zh_CN")
    makeup = (day for day in everything.weekend_workdays if FIRST <= day <= LAST)
    return PackageDays(
        release=version("holidays"),
        statutory={day: statutory[day] for day in _ordered(statutory)},
        moved={day: everything[day] for day in _ordered(set(everything) - set(statutory))},
        makeup=tuple(sorted(makeup)),
    )


def _ordered(days: Iterable[date]) -> Iterable[date]:
    return sorted(day for day in days if FIRST <= day <= LAST)


if __name__ == "__main__":  # python -m calendars.editions.package > calendars/editions/package_days.json
    sys.stdout.buffer.write(msgspec.json.format(msgspec.json.encode(ask_package()), indent=1) + b"\n")
