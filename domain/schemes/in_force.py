"""Which plan a city's new cases fall under on a day; reads no file."""

from collections.abc import Sequence
from datetime import date

from domain.refusals import NotCovered
from domain.schemes.scheme import Scheme
from words import listed, sentence


def scheme_in_force(schemes: Sequence[Scheme], city: str, on: date) -> Scheme:
    """Find the plan in force in a city (its code or name) on a local day; `schemes` are sorted by city and day."""
    ours = [one for one in schemes if city in {one.city.code, one.city.name}]
    for one in ours:
        if one.in_force_from <= on and (one.until is None or on <= one.until):
            return one
    if ours:
        raise NotCovered(
            sentence(
                "No scheme of {city} is in force on {on}; the first is from {first}",
                city=city,
                on=on,
                first=ours[0].in_force_from,
            )
        )
    cities = {one.city.code: one.city.name for one in schemes}
    known = listed(f"{code} {name}" for code, name in cities.items())
    raise NotCovered(sentence("There is no scheme of a city {city!r}; the known ones are: {known}", city=city, known=known))
