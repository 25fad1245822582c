"""What is promised of supervision, over HTTP."""
