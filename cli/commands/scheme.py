"""`lianban scheme`: checks, lists and compares plan files; changes none."""

from pathlib import Path

import rich_click as click

from cli.running.environment import here
from cli.running.schemes import schemes_of
from cli.terminal.exit_codes import Refused, WrongWords
from cli.terminal.tables import lines
from domain.schemes.rulebook import compile_scheme
from domain.schemes.scheme import Scheme
from schemes.compare import diff
from schemes.faults import NoScheme, SchemeFault
from schemes.reader import read_scheme
from words import sentence

FILE = click.Path(dir_okay=False, path_type=Path)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def scheme() -> None:
    """方案文件。Check, list and compare the cities' plans."""


@scheme.command("check")
@click.argument("files", type=FILE, nargs=-1, required=True)
def check(files: tuple[Path, ...]) -> int:
    """校验。Accept or refuse plan files: for each thing wrong, the file, the place in it, and the mend."""
    return max(map(_check, files))


def _check(file: Path) -> int:
    try:
        plan = read_scheme(file)
        compile_scheme(plan)
    except SchemeFault as fault:
        click.echo(str(fault), err=True)
        return Refused.exit_code
    click.echo(f"{file}: {plan.id}，{plan.city.name}，{len(plan.rule)} 条规则，可用 accepted")
    return 0


@scheme.command("list")
def list_() -> None:
    """列表。The plans that are known, shipped or from LIANBAN_SCHEMES."""
    for line in lines((plan.id, _summary(plan)) for plan in schemes_of(here()).all):
        click.echo(line)


def _summary(plan: Scheme) -> str:
    until = "" if plan.until is None else f" 至 to {plan.until}"
    return f"{plan.city.code} {plan.city.name}  自 from {plan.in_force_from}{until}  {plan.document.title}"


@scheme.command("diff")
@click.argument("before", metavar="A")
@click.argument("after", metavar="B")
def differ(before: str, after: str) -> None:
    """比较。What changes from plan A to plan B, each a file or an id."""
    for change in diff(_plan(before), _plan(after)):
        click.echo(str(change))


def _plan(name: str) -> Scheme:
    if Path(name).is_file():
        return read_scheme(Path(name))
    try:
        return schemes_of(here()).by_id(name)
    except NoScheme as fault:
        raise WrongWords(sentence("{name!r} is no file here. {fault}", name=name, fault=fault)) from fault
