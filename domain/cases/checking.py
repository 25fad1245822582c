"""Binds to a kind of act the one check of what it must be true to, in its case and as its first; which kinds have one say their rows."""

from collections.abc import Callable, Iterable
from typing import Any, TypeVar, overload

from domain.acts import Acted
from domain.cases.context import ActContext
from domain.cases.other_cases import Opening

A = TypeVar("A", bound=Acted)
B = TypeVar("B", bound=Acted)
Check = Callable[[ActContext, A], None]
FirstCheck = Callable[[Opening, A], None]

FOLLOWING: dict[type[Acted], Check[Any]] = {}
"""What is bound to acts in a case that there is."""
FIRST: dict[type[Acted], FirstCheck[Any]] = {}
"""What is bound to acts that open a case."""


@overload
def checks(one: type[A], /) -> Callable[[Check[A]], Check[A]]: ...
@overload
def checks(one: type[A], two: type[B], /) -> Callable[[Check[A | B]], Check[A | B]]: ...
def checks(*kinds: type[Any]) -> Callable[[Check[Any]], Check[Any]]:
    """Bind the function that follows to acts of these kinds in a case that there is."""
    return _binding(FOLLOWING, kinds)


def checks_first(kind: type[A]) -> Callable[[FirstCheck[A]], FirstCheck[A]]:
    """Bind the function that follows to acts of this kind that open a case."""
    return _binding(FIRST, (kind,))


def _binding(bound: dict[type[Acted], Any], kinds: Iterable[type[Acted]]) -> Callable[[Any], Any]:
    def bind(check: Any) -> Any:  # noqa: ANN401 -- what comes in goes out
        for kind in kinds:
            if kind in bound:
                message = f"{kind.__name__} has its check already"
                raise TypeError(message)
            bound[kind] = check
        return check

    return bind
