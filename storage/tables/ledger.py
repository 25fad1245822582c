"""The case, its ledger, and the seals over the ledger; nobody may change or delete an entry or a seal."""

from piccolo.columns import UUID, Array, BigInt, Bytea, Date, Integer, Text, Timestamptz
from piccolo.constraints import Check
from piccolo.table import Table

from domain.case import CaseState
from domain.rule import CaseKind
from storage.tables.checks import digest, moment, numbered, one_of


class Cases(Table, tablename="cases"):
    """One row per case, with the head of its ledger."""

    case_id = UUID(primary_key=True)
    kind = Text()
    scheme = Text()
    city = Text()
    district = Text(null=True, default=None)
    subject = Text(null=True, default=None)
    number = Integer(null=True, default=None)
    year = Integer()
    state = Text()
    opened_at = Timestamptz()
    opened_by = Text()
    parties = Array(base_column=Text())
    seq = Integer()
    head = Bytea()

    kind_known = one_of("kind", CaseKind, "cases_kind_ck_1")
    state_known = one_of("state", CaseState, "cases_state_ck_1")
    seq_counts = numbered("seq", "cases_seq_ck_1")
    head_whole = digest("head", "cases_head_ck_1")
    number_counts = numbered("number", "cases_number_ck_1")
    year_real = Check("year BETWEEN 2000 AND 2100", name="cases_year_ck_1")
    moments_whole = moment("opened_at", name="cases_moments_ck_1")


class Entry(Table, tablename="entry"):
    """The ledger. Its key is (case_id, seq); era, xid and position are the database's own and not to be written by anyone."""

    case_id = UUID(primary_key=True)
    seq = Integer()
    occurred_at = Timestamptz()
    recorded_at = Timestamptz()
    party = Text()
    role = Text()
    account = Text()
    edition = Text()
    act = Text()
    body = Text()
    hash = Bytea()

    seq_counts = numbered("seq", "entry_seq_ck_1")
    hash_whole = digest("hash", "entry_hash_ck_1")
    moments_whole = moment("occurred_at", "recorded_at", name="entry_moments_ck_1")
    not_ahead = Check("occurred_at <= recorded_at", name="entry_order_ck_1")


class Counter(Table, tablename="counter"):
    """The last number given of a scheme's year; its key is (scheme, year)."""

    scheme = Text(primary_key=True)
    year = Integer()
    last = Integer()

    last_counts = numbered("last", "counter_last_ck_1")


class Era(Table, tablename="era"):
    """Each cluster that the ledger has lived in: transaction numbers of one say nothing in the next."""

    number = Integer(primary_key=True)
    system_identifier = BigInt()

    number_counts = numbered("number", "era_number_ck_1")


class Seal(Table, tablename="seal"):
    """One day's digest over the heads that changed, chained to the day before."""

    day = Date(primary_key=True)
    previous = Bytea()
    hash = Bytea()
    heads = Integer()
    upto_era = Integer()
    upto_xid = BigInt()
    sealed_at = Timestamptz()

    hash_whole = digest("hash", "seal_hash_ck_1")
    heads_counted = Check("heads >= 0", name="seal_heads_ck_1")


class SealHead(Table, tablename="seal_head"):
    """A case's last entry as a day's seal saw it; its key is (day, case_id)."""

    day = Date(primary_key=True)
    case_id = UUID()
    seq = Integer()
    head = Bytea()

    seq_counts = numbered("seq", "seal_head_seq_ck_1")
    head_whole = digest("head", "seal_head_head_ck_1")
