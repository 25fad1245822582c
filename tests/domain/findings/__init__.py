"""What is promised of findings, of the domain."""
