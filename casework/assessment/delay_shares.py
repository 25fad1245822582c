"""Whose part of an overrun was what, as it is shown; counts nothing and accuses nobody."""

from casework.shown import Shown
from domain.assessment.delay_shares import Share
from domain.schemes.rulebook import Rulebook
from exports.spreadsheets.columns import Columns


class ShareShown(Shown, frozen=True):
    """Office seconds of one month that a party held the overrun."""

    party: str
    party_name: str
    month: str
    rule: str
    """What it had missed longest ago."""
    title: str
    contested: bool
    """Another reading would have cleared all that it had missed just then."""
    seconds: int


COLUMNS = Columns(ShareShown)
"""A field of it stands in the list, in every sheet and in the command; what is written beside it says how."""


def share_shown(book: Rulebook, share: Share) -> ShareShown:
    """Show one share, with the names of its party and rule."""
    return ShareShown(
        party=share.party,
        party_name=book.name_of(share.party),
        month=f"{share.month:%Y-%m}",
        rule=share.rule,
        title=book.rules[share.rule].title,
        contested=share.contested,
        seconds=share.seconds,
    )
