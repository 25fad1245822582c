"""What is promised of supervision, of the domain."""
