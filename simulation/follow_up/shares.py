"""Fates dealt like cards: each comes as often as its weight says, so that none is missing where there are but a few to deal to."""

from collections.abc import Iterator, Mapping
from random import Random
from typing import TypeVar

T = TypeVar("T")


def dealt(rng: Random, weights: Mapping[T, int]) -> Iterator[T]:
    """Deal for ever, shuffled anew each time the deck is used up."""
    deck = [one for one, times in weights.items() for _ in range(times)]
    while True:
        rng.shuffle(deck)
        yield from deck
