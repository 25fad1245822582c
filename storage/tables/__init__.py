"""The tables as Piccolo knows them; what it has no words for (composite keys, partial indexes, triggers) is in the migrations."""

from piccolo.table import Table

from storage.tables.derived import Clock, Finding
from storage.tables.ledger import Cases, Counter, Entry, Era, Seal, SealHead
from storage.tables.work import AuditShard, CalendarImport, Client, Edition, Heartbeat, Idempotency, JobRun

TABLES: list[type[Table]] = [
    AuditShard,
    CalendarImport,
    Cases,
    Client,
    Clock,
    Counter,
    Edition,
    Entry,
    Era,
    Finding,
    Heartbeat,
    Idempotency,
    JobRun,
    Seal,
    SealHead,
]
"""Every table of ours, for the migrations."""
