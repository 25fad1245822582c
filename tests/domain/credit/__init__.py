"""What is promised of credit, of the domain."""
