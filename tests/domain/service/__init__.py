"""What is promised of service, of the domain."""
