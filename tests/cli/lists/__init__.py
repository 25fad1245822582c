"""What is promised of lists, on the command line."""
