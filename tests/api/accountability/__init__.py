"""What is promised of accountability, over HTTP."""
