"""The `lianban` command: finds the one that is asked for and says what went wrong in one line; decides nothing itself."""

import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Any

import rich_click as click

from cli.terminal.encoding import forget_output, prepare
from cli.terminal.exit_codes import is_full, line_of, status_of

INTERRUPTED = 130

COMMANDS = {
    "up": ("cli.up.command:up", "启动全部服务 start everything here, with a sample city"),
    "serve": ("cli.operation.serve:serve", "只启动接口 the API alone"),
    "worker": ("cli.operation.worker:worker", "只启动巡检 the auditor's worker alone"),
    "migrate": ("cli.operation.migrate:migrate", "更新数据库表 bring the database's tables up to this release"),
    "due": ("cli.due.command:due", "何时到期 when is it due, and why"),
    "scheme": ("cli.commands.scheme:scheme", "方案文件 check, list and compare the cities' plans"),
    "calendar": ("cli.commands.calendar:calendar", "工作日历 the working days, and notices to add"),
    "audit": ("cli.commands.audit:audit", "全面核查 judge every case again, here and now"),
    "dry-run": ("cli.commands.dry_run:dry_run_command", "试算 what another plan or calendar would have meant"),
    "warnings": ("cli.lists.warnings:warnings", "预警与逾期 what is near its limit, and what is overdue"),
    "findings": ("cli.lists.findings:findings", "违规清单 the non-compliance list"),
    "credit-records": ("cli.lists.credit_records:credit_records", "信用记录 the entries of credit files"),
    "credit-file": ("cli.lists.credit_records:credit_file", "公共信用平台文件 the public credit platform's file"),
    "accountability-records": ("cli.lists.accountability_records:accountability_records", "责任追究 who was to answer for what"),
    "registers": ("cli.lists.registers:registers", "两本台账 the window's and the handling departments' ledgers"),
    "scorecards": ("cli.lists.scorecards:scorecards", "考核表 scorecards of departments and utilities"),
    "delay-shares": ("cli.lists.delay_shares:delay_shares", "逾期接力 whose part of a case's overrun was what"),
    "pack": ("cli.commands.pack:pack", "证据包 findings with all that they rest on, in one file"),
    "settlements": ("cli.lists.settlements:settlements", "资金结算 half-years and years' ends, and their sheets"),
    "verify": ("cli.commands.verify:verify", "校验台账或证据包 check the ledger's hash chains, or an evidence pack"),
    "simulate": ("cli.commands.simulate:simulate", "模拟城市 a city's traffic with known answers"),
    "form": ("cli.commands.form:form", "表单 forms and notices as PDF, and blanks for the hall"),
    "token": ("cli.operation.token:token", "接口账号 a client's id and secret, shown once"),
    "clients": ("cli.operation.clients:clients", "接口账号清单 the clients: list, another secret, disable at once"),
    "keys": ("cli.operation.keys:keys", "数据密钥 the keys that persons' particulars are sealed under"),
    "settings": ("cli.operation.settings:settings", "设置 the settings in force, secrets hidden"),
    "openapi": ("cli.operation.openapi:openapi", "接口契约 the API's contract"),
}


class Later(click.RichCommand):
    """A command that is loaded when it is asked for, so that a quick one does not wait for what others need."""

    def __init__(self, name: str, place: str, words: str) -> None:
        super().__init__(name=name, help=words)
        self.place = place

    def make_context(self, *args: Any, **options: Any) -> Any:  # noqa: ANN401 -- click's own signature, passed on
        return self.real().make_context(*args, **options)

    def real(self) -> click.Command:
        module, _, name = self.place.partition(":")
        command: click.Command = getattr(import_module(module), name)
        return command


class _InOrder(click.RichGroup):
    """Commands stand in the order of their use, not of the alphabet."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 -- click's own signature
        return list(COMMANDS)


@click.group(
    cls=_InOrder,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="联办：看住水气热电网联合报装的时限与承诺 Watch the deadlines and promises of a city's joint utility connection.",
)
@click.version_option(package_name="lianban", prog_name="lianban", help="版本 show the version and leave")
def group() -> None:
    """Nothing happens before a command is named."""


for _name, (_place, _words) in COMMANDS.items():
    group.add_command(Later(_name, _place, _words))


def _done(words: Sequence[str]) -> int:
    """Run a command to the end of its output: what finds no room is to be found now, not when Python ends."""
    status = group.main(list(words), prog_name="lianban", standalone_mode=False) or 0
    sys.stdout.flush()
    return status


def run(words: Sequence[str]) -> int:
    """Run one command and give its exit code: 0 done, 1 found something or refused, 2 wrong words."""
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
