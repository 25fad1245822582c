"""Words for people: sentences with their values kept apart, so that whoever shows them chooses the language; knows no other room.

A sentence is written in English where it is needed, and is its own key; `words/zh.toml` has it in Chinese. What has a name rather
than a sentence (states, lights, heads of tables) is looked up by that name in `words/zh.toml` and `words/en.toml`.
"""

from words.catalogue import name_of, names
from words.language import LANGUAGES, Language, language_of, speak, speaking, spoken
from words.sentence import Listed, Sentence, all_of, any_of, listed, say, sentence

__all__ = [
    "LANGUAGES",
    "Language",
    "Listed",
    "Sentence",
    "all_of",
    "any_of",
    "language_of",
    "listed",
    "name_of",
    "names",
    "say",
    "sentence",
    "speak",
    "speaking",
    "spoken",
]
