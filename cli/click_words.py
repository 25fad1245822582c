"""What click and rich-click say by themselves, in the language that is spoken: heads of help, and what is wrong with a word."""

from typing import Any

import click.core
import click.decorators
import click.exceptions
import click.formatting
import click.parser
import click.types
import rich_click
import rich_click.decorators
from rich_click.rich_help_formatter import RichHelpFormatter

from words import name_of

_TRANSLATES = (click.core, click.decorators, click.exceptions, click.formatting, click.parser, click.types)
"""Each takes its words from gettext, under the names `_` and `ngettext`."""
_PLACES = ("[OPTIONS]", "COMMAND [ARGS]...")


class _Formatter(RichHelpFormatter):
    """Rich-click's own, whose fixed words are ours."""

    def __init__(self, *args: Any, **options: Any) -> None:  # noqa: ANN401 -- rich-click's own signature, passed on
        super().__init__(*args, **options)
        self.config.options_panel_title = name_of("click", "Options")
        self.config.arguments_panel_title = name_of("click", "Arguments")
        self.config.commands_panel_title = name_of("click", "Commands")
        self.config.required_long_string = rf"\[{name_of('click', 'required')}]"
        self.config.default_string = rf"\[{name_of('click', 'default: {}')}]"

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Say how a command is used; what stands for its options and its commands is said too."""
        for place in _PLACES:
            args = args.replace(place, name_of("click", place))
        super().write_usage(prog, args, prefix or name_of("click", "Usage:"))


def take_words() -> None:
    """Let both libraries say what they say in our words; neither has a setting for it but gettext, which knows no language by request."""
    for module in _TRANSLATES:
        vars(module).update(_=_said, ngettext=_counted)
    vars(rich_click.decorators).update(gettext=_said)
    rich_click.RichContext.formatter_class = _Formatter


def _said(message: str) -> str:
    return name_of("click", message)


def _counted(one: str, many: str, count: int) -> str:
    return name_of("click", one if count == 1 else many)
