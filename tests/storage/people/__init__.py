"""What is promised of people, on a real PostgreSQL."""
