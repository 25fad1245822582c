"""The tables as Piccolo knows them; what it has no words for (composite keys, partial indexes, triggers) is in the migrations."""

from piccolo.table import Table

from storage.tables.derived import Clock, Document, Finding, Stretch
from storage.tables.ledger import Cases, Counter, Entry, Era, Seal, SealHead
from storage.tables.work import AuditShard, CalendarImport, CaseKey, Client, Edition, Heartbeat, Idempotency, JobRun

TABLES: list[type[Table]] = [
    AuditShard,
    CalendarImport,
    CaseKey,
    Cases,
    Client,
    Clock,
    Counter,
    Document,
    Edition,
    Entry,
    Era,
    Finding,
    Heartbeat,
    Idempotency,
    JobRun,
    Seal,
    SealHead,
    Stretch,
]
"""Every table of ours, for the migrations."""
