"""Turns a plan file's tables into a scheme and names everything of a wrong shape; does not ask what the words refer to."""

import re
import tomllib
from typing import Any

import msgspec

from domain.schemes.rule import Rule
from domain.schemes.scheme import ActRule, Assumption, Decider, District, IntakeForm, Party, Scheme, Signoff
from schemes.faults import SchemeFault, Wrong
from schemes.misfits import MISSING, UNKNOWN, misfit, said_in, within
from words import Sentence, sentence

LIMIT_FORMS = sentence("24h, 24wh, 24oh, 30om, 0.5wd, 3wd, 0wd, 10d or at-once")
_ELEMENTS: dict[str, type] = {"rule": Rule, "parties": Party, "districts": District, "signoffs": Signoff, "deciders": Decider}
_ENTRIES: dict[str, type] = {"acts": ActRule, "assumptions": Assumption, "forms": IntakeForm}
_UNITS = "h|wh|oh|om|wd|d"
_STEP = re.compile(r"\.(\w+)|\[(\d+)\]")
_OF_TABLE = {
    MISSING.pattern: sentence("it lacks the required field `{field}`").pattern,
    UNKNOWN.pattern: sentence("it contains unknown field `{field}`").pattern,
}
_MENDS = {
    "unknown field": sentence("Correct its spelling, or take it out"),
    "required field `cite`": sentence("No citation, no rule: add cite = {{ clause = …, quote = … }} with the plan's own words"),
    "required field": sentence("Add it"),
    "is not a limit": sentence("Write a limit as {forms}", forms=LIMIT_FORMS),
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
        said = sentence("it is not TOML: {what}", what=said_in(what))
        raise SchemeFault(name, [Wrong(said_in(where.rstrip(")")) or "$", said, sentence("Correct the line that is named"))]) from fault


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
        what, place = misfit(fault)
        where = place.removeprefix("$")
        said = _said(what, value, where)
        wrongs.append(Wrong(path + where, said, _mend(said)))
        return None


def _said(what: str, value: Any, where: str) -> str:  # noqa: ANN401 -- TOML gives anything
    for key, number in _STEP.findall(where):
        value = value[int(number)] if number else value[key]
    if isinstance(value, dict | list):
        if isinstance(what, Sentence) and what.pattern in _OF_TABLE:
            return Sentence(_OF_TABLE[what.pattern], what.values)
        return within(what)
    if _UNITS in what:
        return sentence("{value!r} is not a limit", value=value)
    return sentence("found {value!r}; {what}", value=value, what=within(what))


def _mend(said: str) -> str:
    return next((mend for sign, mend in _MENDS.items() if sign in said), sentence("Write what is expected"))
