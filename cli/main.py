"""The `lianban` command: finds the one that is asked for and says what went wrong in one line; decides nothing itself."""

import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Any

import rich_click as click

from cli.click_words import take_words
from cli.running.environment import language_here
from cli.terminal.encoding import forget_output, prepare
from cli.terminal.exit_codes import is_full, line_of, status_of
from words import LANGUAGES, Language, Sentence, say, sentence, speak, speaking

INTERRUPTED = 130

COMMANDS = {
    "up": ("cli.up.command:up", sentence("start everything here, with a sample city")),
    "serve": ("cli.operation.serve:serve", sentence("the API alone")),
    "worker": ("cli.operation.worker:worker", sentence("the auditor's worker alone")),
    "migrate": ("cli.operation.migrate:migrate", sentence("bring the database's tables up to this release")),
    "due": ("cli.due.command:due", sentence("when is it due, and why")),
    "scheme": ("cli.commands.scheme:scheme", sentence("check, list and compare the cities' plans")),
    "calendar": ("cli.commands.calendar:calendar", sentence("the working days, and notices to add")),
    "audit": ("cli.commands.audit:audit", sentence("judge every case again, here and now")),
    "dry-run": ("cli.commands.dry_run:dry_run_command", sentence("what another plan or calendar would have meant")),
    "warnings": ("cli.lists.warnings:warnings", sentence("what is near its limit, and what is overdue")),
    "findings": ("cli.lists.findings:findings", sentence("the non-compliance list")),
    "credit-records": ("cli.lists.credit_records:credit_records", sentence("the entries of credit files")),
    "credit-file": ("cli.lists.credit_records:credit_file", sentence("the public credit platform's file")),
    "accountability-records": ("cli.lists.accountability_records:accountability_records", sentence("who was to answer for what")),
    "registers": ("cli.lists.registers:registers", sentence("the window's and the handling departments' registers")),
    "scorecards": ("cli.lists.scorecards:scorecards", sentence("scorecards of departments and utilities")),
    "delay-shares": ("cli.lists.delay_shares:delay_shares", sentence("whose part of a case's overrun was what")),
    "pack": ("cli.commands.pack:pack", sentence("findings with all that they rest on, in one file")),
    "settlements": ("cli.lists.settlements:settlements", sentence("half-years and years' ends, and their sheets")),
    "verify": ("cli.commands.verify:verify", sentence("check the ledger's hash chains, or an evidence pack")),
    "simulate": ("cli.commands.simulate:simulate", sentence("a city's made-up traffic with known answers")),
    "form": ("cli.commands.form:form", sentence("forms and notices as PDF, and blanks for the hall")),
    "token": ("cli.operation.token:token", sentence("a client's id and secret, shown once")),
    "clients": ("cli.operation.clients:clients", sentence("the clients: list, another secret, disable at once")),
    "keys": ("cli.operation.keys:keys", sentence("the keys that persons' particulars are sealed under")),
    "settings": ("cli.operation.settings:settings", sentence("the settings in force, secrets hidden")),
    "openapi": ("cli.operation.openapi:openapi", sentence("the API's contract")),
}
_PURPOSE = sentence("Watch the deadlines and promises of a city's joint utility connection.")
_OPTIONS = {
    "lang": sentence("the language: zh Chinese, en English; otherwise that of LC_ALL, LC_MESSAGES or LANG, or else Chinese"),
    "version": sentence("show the version and leave"),
    "help": sentence("show this and leave"),
}


class Later(click.RichCommand):
    """A command that is loaded when it is asked for, so that a quick one does not wait for what others need."""

    def __init__(self, name: str, place: str, words: Sentence) -> None:
        super().__init__(name=name, help=words)
        self.place, self.words = place, words

    def make_context(self, *args: Any, **options: Any) -> Any:  # noqa: ANN401 -- click's own signature, passed on
        return self.real().make_context(*args, **options)

    def real(self) -> click.Command:
        module, _, name = self.place.partition(":")
        command: click.Command = getattr(import_module(module), name)
        return command


class _InOrder(click.RichGroup):
    """Commands stand in the order of their use, not of the alphabet; its help is put into words when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 -- click's own signature
        return list(COMMANDS)

    def get_help(self, ctx: click.Context) -> str:
        self.help = say(_PURPOSE)
        for option in self.params:
            vars(option)["help"] = say(_OPTIONS[option.name or ""])
        for name, (_, words) in COMMANDS.items():
            self.commands[name].help = say(words)
        return super().get_help(ctx)


def _speak(_ctx: click.Context, _param: click.Parameter, language: Language | None) -> None:
    if language is not None:
        speak(language)


# Version and help are not eager, so that a language which stands behind them is heard.
@click.group(cls=_InOrder, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--lang", type=click.Choice(LANGUAGES), is_eager=True, expose_value=False, callback=_speak)
@click.version_option(package_name="lianban", prog_name="lianban", message="%(prog)s %(version)s", is_eager=False)
@click.help_option("-h", "--help", is_eager=False)
def group() -> None:
    """Nothing happens before a command is named."""


for _name, (_place, _words) in COMMANDS.items():
    group.add_command(Later(_name, _place, _words))
take_words()


def _done(words: Sequence[str]) -> int:
    """Run a command to the end of its output: what finds no room is to be found now, not when Python ends."""
    status = group.main(list(words), prog_name="lianban", standalone_mode=False) or 0
    sys.stdout.flush()
    return status


def run(words: Sequence[str]) -> int:
    """Run one command and give its exit code: 0 done, 1 found something or refused, 2 wrong words."""
    with speaking(language_here()):
        return _run(words)


def _run(words: Sequence[str]) -> int:
    try:
        return _done(words)
    except click.Abort:
        return INTERRUPTED
    except BrokenPipeError:
        forget_output()
        return 1
    except Exception as fault:
        status = status_of(fault)
        if status is None:
            raise
        if is_full(fault):
            forget_output()
        click.echo(line_of(fault), err=True)
        return status


def main() -> None:
    prepare()
    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
