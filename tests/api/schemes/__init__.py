"""What is promised of schemes, over HTTP."""
