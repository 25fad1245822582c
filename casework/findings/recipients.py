"""Who is told of a warning, a finding or a light, as lists and the feed show it; it tells nobody."""

from casework.shown import Shown
from domain.acts import Acted
from domain.acts.enforcement.audit import FindingOpened, LightTurned, WarningRaised
from domain.schemes.rulebook import Rulebook
from domain.warnings.recipients import Post, Shade, recipients


class RecipientShown(Shown, frozen=True):
    """Somebody who is told: 经办 (`handler`), 单位负责人 (`head`), 协调办 (`office`) of a party."""

    party: str
    party_name: str
    post: Post


def told(book: Rulebook, party: str, shade: Shade) -> tuple[RecipientShown, ...]:
    """Say who is told."""
    return tuple(RecipientShown(one.party, book.name_of(one.party), one.post) for one in recipients(book, party, shade))


def told_of(book: Rulebook, act: Acted) -> tuple[RecipientShown, ...]:
    """Say who is told of an act; most are told to nobody beside those who read them."""
    if isinstance(act, WarningRaised):
        return told(book, act.party, "warning")
    if isinstance(act, FindingOpened):
        return told(book, act.party, "yellow")
    return told(book, act.party, "red") if isinstance(act, LightTurned) else ()
