"""What is promised of access, over HTTP."""
