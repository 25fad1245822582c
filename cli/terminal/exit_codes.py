"""Which faults are somebody's to mend, each with its exit code and said in one line; any other is a bug, and shows itself."""

import errno
from typing import Any

import rich_click as click

from cli.terminal.saying import cause_of, message_of, said
from words import Sentence, say, sentence

FOUND = 1
"""Found something, or refused."""
WRONG_WORDS = 2

# By name: importing them all would make every command wait for what only some need.
EXPECTED = {
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
    return next((EXPECTED[name] for name in names if name in EXPECTED), None)


def line_of(fault: Exception) -> str:
    """Say it in one line, with the command that says more where the words were wrong."""
    if isinstance(fault, OSError):
        return f"lianban: {_refused(fault)}"
    if not isinstance(fault, click.ClickException):
        return f"lianban: {'; '.join(str(fault).splitlines())}" if _is_the_databases(fault) else f"lianban: {words_of(fault)}"
    words = say(fault.format_message())
    if not isinstance(fault, click.UsageError):
        return f"lianban: {words}"
    where = fault.ctx.command_path if fault.ctx else "lianban"
    return f"{where}: {said('{message} (see {command} --help)', message=words.rstrip('.。'), command=where)}"


def words_of(fault: Exception) -> str:
    """Say what a fault says; one of a file or a setting has it in parts: where, what is wrong, how to mend it."""
    if isinstance(message_of(fault), Sentence) or not hasattr(fault, "mend"):
        return say(message_of(fault))
    file = getattr(fault, "file", None)
    return "\n".join(_wrong(file, one) for one in getattr(fault, "wrongs", (fault,)))


def _wrong(file: str | None, wrong: Any) -> str:  # noqa: ANN401 -- whatever has parts
    where = wrong.name if file is None else f"{file}, {wrong.path}"
    return said("{where}: {what}. {mend}", where=where, what=wrong.what, mend=wrong.mend)


def _refused(fault: OSError) -> str:
    if is_full(fault):
        return said(
            "what was to be written found no room ({cause}): make some where LIANBAN_DATA lies, and where the output goes",
            cause=cause_of(fault),
        )
    return said("{what} cannot be used as asked: {cause}", what=fault.filename or sentence("this machine"), cause=cause_of(fault))


def _is_the_databases(fault: Exception) -> bool:
    return type(fault).__module__.startswith("asyncpg.")


def is_full(fault: Exception) -> bool:
    """Say whether something took no more, standard output perhaps, which has no name."""
    return isinstance(fault, OSError) and fault.errno in _FULL
