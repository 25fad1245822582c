"""Makes a viewer's fields (AcroForm) of the marks that a fillable blank bears; fills none of them."""

import io
from typing import Any

from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    DictionaryObject,
    FloatObject,
    IndirectObject,
    NameObject,
    NumberObject,
    TextStringObject,
)

from exports.printing.field_appearance import DINGBATS, States, added, dictionary, song
from exports.printing.pieces import ON

MARK = "box:"
_RADIO = 1 << 15
_MULTILINE = 1 << 12
_PRINTED = 4
_TALL = 40.0
"""Points from which a field takes several lines."""
_SONG = "/Song"


def with_fields(pdf: bytes, title: str) -> bytes:
    """Put a field over every marked place: text, or check boxes of which those of one box are one field."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf)))
    form = _Fields(writer)
    for page in writer.pages:
        _replace(page, form)
    form.close()
    writer.add_metadata({"/Title": title})
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _replace(page: Any, form: "_Fields") -> None:  # noqa: ANN401 -- pypdf's page
    kept = ArrayObject()
    for one in page.get("/Annots", ()):
        name = _name_of(one.get_object())
        kept.append(one if name is None else form.widget(name, one.get_object()["/Rect"], page.indirect_reference))
    page[NameObject("/Annots")] = kept
    page[NameObject("/Tabs")] = NameObject("/R")


def _name_of(annotation: Any) -> str | None:  # noqa: ANN401 -- pypdf's dictionary
    uri = annotation.get("/A", {}).get("/URI")
    return str(uri).removeprefix(MARK) if uri is not None and str(uri).startswith(MARK) else None


class _Fields:
    """The tree of fields, by their names' parts, as it grows."""

    def __init__(self, writer: PdfWriter) -> None:
        self.writer = writer
        self.nodes: dict[str, IndirectObject] = {}
        self.roots = ArrayObject()
        self.states = States(writer)

    def widget(self, name: str, rect: Any, page: IndirectObject) -> IndirectObject:  # noqa: ANN401 -- pypdf's array
        """Make the widget of one place and hang it under its field."""
        path, _, state = name.partition("=")
        made = _widget(rect, page)
        if state:
            made |= self.states.look(state)
            above: IndirectObject | None = self._choice(path, alone=state == ON)
        else:
            made |= self._text(path, rect)
            above = self._above(path)
        return self._hang(made, above)

    def close(self) -> None:
        """Write the form into the document; viewers draw the fields anew, with a Chinese font of their own where they have one."""
        fonts = DictionaryObject({NameObject(_SONG): added(self.writer, song()), NameObject(DINGBATS): self.states.font})
        form = {
            "/Fields": self.roots,
            "/NeedAppearances": BooleanObject(True),  # noqa: FBT003 -- pypdf's own
            "/DR": DictionaryObject({NameObject("/Font"): fonts}),
            "/DA": TextStringObject(f"{_SONG} 10.5 Tf 0 g"),
        }
        self.writer.root_object[NameObject("/AcroForm")] = self._add(form)

    def _text(self, path: str, rect: Any) -> dict[str, Any]:  # noqa: ANN401 -- pypdf's array
        high = float(rect[3]) - float(rect[1])
        return {
            "/FT": NameObject("/Tx"),
            "/T": TextStringObject(path.rpartition(".")[2]),
            "/TU": TextStringObject(path),
            "/Ff": NumberObject(_MULTILINE if high > _TALL else 0),
            "/DA": TextStringObject(f"{_SONG} 10.5 Tf 0 g"),
        }

    def _choice(self, path: str, *, alone: bool) -> IndirectObject:
        """One field for all the check boxes of a box: of several values one is chosen."""
        if path not in self.nodes:
            several: dict[str, Any] = {
                "/FT": NameObject("/Btn"),
                "/T": TextStringObject(path.rpartition(".")[2]),
                "/TU": TextStringObject(path),
            }
            several |= {"/Ff": NumberObject(0 if alone else _RADIO), "/V": NameObject("/Off"), "/Kids": ArrayObject()}
            self.nodes[path] = self._hang(several, self._above(path))
        return self.nodes[path]

    def _above(self, path: str) -> IndirectObject | None:
        """Give the node that the last part of a name hangs under, made where there is none."""
        above = path.rpartition(".")[0]
        if not above:
            return None
        if above not in self.nodes:
            node: dict[str, Any] = {"/T": TextStringObject(above.rpartition(".")[2]), "/Kids": ArrayObject()}
            self.nodes[above] = self._hang(node, self._above(above))
        return self.nodes[above]

    def _hang(self, node: dict[str, Any], above: IndirectObject | None) -> IndirectObject:
        if above is not None:
            node["/Parent"] = above
        made = self._add(node)
        over: Any = None if above is None else above.get_object()
        siblings = self.roots if over is None else over["/Kids"]
        siblings.append(made)
        return made

    def _add(self, entries: dict[str, Any]) -> IndirectObject:
        return added(self.writer, dictionary(entries))


def _widget(rect: Any, page: IndirectObject) -> dict[str, Any]:  # noqa: ANN401 -- pypdf's array
    return {
        "/Type": NameObject("/Annot"),
        "/Subtype": NameObject("/Widget"),
        "/Rect": ArrayObject(FloatObject(round(float(one), 2)) for one in rect),
        "/P": page,
        "/F": NumberObject(_PRINTED),
    }
