"""What is promised of works, of the domain."""
