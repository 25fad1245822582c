"""What is promised of calendars, on a real PostgreSQL."""
