"""What follows from the ledgers beside the case itself, kept only so that it can be searched; how, `storage.projections` says."""

from piccolo.columns import UUID, BigInt, Boolean, Bytea, Date, Integer, Text, Timestamptz
from piccolo.constraints import Check
from piccolo.table import Table

from domain.acts.enforcement.credit import CreditRole, Grade
from domain.clock import State
from domain.credit.state import CreditState
from domain.finding import FindingState, Light
from domain.schemes.rule import Stage
from storage.tables.checks import digest, moment, numbered, one_of


class Clock(Table, tablename="clock"):
    """One clock; its key is (case_id, rule, start_seq, keys, party). Keys and stops are JSON texts."""

    case_id = UUID(primary_key=True)
    rule = Text()
    start_seq = Integer()
    keys = Text()
    party = Text()
    started = Timestamptz()
    due = Timestamptz(null=True, default=None)
    state = Text()
    edition = Text()
    warn = Timestamptz(null=True, default=None)
    also_due = Timestamptz(null=True, default=None)
    statutory_due = Timestamptz(null=True, default=None)
    ended_seq = Integer(null=True, default=None)
    ended_at = Timestamptz(null=True, default=None)
    next_check_at = Timestamptz(null=True, default=None)
    late_entry = Boolean()
    provisional = Boolean()
    counted = Boolean()
    stops = Text()

    clock_state_ck_1 = one_of("state", State)
    clock_start_ck_1 = numbered("start_seq")
    clock_ended_ck_1 = numbered("ended_seq")
    clock_moments_ck_2 = moment("started", "due", "ended_at", "next_check_at")


class Finding(Table, tablename="finding"):
    """One finding with what lists are filtered by; the light is as the last sweep or act left it."""

    finding_id = UUID(primary_key=True)
    case_id = UUID()
    city = Text()
    district = Text(null=True, default=None)
    scheme = Text()
    stage = Text()
    rule = Text()
    keys = Text()
    party = Text()
    start_seq = Integer()
    started_at = Timestamptz()
    due_at = Timestamptz()
    state = Text()
    light = Text()
    opened_seq = Integer()
    opened_at = Timestamptz()
    red_at = Timestamptz()
    also_due_at = Timestamptz(null=True, default=None)
    statutory_due_at = Timestamptz(null=True, default=None)
    ended_at = Timestamptz(null=True, default=None)
    late_entry = Boolean()
    provisional = Boolean()
    withdrawal_proposed = Boolean()
    notified_at = Timestamptz(null=True, default=None)
    objected_at = Timestamptz(null=True, default=None)
    decided_at = Timestamptz(null=True, default=None)

    finding_state_ck_1 = one_of("state", FindingState)
    finding_light_ck_1 = one_of("light", Light)
    finding_stage_ck_1 = one_of("stage", Stage)
    finding_start_ck_1 = numbered("start_seq")
    finding_opened_ck_1 = numbered("opened_seq")
    finding_moments_ck_1 = moment("started_at", "due_at", "opened_at", "red_at")


class Document(Table, tablename="document"):
    """One document of a case, as `document.attached` says; the bytes are kept by their digest, elsewhere."""

    document_id = UUID(primary_key=True)
    case_id = UUID()
    seq = Integer()
    sha256 = Bytea()
    name = Text()
    media_type = Text()
    size = BigInt()

    document_seq_ck_1 = numbered("seq")
    document_sha256_ck_1 = digest("sha256")
    document_size_ck_1 = Check("size >= 0")


class Stretch(Table, tablename="stretch"):
    """Works surveyed at a place, by utility; its key is (case_id, seq, place, utility)."""

    case_id = UUID(primary_key=True)
    seq = Integer()
    place = Text()
    """Written the one way that it is looked for."""
    utility = Text()
    city = Text()
    metres = Integer()
    held_at = Timestamptz()

    stretch_seq_ck_1 = numbered("seq")
    stretch_metres_ck_1 = Check("metres >= 0")
    stretch_moments_ck_1 = moment("held_at")


class Ground(Table, tablename="ground"):
    """Which record (a case of supervision, credit or accountability) rests on which finding; its key is (finding_id, case_id)."""

    finding_id = UUID(primary_key=True)
    case_id = UUID()
    """The record."""
    finding_case = UUID()


class CreditRecord(Table, tablename="credit_record"):
    """One entry of a credit file, as its case's ledger tells it; persons are named nowhere here."""

    case_id = UUID(primary_key=True)
    city = Text()
    subject_kind = Text()
    role = Text()
    credit_code = Text(null=True, default=None)
    """Null for a person."""
    state = Text()
    grade = Text(null=True, default=None)
    penalty = Boolean()
    proposed_at = Timestamptz()
    how = Text(null=True, default=None)
    """Published, shared, or neither."""
    shown_from = Date(null=True, default=None)
    shown_until = Date(null=True, default=None)
    """The last day."""

    credit_record_state_ck_1 = one_of("state", CreditState)
    credit_record_role_ck_1 = one_of("role", CreditRole)
    credit_record_grade_ck_1 = one_of("grade", Grade)


class WorksCost(Table, tablename="works_cost"):
    """What off-site works cost, by case and utility; its key is (case_id, utility)."""

    case_id = UUID(primary_key=True)
    utility = Text()
    seq = Integer()
    city = Text()
    scheme = Text()
    district = Text(null=True, default=None)
    amount = BigInt()
    """In 分."""
    occurred_at = Timestamptz()

    works_cost_amount_ck_1 = Check("amount >= 0")
    works_cost_seq_ck_1 = numbered("seq")
    works_cost_moments_ck_1 = moment("occurred_at")
