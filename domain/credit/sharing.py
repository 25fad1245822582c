"""What the public credit platform (公共信用平台) is told of an entry: that it is shown, or that it is to be deleted; sends nothing."""

from typing import Literal

from domain.acts import Acted
from domain.acts.enforcement.credit import CreditPublished
from domain.credit.state import Credit

Told = Literal["put", "delete"]


def told_by(credit: Credit, act: Acted) -> Told | None:
    """Say what an act of the entry comes to, as it stands now; what has ended since is not told again, only that it is to be deleted."""
    if not isinstance(act, CreditPublished):
        return "delete"
    return "put" if credit.state == "shown" else None
