"""What is promised of cities written into a database."""
