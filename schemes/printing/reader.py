"""Reads how each city's forms look on paper, from `printed/` beside the scheme files; a form without a layout gets a plain one."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from domain.printing.gathering import printed_forms
from domain.printing.records import PrintedForm
from domain.schemes.citation import Table
from domain.schemes.scheme import Scheme
from schemes.faults import SchemeFault, Wrong
from schemes.misfits import misfit, within
from schemes.printing.checks import wrong_layout
from schemes.printing.layout import Printed
from schemes.printing.plain_layout import plain_intake, plain_sheet
from schemes.reader import SHIPPED, Schemes
from schemes.structure import read_tables
from words import listed, sentence

PLAIN = SHIPPED / "printed" / "plain.toml"
Layouts = Mapping[str, Mapping[PrintedForm, Printed]]
"""By the scheme's id and the form."""


class LayoutFile(Table, kw_only=True):
    """A city's own layouts."""

    demand: Printed | None = None
    application: Printed | None = None
    sheet: Printed | None = None
    commitment: Printed | None = None
    notice: Printed | None = None
    rectification: Printed | None = None
    interview: Printed | None = None
    arranged: Printed | None = None
    referral: Printed | None = None
    statement: Printed | None = None
    yearend: Printed | None = None
    same: dict[PrintedForm, PrintedForm] = {}
    """Forms that are printed on another one's paper."""


class _File(Struct, frozen=True):
    name: str
    own: LayoutFile

    def of(self, form: PrintedForm) -> Printed | None:
        found: Printed | None = getattr(self.own, self.own.same.get(form, form))
        return found


def load_layouts(schemes: Schemes, extra: Sequence[Path] = (), *, shipped: bool = True) -> Layouts:
    """Read the layouts that are shipped and those beside the scheme files of further folders."""
    files: dict[str, _File] = {}
    known = {scheme.id for scheme in schemes.all}
    for path in (
        path
        for folder in (*((SHIPPED,) if shipped else ()), *extra)
        for path in sorted((folder / "printed").glob("*.toml"))
        if path != PLAIN
    ):
        _refuse_stranger(path, known, files)
        files[path.stem] = _File(str(path), parse_layouts(path.read_bytes(), str(path)))
    plain = _File(str(PLAIN), parse_layouts(PLAIN.read_bytes(), str(PLAIN)))
    return {scheme.id: dict(_layouts(scheme, files.get(scheme.id), plain)) for scheme in schemes.all}


def parse_layouts(data: bytes, name: str) -> LayoutFile:
    """Read one file; `name` is what faults call it."""
    tables: dict[str, Any] = read_tables(data, name)
    try:
        return msgspec.convert(tables, LayoutFile)
    except msgspec.ValidationError as fault:
        what, where = misfit(fault)
        raise SchemeFault(name, [Wrong(where.removeprefix("$."), within(what), sentence("Write what a layout has"))]) from fault


def _refuse_stranger(path: Path, known: set[str], files: Mapping[str, _File]) -> None:
    if path.stem in files:
        raise SchemeFault(
            str(path), [Wrong("$", sentence("{name} is of the same scheme", name=files[path.stem].name), sentence("Keep one of the two"))]
        )
    if path.stem not in known:
        mend = sentence("Name the file after its scheme: {known}", known=listed(sorted(known)))
        raise SchemeFault(str(path), [Wrong("$", sentence("there is no scheme {stem!r}", stem=path.stem), mend)])


def _layouts(scheme: Scheme, file: _File | None, plain: _File) -> Iterator[tuple[PrintedForm, Printed]]:
    has = printed_forms(scheme)
    wrongs = [] if file is None else list(_strange(scheme, file, has))
    for form in has:
        own = None if file is None else file.of(form)
        if own is not None:
            wrongs += wrong_layout(scheme, form, own)
        yield form, own or _plain(scheme, form, plain)
    if file is not None and wrongs:
        raise SchemeFault(file.name, list(dict.fromkeys(wrongs)))


def _strange(scheme: Scheme, file: _File, has: tuple[PrintedForm, ...]) -> Iterator[Wrong]:
    for form in (one for one in msgspec.structs.fields(LayoutFile) if one.name != "same"):
        if getattr(file.own, form.name) is not None and form.name not in has:
            yield Wrong(form.name, sentence("{id} has no such form", id=scheme.id), sentence("Take it out; it has {has}", has=listed(has)))


def _plain(scheme: Scheme, form: PrintedForm, plain: _File) -> Printed:
    if form == "sheet":
        return plain_sheet(scheme)
    written = plain.of(form)
    return plain_intake(scheme, form) if written is None else written
