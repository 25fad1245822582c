"""What is promised of schemes, of the domain."""
