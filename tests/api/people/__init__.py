"""What is promised of people, over HTTP."""
