"""A fillable blank has one field for every box of its form, within the page, and takes Chinese."""

import io
from typing import Any

import pytest
from pypdf import PdfReader, PdfWriter

from domain.printing.records import PrintedForm
from schemes import load_schemes
from tests.exports.printing.shown import blank, pages

FORMS: list[tuple[str, PrintedForm]] = [("daye-2023", "demand"), ("daye-2023", "application"), ("jingmen-2023", "demand")]
IN_PARTS = {"address"}
"""Filled in by its parts: 镇(街道), 路, 号."""


def reader(plan: str, form: PrintedForm) -> PdfReader:
    return PdfReader(io.BytesIO(blank(plan, form, fillable=True)))


def fields(plan: str, form: PrintedForm) -> dict[str, Any]:
    found = reader(plan, form).get_fields() or {}
    return {name: field for name, field in found.items() if field.get("/FT")}


def box_of(name: str) -> str:
    """A field's box: the row of a table, the part of a day and the service that is ticked are not in its name."""
    parts = [part for part in name.split(".") if not part.isdigit() and part not in {"year", "month", "day", "hour"}]
    return "supplies" if parts[0] == "supplies" else ".".join(parts)


@pytest.mark.parametrize(("plan", "form"), FORMS)
def test_every_box_has_its_field_and_every_field_its_box(plan: str, form: PrintedForm) -> None:
    intake = load_schemes().by_id(plan).forms[form]  # type: ignore[index]  # an intake form
    names = [name for name in fields(plan, form) if name not in {"year", "number"}]
    assert {box_of(name) for name in names} == set(intake.boxes) - (IN_PARTS if form == "application" else set())
    assert len(names) == len(set(names))


@pytest.mark.parametrize(("plan", "form"), FORMS)
def test_fields_lie_on_the_page_and_on_no_other_field(plan: str, form: PrintedForm) -> None:
    (page,) = reader(plan, form).pages
    rects = [[float(one) for one in annotation.get_object()["/Rect"]] for annotation in annotations(page)]
    for x0, y0, x1, y1 in rects:
        assert 40 <= x0 < x1 <= 555
        assert 40 <= y0 < y1 <= 802
    overlapping = [(a, b) for number, a in enumerate(rects) for b in rects[:number] if _overlap(a, b)]
    assert overlapping == []


def annotations(page: Any) -> Any:  # noqa: ANN401 -- pypdf's own
    return page["/Annots"]


def _overlap(a: list[float], b: list[float]) -> bool:
    return min(a[2], b[2]) - max(a[0], b[0]) > 0.5 and min(a[3], b[3]) - max(a[1], b[1]) > 0.5


def test_of_a_business_one_is_chosen_and_of_services_several() -> None:
    found = fields("jingmen-2023", "demand")
    radio = 1 << 15
    assert found["power.business"]["/Ff"] & radio
    assert sorted(found["power.business"]["/_States_"]) == ["/Off", "/expansion", "/new", "/temporary"]
    assert not found["supplies.water"]["/Ff"] & radio
    assert len(found["supplies.water"]["/Kids"]) == 2, "ticked above and at the head of its part by one click"


def test_a_viewer_is_told_to_draw_what_is_typed_in_a_chinese_font() -> None:
    root: Any = reader("daye-2023", "demand").trailer["/Root"]
    form = root["/AcroForm"]
    assert form["/NeedAppearances"] is not None
    assert bool(form["/NeedAppearances"].value)
    font = form["/DR"]["/Font"]["/Song"]
    assert (font["/Encoding"], font["/DescendantFonts"][0]["/CIDSystemInfo"]["/Ordering"]) == ("/UniGB-UTF16-H", "GB1")


def test_what_is_typed_is_kept() -> None:
    writer = PdfWriter(clone_from=reader("daye-2023", "demand"))
    writer.update_page_form_field_values(
        writer.pages[0], {"applicant.name": "大冶样例公司", "supplies.water": "/on"}, auto_regenerate=False
    )
    out = io.BytesIO()
    writer.write(out)
    found = PdfReader(out).get_fields() or {}
    assert (found["applicant.name"]["/V"], found["supplies.water"]["/V"]) == ("大冶样例公司", "/on")


def test_a_fillable_blank_is_drawn_like_the_other() -> None:
    drawn, plain = pages(blank("daye-2023", "application", fillable=True)), pages(blank("daye-2023", "application"))
    assert [page.words for page in drawn] == [page.words for page in plain]
