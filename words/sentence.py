"""A sentence that can be said in every language: what was written, and the values that stand in it; decides nothing."""

from collections.abc import Iterable, Mapping
from typing import Any, Self

from words.catalogue import names, sentences
from words.language import Language, spoken


class Sentence(str):
    """Reads as the English sentence that it is; keeps the pattern and its values, so that it can be said in another language."""

    pattern: str
    values: Mapping[str, Any]
    chinese: str | None
    """As it was said in Chinese the first time; what stands in it does not change."""
    __slots__ = ("chinese", "pattern", "values")

    def __new__(cls, pattern: str, values: Mapping[str, Any]) -> Self:
        """Fill the pattern, as `str.format` does."""
        made = super().__new__(cls, pattern.format(**values) if values else pattern.replace("{{", "{").replace("}}", "}"))
        made.pattern, made.values, made.chinese = pattern, values, None
        return made

    def __reduce__(self) -> tuple[type["Sentence"], tuple[str, Mapping[str, Any]]]:
        """Let it be copied and sent to another process whole."""
        return Sentence, (self.pattern, self.values)


class Listed(str):
    """Names one after the other, joined as each language joins them."""

    parts: tuple[str, ...]
    joint: str
    __slots__ = ("joint", "parts")

    def __new__(cls, parts: Iterable[object], joint: str) -> Self:
        """Join them with commas, or with a word of English before the last."""
        held = tuple(part if isinstance(part, str) else str(part) for part in parts)
        made = super().__new__(cls, joint.join(held))
        made.parts, made.joint = held, joint
        return made

    def __reduce__(self) -> tuple[type["Listed"], tuple[tuple[str, ...], str]]:
        """As a sentence's."""
        return Listed, (self.parts, self.joint)


def sentence(pattern: str, /, **values: Any) -> Sentence:  # noqa: ANN401 -- whatever can be shown
    """Write a sentence for people; `values` stand where the pattern names them."""
    return Sentence(pattern, values)


def listed(parts: Iterable[object]) -> Listed:
    """Name several: `a, b, c`."""
    return Listed(parts, ", ")


def any_of(parts: Iterable[object]) -> Listed:
    """Name several of which one is enough: `a or b`."""
    return Listed(parts, " or ")


def all_of(parts: Iterable[object]) -> Listed:
    """Name several that belong together: `a and b`."""
    return Listed(parts, " and ")


def say(text: str, language: Language | None = None) -> str:
    """Say a sentence in a language, or in the one that is spoken; plain text stays as it is."""
    if (language or spoken()) == "en":
        return str(text)
    if isinstance(text, Sentence):
        if text.chinese is None:
            pattern = sentences().get(text.pattern, text.pattern)
            text.chinese = pattern.format(**{name: _said(value) for name, value in text.values.items()})
        return text.chinese
    if isinstance(text, Listed):
        return names("joint", "zh")[text.joint].join(_said(part) for part in text.parts)
    return text


def _said(value: Any) -> Any:  # noqa: ANN401 -- whatever can be shown
    return say(value, "zh") if isinstance(value, str) else value
