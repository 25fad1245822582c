"""What is promised of spreadsheets, of what leaves the program as a file."""
