"""What the application's role may do, table by table; what is not named here it may not do."""

from typing import Any

from storage.tables.ledger import Entry

_READ = ("migration", "era", "case_party")
_COLUMNS = ", ".join(column._meta.db_column_name for column in Entry._meta.columns)  # noqa: SLF001 -- Piccolo's only list
_APPEND = {"seal": "", "seal_head": "", "made_up": "", "entry": f" ({_COLUMNS})"}
"""Tables that only grow; of an entry the columns that are ours to write, never its era, xid or position."""
_UPDATE = ("cases", "counter", "client", "client_secret", "heartbeat", "audit_shard", "case_key", "feed_audience", "feed_mark")
_DELETE = ("clock", "finding", "idempotency", "job_run", "document", "stretch", "ground", "credit_record", "works_cost", "feed_again")
"""Derived, or kept for some days."""
_INSERT = ("edition", "calendar_import", "feed")


async def grant_rights(tx: Any, role: str) -> None:  # noqa: ANN401 -- asyncpg comes without types
    """Take everything away and give back what the list says; inside the caller's transaction."""
    name = await tx.fetchval("SELECT quote_ident($1)", role)
    for statement in _statements(name):
        await tx.execute(statement)


def _statements(role: str) -> list[str]:
    appended = [f"GRANT SELECT, INSERT{columns} ON {table} TO {role}" for table, columns in _APPEND.items()]
    return [
        f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM PUBLIC, {role}",
        f"REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM PUBLIC, {role}",
        f"REVOKE CREATE ON SCHEMA public FROM PUBLIC, {role}",
        f"GRANT USAGE ON SCHEMA public TO {role}",
        f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {role}",
        f"REVOKE ALL ON SEQUENCE entry_position_seq FROM {role}",
        f"GRANT SELECT ON {', '.join(_READ)} TO {role}",
        *appended,
        f"GRANT SELECT, INSERT ON {', '.join(_INSERT)} TO {role}",
        f"GRANT SELECT, INSERT, UPDATE ON {', '.join(_UPDATE)} TO {role}",
        f"GRANT SELECT, INSERT, UPDATE, DELETE ON {', '.join(_DELETE)} TO {role}",
    ]
