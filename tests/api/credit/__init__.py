"""What is promised of credit, over HTTP."""
