"""What is promised of audit, on a real PostgreSQL."""
