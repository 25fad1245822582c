"""Keeps domain values in PostgreSQL and gives them back; the only room that knows rows, and it decides nothing."""

from storage.faults import Busy, DatabaseAway, OldSchema, StorageFault, SubjectTaken
from storage.transaction import Database, Tx

__all__ = ["Busy", "Database", "DatabaseAway", "OldSchema", "StorageFault", "SubjectTaken", "Tx"]
