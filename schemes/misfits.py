"""Says in sentences of our own what msgspec 0.22 and Python's TOML reader find wrong with a text or a value; finds nothing itself."""

import re
from collections.abc import Mapping
from typing import Any, Self

import msgspec

from words import Sentence, sentence

MISSING = sentence("Object missing required field `{field}`")
UNKNOWN = sentence("Object contains unknown field `{field}`")
_FORMS = (
    MISSING,
    UNKNOWN,
    sentence("Expected `{wanted}`, got `{given}`"),
    sentence("Expected `{kind}` with a timezone component"),
    sentence("Expected `{kind}` with no timezone component"),
    sentence("Expected `{kind}` of length {least} to {most}, got {given}"),
    sentence("Expected `{kind}` of length {least} to {most}"),
    sentence("Expected `{kind}` of at least length {least}, got {given}"),
    sentence("Expected `{kind}` of at most length {most}, got {given}"),
    sentence("Expected `{kind}` of at most length {most}"),
    sentence("Expected `{kind}` of length <= {most}"),
    sentence("Expected `{kind}` of length >= {least}"),
    sentence("Expected `{kind}` of length {length}, got {given}"),
    sentence("Expected `{kind}` of length {length}"),
    sentence("Expected `{kind}` matching regex {pattern}"),
    sentence("Expected `{kind}` that's a multiple of {number}"),
    sentence("Expected `{kind}` <= {number}"),
    sentence("Expected `{kind}` >= {number}"),
    sentence("Expected `{kind}` < {number}"),
    sentence("Expected `{kind}` > {number}"),
    sentence("Expected `{kind}`"),
    sentence("Invalid enum value {value}"),
    sentence("Invalid value {value}"),
    sentence("Invalid RFC3339 encoded datetime"),
    sentence("Invalid RFC3339 encoded date"),
    sentence("Invalid RFC3339 encoded time"),
    sentence("Invalid ISO8601 duration"),
    sentence("Invalid epoch timestamp"),
    sentence("Invalid UUID"),
    sentence("Invalid base64 encoded string"),
    sentence("Invalid decimal string"),
    sentence("Integer value out of range"),
    sentence("Number out of range"),
    sentence("Duration is out of range"),
    sentence("Timestamp is out of range"),
    sentence("Input data was truncated"),
    sentence("JSON is malformed: {what} (byte {at})"),
    sentence("invalid number"),
    sentence("invalid utf-16 surrogate pair"),
    sentence("unexpected end of hex escape"),
    sentence("unexpected end of escaped utf-16 surrogate pair"),
    sentence("invalid character in unicode escape"),
    sentence("invalid escape character in string"),
    sentence("invalid escaped character"),
    sentence("invalid character"),
    sentence("expected {sign} or {other}"),
    sentence("expected {sign}"),
    sentence("trailing comma in array"),
    sentence("trailing comma in object"),
    sentence("trailing characters"),
    sentence("object keys must be strings"),
    sentence("Invalid statement"),
    sentence("Expected newline or end of document after a statement"),
    sentence("Expected ']' at the end of a table declaration"),
    sentence("Expected ']]' at the end of an array declaration"),
    sentence("Expected '=' after a key in a key/value pair"),
    sentence("Expected {sign}"),
    sentence("Found invalid character {sign}"),
    sentence("Illegal character {sign}"),
    sentence("Cannot declare {key} twice"),
    sentence("Cannot overwrite a value"),
    sentence("Cannot mutate immutable namespace {key}"),
    sentence("Cannot redefine namespace {key}"),
    sentence("Duplicate inline table key {key}"),
    sentence("Invalid initial character for a key part"),
    sentence("Unclosed array"),
    sentence("Unclosed inline table"),
    sentence("Unescaped '\\' in a string"),
    sentence("Invalid hex value"),
    sentence("Escaped character is not a Unicode scalar value"),
    sentence("Unterminated string"),
    sentence("Invalid date or datetime"),
    sentence("Invalid value"),
    sentence("line {line}, column {column}"),
    sentence("end of document"),
)
"""The more particular before those that they would fit as well."""
_READ = [(form.pattern, re.compile(re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>.+)", re.escape(form.pattern)), re.DOTALL)) for form in _FORMS]
_AT = " - at `"
_OF_KEY = "key` in `"


class Within(Sentence):
    """A sentence that stands within another: in English it begins with a small letter."""

    __slots__ = ()

    def __new__(cls, pattern: str, values: Mapping[str, Any]) -> Self:
        """Lower the first letter of what is read, not of the pattern."""
        whole = Sentence(pattern, values)
        made = str.__new__(cls, f"{whole[:1].lower()}{whole[1:]}")
        made.pattern, made.values, made.chinese = pattern, values, None
        return made

    def __reduce__(self) -> tuple[type[Sentence], tuple[str, Mapping[str, Any]]]:
        """As a sentence's."""
        return Within, (self.pattern, self.values)


def misfit(fault: msgspec.ValidationError) -> tuple[str, str]:
    """Say how a value does not fit, and where it stands: `$` is the whole; what msgspec never said before is given as it is."""
    what, _, where = str(fault).partition(_AT)
    return said_in(what), where.rstrip("`").removeprefix(_OF_KEY) or "$"


def unreadable(fault: Exception) -> str:
    """Say why a text cannot be read as what it should be."""
    if isinstance(fault, UnicodeDecodeError):
        return sentence("it is not UTF-8")
    if isinstance(fault, RecursionError):
        return sentence("it is nested too deeply")
    if isinstance(fault, msgspec.ValidationError):
        what, where = misfit(fault)
        return what if where == "$" else sentence("{what} - at `{where}`", what=what, where=where)
    return said_in(str(fault))


def said_in(words: str) -> str:
    """Give the sentence that these words are; of an unknown one the words."""
    for pattern, read in _READ:
        found = read.fullmatch(words)
        if found is not None:
            return Sentence(pattern, {name: said_in(text) if name == "what" else text for name, text in found.groupdict().items()})
    return words


def within(words: str) -> str:
    """Let it stand within another sentence."""
    return Within(words.pattern, words.values) if isinstance(words, Sentence) else f"{words[:1].lower()}{words[1:]}"
