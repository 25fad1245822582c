"""What is promised of cases, of the domain."""
