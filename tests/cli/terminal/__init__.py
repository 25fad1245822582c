"""What is promised of terminal, on the command line."""
