"""The case, its ledger, and the seals over the ledger; nobody may change or delete an entry or a seal."""

from piccolo.columns import UUID, Array, BigInt, Boolean, Bytea, Date, Integer, SmallInt, Text, Timestamptz
from piccolo.constraints import Check
from piccolo.table import Table

from domain.acts.kinds import CaseKind
from domain.case import CaseState
from domain.ledger import FORMAT, Provenance
from storage.tables.checks import digest, moment, numbered, one_of

_SECOND = "entry_id IS NOT NULL AND provenance IS NOT NULL"
_FIRST = "entry_id IS NULL AND provenance IS NULL AND person || post || on_behalf_of = ''"
"""What the hash of each format covers: nothing stands beside it."""


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

    cases_kind_ck_2 = one_of("kind", CaseKind)
    cases_state_ck_1 = one_of("state", CaseState)
    cases_seq_ck_1 = numbered("seq")
    cases_head_ck_1 = digest("head")
    cases_number_ck_1 = numbered("number")
    cases_year_ck_1 = Check("year BETWEEN 2000 AND 2100")
    cases_moments_ck_1 = moment("opened_at")


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
    format = SmallInt(default=1)
    entry_id = UUID(null=True, default=None)
    provenance = Text(null=True, default=None)
    person = Text()
    post = Text()
    on_behalf_of = Text()

    entry_format_ck_1 = Check(f"CASE format WHEN {FORMAT} THEN {_SECOND} WHEN 1 THEN {_FIRST} ELSE false END")
    entry_provenance_ck_1 = one_of("provenance", Provenance)
    entry_lines_ck_1 = Check("strpos(party || role || account || edition || person || post || on_behalf_of, E'\n') = 0")
    entry_seq_ck_1 = numbered("seq")
    entry_hash_ck_1 = digest("hash")
    entry_moments_ck_1 = moment("occurred_at", "recorded_at")
    entry_order_ck_1 = Check("occurred_at <= recorded_at")


class Counter(Table, tablename="counter"):
    """The last number given of a scheme's year; its key is (scheme, year)."""

    scheme = Text(primary_key=True)
    year = Integer()
    last = Integer()

    counter_last_ck_1 = numbered("last")


class Era(Table, tablename="era"):
    """Each cluster that the ledger has lived in: transaction numbers of one say nothing in the next."""

    number = Integer(primary_key=True)
    system_identifier = BigInt()

    era_number_ck_1 = numbered("number")


class MadeUp(Table, tablename="made_up"):
    """A row where nothing in this database is real: its moments are whoever's who writes, and no day of it is ever sealed."""

    marked = Boolean(primary_key=True)

    made_up_marked_ck_1 = Check("marked")


class Seal(Table, tablename="seal"):
    """One day's digest over the heads that changed, chained to the day before."""

    day = Date(primary_key=True)
    previous = Bytea()
    hash = Bytea()
    heads = Integer()
    upto_era = Integer()
    upto_xid = BigInt()
    sealed_at = Timestamptz()

    seal_hash_ck_1 = digest("hash")
    seal_heads_ck_1 = Check("heads >= 0")


class SealHead(Table, tablename="seal_head"):
    """A case's last entry as a day's seal saw it; its key is (day, case_id)."""

    day = Date(primary_key=True)
    case_id = UUID()
    seq = Integer()
    head = Bytea()

    seal_head_seq_ck_1 = numbered("seq")
    seal_head_head_ck_1 = digest("head")
