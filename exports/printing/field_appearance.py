"""How fields look in a viewer: ticks, and a Song typeface by its name; makes no field."""

from collections.abc import Mapping
from typing import Any

from pypdf import PdfWriter
from pypdf.generic import ArrayObject, DecodedStreamObject, DictionaryObject, IndirectObject, NameObject, NumberObject, TextStringObject

DINGBATS = "/ZaDb"
_TICK = b"q BT /ZaDb 11 Tf 1.5 2 Td (4) Tj ET Q"
"""A tick in a square of 12 points, which the viewer fits to the box."""
_SQUARE = (0, 0, 12, 12)
_SYSTEM = {"/Registry": TextStringObject("Adobe"), "/Ordering": TextStringObject("GB1"), "/Supplement": NumberObject(4)}
_METRES = {"/Flags": 6, "/ItalicAngle": 0, "/Ascent": 880, "/Descent": -120, "/CapHeight": 880, "/StemV": 93}
_AROUND = (-25, -254, 1000, 880)


class States:
    """How a check box looks, on and off."""

    def __init__(self, writer: PdfWriter) -> None:
        """Draw both once; every check box shares them."""
        self.font = added(writer, _named({"/Type": "/Font", "/Subtype": "/Type1", "/BaseFont": "/ZapfDingbats"}))
        self._on, self._off = (added(writer, self._drawn(drawing)) for drawing in (_TICK, b""))

    def look(self, state: str) -> dict[str, Any]:
        looks = dictionary({"/N": dictionary({f"/{state}": self._on, "/Off": self._off})})
        return {"/AS": NameObject("/Off"), "/AP": looks, "/MK": dictionary({"/CA": TextStringObject("4")})}

    def _drawn(self, drawing: bytes) -> DecodedStreamObject:
        made = DecodedStreamObject()
        made.set_data(drawing)
        made.update(_named({"/Type": "/XObject", "/Subtype": "/Form"}))
        fonts = dictionary({"/Font": dictionary({DINGBATS: self.font})})
        made.update(dictionary({"/BBox": _numbers(_SQUARE), "/Resources": fonts}))
        return made


def song() -> DictionaryObject:
    """A Song typeface by its name alone: every viewer has its own for Adobe's Chinese, or takes what comes near."""
    described = _named({"/Type": "/FontDescriptor", "/FontName": "/STSong-Light"})
    described.update(dictionary({name: NumberObject(value) for name, value in _METRES.items()} | {"/FontBBox": _numbers(_AROUND)}))
    below = _named({"/Type": "/Font", "/Subtype": "/CIDFontType0", "/BaseFont": "/STSong-Light"})
    below.update(dictionary({"/CIDSystemInfo": dictionary(_SYSTEM), "/FontDescriptor": described}))
    font = _named({"/Type": "/Font", "/Subtype": "/Type0", "/BaseFont": "/STSong-Light", "/Encoding": "/UniGB-UTF16-H"})
    font.update(dictionary({"/DescendantFonts": ArrayObject([below])}))
    return font


def dictionary(entries: Mapping[str, Any]) -> DictionaryObject:
    return DictionaryObject({NameObject(name): value for name, value in entries.items()})


def added(writer: PdfWriter, made: Any) -> IndirectObject:  # noqa: ANN401 -- any of pypdf's objects
    return writer._add_object(made)  # noqa: SLF001 -- pypdf has no other way


def _named(entries: Mapping[str, str]) -> DictionaryObject:
    return dictionary({name: NameObject(value) for name, value in entries.items()})


def _numbers(values: tuple[int, ...]) -> ArrayObject:
    return ArrayObject(NumberObject(one) for one in values)
