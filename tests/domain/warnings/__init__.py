"""What is promised of warnings, of the domain."""
