"""What is promised of commitments, of the domain."""
