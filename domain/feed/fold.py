"""The fold: numbers what an audience is told of one case, as it came to see it; a number once given never changes."""

from collections.abc import Sequence

from domain.access.audience import Audience
from domain.access.visibility import Standing, is_end_of_credit, reads, standing_in, visible
from domain.acts.enforcement.audit import FindingNotified, FindingOpened
from domain.acts.enforcement.process import StopStruckOut
from domain.acts.fact import DocumentAttached
from domain.acts.service import ComplaintAccepted
from domain.documents import named_in
from domain.ledger import Entry

Told = tuple[int, int]
"""Its number for the audience, and its number in the ledger."""


def shown(who: Audience, ledger: Sequence[Entry], joined_seq: int = 1) -> list[Told]:
    """Give what somebody is told of a case, from the entry that brought it in: after each entry what is to be seen and was not told yet.

    What is hidden again later stays told: a ledger that grows only adds to the end. The offices count as the ledger does.
    """
    if who.is_office:
        return [(entry.seq, entry.seq) for entry in ledger]
    told: dict[int, int] = {}
    watch = _Watch(who)
    for length, entry in enumerate(ledger, 1):
        turns = watch.turned_by(entry) or entry.seq == joined_seq
        if entry.seq < joined_seq:
            continue
        for one in watch.look(ledger[:length]) if turns else watch.glance(entry):
            told.setdefault(one.seq, len(told) + 1)
            watch.tell(one)
    return [(number, seq) for seq, number in told.items()]


class _Watch:
    """Knows whether an entry may change what is seen of those before it; of most it need look at nothing but the entry itself."""

    def __init__(self, who: Audience) -> None:
        self._who = who
        self._standing = Standing(who.party, frozenset(), frozenset(), None)
        self._about: set[object] = set()
        self._is_over = False
        self._named: set[object] = set()
        self._waiting: set[object] = set()

    def turned_by(self, entry: Entry) -> bool:
        """Say whether the whole ledger has to be looked at again, and remember what later entries turn on."""
        act, named = entry.act, set(named_in(entry.act))
        turns = self._changes_standing(entry) or not named.isdisjoint(self._waiting)
        self._named |= named
        if isinstance(act, DocumentAttached):
            self._waiting.add(act.document_id)
            turns = turns or act.document_id in self._named
        return turns

    def _changes_standing(self, entry: Entry) -> bool:
        act = entry.act
        self._is_over = self._is_over or is_end_of_credit(act)
        if isinstance(act, FindingOpened) and act.party == self._who.party:
            self._about.add(act.finding_id)
            return True
        if isinstance(act, FindingNotified):
            return act.finding_id in self._about
        return self._is_over or isinstance(act, ComplaintAccepted | StopStruckOut)

    def look(self, ledger: Sequence[Entry]) -> list[Entry]:
        """Give all that is seen of a ledger."""
        self._standing = standing_in(self._who.party, ledger)
        return visible(self._who, ledger)

    def glance(self, entry: Entry) -> list[Entry]:
        """Give an entry that changes nothing but itself, where it is seen."""
        return [entry] if reads(self._who, self._standing, entry) else []

    def tell(self, entry: Entry) -> None:
        """Wait no longer for a document that was told of."""
        if isinstance(entry.act, DocumentAttached):
            self._waiting.discard(entry.act.document_id)
