"""What is promised of commands, on the command line."""
