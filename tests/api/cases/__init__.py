"""What is promised of cases, over HTTP."""
