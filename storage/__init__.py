"""Keeps domain values in PostgreSQL and gives them back; the only room that knows rows, and it decides nothing."""

from storage.postgres.faults import Busy, DatabaseAway, OldSchema, StorageFault, SubjectTaken
from storage.postgres.transaction import Database, Tx

__all__ = ["Busy", "Database", "DatabaseAway", "OldSchema", "StorageFault", "SubjectTaken", "Tx"]
