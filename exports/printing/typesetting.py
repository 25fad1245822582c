"""The one place that knows typst: data in, PDF out, the same bytes each time; reads no network and no font of the machine."""

from functools import lru_cache
from pathlib import Path
from threading import Lock

import typst

from domain.refusals import Refusal
from exports.printing.fonts import Font, Found, choose, none_in
from words import sentence

TEMPLATES = Path(__file__).parent
MOST_BYTES = 2_000_000
"""The most that is set at once; the fullest case lies far below."""
_KEPT = 64
"""So many sheets are kept as they are: blanks are asked for again and again."""


class TooMuch(Refusal):
    """More than fits on paper."""


class Typesetter:
    """One compiler with its fonts, used by one at a time; made when the first sheet is asked for."""

    def __init__(self, folder: Path) -> None:
        """Find the font; a folder without one is refused."""
        if not folder.is_dir():
            raise none_in(folder)
        self.font: Font = choose(folder, _fonts_in(folder))
        self._compiler = typst.Compiler(root=TEMPLATES, font_paths=[folder], ignore_system_fonts=True)
        self._alone = Lock()
        self.pdf = lru_cache(_KEPT)(self._pdf)

    def _pdf(self, page: str, template: str) -> bytes:
        """Set what a template draws of the data that it reads."""
        if len(page) > MOST_BYTES:
            raise TooMuch(
                sentence(
                    "The form is too long to print: {count} characters of data, at most {most_bytes}.",
                    count=len(page),
                    most_bytes=MOST_BYTES,
                )
            )
        with self._alone:
            made = self._compiler.compile(input=TEMPLATES / template, format="pdf", sys_inputs={"page": page})
        assert isinstance(made, bytes)  # noqa: S101 -- a PDF without an output path is always bytes
        return made


@lru_cache(2)
def typesetter(folder: Path) -> Typesetter:
    """Give the typesetter of a folder's fonts, made once."""
    return Typesetter(folder)


def _fonts_in(folder: Path) -> list[Found]:
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder]).fonts()
    return [Found(one.family, Path(one.path), one.index, int(one.weight)) for one in fonts if one.path is not None]
