"""What is promised of findings, over HTTP."""
