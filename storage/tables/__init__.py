"""The tables as Piccolo knows them; what it has no words for (composite keys, partial indexes, triggers) is in the migrations."""

from piccolo.table import Table

from storage.tables.derived import Clock, CreditRecord, Document, Finding, Ground, Stretch, WorksCost
from storage.tables.feed import CaseParty, Feed, FeedAgain, FeedAudience, FeedMark
from storage.tables.ledger import Cases, Counter, Entry, Era, MadeUp, Seal, SealHead
from storage.tables.work import AuditShard, CalendarImport, CaseKey, Client, ClientSecret, Edition, Heartbeat, Idempotency, JobRun

TABLES: list[type[Table]] = [
    AuditShard,
    CalendarImport,
    CaseKey,
    CaseParty,
    Cases,
    Client,
    ClientSecret,
    Clock,
    Counter,
    CreditRecord,
    Document,
    Edition,
    Entry,
    Era,
    Feed,
    FeedAgain,
    FeedAudience,
    FeedMark,
    Finding,
    Ground,
    Heartbeat,
    Idempotency,
    JobRun,
    MadeUp,
    Seal,
    SealHead,
    Stretch,
    WorksCost,
]
"""Every table of ours, for the migrations."""
