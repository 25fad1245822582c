"""What is promised of people, of the domain."""
