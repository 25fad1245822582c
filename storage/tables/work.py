"""What the program keeps for its own work: clients, replies already given, editions, runs, shards and heartbeats."""

from piccolo.columns import UUID, Array, BigInt, BigSerial, Boolean, Bytea, Integer, Text, Timestamptz
from piccolo.constraints import Check
from piccolo.table import Table


class Client(Table, tablename="client"):
    """A program that may ask for tokens; those of an earlier generation are over."""

    client_id = Text(primary_key=True)
    name = Text()
    city = Text()
    party = Text()
    role = Text()
    scopes = Array(base_column=Text())
    disabled = Boolean()
    generation = Integer(default=1)
    created_at = Timestamptz()

    client_generation_ck_1 = Check("generation >= 1")


class ClientSecret(Table, tablename="client_secret"):
    """A client's secret as a scrypt hash, which has a salt of its own; without an end it holds until another takes its place."""

    secret_hash = Text(primary_key=True)
    client_id = Text()
    made_at = Timestamptz()
    ends_at = Timestamptz(null=True, default=None)

    client_secret_moments_ck_1 = Check("ends_at >= made_at")


class Idempotency(Table, tablename="idempotency"):
    """A reply already given, kept under the client's own key; its key is (client_id, key)."""

    client_id = Text(primary_key=True)
    key = Text()
    fingerprint = Bytea()
    claimed_at = Timestamptz()
    status = Integer(null=True, default=None)
    headers = Text(null=True, default=None)
    body = Bytea(null=True, default=None)

    idempotency_status_ck_1 = Check("status BETWEEN 100 AND 599")


class Edition(Table, tablename="edition"):
    """A calendar edition, whole: what its id is the digest of."""

    edition_id = Text(primary_key=True)
    number = BigSerial()
    kind = Text()
    content = Bytea()
    since = Timestamptz()


class CalendarImport(Table, tablename="calendar_import"):
    """A notice or local closures as an operator loaded them."""

    number = BigSerial(primary_key=True)
    name = Text()
    content = Bytea()
    imported_at = Timestamptz()


class JobRun(Table, tablename="job_run"):
    """One run of a job, for `health` and for catching up."""

    run_id = BigSerial(primary_key=True)
    job = Text()
    worker = Text()
    started_at = Timestamptz()
    finished_at = Timestamptz(null=True, default=None)
    outcome = Text(null=True, default=None)
    counts = Text()

    job_run_outcome_ck_1 = Check("outcome IN ('done', 'failed')")
    job_run_end_ck_1 = Check("(finished_at IS NULL) = (outcome IS NULL)")


class Heartbeat(Table, tablename="heartbeat"):
    """When a worker was last heard of."""

    worker = Text(primary_key=True)
    beat_at = Timestamptz()


class AuditShard(Table, tablename="audit_shard"):
    """A stretch of case ids that one worker audits under a lease; its key is (run_id, number)."""

    run_id = BigInt(primary_key=True)
    number = Integer()
    after = UUID(null=True, default=None)
    upto = UUID(null=True, default=None)
    worker = Text(null=True, default=None)
    lease_until = Timestamptz(null=True, default=None)
    finished_at = Timestamptz(null=True, default=None)
    result = Text(null=True, default=None)

    audit_shard_number_ck_1 = Check("number >= 1")
    audit_shard_lease_ck_1 = Check("(worker IS NULL) = (lease_until IS NULL)")


class CaseKey(Table, tablename="case_key"):
    """The key under which a case's particulars are sealed, itself wrapped by a key of the settings; destroyed, it is empty."""

    case_id = UUID(primary_key=True)
    wrapped_by = Text(null=True, default=None)
    """Which of the settings' keys wraps it."""
    wrapped = Bytea(null=True, default=None)
    erased_at = Timestamptz(null=True, default=None)

    case_key_state_ck_1 = Check("(wrapped IS NULL) = (erased_at IS NOT NULL) AND (wrapped IS NULL) = (wrapped_by IS NULL)")
