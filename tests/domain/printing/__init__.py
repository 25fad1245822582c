"""What is promised of printing, of the domain."""
