"""What is promised of access, on a real PostgreSQL."""
