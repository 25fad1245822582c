"""What is promised of assessment, on a real PostgreSQL."""
