"""Turns a plan file's tables into a scheme and names everything of a wrong shape; does not ask what the words refer to."""

import re
import tomllib
from typing import Any

import msgspec

from domain.schemes.rule import Rule
from domain.schemes.scheme import ActRule, Assumption, Decider, District, IntakeForm, Party, Scheme, Signoff
from schemes.faults import SchemeFault, Wrong
from words import sentence

LIMIT_FORMS = "24h, 24wh, 24oh, 30om, 0.5wd, 3wd, 0wd, 10d or at-once"
_ELEMENTS: dict[str, type] = {"rule": Rule, "parties": Party, "districts": District, "signoffs": Signoff, "deciders": Decider}
_ENTRIES: dict[str, type] = {"acts": ActRule, "assumptions": Assumption, "forms": IntakeForm}
_UNITS = "h|wh|oh|om|wd|d"
_STEP = re.compile(r"\.(\w+)|\[(\d+)\]")
_OF_KEY = " - at `key` in `$`"
_MENDS = {
    "unknown field": "Correct its spelling, or take it out",
    "required field `cite`": "No citation, no rule: add cite = { clause = …, quote = … } with the plan's own words",
    "required field": "Add it",
    "is not a limit": f"Write a limit as {LIMIT_FORMS}",
}


def read_tables(data: bytes, name: str) -> dict[str, Any]:
    """Read TOML; a number with a point stays text, so that no float ever decides."""
    try:
        return tomllib.loads(data.decode(), parse_float=str)
    except UnicodeDecodeError as fault:
        wrong = Wrong("$", sentence("byte {start} is not UTF-8", start=fault.start), sentence("Save the file as UTF-8"))
        raise SchemeFault(name, [wrong]) from fault
    except tomllib.TOMLDecodeError as fault:
        what, _, where = str(fault).partition(" (at ")
        wrong = Wrong(where.rstrip(")") or "$", sentence("it is not TOML: {what}", what=what), sentence("Correct the line that is named"))
        raise SchemeFault(name, [wrong]) from fault


def shape(tables: dict[str, Any], name: str) -> Scheme:
    """Make the scheme, or refuse with everything that has a wrong shape: one fault for each rule, party and table."""
    fields = {field.name: field for field in msgspec.structs.fields(Scheme)}
    wrongs = [Wrong(key, sentence("is not a table of a scheme"), _MENDS["unknown field"]) for key in tables if key not in fields]
    wrongs += [
        Wrong(key, sentence("is missing"), sentence("Add it")) for key, field in fields.items() if field.required and key not in tables
    ]
    made = {key: _table(key, value, fields[key].type, wrongs) for key, value in tables.items() if key in fields}
    if wrongs:
        raise SchemeFault(name, wrongs)
    return Scheme(**made)


def _table(key: str, value: Any, wanted: Any, wrongs: list[Wrong]) -> Any:  # noqa: ANN401 -- TOML gives anything
    before = len(wrongs)
    if key in _ELEMENTS and isinstance(value, list):
        for number, element in enumerate(value):
            _convert(f"{key}[{number}]", element, _ELEMENTS[key], wrongs)
    if key in _ENTRIES and isinstance(value, dict):
        for entry, element in value.items():
            _convert(f"{key}.{entry}", element, _ENTRIES[key], wrongs)
    return _convert(key, value, wanted, wrongs) if len(wrongs) == before else None


def _convert(path: str, value: Any, wanted: Any, wrongs: list[Wrong]) -> Any:  # noqa: ANN401 -- TOML gives anything
    try:
        return msgspec.convert(value, wanted)
    except msgspec.ValidationError as fault:
        what, _, where = str(fault).replace(_OF_KEY, "").partition(" - at `$")
        said = _said(what, value, where.rstrip("`"))
        wrongs.append(Wrong(path + where.rstrip("`"), said, _mend(said)))
        return None


def _said(what: str, value: Any, where: str) -> str:  # noqa: ANN401 -- TOML gives anything
    for key, number in _STEP.findall(where):
        value = value[int(number)] if number else value[key]
    what = f"{what[0].lower()}{what[1:]}"
    if isinstance(value, dict | list):
        return what.replace("object ", "it ")
    if _UNITS in what:
        return f"{value!r} is not a limit"
    return f"found {value!r}; {what}"


def _mend(said: str) -> str:
    return next((mend for sign, mend in _MENDS.items() if sign in said), "Write what is expected")
