"""What is kept of a run whose connection to the database is lost, and how to go on; keeps nothing itself."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from cli.terminal.exit_codes import Refused
from storage.postgres.faults import DatabaseAway
from words import Sentence, sentence


class Kept:
    """Counts what has been written for good: whole batches, and then the days that have passed."""

    def __init__(self, answers: Path | None) -> None:
        """Begin with nothing; the answers are written last of all."""
        self._answers, self._cases, self._days = answers, 0, 0
        self._following = False

    def batch(self, told: Callable[[int], None]) -> Callable[[int], None]:
        """Count cases, and pass on how many."""

        def more(cases: int) -> None:
            self._cases += cases
            told(cases)

        return more

    def day(self, told: Callable[[int], None]) -> Callable[[int], None]:
        """Count days from now on, all cases being there."""
        self._following = True

        def more(days: int) -> None:
            self._days += days
            told(days)

        return more

    @contextmanager
    def told_when_lost(self) -> Iterator[None]:
        """Say in one line what is kept."""
        try:
            yield
        except DatabaseAway as fault:
            raise Refused(self._words()) from fault

    def _words(self) -> Sentence:
        file = self._answers
        answers = "" if file is None else sentence("; no answers were written, {file} is as it was before", file=file)
        if self._following:
            return sentence(
                "the connection to the database was lost; all {cases} cases are kept, and of the days after them the first {days}, the "
                "next in part{answers}. Begin anew in an empty database with the same words, or add to this one with another --seed",
                cases=self._cases,
                days=self._days,
                answers=answers,
            )
        return sentence(
            "the connection to the database was lost; {cases} cases are kept, and perhaps the batch that was being written{answers}. "
            "Begin anew in an empty database with the same words, or add to this one with another --seed",
            cases=self._cases,
            answers=answers,
        )
