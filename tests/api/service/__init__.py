"""What is promised of service, over HTTP."""
