"""What is promised of accountability, of the domain."""
