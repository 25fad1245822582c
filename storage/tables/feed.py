"""What each audience is told, in its own order, and how far the ledger has been told: all of it follows from the ledgers."""

from piccolo.columns import UUID, BigInt, Integer, SmallInt, Text
from piccolo.table import Table

from domain.access.audience import Sees
from storage.tables.checks import numbered, one_of


class CaseParty(Table, tablename="case_party"):
    """Which entry brought a party into a case; the table of cases itself writes it. Its key is (case_id, party)."""

    case_id = UUID(primary_key=True)
    party = Text()
    joined_seq = Integer()

    case_party_joined_ck_1 = numbered("joined_seq")


class FeedAudience(Table, tablename="feed_audience"):
    """Whoever reads with the same rights; its rows are kept from its first reading on."""

    id = SmallInt(primary_key=True)
    city = Text()
    party = Text()
    sees = Text()
    last = BigInt()
    """The number of the last row that it has been told."""

    feed_audience_sees_ck_1 = one_of("sees", Sees)


class Feed(Table, tablename="feed"):
    """One entry told to an audience; its key is (audience, n)."""

    audience = SmallInt(primary_key=True)
    n = BigInt()
    """Counts all that the audience was told."""
    case_id = UUID()
    seq = Integer()
    k = Integer()
    """Counts what it was told of the case."""

    feed_n_ck_1 = numbered("n")
    feed_k_ck_1 = numbered("k")


class FeedMark(Table, tablename="feed_mark"):
    """One row: everything up to here has been told, and nothing can come to stand before it any more."""

    number = Integer(primary_key=True)
    era = Integer()
    xid = BigInt()
    position = BigInt()


class FeedAgain(Table, tablename="feed_again"):
    """A case to be looked at again, since somebody's sight of it changed without an entry."""

    case_id = UUID(primary_key=True)
    why = Text()
