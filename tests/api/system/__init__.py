"""What is promised of system, over HTTP."""
