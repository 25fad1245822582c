"""What is promised of exports, of what leaves the program as a file."""
