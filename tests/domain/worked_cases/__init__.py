"""What is promised of worked cases, of the domain."""
