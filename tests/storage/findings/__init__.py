"""What is promised of findings, on a real PostgreSQL."""
