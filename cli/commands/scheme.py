"""`lianban scheme`: checks, lists and compares plan files; changes none."""

from pathlib import Path

import rich_click as click

from cli.running.environment import here
from cli.running.schemes import schemes_of
from cli.terminal.exit_codes import Refused, WrongWords, words_of
from cli.terminal.saying import message_of, said
from cli.terminal.tables import lines
from domain.schemes.rulebook import compile_scheme
from domain.schemes.scheme import Scheme
from schemes.compare import diff
from schemes.faults import NoScheme, SchemeFault
from schemes.reader import read_scheme
from words import say, sentence

FILE = click.Path(dir_okay=False, path_type=Path)


@click.group(help=said("Check, list and compare the cities' plans."))
def scheme() -> None:
    """Nothing happens before a command is named."""


@scheme.command("check", help=said("Accept or refuse plan files: for each thing wrong, the file, the place in it, and the mend."))
@click.argument("files", metavar="FILE…", type=FILE, nargs=-1, required=True)
def check(files: tuple[Path, ...]) -> int:
    return max(map(_check, files))


def _check(file: Path) -> int:
    try:
        plan = read_scheme(file)
        compile_scheme(plan)
    except SchemeFault as fault:
        click.echo(words_of(fault), err=True)
        return Refused.exit_code
    click.echo(said("{file}: {plan}, {city}, {count} rules, accepted", file=file, plan=plan.id, city=plan.city.name, count=len(plan.rule)))
    return 0


@scheme.command("list", help=said("The plans that are known, shipped or from LIANBAN_SCHEMES."))
def list_() -> None:
    for line in lines((plan.id, _summary(plan)) for plan in schemes_of(here()).all):
        click.echo(line)


def _summary(plan: Scheme) -> str:
    since = {"first": plan.in_force_from, "last": plan.until}
    force = said("from {first}", first=plan.in_force_from) if plan.until is None else said("from {first} to {last}", **since)
    return f"{plan.city.code} {plan.city.name}  {force}  {plan.document.title}"


@scheme.command("diff", help=said("What changes from plan A to plan B, each a file or an id."))
@click.argument("before", metavar="A")
@click.argument("after", metavar="B")
def differ(before: str, after: str) -> None:
    for change in diff(_plan(before), _plan(after)):
        click.echo(say(change.words))


def _plan(name: str) -> Scheme:
    if Path(name).is_file():
        return read_scheme(Path(name))
    try:
        return schemes_of(here()).by_id(name)
    except NoScheme as fault:
        raise WrongWords(sentence("{name!r} is no file here. {fault}", name=name, fault=message_of(fault))) from fault
