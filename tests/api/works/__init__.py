"""What is promised of works, over HTTP."""
