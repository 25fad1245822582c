"""What is promised of follow up, of the made-up city."""
