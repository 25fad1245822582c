"""The options by which commands choose findings, the same for each of them; reads no finding."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any, TypeVar, get_args

import rich_click as click
from msgspec import Struct

from calendars import midnight
from cli.running.schemes import city_of, party_of
from cli.terminal.choices import Named
from cli.terminal.dates import DAY
from cli.terminal.exit_codes import WrongWords
from cli.terminal.saying import said
from domain.finding import FindingState, Light
from domain.schemes.rule import Stage
from domain.schemes.scheme import Scheme
from storage.findings.findings import FindingFilter
from words import listed, sentence

Command = TypeVar("Command", bound=Callable[..., Any])
_OPTIONS = (
    click.option("--city", metavar="CODE", help=said("the city's code or name: 420800, 荆门市")),
    click.option("--party", metavar="CODE", help=said("the party that answers for it")),
    click.option("--rule", metavar="RULE", help=said("the rule, or the obligation that it carries out: J-04")),
    click.option("--from", "first", type=DAY, metavar="DAY", help=said("due on that day or later: 2026-09-30")),
    click.option("--to", "last", type=DAY, metavar="DAY", help=said("due on that day or before")),
    click.option("--district", metavar="CODE", help=said("the district")),
    click.option("--stage", type=Named("stage", get_args(Stage)), help=said("the stage")),
    click.option("--light", type=Named("light", get_args(Light)), help=said("the grade of the warning")),
    click.option("--state", type=Named("finding-state", get_args(FindingState)), help=said("the state")),
)


class Choice(Struct, frozen=True, kw_only=True):
    """What was typed."""

    city: str | None
    party: str | None
    rule: str | None
    first: date | None
    last: date | None
    district: str | None
    stage: Stage | None
    light: Light | None
    state: FindingState | None


def choosing(command: Command) -> Command:
    """Give a command the options; it takes them by name."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def chosen_by(schemes: Sequence[Scheme], typed: Choice) -> FindingFilter:
    """Choose by what was typed; --from and --to are both included."""
    if typed.first and typed.last and typed.first > typed.last:
        raise WrongWords(sentence("--from {first} comes after --to {last}", first=typed.first, last=typed.last))
    return FindingFilter(
        city=None if typed.city is None else city_of(schemes, typed.city),
        party=party_of(schemes, typed.party),
        rule=_rule(schemes, typed.rule),
        district=typed.district,
        stage=typed.stage,
        light=typed.light,
        state=typed.state,
        due_from=_midnight(typed.first),
        due_before=None if typed.last is None else _midnight(typed.last + timedelta(days=1)),
    )


def _midnight(on: date | None) -> datetime | None:
    return None if on is None else midnight(on)


def _rule(schemes: Iterable[Scheme], name: str | None) -> str | None:
    """Find the slug; one obligation may be carried out by several rules, and then one of them has to be named."""
    if name is None:
        return None
    rules = [rule for scheme in schemes for rule in scheme.rule]
    slugs = {rule.id for rule in rules if name in {rule.id, *rule.carries_out}}
    if len(slugs) != 1:
        known = listed(sorted({rule.id for rule in rules}))
        several = sentence("{name!r} is carried by several rules; name one of: {slugs}", name=name, slugs=listed(sorted(slugs)))
        raise WrongWords(several if slugs else sentence("{name!r} is no rule; the rules are: {known}", name=name, known=known))
    return slugs.pop()
