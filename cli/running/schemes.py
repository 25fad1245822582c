"""The plans that this run knows: those shipped and those of LIANBAN_SCHEMES; reads files and no database."""

from collections.abc import Iterable

from casework.settings import Settings
from cli.terminal.exit_codes import WrongWords
from cli.terminal.saying import message_of
from domain.schemes.rulebook import Rulebook, compile_scheme
from domain.schemes.scheme import Scheme
from schemes.faults import NoScheme
from schemes.reader import Schemes, load_schemes
from words import listed, sentence


def schemes_of(settings: Settings) -> Schemes:
    return load_schemes(settings.schemes)


def books_of(settings: Settings) -> dict[str, Rulebook]:
    """Give every plan ready to judge by."""
    return {scheme.id: compile_scheme(scheme) for scheme in schemes_of(settings).all}


def city_of(schemes: Iterable[Scheme], name: str) -> str:
    """Find a city's code by its code or name."""
    cities = {known: scheme.city.code for scheme in schemes for known in (scheme.city.code, scheme.city.name)}
    if name not in cities:
        raise WrongWords(sentence("there is no plan of a city {name!r}; there are: {cities}", name=name, cities=listed(cities)))
    return cities[name]


def book_of(settings: Settings, scheme: str) -> Rulebook:
    """Give one; a plan that is not there is a wrong word."""
    try:
        return compile_scheme(schemes_of(settings).by_id(scheme))
    except NoScheme as fault:
        raise WrongWords(message_of(fault)) from fault


def party_of(schemes: Iterable[Scheme], code: str | None) -> str | None:
    known = sorted({party.code for scheme in schemes for party in scheme.parties})
    if code is not None and code not in known:
        raise WrongWords(sentence("{code!r} is no party; the parties are: {known}", code=code, known=listed(known)))
    return code
