"""What is promised of feed, on a real PostgreSQL."""
