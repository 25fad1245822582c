"""What is promised of suspicions, of the domain."""
