"""Binds to a kind of act what is done as it is recorded: its check, what completes it, doubts, notes, whom it brings; does none of it."""

from collections.abc import Callable, Iterable
from typing import Any, TypeVar, overload

from domain.acts import Acted
from domain.cases.context import ActContext
from domain.cases.other_cases import Opening

A = TypeVar("A", bound=Acted)
B = TypeVar("B", bound=Acted)
Check = Callable[[ActContext, A], None]
FirstCheck = Callable[[Opening, A], None]

Completion = Callable[[ActContext, A], Acted]
Words = Callable[[ActContext, A], Iterable[str]]
"""Doubts for whoever records it, or the parties that see the case from this act on."""
Notes = Callable[[ActContext, A], Iterable[Acted]]

FOLLOWING: dict[type[Acted], Check[Any]] = {}
"""What is bound to acts in a case that there is."""
FIRST: dict[type[Acted], FirstCheck[Any]] = {}
"""What is bound to acts that open a case."""
COMPLETIONS: dict[type[Acted], Completion[Any]] = {}
"""What the act says that nobody need say: who decides, what a seed draws."""
DOUBTS: dict[type[Acted], Words[Any]] = {}
NOTES: dict[type[Acted], Notes[Any]] = {}
"""What the auditor writes beside the act, which is the ledger's next entry."""
JOINERS: dict[type[Acted], Words[Any]] = {}
"""Who comes to take part beyond those that the act names."""


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


def completes(kind: type[A]) -> Callable[[Completion[A]], Completion[A]]:
    """Bind the function that follows: it gives the act as it is kept."""
    return _binding(COMPLETIONS, (kind,))


@overload
def doubts(one: type[A], /) -> Callable[[Words[A]], Words[A]]: ...
@overload
def doubts(one: type[A], two: type[B], /) -> Callable[[Words[A | B]], Words[A | B]]: ...
def doubts(*kinds: type[Any]) -> Callable[[Words[Any]], Words[Any]]:
    """Bind the function that follows: it says what is not as the plan has it, though it is taken."""
    return _binding(DOUBTS, kinds)


@overload
def notes(one: type[A], /) -> Callable[[Notes[A]], Notes[A]]: ...
@overload
def notes(one: type[A], two: type[B], /) -> Callable[[Notes[A | B]], Notes[A | B]]: ...
def notes(*kinds: type[Any]) -> Callable[[Notes[Any]], Notes[Any]]:
    """Bind the function that follows: it gives what the auditor writes beside the act."""
    return _binding(NOTES, kinds)


def joins(kind: type[A]) -> Callable[[Words[A]], Words[A]]:
    """Bind the function that follows: it names the parties that see the case from this act on."""
    return _binding(JOINERS, (kind,))


def _binding(bound: dict[type[Acted], Any], kinds: Iterable[type[Acted]]) -> Callable[[Any], Any]:
    def bind(check: Any) -> Any:  # noqa: ANN401 -- what comes in goes out
        for kind in kinds:
            if kind in bound:
                message = f"{kind.__name__} has one already: {check.__name__}"
                raise TypeError(message)
            bound[kind] = check
        return check

    return bind
