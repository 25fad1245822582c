"""What is promised of recording, of the domain."""
