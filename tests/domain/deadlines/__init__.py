"""What is promised of deadlines, of the domain."""
