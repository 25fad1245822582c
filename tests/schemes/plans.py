"""The two plans for the tests to ask: their text, and each rule by its slug; holds no expected answer."""

from domain.schemes.rule import Deadline, GivenLimit, Standard
from domain.schemes.scheme import Scheme
from schemes import load_schemes, parse_scheme
from schemes.reader import SHIPPED

PLANS = {scheme.id.partition("-")[0]: scheme for scheme in load_schemes().all}
DAYE, JINGMEN = PLANS["daye"], PLANS["jingmen"]
TEXT = {city: (SHIPPED / f"{city}-2023.toml").read_text("utf-8") for city in PLANS}


def deadline(scheme: Scheme, slug: str) -> Deadline:
    found = next(rule.deadline for rule in scheme.rule if rule.id == slug)
    assert found is not None
    return found


def standard(scheme: Scheme, slug: str) -> Standard:
    found = next(rule.standard for rule in scheme.rule if rule.id == slug)
    assert found is not None
    return found


def limits(scheme: Scheme) -> dict[str, str]:
    """Each deadline's limit as a person reads it."""
    return {rule.id: _said(rule.deadline.limit) for rule in scheme.rule if rule.deadline is not None}


def _said(limit: str | GivenLimit) -> str:
    if isinstance(limit, str):
        return limit
    fields = (limit.field,) if isinstance(limit.field, str) else limit.field
    return "/".join(fields) or " ".join(f"{value} {one}" for value, one in limit.of.items())


def changed(city: str, was: str, now: str) -> bytes:
    """A plan's text with its first such passage changed."""
    assert was in TEXT[city]
    return TEXT[city].replace(was, now, 1).encode()


def parsed(city: str, was: str, now: str) -> Scheme:
    """A plan as it reads once that passage is changed."""
    return parse_scheme(changed(city, was, now), f"{city}.toml")
