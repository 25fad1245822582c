"""What is promised of settlement, of the domain."""
