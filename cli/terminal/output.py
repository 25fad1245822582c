"""Writes what was made to a file that was named, or to standard output where that is piped on."""

import sys
from pathlib import Path

import rich_click as click

from cli.terminal.exit_codes import WrongWords
from words import sentence

OUTPUT = click.Path(dir_okay=False, writable=True, path_type=Path)


def save(made: bytes, output: Path | None) -> None:
    """Write it whole; a terminal is told to take a file instead."""
    if output is not None:
        try:
            output.write_bytes(made)
        except FileNotFoundError as fault:
            raise WrongWords(
                sentence("{output} cannot be written: there is no folder {parent}", output=output, parent=output.parent)
            ) from fault
    elif sys.stdout.isatty():
        raise WrongWords(sentence("this is no text for a terminal: name a file with -o, or pipe it on"))
    else:
        click.echo(made, nl=False)
