"""What is promised of cases, on a real PostgreSQL."""
