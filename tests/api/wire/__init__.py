"""What is promised of wire, over HTTP."""
