"""What is promised of intake, of the domain."""
