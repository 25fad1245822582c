"""What is promised of operation, on the command line."""
