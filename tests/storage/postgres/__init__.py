"""What is promised of postgres, on a real PostgreSQL."""
