"""Which faults are somebody's to mend, each with its exit code and said in one line; any other is a bug, and shows itself."""

import errno

import rich_click as click

FOUND = 1
"""Found something, or refused."""
WRONG_WORDS = 2

# By name: importing them all would make every command wait for what only some need.
_STATUS = {
    "casework.settings.SettingFault": FOUND,
    "asyncpg.exceptions.InsufficientResourcesError": FOUND,  # its disk is full, its memory used up
    "calendars.faults.BeyondCalendar": WRONG_WORDS,
    "calendars.faults.CalendarFault": FOUND,
    "cli.servers.faults.ServersFault": FOUND,
    "domain.refusals.Refusal": FOUND,
    "domain.schemes.rulebook.BadRule": FOUND,
    "schemes.faults.SchemeFault": FOUND,
    "storage.postgres.faults.StorageFault": FOUND,
}

_MACHINE = {
    errno.EACCES, errno.EDQUOT, errno.EIO, errno.EISDIR, errno.ELOOP, errno.EMFILE, errno.ENAMETOOLONG, errno.ENFILE, errno.ENOSPC,
    errno.ENOTDIR, errno.EPERM, errno.EROFS,
}  # fmt: skip
"""What the machine refuses: no room, no right, no such place."""
_FULL = {errno.EDQUOT, errno.EIO, errno.ENOSPC}


class Refused(click.ClickException):
    """Understood, but not done; the message says why and what to do."""

    exit_code = FOUND


class WrongWords(click.ClickException):
    """The words of the command do not fit; the message says which and what would."""

    exit_code = WRONG_WORDS


def status_of(fault: Exception) -> int | None:
    """Give the exit code of a known fault; None for a bug."""
    if isinstance(fault, click.ClickException):
        return fault.exit_code
    if isinstance(fault, OSError) and fault.errno in _MACHINE:
        return FOUND
    names = (f"{kind.__module__}.{kind.__qualname__}" for kind in type(fault).__mro__)
    return next((_STATUS[name] for name in names if name in _STATUS), None)


def line_of(fault: Exception) -> str:
    """Say it in one line, with the command that says more where the words were wrong."""
    if isinstance(fault, OSError):
        return f"lianban: {_refused(fault)}"
    if not isinstance(fault, click.ClickException):
        return f"lianban: {'; '.join(str(fault).splitlines())}" if _is_the_databases(fault) else f"lianban: {fault}"
    where = fault.ctx.command_path if isinstance(fault, click.UsageError) and fault.ctx else "lianban"
    more = f" (see {where} --help)" if isinstance(fault, click.UsageError) else ""
    return f"{where}: {fault.format_message()}{more}"


def _refused(fault: OSError) -> str:
    if is_full(fault):
        return f"what was to be written found no room ({fault.strerror}): make some where LIANBAN_DATA lies, and where the output goes"
    return f"{fault.filename or 'this machine'} cannot be used as asked: {fault.strerror}"


def _is_the_databases(fault: Exception) -> bool:
    return type(fault).__module__.startswith("asyncpg.")


def is_full(fault: Exception) -> bool:
    """Say whether something took no more, standard output perhaps, which has no name."""
    return isinstance(fault, OSError) and fault.errno in _FULL
