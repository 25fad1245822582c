"""What is promised of judging, of the domain."""
