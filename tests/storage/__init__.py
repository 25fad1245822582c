"""What the database keeps, refuses and finds again, on a real PostgreSQL."""
