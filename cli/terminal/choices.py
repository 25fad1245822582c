"""Choices between codes that have names: either is taken; decides not what they mean."""

from collections.abc import Iterable, Mapping

import rich_click as click

from words import LANGUAGES, names, spoken


class Named(click.Choice[str]):
    """A choice of codes; Chinese shows their names, English the codes."""

    def __init__(self, kind: str, codes: Iterable[str]) -> None:
        super().__init__(tuple(codes))
        self.kind = kind

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        return super().convert(self.normalize_choice(self._codes().get(value, value), ctx), param, ctx)

    def normalize_choice(self, choice: object, ctx: click.Context | None) -> str:
        """Give what stands for a code in help, and in what is said of a wrong one."""
        known = super().normalize_choice(choice, ctx)
        return known if spoken() == "en" else names(self.kind).get(known, known)

    def _codes(self) -> Mapping[str, str]:
        """Find a code by its name, in whatever language."""
        return {name: code for language in LANGUAGES for code, name in names(self.kind, language).items() if code in self.choices}
